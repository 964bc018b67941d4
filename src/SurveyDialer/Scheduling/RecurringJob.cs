namespace SurveyDialer.Scheduling;

/// <summary>A job that ticks. It must be safe to run twice: a run that a crash interrupted is repeated at the next start.</summary>
/// <param name="Name">Unique; lower case words joined by hyphens; what the store and the pages know the job by.</param>
/// <param name="Schedule">When.</param>
/// <param name="Run">Load, decide, save. Must heed the token: it is cancelled when a stop has lost patience.</param>
public sealed record RecurringJob(string Name, JobSchedule Schedule, Func<JobContext, CancellationToken, Task> Run);

/// <param name="Job">The job's name.</param>
/// <param name="Due">When this run was due; earlier than now when the tick came late.</param>
/// <param name="Clock">The clock of the host.</param>
public sealed record JobContext(string Job, DateTimeOffset Due, TimeProvider Clock);

/// <summary>The one list of recurring jobs, in the order in which they were given.</summary>
public sealed class JobCatalog
{
    /// <summary>Takes the list.</summary>
    /// <exception cref="ArgumentException">A name is empty or given twice.</exception>
    public JobCatalog(IEnumerable<RecurringJob> jobs)
    {
        Jobs = [.. jobs];
        if (Jobs.FirstOrDefault(job => string.IsNullOrWhiteSpace(job.Name)) is not null)
            throw new ArgumentException("A job needs a name.", nameof(jobs));
        if (Jobs.GroupBy(job => job.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            throw new ArgumentException($"The job '{twice.Key}' stands twice in the list.", nameof(jobs));
    }

    /// <summary>All jobs.</summary>
    public IReadOnlyList<RecurringJob> Jobs { get; }
}
