using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>Room for the database to grow, and for one more copy of it.</summary>
internal sealed class DiskSpace : IHealthCheck
{
    private const long Megabyte = 1024 * 1024;
    private const long Least = 200 * Megabyte;
    private const long Comfortable = 2048 * Megabyte;

    public string Id => "disk";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office)
        => Judge(new DriveInfo(office.Installation.Folder.Root).AvailableFreeSpace, new FileInfo(office.Database.Path).Length);

    /// <param name="free">Bytes.</param>
    /// <param name="database">Bytes.</param>
    internal static HealthFinding Judge(long free, long database)
    {
        if (free < Least + database) return HealthFinding.Failure("health_disk_full", free / Megabyte);
        return free < Comfortable + (2 * database) ? HealthFinding.Warning("health_disk_low", free / Megabyte) : HealthFinding.Fine("health_disk_fine", free / Megabyte);
    }
}
