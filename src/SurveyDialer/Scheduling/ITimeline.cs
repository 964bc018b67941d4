namespace SurveyDialer.Scheduling;

/// <summary>Order of the events that fall due at the same instant: what the carrier reports comes before what we decide from it.</summary>
public enum TimelineOrder
{
    /// <summary>A carrier's or respondent's doing: answers, hang-ups, status reports.</summary>
    Carrier = 0,

    /// <summary>A deadline or a recurring job.</summary>
    Job = 1,

    /// <summary>The dispatcher looks for due attempts.</summary>
    Claim = 2,
}

/// <summary>
/// The one way to do something later. In real time it is a queue in front of timers; in virtual time the events of an instant run
/// one after another in the order (due, order, key), each awaited to its end, and the clock then jumps to the next.
/// </summary>
public interface ITimeline
{
    /// <summary>The clock that this timeline follows.</summary>
    TimeProvider Clock { get; }

    /// <summary>Runs <paramref name="work"/> at <paramref name="due"/>, or at once when that is past.</summary>
    /// <param name="due">When; UTC or with offset.</param>
    /// <param name="order">Place among the events of the same instant.</param>
    /// <param name="key">Breaks ties; must not depend on threads or random tokens, so that a seed gives the same run again.</param>
    /// <param name="work">Awaited to its end in virtual time; nothing may continue after it returned. What it throws is logged by the timeline.</param>
    void Schedule(DateTimeOffset due, TimelineOrder order, string key, Func<CancellationToken, Task> work);
}
