using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SurveyDialer.Calls;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>Requests that tell something and expect nothing. A report that cannot be understood is logged and answered like the others.</summary>
internal sealed class ReportWebhooks(ICarrierInbox inbox, ILogger logger)
{
    // None of the calls into the inbox ends with the request: a report counts even when the carrier stopped waiting for the answer.
    internal Task CallAsync(HttpContext context, WebhookForm form)
    {
        if (Ids(context, form, "call status", "CallSid"u8) is not var (token, sid)) return Task.CompletedTask;
        var word = form.Text("CallStatus"u8);
        if (CarrierWords.Call(word) is not { } status) return Unknown("CallStatus", word);
        TimeSpan? duration = status == CallStatus.Completed && form.Number("CallDuration"u8) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var report = new CallReport(token, sid, status, form.Number("SequenceNumber"u8), form.Number("SipResponseCode"u8), duration);
        return inbox.CallReportedAsync(report, CancellationToken.None);
    }

    internal Task AnsweredByAsync(HttpContext context, WebhookForm form)
    {
        if (Ids(context, form, "answered by", "CallSid"u8) is not var (token, sid)) return Task.CompletedTask;
        return WebhookInputs.ReadAnsweredBy(form, logger) is { } answered
            ? inbox.AnsweredByAsync(token, sid, answered, CancellationToken.None)
            : Task.CompletedTask;
    }

    internal Task RecordingAsync(HttpContext context, WebhookForm form)
    {
        if (Ids(context, form, "recording", "CallSid"u8) is not var (token, sid)) return Task.CompletedTask;
        if (form.NonEmpty("RecordingSid"u8) is not { } recording) return Missing("recording", "RecordingSid");
        var word = form.Text("RecordingStatus"u8);
        if (word == "in-progress") return Task.CompletedTask;
        if (word is not ("completed" or "absent" or "failed")) return Unknown("RecordingStatus", word);
        var length = TimeSpan.FromSeconds(form.Number("RecordingDuration"u8) ?? 0);
        return inbox.RecordingReportedAsync(new RecordingReport(token, sid, recording, length, Absent: word != "completed"), CancellationToken.None);
    }

    internal Task TextStatusAsync(HttpContext context, WebhookForm form)
    {
        if (Ids(context, form, "text status", "MessageSid"u8) is not var (token, sid)) return Task.CompletedTask;
        var word = form.Text("MessageStatus"u8) ?? form.Text("SmsStatus"u8);
        return CarrierWords.Text(word) is { } status
            ? inbox.TextReportedAsync(new TextReport(token, sid, status, form.Number("ErrorCode"u8)), CancellationToken.None)
            : Unknown("MessageStatus", word);
    }

    internal Task TextAsync(HttpContext context, WebhookForm form)
    {
        if ((form.NonEmpty("MessageSid"u8) ?? form.NonEmpty("SmsSid"u8)) is not { } sid) return Missing("text", "MessageSid");
        if (form.NonEmpty("From"u8) is not { } from) return Missing("text", "From");
        var kind = form.NonEmpty("OptOutType"u8);
        if (kind is not (null or "STOP" or "START" or "HELP")) TwilioLog.UnknownWord(logger, "OptOutType", CarrierWords.Printable(kind));
        return inbox.TextReceivedAsync(new IncomingText(sid, from, form.Text("Body"u8) ?? "", kind == "STOP"), CancellationToken.None);
    }

    private (string Token, string Sid)? Ids(HttpContext context, WebhookForm form, string endpoint, ReadOnlySpan<byte> sidField)
    {
        var token = WebhookTokens.Of(context);
        var sid = form.NonEmpty(sidField);
        if (token is not null && sid is not null) return (token, sid);
        TwilioLog.FieldMissing(logger, endpoint, token is null ? "a token" : "the id");
        return null;
    }

    private Task Missing(string endpoint, string field)
    {
        TwilioLog.FieldMissing(logger, endpoint, field);
        return Task.CompletedTask;
    }

    private Task Unknown(string field, string? word)
    {
        TwilioLog.UnknownWord(logger, field, CarrierWords.Printable(word));
        return Task.CompletedTask;
    }
}
