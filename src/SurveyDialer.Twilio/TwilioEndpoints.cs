using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using SurveyDialer.Calls;
using SurveyDialer.Twilio.Webhooks;

namespace SurveyDialer.Twilio;

/// <summary>The addresses under <c>/carrier</c> at which a carrier reaches us.</summary>
public static class TwilioEndpoints
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// Maps them. Everything but prompt audio is answered only when the carrier signed it. Nothing here needs middleware; what rewrites
    /// paths or bodies must not stand before it, since the signature covers both.
    /// </summary>
    /// <param name="endpoints">Of the listener that the carrier reaches.</param>
    /// <param name="options">Checked by <see cref="TwilioOptionsCheck"/> before; read once.</param>
    /// <param name="inbox">Takes what the carrier tells.</param>
    /// <param name="audio">The prompt (WAV) with this SHA-256 in lower-case hexadecimal; null when there is none.</param>
    /// <returns>The group, for conventions such as the port that it answers on.</returns>
    public static RouteGroupBuilder MapTwilioEndpoints(
        this IEndpointRouteBuilder endpoints, TwilioOptions options, ICarrierInbox inbox, Func<string, CancellationToken, ValueTask<byte[]?>> audio)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(options);
        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TwilioEndpoints).FullName!);
        var desk = new WebhookDesk(options, new WebhookGate(options, new KnownFields(), logger), logger);
        var twiml = new TwiMl(options, new CarrierAddresses(options.PublicAddress!));
        var calls = new VoiceWebhooks(inbox, twiml, logger);
        var reports = new ReportWebhooks(inbox, logger);

        var group = endpoints.MapGroup("/carrier");
        group.MapPost("/voice/{token}", desk.Voice("voice", calls.ConnectedAsync));
        group.MapPost("/voice/{token}/{turn:int:min(0)}", desk.Voice("voice turn", calls.TurnAsync));
        group.MapPost("/incoming", desk.Voice("incoming call", calls.IncomingAsync));
        group.MapPost("/incoming/{turn:int:min(0)}", desk.Voice("incoming call turn", calls.IncomingAsync));
        group.MapPost("/sorry/{token}", desk.Voice("apology", calls.SorryAsync));
        group.MapPost("/status/{token}", desk.Report("call status", voice: true, reports.CallAsync));
        group.MapPost("/machine/{token}", desk.Report("answered by", voice: true, reports.AnsweredByAsync));
        group.MapPost("/recording/{token}", desk.Report("recording", voice: true, reports.RecordingAsync));
        group.MapPost("/text-status/{token}", desk.Report("text status", voice: false, reports.TextStatusAsync));
        group.MapPost("/text", desk.Text("text", reports.TextAsync));
        group.MapPost("/probe", desk.Report("probe", voice: false, static (_, _) => Task.CompletedTask));
        group.MapMethods("/audio/{file}", [HttpMethods.Get, HttpMethods.Head], context => AudioAsync(context, audio));
        return group;
    }

    private static async Task AudioAsync(HttpContext context, Func<string, CancellationToken, ValueTask<byte[]?>> audio)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        var bytes = IsAudioName(file) ? await audio(file[..64], context.RequestAborted) : null;
        if (bytes is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The name is the content's own hash: carriers may keep it for good.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        await TypedResults.Bytes(bytes, "audio/wav", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{file[..64]}\"")).ExecuteAsync(context);
    }

    private static bool IsAudioName(string file) =>
        file.Length == 68 && file.EndsWith(".wav", StringComparison.Ordinal) && !file.AsSpan(0, 64).ContainsAnyExcept(LowerHex);
}
