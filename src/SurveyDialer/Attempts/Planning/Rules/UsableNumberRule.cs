namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>
/// Whether this channel of this carrier can reach the number at all: numbers of nobody go to the simulator only, numbers with an
/// extension to people at a desk telephone only, texts to mobiles only.
/// </summary>
internal sealed class UsableNumberRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone) =>
        Reach.WhyNot(phone, facts.Campaign.Carrier, facts.Channel) is { } reason ? Veto.Forever(reason) : null;
}
