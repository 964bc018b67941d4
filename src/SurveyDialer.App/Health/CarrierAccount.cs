using System.Net;
using SurveyDialer.Twilio;

namespace SurveyDialer.App.Health;

/// <summary>The carrier can be reached and knows the account.</summary>
internal sealed class CarrierAccount : IHealthCheck
{
    public string Id => "carrier";

    public async Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation)
    {
        if (look.Carrier is not { } options) return HealthFinding.Fine("health_no_carrier");
        return Judge(await look.AskCarrierAsync(), options.BaseAddress.Authority);
    }

    internal static HealthFinding Judge(CarrierProbe answer, string carrier) => (HttpStatusCode?)answer.Status switch
    {
        null => HealthFinding.Failure("health_carrier_silent", carrier, answer.Why ?? ""),
        HttpStatusCode.OK => HealthFinding.Fine("health_carrier_fine", carrier),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => HealthFinding.Failure("health_carrier_account", carrier, answer.Status!),
        _ => HealthFinding.Warning("health_carrier_odd", carrier, answer.Status!),
    };
}
