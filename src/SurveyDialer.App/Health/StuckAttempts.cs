using Dapper;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>Attempts whose end should be known by now; their respondents and numbers wait for it.</summary>
internal sealed class StuckAttempts : IHealthCheck
{
    private const string SelectStuck = """
        SELECT count(*) FROM attempt
        WHERE state IN ('leased', 'placing', 'placed', 'unknown') AND coalesce(deadline_at, lease_until, due_at) < @before;
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public string Id => "attempts";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office)
    {
        var before = (office.Clock.GetUtcNow() - Patience).ToUnixTimeMilliseconds();
        var stuck = office.Database.Read(connection => connection.ExecuteScalar<long>(SelectStuck, new { before }));
        if (stuck == 0) return HealthFinding.Fine("health_attempts_fine");
        return office.IsServing ? HealthFinding.Failure("health_attempts_stuck", stuck) : HealthFinding.Warning("health_attempts_left", stuck);
    }
}
