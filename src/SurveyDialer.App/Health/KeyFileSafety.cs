using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>The key file is still there, nobody else can read it, and a copy lies elsewhere.</summary>
internal sealed class KeyFileSafety : IHealthCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Id => "keys";

    public HealthFinding Look(OpenInstallation office)
    {
        var path = office.Installation.KeyPath;
        if (!File.Exists(path)) return HealthFinding.Failure("health_keys_gone", path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None) return HealthFinding.Failure("health_keys_open", path);
        return office.Installation.Keys.SavedApart ? HealthFinding.Fine("health_keys_fine") : HealthFinding.Warning("health_keys_unsaved");
    }
}
