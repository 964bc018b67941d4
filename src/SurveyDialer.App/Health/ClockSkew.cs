
namespace SurveyDialer.App.Health;

/// <summary>This machine's clock against the carrier's: calling hours go by it.</summary>
internal sealed class ClockSkew : IHealthCheck
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Harmful = TimeSpan.FromMinutes(5);

    public string Id => "clock";

    public async Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation)
    {
        if (look.Carrier is not { } options) return HealthFinding.Fine("health_clock_alone");
        return Judge((await look.AskCarrierAsync()).ClockAhead);
    }

    internal static HealthFinding Judge(TimeSpan? ahead)
    {
        if (ahead is not { } skew) return HealthFinding.Fine("health_clock_unknown");
        var seconds = Math.Round(skew.TotalSeconds);
        if (skew.Duration() >= Harmful) return HealthFinding.Failure("health_clock_wrong", seconds);
        return skew.Duration() >= Noticeable ? HealthFinding.Warning("health_clock_wrong", seconds) : HealthFinding.Fine("health_clock_fine", seconds);
    }
}
