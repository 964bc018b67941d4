using System.Collections.Concurrent;

namespace SurveyDialer.Simulator.Calls;

/// <summary>All calls, by id, by number and in the order of their creation.</summary>
internal sealed class CallBook
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, SimulatedCall> _bySid = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, List<SimulatedCall>> _byNumber = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly List<SimulatedCall> _all = [];

    /// <summary>Counts a call to (or from) a number; the first is 1.</summary>
    public int NextAttempt(string number) => _attempts.AddOrUpdate(number, 1, static (_, last) => last + 1);

    public int AttemptsOf(string number) => _attempts.GetValueOrDefault(number);

    public void Add(SimulatedCall call)
    {
        _bySid[call.Sid] = call;
        var ofNumber = _byNumber.GetOrAdd(call.Order.To, static _ => []);
        lock (_gate)
        {
            call.Index = _all.Count;
            _all.Add(call);
            ofNumber.Add(call);
        }
    }

    public SimulatedCall? Find(string sid) => _bySid.GetValueOrDefault(sid) is { Deleted: false } call ? call : null;

    /// <summary>Newest first; only those to one number when <paramref name="to"/> is given.</summary>
    public IReadOnlyList<SimulatedCall> NewestFirst(string? to)
    {
        lock (_gate)
        {
            var source = to is null ? _all : _byNumber.GetValueOrDefault(to) ?? [];
            var copy = source.Where(static call => !call.Deleted).ToArray();
            Array.Reverse(copy);
            return copy;
        }
    }
}
