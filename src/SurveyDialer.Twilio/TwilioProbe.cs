using System.Net;
using System.Text;
using SurveyDialer.Twilio.Webhooks;

namespace SurveyDialer.Twilio;

/// <summary>Looks, without ringing anybody, whether the carrier can be reached with these settings and the carrier could reach us.</summary>
public sealed class TwilioProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly TwilioOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient client;

    /// <param name="options">Checked by <see cref="TwilioOptionsCheck"/> before.</param>
    /// <param name="clock">Held against the carrier's.</param>
    /// <param name="handler">Null for the network.</param>
    public TwilioProbe(TwilioOptions options, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        (this.options, this.clock) = (options, clock);
        client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: handler is null) { Timeout = Patience };
    }

    /// <summary>Asks the carrier for one line of the list of calls.</summary>
    public async Task<CarrierProbe> CarrierAsync(CancellationToken cancellation)
    {
        var root = options.BaseAddress.OriginalString.TrimEnd('/');
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{root}/{options.AccountPath}Calls.json?PageSize=1");
        request.Headers.Authorization = options.Authorization;
        var (status, at, why) = await SendAsync(request, cancellation);
        return new CarrierProbe(status, clock.GetUtcNow() - at, why);
    }

    /// <summary>Sends our own public address what the carrier would send, once signed and once not: only we tell the two apart.</summary>
    public async Task<(PublicProbe Answer, string? Why)> PublicAddressAsync(CancellationToken cancellation)
    {
        var address = new CarrierAddresses(options.PublicAddress!).Probe;
        var (signed, _, why) = await PostAsync(address, TwilioSignature.Compute(options.AuthToken, address, Form()), cancellation);
        if (signed is null) return (PublicProbe.Unreachable, why);
        var (unsigned, _, _) = await PostAsync(address, null, cancellation);
        return ((HttpStatusCode)signed, (HttpStatusCode?)unsigned) switch
        {
            (HttpStatusCode.NoContent, HttpStatusCode.Forbidden) => (PublicProbe.Answers, null),
            (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden) => (PublicProbe.SignedForAnother, null),
            _ => (PublicProbe.SomebodyElse, $"HTTP {signed}"),
        };
    }

    public void Dispose() => client.Dispose();

    private WebhookForm Form()
    {
        var bytes = Encoding.UTF8.GetBytes(Body());
        return WebhookForm.Parse(bytes, bytes.Length)!;
    }

    private string Body() => $"AccountSid={Uri.EscapeDataString(options.AccountSid)}";

    private async Task<(int? Status, DateTimeOffset? At, string? Why)> PostAsync(string address, string? signature, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(Body(), Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if (signature is not null) request.Headers.Add("X-Twilio-Signature", signature);
        return await SendAsync(request, cancellation);
    }

    private async Task<(int? Status, DateTimeOffset? At, string? Why)> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return ((int)response.StatusCode, response.Headers.Date, null);
        }
        catch (HttpRequestException fault)
        {
            return (null, null, fault.HttpRequestError.ToString());
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, null, $"no answer in {Patience.TotalSeconds:0} s");
        }
    }
}

/// <summary>What the carrier answered.</summary>
/// <param name="Status">HTTP; null when nothing came.</param>
/// <param name="ClockAhead">How far this machine's clock is ahead of the carrier's; to a second or so. Null when the answer bore no time.</param>
/// <param name="Why">Why nothing came, in words of the network.</param>
public sealed record CarrierProbe(int? Status, TimeSpan? ClockAhead, string? Why);

/// <summary>What our own public address answered.</summary>
public enum PublicProbe
{
    /// <summary>This product, with this token.</summary>
    Answers,

    /// <summary>Nothing, at least from here; some routers do not lead back in.</summary>
    Unreachable,

    /// <summary>This product, but it was signed for another address: whatever stands before it hands on another one, or it has another token.</summary>
    SignedForAnother,

    /// <summary>Another server.</summary>
    SomebodyElse,
}
