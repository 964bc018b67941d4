namespace SurveyDialer.Simulator.Calls;

/// <summary>Calls waiting for their turn: at most so many starts a second and so many at once. First come, first served.</summary>
internal sealed class CallQueue(SimulatorOptions options, TimeProvider clock, Action<DateTimeOffset, string, Func<CancellationToken, Task>> schedule, Action<SimulatedCall> start)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private readonly Lock _gate = new();
    private readonly LinkedList<SimulatedCall> _waiting = new();
    private DateTimeOffset _nextSlot = DateTimeOffset.MinValue;
    private int _active;
    private bool _pumpPlanned;

    /// <summary>Called for a call that waited too long.</summary>
    public required Action<SimulatedCall> Expire { get; init; }

    public int Active
    {
        get
        {
            lock (_gate)
                return _active;
        }
    }

    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Estimated wait in milliseconds.</summary>
    public long Enqueue(SimulatedCall call)
    {
        long wait;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var ahead = _nextSlot > now ? (_nextSlot - now).TotalMilliseconds : 0;
            wait = options.CallsPerSecond <= 0 ? 0 : (long)(ahead + (_waiting.Count * 1000 / options.CallsPerSecond));
            _waiting.AddLast(call);
        }

        Pump();
        return wait;
    }

    public void Remove(SimulatedCall call)
    {
        lock (_gate)
            _waiting.Remove(call);
    }

    public void Release()
    {
        lock (_gate)
            _active--;
        Pump();
    }

    private void Pump()
    {
        List<SimulatedCall>? starting = null;
        List<SimulatedCall>? expired = null;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_waiting.First is { } first && (options.Lines <= 0 || _active < options.Lines))
            {
                if (now - first.Value.Created > Longest)
                {
                    (expired ??= []).Add(first.Value);
                    _waiting.RemoveFirst();
                    continue;
                }

                if (options.CallsPerSecond > 0)
                {
                    if (now < _nextSlot)
                    {
                        Plan();
                        break;
                    }

                    _nextSlot = now + TimeSpan.FromSeconds(1 / options.CallsPerSecond);
                }

                _waiting.RemoveFirst();
                first.Value.HoldsLine = true;
                _active++;
                (starting ??= []).Add(first.Value);
            }
        }

        foreach (var call in expired ?? [])
            Expire(call);
        foreach (var call in starting ?? [])
            start(call);
    }

    private void Plan()
    {
        if (_pumpPlanned)
            return;
        _pumpPlanned = true;
        schedule(_nextSlot, "carrier/queue", _ =>
        {
            lock (_gate)
                _pumpPlanned = false;
            Pump();
            return Task.CompletedTask;
        });
    }
}
