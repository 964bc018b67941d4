using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Health;

/// <summary>Reads the whole database and looks for damage.</summary>
internal sealed class DatabaseIntegrity : IHealthCheck
{
    public string Id => "database";

    public bool IsQuick => false;

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office) => Database.Damage(office.Database.Path) is { Count: > 0 } damage
        ? HealthFinding.Failure("health_database_damaged", string.Join("; ", damage.Take(3)))
        : HealthFinding.Fine("health_database_fine", new FileInfo(office.Database.Path).Length / 1024);
}
