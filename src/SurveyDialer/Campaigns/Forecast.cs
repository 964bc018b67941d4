namespace SurveyDialer.Campaigns;

/// <summary>Where a campaign will get to if it goes on as it has so far. A rule of thumb for a page, not an estimate of the survey.</summary>
public sealed record Forecast
{
    /// <summary>Days that a round is planned for, from its launch.</summary>
    public const int PlannedDays = 14;

    private const double MillisPerDay = 86_400_000;

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
    /// Of <see cref="Remaining"/> a day, rounded up, to be done on the last planned day; null when nothing remains or that day is past.
    /// </summary>
    public required long? NeededPerDay { get; init; }

    /// <summary>End of the planned time.</summary>
    public required DateTimeOffset LastDay { get; init; }

    /// <summary>When nothing remains, at this pace; null when the pace is not known or the sample does not suffice.</summary>
    public required DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Completed interviews when the whole sample has been tried, at the share so far; null before the first respondent is finished.</summary>
    public required long? ExpectedCompletes { get; init; }

    /// <summary>True when the sample will probably be used up before the target is reached.</summary>
    public required bool SampleTooSmall { get; init; }

    /// <summary>Null before the launch and after the end.</summary>
    public static Forecast? For(CampaignView campaign, OutcomeTally tally, DateTimeOffset now)
    {
        if (campaign.LaunchedAt is not { } launched || campaign.ClosedAt is not null) return null;
        var launch = DateTimeOffset.FromUnixTimeMilliseconds(launched);
        // What the first hours bring is all that the first day is credited with: nobody calls through the night.
        var days = Math.Max(1, (now - launch).TotalMilliseconds / MillisPerDay);
        var lastDay = launch.AddDays(PlannedDays);
        var daysLeft = Math.Ceiling((lastDay - now).TotalDays);
        var remaining = campaign.Target is { } target ? Math.Max(0, target - tally.Completes) : tally.Open;
        var done = campaign.Target is null ? tally.Finished : tally.Completes;
        long? expected = tally.Finished > 0 ? tally.Completes + (long)Math.Round(tally.Open * ((double)tally.Completes / tally.Finished)) : null;
        var tooSmall = expected < campaign.Target && tally.Finished * 100 >= tally.Members * YieldFromPercent;
        return new Forecast
        {
            Remaining = remaining,
            PerDay = tally.Completes > 0 ? tally.Completes / days : null,
            NeededPerDay = remaining > 0 && daysLeft >= 1 ? (long)Math.Ceiling(remaining / daysLeft) : null,
            LastDay = lastDay,
            ReadyAt = done > 0 && remaining > 0 && !tooSmall ? now.AddDays(remaining / (done / days)) : null,
            ExpectedCompletes = expected,
            SampleTooSmall = tooSmall,
        };
    }
}
