namespace SurveyDialer.FollowUps;

/// <summary>Where a follow-up case stands.</summary>
public enum CaseState
{
    /// <summary>The resident agreed; nobody has taken it yet.</summary>
    Open,

    /// <summary>A caller has taken it on.</summary>
    Taken,

    /// <summary>The resident has been spoken to in the agreed way.</summary>
    Contacted,

    /// <summary>Somebody was there.</summary>
    Visited,

    /// <summary>Answered with a result and told to the resident, or given up with a reason.</summary>
    Closed,

    /// <summary>The resident took the consent back: nothing names him or her any more.</summary>
    Withdrawn,
}

/// <summary>What can happen to a case.</summary>
public enum CaseEvent
{
    Take,
    HandOver,
    Contact,
    Visit,

    /// <summary>Tried, and nobody was reached: it is no contact.</summary>
    NotReached,
    SetNext,
    Close,

    /// <summary>The resident was told what came of it.</summary>
    Tell,
    Reopen,
    Withdraw,
}

/// <summary>
/// The states of a case and nothing else:
/// <code>
/// Open --Take--> Taken --Contact--> Contacted --Visit--> Visited --Close--> Closed --Reopen--> Taken
/// Taken --Visit--> Visited;  Taken, Contacted --Close--> Closed;  Contacted --Contact--> Contacted;  Visited --Contact--> Contacted
/// Taken, Contacted, Visited --HandOver--> Open;  Taken, Contacted, Visited --SetNext, NotReached--> same;  Closed --Tell--> same
/// every state but Withdrawn --Withdraw--> Withdrawn
/// </code>
/// </summary>
public static class CaseLifecycle
{
    private static readonly Dictionary<(CaseState From, CaseEvent Event), CaseState> Table = new()
    {
        [(CaseState.Open, CaseEvent.Take)] = CaseState.Taken,
        [(CaseState.Taken, CaseEvent.Contact)] = CaseState.Contacted,
        [(CaseState.Taken, CaseEvent.Visit)] = CaseState.Visited,
        [(CaseState.Taken, CaseEvent.NotReached)] = CaseState.Taken,
        [(CaseState.Taken, CaseEvent.SetNext)] = CaseState.Taken,
        [(CaseState.Taken, CaseEvent.HandOver)] = CaseState.Open,
        [(CaseState.Taken, CaseEvent.Close)] = CaseState.Closed,
        [(CaseState.Contacted, CaseEvent.Contact)] = CaseState.Contacted,
        [(CaseState.Contacted, CaseEvent.Visit)] = CaseState.Visited,
        [(CaseState.Contacted, CaseEvent.NotReached)] = CaseState.Contacted,
        [(CaseState.Contacted, CaseEvent.SetNext)] = CaseState.Contacted,
        [(CaseState.Contacted, CaseEvent.HandOver)] = CaseState.Open,
        [(CaseState.Contacted, CaseEvent.Close)] = CaseState.Closed,
        [(CaseState.Visited, CaseEvent.Contact)] = CaseState.Contacted,
        [(CaseState.Visited, CaseEvent.NotReached)] = CaseState.Visited,
        [(CaseState.Visited, CaseEvent.SetNext)] = CaseState.Visited,
        [(CaseState.Visited, CaseEvent.HandOver)] = CaseState.Open,
        [(CaseState.Visited, CaseEvent.Close)] = CaseState.Closed,
        [(CaseState.Closed, CaseEvent.Tell)] = CaseState.Closed,
        [(CaseState.Closed, CaseEvent.Reopen)] = CaseState.Taken,
        [(CaseState.Open, CaseEvent.Withdraw)] = CaseState.Withdrawn,
        [(CaseState.Taken, CaseEvent.Withdraw)] = CaseState.Withdrawn,
        [(CaseState.Contacted, CaseEvent.Withdraw)] = CaseState.Withdrawn,
        [(CaseState.Visited, CaseEvent.Withdraw)] = CaseState.Withdrawn,
        [(CaseState.Closed, CaseEvent.Withdraw)] = CaseState.Withdrawn,
    };

    /// <summary>The state after an event, or null when the event is not possible in this state.</summary>
    public static CaseState? After(CaseState from, CaseEvent happened) => Table.TryGetValue((from, happened), out var to) ? to : null;

    /// <summary>What is possible in a state, in the order in which a page offers it.</summary>
    public static IReadOnlyList<CaseEvent> Possible(CaseState state) => [.. Enum.GetValues<CaseEvent>().Where(happened => After(state, happened) is not null)];

    internal static string ToColumn(CaseState state) => state switch
    {
        CaseState.Open => "open",
        CaseState.Taken => "taken",
        CaseState.Contacted => "contacted",
        CaseState.Visited => "visited",
        CaseState.Closed => "closed",
        CaseState.Withdrawn => "withdrawn",
    };

    internal static CaseState FromColumn(string state) => state switch
    {
        "open" => CaseState.Open,
        "taken" => CaseState.Taken,
        "contacted" => CaseState.Contacted,
        "visited" => CaseState.Visited,
        "closed" => CaseState.Closed,
        "withdrawn" => CaseState.Withdrawn,
        _ => throw new InvalidDataException($"Unknown case state '{state}'."),
    };
}
