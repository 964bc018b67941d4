using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.Scheduling;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Scheduling;

/// <summary>What every job host must do. Each host has a class that derives from this one.</summary>
public abstract class JobHostContract : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Job, DateTimeOffset Due)> ran = [];
    private readonly List<IJobHost> hosts = [];
    private readonly List<JobRunner> runners = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract TimeProvider Clock { get; }

    private JobRunsInMemory Store { get; } = new();

    /// <summary>A schedule whose next tick is hours away, so that only what the test arranges runs.</summary>
    private JobSchedule FarAway => JobSchedule.DailyAt(TimeOnly.FromTimeSpan(Clock.GetUtcNow().AddHours(6).TimeOfDay), TimeZoneInfo.Utc);

    private static JobSchedule EverySecond => JobSchedule.Every(TimeSpan.FromSeconds(1));

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
        foreach (var runner in runners)
            runner.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_job_is_registered_once()
    {
        var host = await StartAsync(Counting("a", EverySecond), Counting("b", EverySecond), Counting("c", FarAway));

        await PassAsync(Until(() => Runs("a") >= 3 && Runs("b") >= 3));
        await host.StopAsync(Cancellation);

        Assert.Equal(["a", "b", "c"], host.States.Select(state => state.Job.Name));
        Assert.Equal(ran.Count, ran.Distinct().Count());
        Assert.All(ran, run => Assert.Equal(0, run.Due.UtcTicks % TimeSpan.TicksPerSecond));
        Assert.Equal(0, Runs("c"));
    }

    [Fact]
    public async Task A_job_does_not_overlap_itself()
    {
        var most = 0;
        var running = 0;
        RunNowOutcome? meanwhile = null;
        IJobHost? host = null;
        host = await StartAsync(
            Counting("other", EverySecond),
            new RecurringJob("long", EverySecond, async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                meanwhile ??= await host!.RunNowAsync("long", Cancellation);
                await TicksPassDuringAJobAsync(() => Runs("other") >= 3);
                Interlocked.Decrement(ref running);
                ran.Enqueue(("long", Clock.GetUtcNow()));
            }));

        await PassAsync(Until(() => Runs("long") >= 1 && Runs("other") >= 3));

        Assert.Equal(RunNowOutcome.RunsAlready, meanwhile);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Ticks_missed_while_nothing_ran_run_once()
    {
        var now = Clock.GetUtcNow();
        await Store.SaveAsync(new JobRun("daily", now.AddDays(-4), now.AddDays(-4), now.AddDays(-4), now.AddDays(-3), null, 0), Cancellation);
        var host = await StartAsync(Counting("daily", FarAway), Counting("marker", EverySecond));

        await PassAsync(Store.WhenAsync(run => run.Job == "daily" && run.FinishedAt > now.AddDays(-1)));
        await PassAsync(Until(() => Runs("marker") >= 2));

        Assert.Equal(1, Runs("daily"));
        Assert.Equal(now.AddDays(-3), ran.Single(run => run.Job == "daily").Due);
        var state = host.States[0];
        Assert.True(state.LateBy >= TimeSpan.FromDays(3));
        Assert.Equal(TimeSpan.Zero, state.OverdueBy);
        Assert.InRange(state.Last.NextAt, now.AddHours(5), now.AddHours(7));
    }

    [Fact]
    public async Task A_run_that_a_crash_interrupted_is_repeated_at_the_start()
    {
        var now = Clock.GetUtcNow();
        await Store.SaveAsync(new JobRun("daily", now.AddMinutes(-5), null, now.AddMinutes(-6), now.AddHours(6), null, 0), Cancellation);
        await StartAsync(Counting("daily", FarAway));

        await PassAsync(Store.WhenAsync(run => run.FinishedAt is not null));

        Assert.Equal(now.AddMinutes(-6), Assert.Single(ran).Due);
    }

    [Fact]
    public async Task A_failure_is_visible_in_words_and_the_run_is_repeated()
    {
        JobState? seen = null;
        IJobHost? host = null;
        host = await StartAsync(new RecurringJob("backup", FarAway, (context, _) =>
        {
            ran.Enqueue((context.Job, context.Due));
            if (Runs("backup") == 1)
                throw new InvalidOperationException("the disk is full");
            seen = host!.States[0];
            return Task.CompletedTask;
        }));

        Assert.Equal(RunNowOutcome.Started, await host.RunNowAsync("backup", Cancellation));
        var end = await PassAsync(Store.WhenAsync(run => run is { FinishedAt: not null, Failures: 0 }));

        Assert.Equal(("the disk is full (InvalidOperationException)", 1), (seen!.Last.Failure, seen.Last.Failures));
        Assert.True(seen.Running);
        Assert.Null(end.Failure);
        Assert.Equal(2, Runs("backup"));
    }

    [Fact]
    public async Task Stop_waits_for_what_runs_and_nothing_starts_afterwards()
    {
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = await StartAsync(Counting("ticks", EverySecond), new RecurringJob("slow", FarAway, async (_, _) =>
        {
            begun.SetResult(true);
            await open.Task;
            ran.Enqueue(("slow", Clock.GetUtcNow()));
        }));
        await host.RunNowAsync("slow", Cancellation);
        await PassAsync(begun.Task);

        var stop = host.StopAsync(Cancellation);
        Assert.False(stop.IsCompleted);
        open.SetResult();
        await stop;

        Assert.Equal(1, Runs("slow"));
        Assert.NotNull(Store.Find("slow")!.FinishedAt);
        Assert.Equal(RunNowOutcome.NotRunning, await host.RunNowAsync("ticks", Cancellation));
    }

    [Fact]
    public async Task An_impatient_stop_cancels_the_job_and_leaves_it_to_be_repeated()
    {
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = await StartAsync(new RecurringJob("endless", FarAway, async (_, cancellation) =>
        {
            begun.SetResult(true);
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }));
        await host.RunNowAsync("endless", Cancellation);
        await PassAsync(begun.Task);

        await host.StopAsync(new CancellationToken(canceled: true));

        Assert.Null(Store.Find("endless")!.FinishedAt);
    }

    [Fact]
    public async Task Run_now_knows_its_jobs()
    {
        var host = await StartAsync(Counting("a", FarAway));

        Assert.Equal(RunNowOutcome.NoSuchJob, await host.RunNowAsync("b", Cancellation));
        Assert.Equal(RunNowOutcome.Started, await host.RunNowAsync("a", Cancellation));
        await PassAsync(Until(() => Runs("a") == 1));
    }

    protected abstract IJobHost Make(JobRunner runner);

    /// <summary>Lets time pass until the task has completed.</summary>
    protected abstract Task<T> PassAsync<T>(Task<T> until);

    /// <summary>Called by a running job: lets ticks of other jobs pass, where the host's clock runs on meanwhile.</summary>
    protected abstract Task TicksPassDuringAJobAsync(Func<bool> until);

    /// <summary>Completes when a run of a counting job makes the condition true.</summary>
    protected Task<bool> Until(Func<bool> condition)
    {
        if (condition())
            return Task.FromResult(true);
        var met = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        conditions.Enqueue((condition, met));
        CheckConditions();
        return met.Task;
    }

    private readonly ConcurrentQueue<(Func<bool> Condition, TaskCompletionSource<bool> Met)> conditions = [];

    private void CheckConditions()
    {
        foreach (var (condition, met) in conditions)
        {
            if (condition())
                met.TrySetResult(true);
        }
    }

    private RecurringJob Counting(string name, JobSchedule schedule) => new(name, schedule, (context, _) =>
    {
        ran.Enqueue((name, context.Due));
        CheckConditions();
        return Task.CompletedTask;
    });

    private int Runs(string job) => ran.Count(run => run.Job == job);

    private async Task<IJobHost> StartAsync(params RecurringJob[] jobs)
    {
        var runner = new JobRunner(new JobCatalog(jobs), Store, Clock, NullLogger<JobRunner>.Instance, TimeSpan.FromSeconds(1));
        runners.Add(runner);
        var host = Make(runner);
        hosts.Add(host);
        await host.StartAsync(Cancellation);
        return host;
    }
}
