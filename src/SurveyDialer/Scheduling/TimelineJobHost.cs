namespace SurveyDialer.Scheduling;

/// <summary>The job host of virtual time: ticks are events of the timeline. Its queue never runs dry while the host runs.</summary>
public sealed class TimelineJobHost(JobRunner runner, ITimeline timeline) : IJobHost
{
    private volatile bool stopped;

    /// <inheritdoc/>
    public IReadOnlyList<JobState> States => runner.States;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var call in await runner.OpenAsync(cancellation))
            Arrange(call);
        foreach (var job in runner.Catalog.Jobs)
            ScheduleTick(job, job.Schedule.NextAfter(timeline.Clock.GetUtcNow()));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken impatience)
    {
        stopped = true;
        return runner.CloseAsync(impatience);
    }

    /// <inheritdoc/>
    public Task<RunNowOutcome> RunNowAsync(string job, CancellationToken cancellation)
    {
        var outcome = runner.MayRunNow(job);
        var now = timeline.Clock.GetUtcNow();
        if (outcome == RunNowOutcome.Started)
            Arrange(new JobCall(job, now, now));
        return Task.FromResult(outcome);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private void ScheduleTick(RecurringJob job, DateTimeOffset due)
    {
        if (stopped)
            return;
        timeline.Schedule(due, TimelineOrder.Job, $"job {job.Name}", async cancellation =>
        {
            // First the next tick: a job that never ends, on a timeline that does not wait for it, must not silence its own clock.
            ScheduleTick(job, job.Schedule.NextAfter(timeline.Clock.GetUtcNow()));
            await CallAsync(new JobCall(job.Name, due, due), cancellation);
        });
    }

    private void Arrange(JobCall call) => timeline.Schedule(call.At, TimelineOrder.Job, $"job {call.Job}", cancellation => CallAsync(call, cancellation));

    private async Task CallAsync(JobCall call, CancellationToken cancellation)
    {
        if (await runner.RunAsync(call.Job, call.Due, cancellation) is { } again && !stopped)
            Arrange(again);
    }
}
