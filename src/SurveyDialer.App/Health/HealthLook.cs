using SurveyDialer.App.Hosting;
using SurveyDialer.Twilio;

namespace SurveyDialer.App.Health;

/// <summary>One look at an installation: what several checks need is read, or asked, once.</summary>
internal sealed class HealthLook
{
    // A settings file that cannot be read fails each check that needs it, not the whole look.
    private readonly Lazy<TwilioOptions?> carrier;
    private readonly Lazy<Task<CarrierProbe>> answer;

    internal HealthLook(OpenInstallation office, CancellationToken cancellation)
    {
        Office = office;
        carrier = new Lazy<TwilioOptions?>(() => office.CarrierSettings);
        answer = new Lazy<Task<CarrierProbe>>(() => AskAsync(cancellation));
    }

    internal OpenInstallation Office { get; }

    /// <summary>Null where none is set.</summary>
    internal TwilioOptions? Carrier => carrier.Value;

    /// <summary>What the carrier said; only where one is set.</summary>
    internal Task<CarrierProbe> AskCarrierAsync() => answer.Value;

    private async Task<CarrierProbe> AskAsync(CancellationToken cancellation)
    {
        using var probe = new TwilioProbe(Carrier!, Office.Clock);
        return await probe.CarrierAsync(cancellation);
    }
}
