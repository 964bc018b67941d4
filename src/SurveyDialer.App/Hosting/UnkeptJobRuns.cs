using SurveyDialer.Scheduling;

namespace SurveyDialer.App.Hosting;

/// <summary>
/// Of a demonstration or rehearsal, whose folder no later process goes on with: nothing is kept. Weeks of minutes pass in seconds there, and
/// keeping each tick of each job was a quarter of a rehearsal.
/// </summary>
internal sealed class UnkeptJobRuns : IJobRunStore
{
    public Task<IReadOnlyList<JobRun>> LoadAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<JobRun>>([]);

    public Task SaveAsync(JobRun run, CancellationToken cancellation) => Task.CompletedTask;
}
