using SurveyDialer.Scheduling;

namespace SurveyDialer.Tests.Scheduling;

public sealed class VirtualSpeedTests
{
    private static readonly DateTimeOffset Start = VirtualTimeline.DefaultStart;
    private readonly RealClock real = new();
    private readonly VirtualTimeline timeline;

    public VirtualSpeedTests() => timeline = new VirtualTimeline(Start, (_, e) => throw e, real);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_speed_of_sixty_shows_a_minute_a_second()
    {
        var at = new List<TimeSpan>();
        foreach (var minutes in (int[])[1, 1, 2, 300])
        {
            timeline.Schedule(Start.AddMinutes(minutes), TimelineOrder.Job, "a", _ =>
            {
                Assert.Equal(Start.AddMinutes(minutes), timeline.Clock.GetUtcNow());
                at.Add(real.Elapsed);
                return Task.CompletedTask;
            });
        }

        timeline.Speed = 60;
        await timeline.RunUntilIdleAsync(Cancellation);

        Assert.Equal([1.0, 1, 2, 300], at.Select(elapsed => Math.Round(elapsed.TotalSeconds, 1)));
    }

    [Fact]
    public async Task Without_a_speed_no_real_time_is_waited_for()
    {
        timeline.Schedule(Start.AddYears(1), TimelineOrder.Job, "a", _ => Task.CompletedTask);
        await timeline.RunUntilIdleAsync(Cancellation);
        Assert.Equal(TimeSpan.Zero, real.Elapsed);
    }

    [Fact]
    public async Task One_to_one_goes_on_without_events_until_it_is_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var ran = false;
        real.OnWait = elapsed =>
        {
            if (elapsed > TimeSpan.FromHours(30))
                stop.Cancel();
        };
        timeline.Schedule(Start.AddHours(5), TimelineOrder.Job, "a", _ =>
        {
            ran = Math.Abs((real.Elapsed - TimeSpan.FromHours(5)).TotalSeconds) < 1;
            return Task.CompletedTask;
        });

        await timeline.RunOneToOneAsync(stop.Token);

        Assert.True(ran);
        Assert.InRange(timeline.Clock.GetUtcNow() - Start, TimeSpan.FromHours(29), TimeSpan.FromHours(32));
    }

    [Fact]
    public async Task What_is_scheduled_while_it_waits_runs_in_its_turn()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        real.Stands = true;
        real.OnWait = _ => waiting.TrySetResult();
        timeline.Schedule(Start.AddDays(1), TimelineOrder.Job, "far", _ => throw new InvalidOperationException("too early"));
        var run = timeline.RunOneToOneAsync(stop.Token);
        await waiting.Task;

        timeline.Schedule(timeline.Clock.GetUtcNow(), TimelineOrder.Carrier, "a page's doing", async _ => await stop.CancelAsync());
        await run;

        Assert.Equal(1, timeline.EventsRun);
        Assert.Equal(Start, timeline.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Taking_the_speed_away_while_it_waits_lets_it_jump()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        real.Stands = true;
        real.OnWait = _ => waiting.TrySetResult();
        timeline.Speed = 1;
        timeline.Schedule(Start.AddDays(1), TimelineOrder.Job, "far", _ => Task.CompletedTask);
        var run = timeline.RunUntilIdleAsync(Cancellation);
        await waiting.Task;

        timeline.Speed = null;
        await run;

        Assert.Equal(Start.AddDays(1), timeline.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_is_a_positive_number(double speed) => Assert.Throws<ArgumentOutOfRangeException>(() => timeline.Speed = speed);

    [Fact]
    public void A_speed_needs_a_real_clock() =>
        Assert.Throws<InvalidOperationException>(() => new VirtualTimeline(Start, (_, _) => { }).Speed = 1);

    /// <summary>A real clock that moves exactly as far as it is waited for; or stands, and then no wait ever ends.</summary>
    private sealed class RealClock : TimeProvider
    {
        private long ticks;

        public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

        public bool Stands { get; set; }

        public Action<TimeSpan>? OnWait { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (!Stands)
            {
                Interlocked.Add(ref ticks, dueTime.Ticks);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            OnWait?.Invoke(Elapsed);
            return new Nothing();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
