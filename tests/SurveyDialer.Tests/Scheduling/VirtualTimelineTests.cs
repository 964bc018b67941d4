using SurveyDialer.Scheduling;

namespace SurveyDialer.Tests.Scheduling;

public sealed class VirtualTimelineTests
{
    private static readonly DateTimeOffset Start = VirtualTimeline.DefaultStart;
    private readonly List<string> ran = [];
    private readonly List<(string Key, Exception Failure)> failures = [];
    private readonly VirtualTimeline timeline;

    public VirtualTimelineTests() => timeline = new VirtualTimeline(Start, (key, e) => failures.Add((key, e)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_run_by_due_time_then_order_then_key_whatever_the_order_of_scheduling()
    {
        At(2, TimelineOrder.Carrier, "late");
        At(1, TimelineOrder.Claim, "a");
        At(1, TimelineOrder.Job, "b");
        At(1, TimelineOrder.Carrier, "z");
        At(1, TimelineOrder.Carrier, "C");
        At(1, TimelineOrder.Carrier, "c");

        await timeline.RunUntilIdleAsync(Cancellation);

        Assert.Equal(["C", "c", "z", "b", "a", "late"], ran);
    }

    [Fact]
    public async Task Equal_due_order_and_key_run_in_the_order_of_scheduling()
    {
        for (var i = 0; i < 100; i++)
        {
            var number = i;
            timeline.Schedule(Start, TimelineOrder.Job, "same", _ => Did($"{number}"));
        }

        await timeline.RunUntilIdleAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), ran);
    }

    [Fact]
    public async Task The_clock_shows_the_due_time_while_an_event_runs()
    {
        DateTimeOffset seen = default;
        timeline.Schedule(Start.AddDays(40), TimelineOrder.Job, "a", _ =>
        {
            seen = timeline.Clock.GetUtcNow();
            return Task.CompletedTask;
        });

        await timeline.RunUntilIdleAsync(Cancellation);

        Assert.Equal(Start.AddDays(40), seen);
        Assert.Equal(TimeSpan.Zero, seen.Offset);
        Assert.Equal(TimeSpan.FromDays(40), timeline.Clock.GetElapsedTime(Start.UtcTicks));
    }

    [Fact]
    public async Task An_event_is_awaited_to_its_end_before_the_next_begins()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        timeline.Schedule(Start.AddSeconds(1), TimelineOrder.Job, "slow", async _ =>
        {
            ran.Add("slow begins");
            begun.SetResult();
            await open.Task;
            ran.Add($"slow ends {Seconds()}");
        });
        At(2, TimelineOrder.Job, "next");
        var run = timeline.RunUntilIdleAsync(Cancellation);
        await begun.Task;

        // Another thread, such as a page's request, schedules while the event holds the clock.
        await Task.Run(() => timeline.Schedule(Start.AddSeconds(1), TimelineOrder.Carrier, "from outside", _ => Did("from outside")), Cancellation);
        Assert.False(run.IsCompleted);
        open.SetResult();
        await run;

