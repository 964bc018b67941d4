using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SurveyDialer.Storage;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>
/// The frame around every signed request: let in, compare the account, hand over, answer. What goes wrong inside is answered with 503, so
/// that the carrier repeats the request (all our addresses ask for that) and nothing that a resident said is lost on the first failure.
/// The one exception is in <see cref="VoiceWebhooks"/>.
/// </summary>
internal sealed class WebhookDesk(TwilioOptions options, WebhookGate gate, ILogger logger)
{
    private readonly byte[] _account = Encoding.UTF8.GetBytes(options.AccountSid);

    /// <summary>A request about a call that expects TwiML; one that concerns nobody is hung up.</summary>
    internal RequestDelegate Voice(string endpoint, Func<HttpContext, WebhookForm, Task> handle) =>
        context => ServeAsync(context, endpoint, voice: true, handle, static c => WebhookAnswer.TwiMlAsync(c, TwiMl.HangUp));

    /// <summary>A report that expects no content.</summary>
    internal RequestDelegate Report(string endpoint, bool voice, Func<HttpContext, WebhookForm, Task> handle) =>
        context => ServeAsync(context, endpoint, voice, handle, WebhookAnswer.NothingAsync);

    /// <summary>An incoming text, answered with an empty document: replies go out as messages of their own.</summary>
    internal RequestDelegate Text(string endpoint, Func<HttpContext, WebhookForm, Task> handle) =>
        context => ServeAsync(context, endpoint, voice: false, handle, static c => WebhookAnswer.TwiMlAsync(c, TwiMl.Empty));

    private async Task ServeAsync(
        HttpContext context, string endpoint, bool voice, Func<HttpContext, WebhookForm, Task> handle, Func<HttpContext, Task> answer)
    {
        using var form = await gate.OpenAsync(context, endpoint, voice);
        if (form is null) return;
        if (!form.TryGet("AccountSid"u8, out var account) || !CryptographicOperations.FixedTimeEquals(account, _account))
        {
            TwilioLog.OtherAccount(logger, endpoint);
            await answer(context);
            return;
        }

        try
        {
            await handle(context, form);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            if (e is WriterBusyException) TwilioLog.WriterBusy(logger, endpoint);
            else TwilioLog.HandlerFailed(logger, e, endpoint);
            context.Response.Headers.RetryAfter = "1";
            await WebhookAnswer.PlainAsync(context, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        // A handler that spoke has set a content type; the others leave the answer to the kind of request.
        if (context.Response.ContentType is null) await answer(context);
    }
}
