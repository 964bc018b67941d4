namespace SurveyDialer.Attempts;

/// <summary>Where an attempt stands.</summary>
internal enum AttemptState
{
    /// <summary>In the queue; nobody works on it.</summary>
    Pending,

    /// <summary>A dispatcher or a caller at a desk telephone has taken it; nothing was sent.</summary>
    Leased,

    /// <summary>The intent to place is committed; the request may have been sent.</summary>
    Placing,

    /// <summary>The carrier has it.</summary>
    Placed,

    /// <summary>Nobody knows whether the carrier has it: never repeated, the reconciler finds out.</summary>
    Unknown,

    /// <summary>Over; its code is known. Never leaves this state.</summary>
    Ended,

    /// <summary>Withdrawn before anything was sent. Never leaves this state.</summary>
    Cancelled,
}

/// <summary>What can happen to an attempt.</summary>
internal enum AttemptEvent
{
    /// <summary>Taken from the queue.</summary>
    Claimed,

    /// <summary>Given back, or the lease ran out: certain that nothing was sent.</summary>
    Released,

    /// <summary>The intent to place was written.</summary>
    PlacingStarted,

    /// <summary>The carrier's answer to the request: it has taken it.</summary>
    Accepted,

    /// <summary>The carrier's answer, or none, leaves open whether it has taken it.</summary>
    Unclear,

    /// <summary>The carrier promises that nothing was processed.</summary>
    NotProcessed,

    /// <summary>The carrier refused it for good.</summary>
    Rejected,

    /// <summary>The carrier spoke of it in a callback, or the reconciler found it there.</summary>
    Found,

    /// <summary>Nothing was heard in time.</summary>
    Overdue,

    /// <summary>The reconciler is sure that the carrier never had it.</summary>
    NeverCreated,

    /// <summary>The carrier, the caller or the reconciler reports its end.</summary>
    ReportedEnded,

    /// <summary>Withdrawn: opted out, campaign closed, interview no longer needed.</summary>
    Cancelled,
}

/// <summary>An event that cannot happen to an attempt in its state: somebody came too late, or it is a mistake of ours.</summary>
internal sealed record AttemptEventProblem(AttemptState From, AttemptEvent Event);