        Assert.Equal(["slow begins", "slow ends 1", "from outside", "next"], ran);
    }

    [Fact]
    public async Task What_is_past_runs_now_after_the_carriers_events_of_this_instant()
    {
        timeline.Schedule(Start.AddSeconds(5), TimelineOrder.Carrier, "first", _ =>
        {
            At(-100, TimelineOrder.Claim, "old claim");
            At(5, TimelineOrder.Carrier, "carrier");
            return Did("first");
        });

        await timeline.RunUntilIdleAsync(Cancellation);

        Assert.Equal(["first", "carrier", "old claim"], ran);
        Assert.Equal(5, Seconds());
    }

    [Fact]
    public async Task An_event_that_throws_is_reported_and_the_run_goes_on()
    {
        timeline.Schedule(Start, TimelineOrder.Job, "bad", _ => throw new InvalidOperationException("broken"));
        timeline.Schedule(Start, TimelineOrder.Job, "bad later", async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("broken later");
        });
        At(1, TimelineOrder.Job, "good");

        await timeline.RunUntilIdleAsync(Cancellation);

        Assert.Equal(["bad: broken", "bad later: broken later"], failures.Select(f => $"{f.Key}: {f.Failure.Message}"));
        Assert.Equal(["good"], ran);
    }

    [Fact]
    public async Task Run_ends_as_soon_as_the_condition_holds_and_says_whether_it_did()
    {
        At(1, TimelineOrder.Job, "a");
        At(2, TimelineOrder.Job, "b");
        At(3, TimelineOrder.Job, "c");

        Assert.True(await timeline.RunAsync(() => ran.Count == 2, Cancellation));
        Assert.Equal(2, Seconds());
        Assert.Equal(Start.AddSeconds(3), timeline.NextDue);
        Assert.False(await timeline.RunAsync(() => ran.Count == 4, Cancellation));
        Assert.Equal(["a", "b", "c"], ran);
    }

    [Fact]
    public async Task Advance_runs_up_to_and_including_the_instant_and_stands_there()
    {
        At(10, TimelineOrder.Job, "on it");
        At(11, TimelineOrder.Job, "after it");

        await timeline.AdvanceToAsync(Start.AddSeconds(10), Cancellation);
        Assert.Equal(["on it"], ran);
        await timeline.AdvanceToAsync(Start.AddSeconds(10.5), Cancellation);
        Assert.Equal(10.5, Seconds());
        await timeline.AdvanceToAsync(Start, Cancellation);
        Assert.Equal(10.5, Seconds());
    }

    [Fact]
    public async Task A_cancelled_run_stops_between_events_and_can_be_resumed()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeline.Schedule(Start, TimelineOrder.Job, "a", async _ =>
        {
            await stop.CancelAsync();
            ran.Add("a");
        });
        At(1, TimelineOrder.Job, "b");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timeline.RunUntilIdleAsync(stop.Token));
        Assert.Equal(["a"], ran);
        await timeline.RunUntilIdleAsync(Cancellation);
        Assert.Equal(["a", "b"], ran);
    }

    [Fact]
    public async Task A_second_run_at_the_same_time_is_refused()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        timeline.Schedule(Start, TimelineOrder.Job, "slow", _ => open.Task);
        var run = timeline.RunUntilIdleAsync(Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => timeline.RunUntilIdleAsync(Cancellation));

        open.SetResult();
        await run;
    }

    [Fact]
    public async Task Many_threads_may_schedule_while_it_runs()
    {
        var count = 0;
        var threads = Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    timeline.Schedule(Start.AddMilliseconds(i), TimelineOrder.Carrier, $"{thread}", _ =>
                    {
                        count++;
                        return Task.CompletedTask;
                    });
                }
            },
            Cancellation)));
        while (!threads.IsCompleted)
            await timeline.RunUntilIdleAsync(Cancellation);
        await threads;
        await timeline.RunUntilIdleAsync(Cancellation);

        Assert.Equal(8000, count);
        Assert.Equal(8000, timeline.EventsRun);
    }

    [Fact]
    public async Task Three_hundred_thousand_events_cost_little()
    {
        var left = 300_000;
        Task Again(CancellationToken cancellation)
        {
            if (--left > 0)
                timeline.Schedule(timeline.Clock.GetUtcNow().AddMilliseconds(left % 7), TimelineOrder.Carrier, "again", Again);
            return Task.CompletedTask;
        }

        for (var i = 0; i < 1000; i++)
            At(1_000_000 + i, TimelineOrder.Job, "waiting");
        timeline.Schedule(Start, TimelineOrder.Carrier, "again", Again);
        var cpuBefore = Environment.CpuUsage.TotalTime;

        await timeline.RunAsync(() => left == 0, Cancellation);

        // About a quarter of a second alone; the budget leaves room for the tests that run beside it.
        Assert.Equal(300_000, timeline.EventsRun);
        Assert.True(Environment.CpuUsage.TotalTime - cpuBefore < TimeSpan.FromSeconds(15));
    }

    private void At(double seconds, TimelineOrder order, string key) => timeline.Schedule(Start.AddSeconds(seconds), order, key, _ => Did(key));

    private Task Did(string what)
    {
        ran.Add(what);
        return Task.CompletedTask;
    }

    private double Seconds() => (timeline.Clock.GetUtcNow() - Start).TotalSeconds;
}
