namespace SurveyDialer.Scheduling;

/// <summary>
/// Slows virtual time down for watching: virtual time = anchor + (real time since the anchor) × speed, never beyond the event that is
/// waited for. Not thread-safe; the timeline calls it under its lock.
/// </summary>
internal sealed class VirtualPace(TimeProvider? realClock)
{
    /// <summary>Longer waits are cut, because timers cannot hold them; the timeline simply waits again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private long anchorVirtual;
    private long anchorReal;
    private long? waitingFor;

    public double? Speed { get; private set; }

    public TimeProvider RealClock => realClock ?? throw new InvalidOperationException("A speed needs a real clock: pass one to the timeline.");

    public void Set(double? speed, long now)
    {
        if (speed is { } s && !(s > 0 && double.IsFinite(s)))
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "Virtual seconds per real second: more than 0, or null for as fast as possible.");
        if (speed is not null)
            _ = RealClock;
        Speed = speed;
        Anchor(now);
    }

    public void Anchor(long now)
    {
        if (Speed is null)
            return;
        anchorVirtual = now;
        anchorReal = RealClock.GetTimestamp();
    }

    /// <summary>Real time until virtual time reaches <paramref name="goal"/>; null when it has, or without a speed.</summary>
    public TimeSpan? TimeUntil(long goal)
    {
        if (Speed is not { } speed)
            return null;
        var left = (goal - anchorVirtual - Gone(speed)) / speed;
        if (left <= 0)
            return null;
        // Timers have a resolution of a millisecond: a shorter wait would spin.
        return left >= LongestWait.Ticks ? LongestWait : TimeSpan.FromMilliseconds(Math.Ceiling(left / TimeSpan.TicksPerMillisecond));
    }

    public void BeginWait(long goal) => waitingFor = goal;

    public void EndWait() => waitingFor = null;

    /// <summary>Where the clock stands while an event is waited for; null when it stands still at <paramref name="now"/>.</summary>
    public long? Moving(long now)
    {
        if (waitingFor is not { } goal)
            return null;
        if (Speed is not { } speed)
            return now;
        return Math.Max(now, anchorVirtual + (long)Math.Min(goal - anchorVirtual, Gone(speed)));
    }

    /// <summary>Virtual ticks since the anchor.</summary>
    private double Gone(double speed) => RealClock.GetElapsedTime(anchorReal).Ticks * speed;
}
