using Dapper;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>Recurring work whose last run failed.</summary>
internal sealed class FailedJobs : IHealthCheck
{
    private const string SelectFailed = "SELECT job, failure, failures FROM job_run WHERE failures > 0 ORDER BY failures DESC, job;";

    public string Id => "jobs";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office)
    {
        var failed = office.Database.Read(connection => connection.Query<(string Job, string? Failure, long Failures)>(SelectFailed).AsList());
        return failed is [var worst, ..]
            ? HealthFinding.Failure("health_jobs_failed", failed.Count, worst.Job, worst.Failures, worst.Failure ?? "")
            : HealthFinding.Fine("health_jobs_fine");
    }
}
