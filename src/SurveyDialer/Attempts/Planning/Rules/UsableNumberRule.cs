namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>
/// Whether this channel of this carrier can reach the number at all: numbers of nobody go to the simulator only, numbers with an
/// extension to people at a desk telephone only, texts to mobiles only.
/// </summary>
internal sealed class UsableNumberRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        if (phone.Bad)
            return Veto.Forever(VetoReason.NumberBad);
        if (phone.Fictional && facts.Campaign.Carrier != CarrierKind.Simulator)
            return Veto.Forever(VetoReason.NumberFictional);
        if (facts.Channel.IsTexted() && !phone.Mobile)
            return Veto.Forever(VetoReason.NumberNotMobile);
        if (phone.DeskOnly && facts.Channel != AttemptChannel.Live)
            return Veto.Forever(VetoReason.NumberDeskOnly);
        return null;
    }
}
