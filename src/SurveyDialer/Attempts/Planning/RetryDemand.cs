using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Attempts.Planning;

/// <summary>What the respondent's last attempt asks of the next one: another part of the day, another day.</summary>
/// <param name="LastPart">The part of the day that is avoided; null when any will do.</param>
/// <param name="LastDay">The day that is avoided; null when any will do.</param>
internal sealed record RetryDemand(DayPart? LastPart, DateOnly? LastDay)
{
    /// <summary>A busy line is likely to be free soon: it is tried once more after this time, whatever the other rules say.</summary>
    public static readonly TimeSpan BusyPause = TimeSpan.FromMinutes(20);

    private static readonly RetryDemand None = new(null, null);

    /// <summary>From the last attempt of this respondent in this campaign that counts.</summary>
    public static RetryDemand After(IEnumerable<PastAttempt> past, DiallingPolicy policy, CallingSchedule schedule)
    {
        var own = Contacts.Own(past);
        if (own.Count == 0 || IsFirstBusy(own, policy))
            return None;

        var last = own[0];
        var rule = policy.Retries.FirstOrDefault(rule => rule.Outcome == last.Outcome);
        return rule is null
            ? None
            : new RetryDemand(rule.OtherDayPart ? schedule.PartOf(last.At) : null, rule.OtherDay ? schedule.DayOf(last.At) : null);
    }

    /// <summary>Whether the latest attempt found its number busy for the first time in a row.</summary>
    /// <param name="latestFirst">Attempts that count, the latest first.</param>
    public static bool IsFirstBusy(IReadOnlyList<PastAttempt> latestFirst, DiallingPolicy policy)
    {
        if (latestFirst[0].Outcome != AttemptOutcome.Busy)
            return false;
        var before = latestFirst.Skip(1).FirstOrDefault(attempt => attempt.PhoneId == latestFirst[0].PhoneId);
        return before is null || before.Outcome != AttemptOutcome.Busy || before.EndedAt + Gap(policy) < latestFirst[0].At;
    }

    /// <summary>The busy pause, or the minimum gap where a policy has a shorter one.</summary>
    public static TimeSpan BusyPauseOf(DiallingPolicy policy) => policy.MinimumGap < BusyPause ? policy.MinimumGap : BusyPause;

    public bool Allows(DateOnly day, DayPart part) => part != LastPart && day != LastDay;

    /// <summary>The first opening from an instant on that meets the demand; where the windows never meet it, the first opening of all.</summary>
    public DateTimeOffset? NextOpening(CallingSchedule schedule, DateTimeOffset from) =>
        schedule.NextOpening(from, Allows) ?? schedule.NextOpening(from);

    private static TimeSpan Gap(DiallingPolicy policy) => policy.MinimumGap > BusyPause ? policy.MinimumGap : BusyPause;
}
