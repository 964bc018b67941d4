namespace SurveyDialer.Scheduling;

/// <summary>
/// Drives the recurring jobs of one <see cref="JobRunner"/>: Quartz in real time, the timeline in virtual time, Hangfire where it is
/// wanted. A host is started once and stopped once; disposing stops it too.
/// </summary>
public interface IJobHost : IAsyncDisposable
{
    /// <summary>Registers every job once and starts; a tick that was missed while nothing ran is run once, now.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Starts nothing more and waits for the jobs that run.</summary>
    /// <param name="impatience">When cancelled, the running jobs are asked to give up; they are still waited for.</param>
    Task StopAsync(CancellationToken impatience);

    /// <summary>Has a job run at once, beside its ticks; returns before the run has ended.</summary>
    Task<RunNowOutcome> RunNowAsync(string job, CancellationToken cancellation);

    /// <summary>Every job of the list, in its order.</summary>
    IReadOnlyList<JobState> States { get; }
}

/// <summary>What became of the wish to run a job now.</summary>
public enum RunNowOutcome
{
    /// <summary>It starts now.</summary>
    Started,

    /// <summary>It runs already; two runs of one job never overlap.</summary>
    RunsAlready,

    /// <summary>No job has that name.</summary>
    NoSuchJob,

    /// <summary>The host is not running.</summary>
    NotRunning,
}

/// <summary>A job as the pages show it. All times UTC.</summary>
/// <param name="Running">A run is under way.</param>
/// <param name="Last">The last run and the next tick.</param>
/// <param name="LateBy">By how much the last run began after it was due; zero before the first run.</param>
/// <param name="OverdueBy">By how much the next tick is past without having begun; zero when it lies ahead.</param>
public sealed record JobState(RecurringJob Job, bool Running, JobRun Last, TimeSpan LateBy, TimeSpan OverdueBy);
