using Dapper;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>Calls and texts that the carrier made a second time for one request; each second call is ended as soon as it is known.</summary>
internal sealed class DoubledContacts : IHealthCheck
{
    private const string SelectDoubled = "SELECT count(DISTINCT attempt_id) FROM carrier_event WHERE kind IN ('duplicate-call', 'duplicate-text') AND at > @since;";

    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    public string Id => "doubled";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office)
    {
        var since = (office.Clock.GetUtcNow() - Memory).ToUnixTimeMilliseconds();
        var doubled = office.Database.Read(connection => connection.ExecuteScalar<long>(SelectDoubled, new { since }));
        return doubled == 0 ? HealthFinding.Fine("health_doubled_none") : HealthFinding.Failure("health_doubled_found", doubled);
    }
}
