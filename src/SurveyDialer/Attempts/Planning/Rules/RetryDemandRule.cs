namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>
/// Keeps the other part of the day, or the other day, that the retry rule of the last outcome asks for: lines may have been busy until
/// the part for which the attempt was due had passed.
/// </summary>
internal sealed class RetryDemandRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts)
    {
        var schedule = facts.Campaign.Schedule;
        if (facts.Attempt.Appointment || !schedule.IsOpen(facts.Now))
            return null;

        var demand = RetryDemand.After(facts.Past, facts.Campaign.Policy, schedule);
        var next = demand.NextOpening(schedule, facts.Now);
        if (next is not { } opening || opening <= facts.Now)
            return null;
        return Veto.Until(demand.LastDay == facts.Today ? VetoReason.OtherDay : VetoReason.OtherDayPart, opening);
    }
}
