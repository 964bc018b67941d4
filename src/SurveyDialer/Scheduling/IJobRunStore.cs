namespace SurveyDialer.Scheduling;

/// <summary>Where the state of the jobs outlives the process: one row per job (table job_run).</summary>
public interface IJobRunStore
{
    /// <summary>All rows, also of jobs that are no longer in the list.</summary>
    Task<IReadOnlyList<JobRun>> LoadAsync(CancellationToken cancellation);

    /// <summary>Inserts the row of the job or replaces it.</summary>
    Task SaveAsync(JobRun run, CancellationToken cancellation);
}

/// <summary>The last run of a job and its next tick. All times UTC.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="StartedAt">Null until it has run for the first time.</param>
/// <param name="FinishedAt">Null while it runs, and after a crash during the run.</param>
/// <param name="DueAt">When the last run was due; null until the first.</param>
/// <param name="NextAt">The next tick, or the earlier repetition of a failed run.</param>
/// <param name="Failure">Why the last run failed, in words; null when it did not.</param>
/// <param name="Failures">Failed runs in a row.</param>
public sealed record JobRun(
    string Job, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset? DueAt, DateTimeOffset NextAt, string? Failure, int Failures);