/// <summary>
/// The attempt's states and nothing else. The carrier's callbacks, its answer to the request and the reconciler may come in any order,
/// so that what is known already is an event without a change.
/// <code>
/// Pending   --Claimed-->         Leased
/// Pending   --Cancelled-->       Cancelled
/// Leased    --Released-->        Pending
/// Leased    --Cancelled-->       Cancelled
/// Leased    --PlacingStarted-->  Placing
/// Placing   --NotProcessed-->    Pending
/// Placing   --Accepted, Found--> Placed
/// Placing   --Unclear, Overdue--> Unknown
/// Placing   --Rejected, ReportedEnded--> Ended
/// Placed    --Accepted, Found, Unclear--> Placed
/// Placed    --Overdue-->         Unknown
/// Placed    --ReportedEnded-->   Ended
/// Unknown   --Accepted, Found--> Placed
/// Unknown   --Unclear, Overdue--> Unknown
/// Unknown   --NotProcessed-->    Pending
/// Unknown   --Rejected, NeverCreated, ReportedEnded--> Ended
/// Ended     --Accepted, Found, Unclear, ReportedEnded--> Ended
/// </code>
/// A call that was never created ends, with our fault, and its successor has a new token: should it ring after all, it is recognised as
/// the old one and hung up.
/// </summary>
internal static class AttemptLifecycle
{
    private static readonly Dictionary<(AttemptState From, AttemptEvent Event), AttemptState> Table = new()
    {
        [(AttemptState.Pending, AttemptEvent.Claimed)] = AttemptState.Leased,
        [(AttemptState.Pending, AttemptEvent.Cancelled)] = AttemptState.Cancelled,
        [(AttemptState.Leased, AttemptEvent.Released)] = AttemptState.Pending,
        [(AttemptState.Leased, AttemptEvent.Cancelled)] = AttemptState.Cancelled,
        [(AttemptState.Leased, AttemptEvent.PlacingStarted)] = AttemptState.Placing,
        [(AttemptState.Placing, AttemptEvent.NotProcessed)] = AttemptState.Pending,
        [(AttemptState.Placing, AttemptEvent.Accepted)] = AttemptState.Placed,
        [(AttemptState.Placing, AttemptEvent.Found)] = AttemptState.Placed,
        [(AttemptState.Placing, AttemptEvent.Unclear)] = AttemptState.Unknown,
        [(AttemptState.Placing, AttemptEvent.Overdue)] = AttemptState.Unknown,
        [(AttemptState.Placing, AttemptEvent.Rejected)] = AttemptState.Ended,
        [(AttemptState.Placing, AttemptEvent.ReportedEnded)] = AttemptState.Ended,
        [(AttemptState.Placed, AttemptEvent.Accepted)] = AttemptState.Placed,
        [(AttemptState.Placed, AttemptEvent.Found)] = AttemptState.Placed,
        [(AttemptState.Placed, AttemptEvent.Unclear)] = AttemptState.Placed,
        [(AttemptState.Placed, AttemptEvent.Overdue)] = AttemptState.Unknown,
        [(AttemptState.Placed, AttemptEvent.ReportedEnded)] = AttemptState.Ended,
        [(AttemptState.Unknown, AttemptEvent.Accepted)] = AttemptState.Placed,
        [(AttemptState.Unknown, AttemptEvent.Found)] = AttemptState.Placed,
        [(AttemptState.Unknown, AttemptEvent.Unclear)] = AttemptState.Unknown,
        [(AttemptState.Unknown, AttemptEvent.Overdue)] = AttemptState.Unknown,
        [(AttemptState.Unknown, AttemptEvent.NotProcessed)] = AttemptState.Pending,
        [(AttemptState.Unknown, AttemptEvent.Rejected)] = AttemptState.Ended,
        [(AttemptState.Unknown, AttemptEvent.NeverCreated)] = AttemptState.Ended,
        [(AttemptState.Unknown, AttemptEvent.ReportedEnded)] = AttemptState.Ended,
        [(AttemptState.Ended, AttemptEvent.Accepted)] = AttemptState.Ended,
        [(AttemptState.Ended, AttemptEvent.Found)] = AttemptState.Ended,
        [(AttemptState.Ended, AttemptEvent.Unclear)] = AttemptState.Ended,
        [(AttemptState.Ended, AttemptEvent.ReportedEnded)] = AttemptState.Ended,
    };

    /// <summary>The state after an event; false, with the problem, when the event is not possible in this state.</summary>
    public static bool TryMove(AttemptState from, AttemptEvent happened, out AttemptState to, out AttemptEventProblem? problem)
    {
        var possible = Table.TryGetValue((from, happened), out to);
        problem = possible ? null : new AttemptEventProblem(from, happened);
        return possible;
    }

    public static string ToColumn(this AttemptState state) => state switch
    {
        AttemptState.Pending => "pending",
        AttemptState.Leased => "leased",
        AttemptState.Placing => "placing",
        AttemptState.Placed => "placed",
        AttemptState.Unknown => "unknown",
        AttemptState.Ended => "ended",
        AttemptState.Cancelled => "cancelled",
    };

    public static AttemptState FromColumn(string text) => text switch
    {
        "pending" => AttemptState.Pending,
        "leased" => AttemptState.Leased,
        "placing" => AttemptState.Placing,
        "placed" => AttemptState.Placed,
        "unknown" => AttemptState.Unknown,
        "ended" => AttemptState.Ended,
        "cancelled" => AttemptState.Cancelled,
        _ => throw new InvalidDataException($"Unknown state of an attempt '{text}'."),
    };
}
