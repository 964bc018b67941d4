using Quartz;

namespace SurveyDialer.Scheduling;

/// <summary>
/// The job host of real time: Quartz in memory, one job detail and one cron trigger per job. Nothing of Quartz needs to last; what must
/// last stands in the rows of <see cref="IJobRunStore"/>. Ticks missed while the machine slept or the clock jumped are run once.
/// </summary>
public sealed class QuartzJobHost(JobRunner runner) : IJobHost
{
    private const string Host = "host";
    private const string Due = "due";
    private const int JobsAtOnce = 16;

    private static int hosts;

    private IScheduler? scheduler;

    /// <inheritdoc/>
    public IReadOnlyList<JobState> States => runner.States;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var calls = await runner.OpenAsync(cancellation);
        // Quartz wants a name of its own for every scheduler of a process.
        var name = $"SurveyDialer {Interlocked.Increment(ref hosts)}";
        scheduler = await QuartzSchedulerBuilder
            .Create(quartz =>
            {
                quartz.ConfigureScheduler(options => options.InstanceName = name);
                quartz.UseInMemoryStore(_ => { });
                quartz.UseDefaultThreadPool(JobsAtOnce);
                quartz.UseTimeProvider(runner.Clock);
            })
            .BuildScheduler(cancellation);
        scheduler.Context[Host] = this;
        foreach (var job in runner.Catalog.Jobs)
            await RegisterAsync(scheduler, job, cancellation);
        await scheduler.Start(cancellation);
        foreach (var call in calls)
            await ArrangeAsync(scheduler, call, cancellation);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken impatience)
    {
        await runner.CloseAsync(impatience);
        if (Interlocked.Exchange(ref scheduler, null) is { } running)
            await running.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<RunNowOutcome> RunNowAsync(string job, CancellationToken cancellation)
    {
        var outcome = runner.MayRunNow(job);
        var now = runner.Clock.GetUtcNow();
        if (outcome == RunNowOutcome.Started && scheduler is { } running)
            await ArrangeAsync(running, new JobCall(job, now, now), cancellation);
        return outcome;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private static async Task RegisterAsync(IScheduler scheduler, RecurringJob job, CancellationToken cancellation)
    {
        var detail = JobBuilder.Create<Tick>().WithIdentity(job.Name).StoreDurably().Build();
        var schedule = CronScheduleBuilder
            .Create(job.Schedule.Cron)
            .InTimeZone(job.Schedule.Zone)
            .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(job.Name).ForJob(detail).WithSchedule(schedule).Build();
        await scheduler.ScheduleJob(detail, trigger, cancellationToken: cancellation);
    }

    private static async Task ArrangeAsync(IScheduler scheduler, JobCall call, CancellationToken cancellation)
    {
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).ForJob(call.Job).StartAt(call.At).UsingJobData(Due, call.Due).Build();
        await scheduler.ScheduleJob(trigger, cancellationToken: cancellation);
    }

    private async Task TickAsync(string job, DateTimeOffset due, CancellationToken cancellation)
    {
        if (await runner.RunAsync(job, due, cancellation) is { } again && scheduler is { } running)
            await ArrangeAsync(running, again, CancellationToken.None);
    }

    /// <summary>Hands a trigger's firing to the runner, which prevents overlap for all hosts alike.</summary>
    private sealed class Tick : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var due = context.MergedJobDataMap.TryGetValue(Due, out var given) && given is DateTimeOffset arranged
                ? arranged
                : context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
            await ((QuartzJobHost)context.Scheduler.Context[Host]!).TickAsync(context.JobDetail.Key.Name, due, cancellationToken);
        }
    }
}
