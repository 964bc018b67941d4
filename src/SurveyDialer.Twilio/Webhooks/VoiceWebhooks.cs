using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>
/// Requests that ask what to say next. A failure is answered with 503: the carrier repeats the request once and, failing again, plays the
/// apology from the fallback address. Only where nothing can be lost (the call connected, nobody pressed a key, or what was pressed is
/// stored already) and the writer is not merely busy, the apology is given at once.
/// </summary>
internal sealed class VoiceWebhooks(ICarrierInbox inbox, TwiMl twiml, ILogger logger)
{
    private readonly string _apology = twiml.Apology();

    /// <summary>The call connected.</summary>
    internal Task ConnectedAsync(HttpContext context, WebhookForm form) => TurnAsync(context, form, 0, null);

    /// <summary>The respondent did something at a prompt, or nothing.</summary>
    internal Task TurnAsync(HttpContext context, WebhookForm form) => TurnAsync(context, form, WebhookTokens.Turn(context), Input(context, form));

    /// <summary>Somebody calls our number, or did something at one of the prompts there.</summary>
    internal Task IncomingAsync(HttpContext context, WebhookForm form)
    {
        if (form.NonEmpty("CallSid"u8) is not { } sid) return Missing("incoming call", "CallSid");
        var input = context.Request.RouteValues.ContainsKey("turn") ? Input(context, form) : null;
        var call = new IncomingCall(sid, form.Text("From"u8) ?? "", WebhookTokens.Turn(context), input);

        // Not the request's own cancellation: what was said counts even when the carrier stopped waiting.
        return SpeakAsync(context, "incoming call", null, input, async () => await inbox.IncomingCallAsync(call, CancellationToken.None));
    }

    /// <summary>The carrier could not use what we answered before.</summary>
    internal Task SorryAsync(HttpContext context, WebhookForm form)
    {
        TwilioLog.CarrierFellBack(logger, form.Number("ErrorCode"u8) ?? 0);
        return WebhookAnswer.TwiMlAsync(context, _apology);
    }

    private Task TurnAsync(HttpContext context, WebhookForm form, int turn, InterviewInput? input)
    {
        if (WebhookTokens.Of(context) is not { } token) return Missing("voice", "a token");
        if (form.NonEmpty("CallSid"u8) is not { } sid) return Missing("voice", "CallSid");
        var said = new VoiceTurn(token, sid, turn, input, WebhookInputs.ReadAnsweredBy(form, logger));
        return SpeakAsync(context, "voice", token, input, () => inbox.VoiceTurnAsync(said, CancellationToken.None));
    }

    private async Task SpeakAsync(HttpContext context, string endpoint, string? token, InterviewInput? input, Func<Task<VoiceReply?>> ask)
    {
        string document;
        var mayBeLost = input is not (null or InterviewInput.Silence);
        try
        {
            var reply = await ask();
            mayBeLost = false;
            if (reply is null)
            {
                TwilioLog.UnknownVoiceToken(logger);
                return;
            }

            document = twiml.Voice(token, reply);
        }
        catch (Exception e) when (!mayBeLost && e is not WriterBusyException)
        {
            TwilioLog.Apologised(logger, e, endpoint);
            document = _apology;
        }

        await WebhookAnswer.TwiMlAsync(context, document);
    }

    private Task Missing(string endpoint, string field)
    {
        TwilioLog.FieldMissing(logger, endpoint, field);
        return Task.CompletedTask;
    }

    private static InterviewInput Input(HttpContext context, WebhookForm form) =>
        WebhookInputs.Read(form, words: context.Request.QueryString.Value is "?words=1");
}
