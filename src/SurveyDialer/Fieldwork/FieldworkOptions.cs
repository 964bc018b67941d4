using System.ComponentModel.DataAnnotations;

namespace SurveyDialer.Fieldwork;

/// <summary>Limits of the carrier account and patience with it; the same for all campaigns.</summary>
public sealed record FieldworkOptions
{
    /// <summary>
    /// Which campaigns are dialled: those made for this carrier (<c>twilio</c>, <c>simulator</c>), so that a rehearsal's list never rings a real
    /// telephone and a real list is never lost on a pretend one. Default <c>simulator</c>, which reaches nobody.
    /// </summary>
    [Required]
    public string CarrierName { get; init; } = "simulator";

    /// <summary>Calls started a second, at most; default 1.</summary>
    [Range(0.01, 1000)]
    public double StartsPerSecond { get; init; } = 1;

    /// <summary>Calls at the same time, at most; default 2.</summary>
    [Range(1, 10_000)]
    public int Lines { get; init; } = 2;

    /// <summary>Texts sent a second, at most; null (default): as many as calls. The first text of a respondent keeps to both limits.</summary>
    [Range(0.01, 1000)]
    public double? TextsPerSecond { get; init; }

    /// <summary>How long a text waits for its reply before the one reminder, and the reminder before the end; default 24 h.</summary>
    public TimeSpan TextSilence { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Attempts are claimed for so long ahead; default half a second.</summary>
    public TimeSpan ClaimAhead { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a claimed attempt may wait for its start; default 30 s.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the request to place may take before it counts as unclear; default 60 s.</summary>
    public TimeSpan PlacingTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Ringing time asked of the carrier when a template says nothing else; default 30 s.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest call; default 600 s.</summary>
    public TimeSpan MaximumCall { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How long after its latest possible end a call's report may be missing before we ask; default 60 s.</summary>
    public TimeSpan ReportSlack { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause between two looks at an unclear attempt; default 60 s.</summary>
    public TimeSpan LookAgain { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the reconciler looks for attempts that have gone quiet; default 1 min.</summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>An unclear attempt that the carrier has not listed for so long was never created; default 10 min.</summary>
    public TimeSpan NeverCreatedAfter { get; init; } = TimeSpan.FromMinutes(10);
}
