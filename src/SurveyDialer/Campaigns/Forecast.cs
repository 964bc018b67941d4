using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>Where a campaign will get to if it goes on as it has so far. A rule of thumb for a page, not an estimate of the survey.</summary>
public sealed record Forecast
{
    private const double MillisPerDay = 86_400_000;

    // Longer than any round, short enough for any calendar.
    private const double LongestDays = 3650;

    // So much of the sample must be finished before its yield says anything.
    private const int YieldFromPercent = 20;

    private Forecast()
    {
    }

    /// <summary>Completed interviews still wanted; without a target, respondents still open.</summary>
    public required long Remaining { get; init; }

    /// <summary>Completed interviews a calendar day so far; null before the first.</summary>
    public required double? PerDay { get; init; }

    /// <summary>
    /// Of <see cref="Remaining"/> a day, rounded up, to be done by the end of the last day; null when nothing remains or that day is past.
    /// </summary>
    public required long? NeededPerDay { get; init; }

    /// <summary>Calendar days on which somebody can still be called, today and the last one included; 0 when that is past.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>The last day on which anybody is called.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>
    /// When nothing remains, at this pace and not before the next call is due; null when the pace is not known, the sample does not suffice, or
    /// the round ends before (<see cref="TooLate"/>).
    /// </summary>
    public required DateTimeOffset? ReadyAt { get; init; }

    /// <summary>True when the last day comes before everything is done, at this pace.</summary>
    public required bool TooLate { get; init; }

    /// <summary>Completed interviews when the whole sample has been tried, at the share so far; null before the first respondent is finished.</summary>
    public required long? ExpectedCompletes { get; init; }

    /// <summary>True when the sample will probably be used up before the target is reached.</summary>
    public required bool SampleTooSmall { get; init; }

    /// <summary>Null before the launch and after the end.</summary>
    public static Forecast? For(CampaignProgress progress, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var (campaign, tally) = (progress.Campaign, progress.Tally);
        if (campaign is not { LaunchedAt: { } launched, LastDay: { } last, ClosedAt: null }) return null;
        var lastDay = Instants.Day(last);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone);
        // What the first hours bring is all that the first day is credited with: nobody calls through the night.
        var days = Math.Max(1, (now - Instants.FromMillis(launched)).TotalMilliseconds / MillisPerDay);
        var daysLeft = lastDay.DayNumber - now.DayIn(zone).DayNumber + 1;
        var remaining = campaign.Target is { } target ? Math.Max(0, target - tally.Completes) : tally.Open;
        var done = campaign.Target is null ? tally.Finished : tally.Completes;
        long? expected = tally.Finished > 0 ? tally.Completes + (long)Math.Round((tally.Open + progress.Waiting) * ((double)tally.Completes / tally.Finished)) : null;
        var tooSmall = expected < campaign.Target && tally.Finished * 100 >= tally.Members * YieldFromPercent;
        var ready = done > 0 && remaining > 0 && !tooSmall ? ReadyFrom(now, remaining / (done / days), progress.NextDueAt) : (DateTimeOffset?)null;
        var tooLate = ready is { } at && at.DayIn(zone) > lastDay;
        return new Forecast
        {
            Remaining = remaining,
            PerDay = tally.Completes > 0 ? tally.Completes / days : null,
            NeededPerDay = remaining > 0 && daysLeft >= 1 ? (long)Math.Ceiling(remaining / (double)daysLeft) : null,
            DaysLeft = Math.Max(0, daysLeft),
            LastDay = lastDay,
            ReadyAt = tooLate ? null : ready,
            TooLate = tooLate,
            ExpectedCompletes = expected,
            SampleTooSmall = tooSmall,
        };
    }

    /// <summary>
    /// The pace so far says nothing of pauses to come: those who are left may all wait for another day or part of it, so that nothing ends before
    /// the next of them is called.
    /// </summary>
    private static DateTimeOffset ReadyFrom(DateTimeOffset now, double days, long? nextDueAt)
    {
        var atThisPace = now.AddDays(Math.Min(days, LongestDays));
        return nextDueAt is { } due && Instants.FromMillis(due) is var next && next > atThisPace ? next : atThisPace;
    }
}
