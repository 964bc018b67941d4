using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.States;
using SurveyDialer.Scheduling;

namespace SurveyDialer.Hangfire;

/// <summary>
/// The job host on Hangfire, in memory: everything that must last stands in our own rows. Hangfire keeps due times in whole seconds and
/// polls, so it drives the recurring jobs only; calls are paced elsewhere.
/// </summary>
public sealed class HangfireJobHost(JobRunner runner) : IJobHost
{
    private readonly JobRunner runner = runner;
    private const int JobsAtOnce = 16;
    private static readonly TimeSpan Polling = TimeSpan.FromSeconds(1);

    private readonly InMemoryStorage storage = new();
    private readonly Lock gate = new();
    private BackgroundJobServer? server;
    private BackgroundJobClient? client;

    /// <inheritdoc/>
    public IReadOnlyList<JobState> States => runner.States;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var calls = await runner.OpenAsync(cancellation);
        client = new BackgroundJobClient(storage);
        var recurring = new RecurringJobManager(storage);
        foreach (var job in runner.Catalog.Jobs)
        {
            var options = new RecurringJobOptions { TimeZone = job.Schedule.Zone, MisfireHandling = MisfireHandlingMode.Relaxed };
            var name = job.Name;
            recurring.AddOrUpdate(name, Job.FromExpression<Ticks>(ticks => ticks.TickAsync(name, CancellationToken.None)), job.Schedule.Cron, options);
        }

        server = new BackgroundJobServer(
            new BackgroundJobServerOptions { Activator = new TicksActivator(this), WorkerCount = JobsAtOnce, SchedulePollingInterval = Polling },
            storage);
        foreach (var call in calls)
            Arrange(call);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken impatience)
    {
        await runner.CloseAsync(impatience);
        BackgroundJobServer? running;
        lock (gate)
            (running, server, client) = (server, null, null);
        if (running is null)
            return;
        running.SendStop();
        await running.WaitForShutdownAsync(CancellationToken.None);
        running.Dispose();
        storage.Dispose();
    }

    /// <inheritdoc/>
    public Task<RunNowOutcome> RunNowAsync(string job, CancellationToken cancellation)
    {
        var outcome = runner.MayRunNow(job);
        var now = runner.Clock.GetUtcNow();
        if (outcome == RunNowOutcome.Started)
            Arrange(new JobCall(job, now, now));
        return Task.FromResult(outcome);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private void Arrange(JobCall call)
    {
        var (name, due) = (call.Job, call.Due);
        var job = Job.FromExpression<Ticks>(ticks => ticks.CallAsync(name, due, CancellationToken.None));
        IState state = call.At <= runner.Clock.GetUtcNow() ? new EnqueuedState() : new ScheduledState(call.At.UtcDateTime);
        // A repetition that comes up while the host stops is dropped: its row says when it was due.
        lock (gate)
            client?.Create(job, state);
    }

    /// <summary>What Hangfire calls; public because it makes its jobs by reflection. The runner prevents overlap and keeps failures.</summary>
    [AutomaticRetry(Attempts = 0)]
    public sealed class Ticks(HangfireJobHost host)
    {
        /// <summary>A regular tick. Hangfire does not tell when it was due; the runner knows.</summary>
        public Task TickAsync(string job, CancellationToken cancellation) => CallAsync(job, host.runner.Clock.GetUtcNow(), cancellation);

        /// <summary>A missed, repeated or wished-for run.</summary>
        public async Task CallAsync(string job, DateTimeOffset due, CancellationToken cancellation)
        {
            if (await host.runner.RunAsync(job, due, cancellation) is { } again)
                host.Arrange(again);
        }
    }

    private sealed class TicksActivator(HangfireJobHost host) : JobActivator
    {
        public override object ActivateJob(Type jobType) => new Ticks(host);
    }
}
