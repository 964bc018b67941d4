namespace SurveyDialer.Benchmarks;

/// <summary>
/// The system clock, set to a Monday morning in Shanghai, so that what is measured in real time may call whatever the hour is here. Keeps the
/// last timestamp that each thread took.
/// </summary>
internal sealed class ShiftedClock(TimeProvider system) : TimeProvider
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8));

    [ThreadStatic]
    private static long lastTimestamp;

    private readonly TimeSpan shift = Morning - system.GetUtcNow();

    /// <summary>What <see cref="GetTimestamp"/> last answered on this thread.</summary>
    internal static long LastTimestamp => lastTimestamp;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => (system.GetUtcNow() + shift).ToUniversalTime();

    public override long GetTimestamp() => lastTimestamp = system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => system.CreateTimer(callback, state, dueTime, period);
}
