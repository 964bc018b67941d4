using SurveyDialer.Scheduling;

namespace SurveyDialer.TestKit;

/// <summary>The state of jobs, kept in memory; a test can wait for a row to look a certain way, and can make saving fail.</summary>
public sealed class JobRunsInMemory : IJobRunStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JobRun> rows = new(StringComparer.Ordinal);
    private readonly List<(Func<JobRun, bool> Looks, TaskCompletionSource<JobRun> Seen)> watchers = [];

    /// <summary>Every row ever saved, in order.</summary>
    public List<JobRun> Saved { get; } = [];

    /// <summary>Thrown by every save while set.</summary>
    public Exception? Broken { get; set; }

    public JobRun? Find(string job)
    {
        lock (gate)
            return rows.GetValueOrDefault(job);
    }

    public Task<IReadOnlyList<JobRun>> LoadAsync(CancellationToken cancellation)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<JobRun>>([.. rows.Values]);
    }

    public Task SaveAsync(JobRun run, CancellationToken cancellation)
    {
        if (Broken is not null)
            return Task.FromException(Broken);
        lock (gate)
        {
            rows[run.Job] = run;
            Saved.Add(run);
            foreach (var watcher in watchers.Where(watcher => watcher.Looks(run)).ToList())
            {
                watchers.Remove(watcher);
                watcher.Seen.SetResult(run);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Completes with the first row that looks so, now or later.</summary>
    public Task<JobRun> WhenAsync(Func<JobRun, bool> looks)
    {
        lock (gate)
        {
            if (rows.Values.FirstOrDefault(looks) is { } there)
                return Task.FromResult(there);
            var seen = new TaskCompletionSource<JobRun>(TaskCreationOptions.RunContinuationsAsynchronously);
            watchers.Add((looks, seen));
            return seen.Task;
        }
    }
}
