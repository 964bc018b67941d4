namespace SurveyDialer.FollowUps;

/// <summary>Where a voice comment stands.</summary>
public enum RecordingState
{
    /// <summary>The carrier says that it has one; not here yet.</summary>
    Announced,

    /// <summary>Here, encrypted; can be listened to until it is written down or too old.</summary>
    Fetched,

    /// <summary>A person has written down what was said; the sound is gone.</summary>
    WrittenDown,

    /// <summary>A person has listened and understood nothing; the sound is gone and the case says so.</summary>
    NotUnderstood,

    /// <summary>Words for an area that a person has put aside with a reason; the sound is gone.</summary>
    Discarded,

    /// <summary>Nobody has written it down in time; the sound is gone.</summary>
    Expired,

    /// <summary>Sealed to the county; nobody here has heard it or can.</summary>
    Sealed,

    /// <summary>No consent covers it, or the consent was taken back: never fetched, or gone.</summary>
    Erased,

    /// <summary>The carrier announced one and then had none.</summary>
    Absent,
}

/// <summary>What can happen to a voice comment.</summary>
internal enum RecordingEvent
{
    Fetch,
    Seal,
    WriteDown,
    GiveUp,
    Discard,
    Expire,
    Erase,
}

/// <summary>
/// The states of a voice comment and nothing else; <c>Erased</c> and <c>Absent</c> can also be the first:
/// <code>
/// Announced --Fetch--> Fetched --WriteDown--> WrittenDown;  Fetched --GiveUp--> NotUnderstood;  Fetched --Discard--> Discarded
/// Announced --Seal--> Sealed;  Announced, Fetched --Expire--> Expired;  Announced, Fetched --Erase--> Erased
/// </code>
/// </summary>
internal static class RecordingLifecycle
{
    private static readonly Dictionary<(RecordingState From, RecordingEvent Event), RecordingState> Table = new()
    {
        [(RecordingState.Announced, RecordingEvent.Fetch)] = RecordingState.Fetched,
        [(RecordingState.Announced, RecordingEvent.Seal)] = RecordingState.Sealed,
        [(RecordingState.Fetched, RecordingEvent.WriteDown)] = RecordingState.WrittenDown,
        [(RecordingState.Fetched, RecordingEvent.GiveUp)] = RecordingState.NotUnderstood,
        [(RecordingState.Fetched, RecordingEvent.Discard)] = RecordingState.Discarded,
        [(RecordingState.Announced, RecordingEvent.Expire)] = RecordingState.Expired,
        [(RecordingState.Fetched, RecordingEvent.Expire)] = RecordingState.Expired,
        [(RecordingState.Announced, RecordingEvent.Erase)] = RecordingState.Erased,
        [(RecordingState.Fetched, RecordingEvent.Erase)] = RecordingState.Erased,
    };

    /// <summary>The state after an event, or null when the event is not possible in this state.</summary>
    internal static RecordingState? After(RecordingState from, RecordingEvent happened) => Table.TryGetValue((from, happened), out var to) ? to : null;

    internal static string ToColumn(RecordingState state) => state switch
    {
        RecordingState.Announced => "announced",
        RecordingState.Fetched => "fetched",
        RecordingState.WrittenDown => "written_down",
        RecordingState.NotUnderstood => "not_understood",
        RecordingState.Discarded => "discarded",
        RecordingState.Expired => "expired",
        RecordingState.Sealed => "sealed",
        RecordingState.Erased => "erased",
        RecordingState.Absent => "absent",
    };

    internal static RecordingState FromColumn(string state) => state switch
    {
        "announced" => RecordingState.Announced,
        "fetched" => RecordingState.Fetched,
        "written_down" => RecordingState.WrittenDown,
        "not_understood" => RecordingState.NotUnderstood,
        "discarded" => RecordingState.Discarded,
        "expired" => RecordingState.Expired,
        "sealed" => RecordingState.Sealed,
        "erased" => RecordingState.Erased,
        "absent" => RecordingState.Absent,
        _ => throw new InvalidDataException($"Unknown recording state '{state}'."),
    };
}
