using SurveyDialer.Twilio;

namespace SurveyDialer.App.Health;

/// <summary>The address that the carrier is given leads to this server, unchanged: otherwise who answers a call hears an error message.</summary>
internal sealed class PublicAddressAnswers : IHealthCheck
{
    public string Id => "public_address";

    public async Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation)
    {
        if (look.Carrier is not { } options) return HealthFinding.Fine("health_no_carrier");
        if (!look.Office.IsServing) return HealthFinding.Fine("health_public_resting");
        using var probe = new TwilioProbe(options, look.Office.Clock);
        var (answer, why) = await probe.PublicAddressAsync(cancellation);
        return Judge(answer, options.PublicAddress!, why);
    }

    internal static HealthFinding Judge(PublicProbe answer, Uri address, string? why) => answer switch
    {
        PublicProbe.Answers => HealthFinding.Fine("health_public_fine", address),
        PublicProbe.Unreachable => HealthFinding.Warning("health_public_unreachable", address, why ?? ""),
        PublicProbe.SignedForAnother => HealthFinding.Failure("health_public_signed", address),
        _ => HealthFinding.Failure("health_public_other", address, why ?? ""),
    };
}
