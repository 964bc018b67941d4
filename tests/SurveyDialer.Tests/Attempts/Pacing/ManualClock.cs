namespace SurveyDialer.Tests.Attempts.Pacing;

/// <summary>A clock that stands still until told otherwise; its wall clock can be set apart from its timestamps.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks = 12_345;

    public DateTimeOffset WallClock { get; set; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public TimeSpan Passed => TimeSpan.FromTicks(_ticks - 12_345);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time)
    {
        _ticks += time.Ticks;
        WallClock += time;
    }

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => WallClock;
}
