namespace SurveyDialer.Simulator.Tests;

/// <summary>A clock that jumps from event to event; the events of an instant run one after another in the order of their keys.</summary>
internal sealed class VirtualTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 30, 0, TimeSpan.FromHours(8));
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset Due, string Key, int Order)> _events =
        new(Comparer<(DateTimeOffset Due, string Key, int Order)>.Create(static (a, b) =>
            a.Due != b.Due ? a.Due.CompareTo(b.Due) : string.CompareOrdinal(a.Key, b.Key) is var byKey && byKey != 0 ? byKey : a.Order.CompareTo(b.Order)));

    private DateTimeOffset _now = Start;
    private int _order;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now.ToUniversalTime();
    }

    public void Schedule(DateTimeOffset due, string key, Func<CancellationToken, Task> work)
    {
        lock (_gate)
            _events.Enqueue(work, (due < _now ? _now : due, key, _order++));
    }

    public void Schedule(double seconds, Func<Task> work) => Schedule(GetUtcNow().AddSeconds(seconds), "test", _ => work());

    /// <summary>Runs events until none is left, or none within the time given.</summary>
    public async Task RunAsync(TimeSpan? atMost = null)
    {
        var end = _now + (atMost ?? TimeSpan.FromDays(30));
        while (true)
        {
            Func<CancellationToken, Task>? work;
            lock (_gate)
            {
                if (!_events.TryPeek(out work, out var place) || place.Due > end)
                {
                    if (atMost is not null)
                        _now = end;
                    return;
                }

                _events.Dequeue();
                _now = place.Due > _now ? place.Due : _now;
            }

            await work(CancellationToken.None);
        }
    }
}
