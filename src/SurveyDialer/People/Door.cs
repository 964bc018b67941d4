namespace SurveyDialer.People;

/// <summary>What a door leads to.</summary>
public enum DoorKind
{
    /// <summary>Rounds, states and reasons; starting, pausing and closing; jobs. No answers of single persons.</summary>
    Staff,

    /// <summary>Interviews at desk telephones, the follow-up list and area visits.</summary>
    Caller,

    /// <summary>Rounds at a glance, results and exports. No numbers.</summary>
    Supervisor,
}

/// <summary>
/// A link made for one named person. Its key opens it once, for one browser, which then holds the session; a person with two browsers has two doors.
/// Times are UTC milliseconds.
/// </summary>
public sealed record Door
{
    public long Id { get; init; }

    public DoorKind Kind { get; init; }

    /// <summary>Stands in histories and the audit log for whatever is done through the door.</summary>
    public string Person { get; init; } = "";

    public long MadeAt { get; init; }

    public string MadeBy { get; init; } = "";

    /// <summary>When the browser that holds the session last asked for something, to the minute; null: the link has not been used.</summary>
    public long? SeenAt { get; init; }

    /// <summary>Null while the door is open.</summary>
    public long? RevokedAt { get; init; }

    /// <summary>How far the door has got.</summary>
    public DoorState State => this switch
    {
        { RevokedAt: not null } => DoorState.Revoked,
        { SeenAt: null } => DoorState.Waiting,
        _ => DoorState.Used,
    };
}

/// <summary>How far a door has got.</summary>
public enum DoorState
{
    /// <summary>The link waits for its first visit.</summary>
    Waiting,

    /// <summary>One browser holds the session.</summary>
    Used,

    /// <summary>Neither link nor session opens anything.</summary>
    Revoked,
}

/// <summary>Why no door was made.</summary>
public enum DoorProblem
{
    /// <summary>No name, or longer than <see cref="PersonName.Longest"/> characters.</summary>
    NameMissing,
}
