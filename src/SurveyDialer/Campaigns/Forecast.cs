namespace SurveyDialer.Campaigns;

/// <summary>Where a campaign will get to if it goes on as it has so far. A rule of thumb for a page, not an estimate of the survey.</summary>
/// <param name="Remaining">Completed interviews still wanted; null without a target.</param>
/// <param name="PerDay">Completed interviews a calendar day so far; null before the first.</param>
/// <param name="NeededPerDay">Completed interviews a day, rounded up, with which the target is reached on the last planned day; null when there is no target, when it is reached, or when that day is past.</param>
/// <param name="LastDay">End of the planned time.</param>
/// <param name="ReadyAt">When the target, or without one the end of the sample, is reached at this pace; null when the pace is not known or the sample does not suffice.</param>
/// <param name="ExpectedCompletes">Completed interviews when the whole sample has been tried, at the share reached so far; null before the first respondent is finished.</param>
public sealed record Forecast(
    long? Remaining, double? PerDay, long? NeededPerDay, DateTimeOffset LastDay, DateTimeOffset? ReadyAt, long? ExpectedCompletes)
{
    /// <summary>Days that a round is planned for, from its launch.</summary>
    public const int PlannedDays = 14;

    private const double MillisPerDay = 86_400_000;

    /// <summary>True when the sample will probably be used up before the target is reached.</summary>
    public bool SampleTooSmall { get; private init; }

    /// <summary>Null before the launch and after the end.</summary>
    public static Forecast? For(CampaignView campaign, OutcomeTally tally, DateTimeOffset now)
    {
        if (campaign.LaunchedAt is not { } launched || campaign.ClosedAt is not null) return null;
        var launch = DateTimeOffset.FromUnixTimeMilliseconds(launched);
        // What the first hours bring is all that the first day is credited with: nobody calls through the night.
        var days = Math.Max(1, (now - launch).TotalMilliseconds / MillisPerDay);
        var lastDay = launch.AddDays(PlannedDays);
        long? remaining = campaign.Target is { } target ? Math.Max(0, target - tally.Completes) : null;
        double? perDay = tally.Completes > 0 ? tally.Completes / days : null;
        long? expected = tally.Finished > 0 ? tally.Completes + (long)Math.Round(tally.Open * ((double)tally.Completes / tally.Finished)) : null;
        var tooSmall = campaign.Target is { } wanted && expected < wanted && tally.Finished * 5 >= tally.Members;
        var daysLeft = Math.Ceiling((lastDay - now).TotalDays);
        long? needed = remaining > 0 && daysLeft >= 1 ? (long)Math.Ceiling(remaining.Value / daysLeft) : null;
        return new Forecast(remaining, perDay, needed, lastDay, tooSmall ? null : WhenReady(remaining, perDay, tally, days, now), expected) { SampleTooSmall = tooSmall };
    }

    private static DateTimeOffset? WhenReady(long? remaining, double? perDay, OutcomeTally tally, double days, DateTimeOffset now)
    {
        if (remaining is { } interviews) return perDay is { } pace ? now.AddDays(interviews / pace) : null;
        return tally.Finished > 0 ? now.AddDays(tally.Open / (tally.Finished / days)) : null;
    }
}
