using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>The key file is still there, nobody else can read it, and a copy lies elsewhere.</summary>
internal sealed class KeyFileSafety : IHealthCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Id => "keys";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office)
    {
        var path = office.Installation.KeyPath;
        if (!File.Exists(path)) return HealthFinding.Failure("health_keys_gone", path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None) return HealthFinding.Failure("health_keys_open", path);
        if (!office.Installation.Keys.SavedApart) return HealthFinding.Warning("health_keys_unsaved");
        return office.Installation.Keys.RoundsSavedNowhere is > 0 and var rounds ? HealthFinding.Warning("health_keys_rounds", rounds) : HealthFinding.Fine("health_keys_fine");
    }
}
