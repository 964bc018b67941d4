using System.Collections.Concurrent;
using SurveyDialer.Scheduling;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Scheduling;

/// <summary>The real timeline on a clock of ours: its timers are events of virtual time, its wall clock can be set.</summary>
public sealed class RealTimelineTests : IAsyncDisposable
{
    /// <summary>Milliseconds until a test that waits for an event that never comes fails.</summary>
    private const int Patience = 60_000;

    private readonly VirtualTime time = new();
    private readonly SettableClock clock;
    private readonly RealTimeline timeline;
    private readonly ConcurrentQueue<string> failures = [];

    public RealTimelineTests()
    {
        clock = new SettableClock(time.Clock);
        timeline = new RealTimeline(clock, (key, e) => failures.Enqueue($"{key}: {e.Message}"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => timeline.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task An_event_runs_when_due_and_not_before()
    {
        var ran = Probe(TimeSpan.FromMinutes(10));

        await time.AdvanceAsync(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1), Cancellation);
        Assert.False(ran.IsCompleted);
        await time.AdvanceAsync(TimeSpan.FromMilliseconds(1), Cancellation);

        Assert.Equal(VirtualTimeline.DefaultStart.AddMinutes(10), await ran);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_past_runs_at_once() => Assert.Equal(time.Now, await Probe(TimeSpan.FromDays(-1)));

    [Fact(Timeout = Patience)]
    public async Task Events_of_one_instant_run_side_by_side()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        timeline.Schedule(time.Now, TimelineOrder.Job, "a", async _ =>
        {
            first.SetResult();
            await second.Task;
        });
        timeline.Schedule(time.Now, TimelineOrder.Job, "b", async _ =>
        {
            second.SetResult();
            await first.Task;
        });

        await Task.WhenAll(first.Task, second.Task).WaitAsync(Cancellation);
    }

    [Fact(Timeout = Patience)]
    public async Task An_event_that_throws_is_reported_and_the_others_run()
    {
        timeline.Schedule(time.Now, TimelineOrder.Job, "bad", _ => throw new InvalidOperationException("broken"));
        await Probe(TimeSpan.Zero);
        await timeline.StopAsync(Cancellation);

        Assert.Equal(["bad: broken"], failures);
    }

    [Fact(Timeout = Patience)]
    public async Task When_the_clock_jumps_ahead_what_is_overdue_runs_within_a_second()
    {
        var ran = Probe(TimeSpan.FromHours(5));
        clock.Offset = TimeSpan.FromHours(6);

        await time.AdvanceAsync(TimeSpan.FromSeconds(1), Cancellation);

        Assert.Equal(VirtualTimeline.DefaultStart.AddHours(6).AddSeconds(1), await ran);
    }

    [Fact(Timeout = Patience)]
    public async Task When_the_clock_is_set_back_nothing_runs_early_and_nothing_is_lost()
    {
        var ran = Probe(TimeSpan.FromMinutes(1));
        clock.Offset = TimeSpan.FromHours(-1);

        await time.AdvanceAsync(TimeSpan.FromMinutes(60), Cancellation);
        Assert.False(ran.IsCompleted);
        await time.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(VirtualTimeline.DefaultStart.AddMinutes(1), await ran);
    }

    [Fact(Timeout = Patience)]
    public async Task A_jump_does_not_start_everything_at_once()
    {
        var started = 0;
        var most = 0;
        var running = 0;
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < 500; i++)
        {
            timeline.Schedule(time.Now.AddSeconds(60 + i), TimelineOrder.Job, "job", async _ =>
            {
                var here = Interlocked.Increment(ref running);
                InterlockedMax(ref most, here);
                if (here == RealTimeline.MaxRunning)
                    full.TrySetResult();
                await open.Task;
                Interlocked.Decrement(ref running);
                if (Interlocked.Increment(ref started) == 500)
                    all.SetResult();
            });
        }

        clock.Offset = TimeSpan.FromHours(1);
        await time.AdvanceAsync(TimeSpan.FromSeconds(1), Cancellation);
        await full.Task.WaitAsync(Cancellation);
        open.SetResult();
        await all.Task.WaitAsync(Cancellation);

        Assert.Equal(RealTimeline.MaxRunning, most);
    }

    [Fact(Timeout = Patience)]
    public async Task Stop_waits_for_what_runs_and_starts_nothing_more()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        timeline.Schedule(time.Now, TimelineOrder.Job, "slow", async _ =>
        {
            begun.SetResult();
            await open.Task;
        });
        var never = Probe(TimeSpan.FromSeconds(5));
        await begun.Task;

        var stop = timeline.StopAsync(Cancellation);
        await time.AdvanceAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.False(stop.IsCompleted);
        open.SetResult();
        await stop;
        await time.AdvanceAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.False(never.IsCompleted);
    }

    [Fact(Timeout = Patience)]
    public async Task An_impatient_stop_asks_the_running_events_to_give_up()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        timeline.Schedule(time.Now, TimelineOrder.Job, "endless", async cancellation =>
        {
            begun.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        });
        await begun.Task;

        await timeline.StopAsync(new CancellationToken(canceled: true));

        Assert.Empty(failures);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    /// <summary>Completes with the wall clock at which the event ran.</summary>
    private Task<DateTimeOffset> Probe(TimeSpan after)
    {
        var ran = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        timeline.Schedule(time.Now + after, TimelineOrder.Job, "probe", _ =>
        {
            ran.SetResult(clock.GetUtcNow());
            return Task.CompletedTask;
        });
        return ran.Task.WaitAsync(Cancellation);
    }

    private sealed class SettableClock(TimeProvider inner) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, dueTime, period);
    }
}
