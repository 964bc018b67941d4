namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>
/// Time between two attempts to one number. It counts from the end of one that rang or was answered; a busy line may be tried once
/// more after a short pause, since nobody heard it ring.
/// </summary>
internal sealed class MinimumGapRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        if (facts.Attempt.Appointment)
            return null;

        var policy = facts.Campaign.Policy;
        var calls = facts.Past
            .Where(attempt => attempt.PhoneId == phone.Id && !attempt.OurFault && !attempt.Channel.IsTexted())
            .OrderByDescending(attempt => attempt.At)
            .ToList();

        var rang = calls.Find(attempt => attempt.Rang);
        if (rang is not null && rang.EndedAt + policy.MinimumGap > facts.Now)
            return Veto.Until(VetoReason.MinimumGap, rang.EndedAt + policy.MinimumGap, policy.MinimumGap);

        var busy = calls.Find(attempt => attempt.Outcome == Questionnaires.Policy.AttemptOutcome.Busy);
        if (busy is null)
            return null;
        var pause = RetryDemand.IsFirstBusy(calls, policy) ? RetryDemand.BusyPauseOf(policy) : policy.MinimumGap;
        return busy.EndedAt + pause > facts.Now ? Veto.Until(VetoReason.BusyGap, busy.EndedAt + pause, pause) : null;
    }
}
