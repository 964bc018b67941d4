using SurveyDialer.Scheduling;

namespace SurveyDialer.TestKit;

/// <summary>Virtual time for tests: starts at <see cref="VirtualTimeline.DefaultStart"/>; an event that throws fails the test at the next drain.</summary>
public sealed class VirtualTime : ITimeline
{
    private readonly List<Exception> failures = [];

    public VirtualTime(DateTimeOffset? start = null) => Timeline = new VirtualTimeline(start ?? VirtualTimeline.DefaultStart, Record);

    public VirtualTimeline Timeline { get; }

    public TimeProvider Clock => Timeline.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public void Schedule(DateTimeOffset due, TimelineOrder order, string key, Func<CancellationToken, Task> work) => Timeline.Schedule(due, order, key, work);

    /// <summary>Runs everything that is queued.</summary>
    public async Task DrainAsync(CancellationToken cancellation = default)
    {
        await Timeline.RunUntilIdleAsync(cancellation);
        ThrowFailures();
    }

    /// <summary>Runs everything due within <paramref name="time"/>, the last instant included, and stands there.</summary>
    public async Task AdvanceAsync(TimeSpan time, CancellationToken cancellation = default)
    {
        await Timeline.AdvanceToAsync(Now + time, cancellation);
        ThrowFailures();
    }

    private void Record(string key, Exception failure)
    {
        lock (failures)
            failures.Add(new InvalidOperationException($"The event '{key}' threw at {Now:O}.", failure));
    }

    private void ThrowFailures()
    {
        lock (failures)
        {
            if (failures.Count == 0)
                return;
            var thrown = new AggregateException(failures);
            failures.Clear();
            throw thrown;
        }
    }
}
