using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.Scheduling;

/// <summary>Owner of the table <c>job_run</c>.</summary>
public sealed class JobRunStore(Database database) : IJobRunStore
{
    private const string SelectRuns = "SELECT job, started_at, finished_at, due_at, next_at, failure, failures FROM job_run ORDER BY job;";

    private const string SaveRun = """
        INSERT INTO job_run (job, started_at, finished_at, due_at, next_at, failure, failures)
        VALUES (@Job, @StartedAt, @FinishedAt, @DueAt, @NextAt, @Failure, @Failures)
        ON CONFLICT (job) DO UPDATE SET started_at = excluded.started_at, finished_at = excluded.finished_at, due_at = excluded.due_at,
                                        next_at = excluded.next_at, failure = excluded.failure, failures = excluded.failures;
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobRun>> LoadAsync(CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<JobRun>>(database.Read(connection => connection.Query<Row>(SelectRuns).AsList()).ConvertAll(row => row.ToRun()));

    /// <inheritdoc/>
    public Task SaveAsync(JobRun run, CancellationToken cancellation)
    {
        var row = new Row
        {
            Job = run.Job,
            StartedAt = run.StartedAt?.ToUnixTimeMilliseconds(),
            FinishedAt = run.FinishedAt?.ToUnixTimeMilliseconds(),
            DueAt = run.DueAt?.ToUnixTimeMilliseconds(),
            NextAt = run.NextAt.ToUnixTimeMilliseconds(),
            Failure = run.Failure,
            Failures = run.Failures,
        };
        return database.WriteAsync(connection => connection.Execute(SaveRun, row), cancellation);
    }

    private sealed record Row
    {
        public string Job { get; init; } = "";

        public long? StartedAt { get; init; }

        public long? FinishedAt { get; init; }

        public long? DueAt { get; init; }

        public long NextAt { get; init; }

        public string? Failure { get; init; }

        public long Failures { get; init; }

        internal JobRun ToRun() => new(Job, Time(StartedAt), Time(FinishedAt), Time(DueAt), Instants.FromMillis(NextAt), Failure, (int)Failures);

        private static DateTimeOffset? Time(long? millis) => millis is { } at ? Instants.FromMillis(at) : null;
    }
}
