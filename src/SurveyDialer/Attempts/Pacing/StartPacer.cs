namespace SurveyDialer.Attempts.Pacing;

/// <summary>
/// Spaces the starts of calls (or texts) so that no sliding second ever holds more than the limit, and nearly so many are reached: a
/// start waits until a second after the actual start that lies the limit's number of starts back, and starts are evenly spread. What a
/// stall has lost is not made up for. Not for use by several threads at once.
/// </summary>
internal sealed class StartPacer
{
    // Timers come late, and claiming takes its time: so much is made up for, within the limit, by starts at no less than a quarter of the even spacing.
    private static readonly TimeSpan MadeUpFor = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly double _startsPerSecond;
    private readonly long[] _lastStarts;
    private readonly long _period;
    private readonly long _spacing;
    private readonly long _madeUpFor;
    private long _starts;
    private long _planned;

    /// <param name="startsPerSecond">Above 0. Below 1: one start in that many seconds. Above 1 a fraction is cut, since 2.5 would need three in some second.</param>
    /// <param name="clock">Only its timestamps are used: a clock set back or forward changes nothing.</param>
    public StartPacer(double startsPerSecond, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(startsPerSecond);
        _clock = clock;
        _startsPerSecond = startsPerSecond;
        var together = Math.Max(1, (int)Math.Floor(startsPerSecond));
        _lastStarts = new long[together];
        _period = (long)Math.Ceiling(clock.TimestampFrequency / Math.Min(1, startsPerSecond));
        _spacing = _period / together;
        _madeUpFor = (long)(MadeUpFor.TotalSeconds * clock.TimestampFrequency);
    }

    /// <summary>How many starts fall into a time when none is missed, rounded up.</summary>
    public int Within(TimeSpan time) => (int)Math.Ceiling(_startsPerSecond * time.TotalSeconds);

    /// <summary>How long to wait until the next start may be made; zero: now.</summary>
    public TimeSpan NextSlot()
    {
        var now = _clock.GetTimestamp();
        var slot = SlotAt(now);
        return slot <= now ? TimeSpan.Zero : Time(slot - now);
    }

    /// <summary>A start is made now: called just before the request is written.</summary>
    /// <exception cref="InvalidOperationException">The slot has not come yet.</exception>
    public void Started()
    {
        var now = _clock.GetTimestamp();
        if (SlotAt(now) > now)
            throw new InvalidOperationException("A start was made before its slot.");
        _planned = PlannedAt(now);
        _lastStarts[_starts % _lastStarts.Length] = now;
        _starts++;
    }

    private long SlotAt(long now)
    {
        if (_starts == 0)
            return now;
        var closest = _lastStarts[(_starts - 1) % _lastStarts.Length] + (_spacing / 4);
        var gate = _starts < _lastStarts.Length ? long.MinValue : _lastStarts[_starts % _lastStarts.Length] + _period;
        return Math.Max(Math.Max(PlannedAt(now), closest), gate);
    }

    // Not moved by the gate: who came late is a little late again a second later, and the others are not.
    private long PlannedAt(long now) => _starts == 0 ? now : Math.Max(_planned + _spacing, now - _madeUpFor);

    // Rounded up: whoever waits that long does not come a tick too early.
    private TimeSpan Time(long timestamps) =>
        new((long)Math.Ceiling(timestamps * (double)TimeSpan.TicksPerSecond / _clock.TimestampFrequency));
}
