using SurveyDialer.App.Hosting;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Health;

/// <summary>How much work the loss of the disk would cost.</summary>
internal sealed class BackupAge : IHealthCheck
{
    private const int WarnAfterDays = 2;
    private const int FailAfterDays = 7;

    public string Id => "backup";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office)
    {
        var (last, anybody) = office.Database.Read(connection => (
            SettingStore.Find(connection, SettingStore.LastBackupAt), FrameStore.AnyRespondent(connection)));
        if (last is null) return anybody ? HealthFinding.Failure("health_backup_never") : HealthFinding.Fine("health_backup_nothing_yet");
        var days = (int)Math.Floor((office.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(last))).TotalDays);
        if (days >= FailAfterDays) return HealthFinding.Failure("health_backup_old", days);
        return days >= WarnAfterDays ? HealthFinding.Warning("health_backup_old", days) : HealthFinding.Fine("health_backup_fine", days);
    }
}
