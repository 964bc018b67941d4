namespace SurveyDialer.FollowUps;

/// <summary>Cases that are neither closed nor withdrawn.</summary>
/// <param name="Open">All of them.</param>
/// <param name="Overdue">Of these: past their due time.</param>
/// <param name="Untaken">Of these: nobody has taken them.</param>
public sealed record CaseLoad(long Open, long Overdue, long Untaken);

/// <summary>What the follow-up list shows; null: everything.</summary>
/// <param name="Area">A township, with its villages, or one village.</param>
/// <param name="State">A state; null: everything unfinished; <c>all</c>: everything; <see cref="ToWriteDown"/>.</param>
public sealed record CaseFilter(long? Campaign, long? Area, string? Topic, string? Language, string? State)
{
    /// <summary>Cases, in whatever state, whose recording waits to be written down.</summary>
    public const string ToWriteDown = "to-write-down";
}

/// <summary>What the list can be filtered by.</summary>
/// <param name="Topics">Topic and a campaign that uses it.</param>
/// <param name="Languages">BCP 47.</param>
/// <param name="Townships">Those with cases.</param>
/// <param name="Rounds">Those with cases, the latest first.</param>
public sealed record CaseChoices(
    IReadOnlyList<(string Topic, long Campaign)> Topics, IReadOnlyList<string> Languages, IReadOnlyList<(long Id, string Name)> Townships,
    IReadOnlyList<(long Id, string Name)> Rounds);

/// <summary>One line of the follow-up list. Times are UTC milliseconds; nothing that names the resident.</summary>
public record CaseItem
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long AreaId { get; init; }

    public string Area { get; init; } = "";

    /// <summary>Null where <see cref="Area"/> is the township.</summary>
    public string? Township { get; init; }

    public string State { get; init; } = "";

    /// <summary><c>phone</c> or <c>visit</c>.</summary>
    public string PreferredWay { get; init; } = "";

    /// <summary>Null: the resident did not come to it.</summary>
    public string? Topic { get; init; }

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "";

    public string? Worker { get; init; }

    public long OpenedAt { get; init; }

    public long DueAt { get; init; }

    public long? NextAt { get; init; }

    public long? ClosedAt { get; init; }

    public string? Outcome { get; init; }

    /// <summary>A recording waits to be written down.</summary>
    public bool ToWriteDown { get; init; }

    /// <summary>Whoever looks at the list was told it in an interview; only in a list.</summary>
    public bool Own { get; init; }

    /// <summary>IANA zone in which the case's times are shown.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>What can be done now, in the order in which a page offers it.</summary>
    public IReadOnlyList<CaseEvent> Possible => CaseLifecycle.Possible(CaseLifecycle.FromColumn(State));
}

/// <summary>One case, as whoever works on it needs it. The number is whole: pages mask it until it is asked for with a reason.</summary>
public sealed record CaseDetail
{
    public required CaseItem Item { get; init; }

    /// <summary>Name of the round.</summary>
    public required string Campaign { get; init; }

    public required string Organiser { get; init; }

    /// <summary>Null when the list had none, and after withdrawal.</summary>
    public required string? Name { get; init; }

    /// <summary>Canonical; null after withdrawal.</summary>
    public required string? Number { get; init; }

    /// <summary>As on the list, for whoever goes there; null when the list had none, after withdrawal, and once the round's list is gone.</summary>
    public required string? Address { get; init; }

    /// <summary>The resident's own words; null when there are none (yet).</summary>
    public required string? Words { get; init; }

    /// <summary>Voice comments, oldest first.</summary>
    public required IReadOnlyList<CaseRecording> Recordings { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<CaseStepTaken> History { get; init; }

    /// <summary>The resident was told what came of it, after the case was closed last.</summary>
    public bool Told => History.TakeWhile(step => step.From == step.To).Any(step => step.What == CaseStepTaken.Told);

    /// <summary>Attempts since somebody was reached last, or ever, that reached nobody.</summary>
    public int NotReached
        => History.TakeWhile(step => step is not { What: null, To: "contacted" or "visited" }).Count(step => step.What == CaseStepTaken.NotReached);
}

/// <param name="At">UTC milliseconds.</param>
/// <param name="From">Empty at the first.</param>
/// <param name="What">
/// Null for a change of state; <see cref="NotReached"/>, <see cref="Told"/>, or what became of a recording: <c>written_down</c>, <c>not_understood</c> or <c>expired</c>.
/// </param>
public sealed record CaseStepTaken(long At, string From, string To, string Who, string? What, string? Note)
{
    internal const string NotReached = "not_reached";

    internal const string Told = "told";
}

/// <summary>A voice comment of a case, without its sound.</summary>
/// <param name="AtCarrier">The carrier has not deleted it yet.</param>
/// <param name="At">UTC milliseconds.</param>
/// <param name="DeleteAt">UTC milliseconds; deleted then though nobody has written it down.</param>
public sealed record CaseRecording(long Id, RecordingState State, bool AtCarrier, long Seconds, long At, long DeleteAt);

/// <summary>A round with cases that are not finished.</summary>
public sealed record CaseRound
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>IANA zone in which its times are shown.</summary>
    public string TimeZone { get; init; } = "";
}
