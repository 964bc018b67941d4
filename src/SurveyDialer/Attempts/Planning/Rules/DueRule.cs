namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Nothing is early: a retry waits for its time, an appointment is kept to the minute.</summary>
internal sealed class DueRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts)
    {
        var attempt = facts.Attempt;
        if (attempt.DueAt <= facts.Now)
            return null;
        return Veto.Until(attempt.Appointment ? VetoReason.AppointmentAhead : VetoReason.NotDueYet, attempt.DueAt);
    }
}
