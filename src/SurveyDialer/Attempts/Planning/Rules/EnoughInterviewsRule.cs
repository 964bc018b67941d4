namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Nobody is called for an interview that is not needed any more, unless the respondent was promised the call.</summary>
internal sealed class EnoughInterviewsRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts)
    {
        if (facts.Attempt.Appointment)
            return null;
        if (facts.Campaign.TargetReached)
            return Veto.Forever(VetoReason.TargetReached);
        return facts.QuotaFull ? Veto.Forever(VetoReason.QuotaFull) : null;
    }
}
