namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>A desk telephone sends no texts.</summary>
internal sealed class ChannelRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts) =>
        facts.Campaign.Carrier == CarrierKind.DeskTelephone && facts.Channel.IsTexted() ? Veto.Forever(VetoReason.CarrierWithoutTexts) : null;
}
