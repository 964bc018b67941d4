namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Rounds a number is called for in 365 days; a round that has begun with it is finished.</summary>
internal sealed class RoundsPerYearRule : INumberRule
{
    private const int Days = 365;

    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        if (facts.Past.Any(attempt => attempt.SameCampaign && attempt.PhoneId == phone.Id))
            return null;
        var limit = facts.Campaign.Policy.RoundsPerYear;
        var from = facts.Today.AddDays(1 - Days);
        var rounds = phone.Caps.Where(cap => cap.Kind == CapKind.Round && cap.Day >= from).Sum(cap => cap.Times);
        return rounds < limit ? null : Veto.Forever(VetoReason.RoundsPerYear, limit);
    }
}
