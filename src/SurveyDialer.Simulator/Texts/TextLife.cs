using System.Collections.Concurrent;
using System.Globalization;
using SurveyDialer.Simulator.Calls;
using SurveyDialer.Simulator.Respondents;
using SurveyDialer.Simulator.Twiml;
using SurveyDialer.Simulator.Webhooks;

namespace SurveyDialer.Simulator.Texts;

/// <summary>Texts from create to delivery, what residents answer, and the carrier's own block list.</summary>
internal sealed class TextLife(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Drop = [FaultKind.DropCallback];
    private static readonly FaultKind[] Twice = [FaultKind.DuplicateCallback];
    private static readonly FaultKind[] Delay = [FaultKind.DelayCallback];
    private static readonly FaultKind[] Wrong = [FaultKind.WrongStatus];
    private static readonly FaultKind[] Forge = [FaultKind.ForgedSignature];
    private static readonly HashSet<string> StopWords =
        new(["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> StartWords = new(["START", "UNSTOP", "YES"], StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _blocked = new();
    private readonly ConcurrentDictionary<string, int> _sent = new();
    private readonly ConcurrentDictionary<string, int> _received = new();
    private readonly ConcurrentDictionary<string, SimulatedText> _bySid = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private readonly List<SimulatedText> _all = [];

    /// <summary>Whether a resident has texted a stop word that the carrier knows.</summary>
    public bool IsBlocked(string number) => _blocked.ContainsKey(number);

    public SimulatedText? Find(string sid) => _bySid.GetValueOrDefault(sid) is { Deleted: false } text ? text : null;

    public IReadOnlyList<SimulatedText> NewestFirst()
    {
        lock (_gate)
            return [.. _all.Where(static text => !text.Deleted).Reverse()];
    }

    /// <summary>Takes an order that has been checked.</summary>
    public SimulatedText Accept(string from, string to, string body, string? statusCallback)
    {
        var ordinal = _sent.AddOrUpdate(to, 1, static (_, last) => last + 1);
        var text = new SimulatedText(carrier.NewSid("SM", to, ordinal), from, to, body, ordinal, carrier.Now) { StatusCallback = statusCallback };
        Keep(text);
        carrier.Witness.Add(new WitnessEntry(carrier.Now, WitnessKind.TextAccepted, to, ordinal, text.Sid, SimulatedCall.PathOf(statusCallback)));
        carrier.At(carrier.NextTextSlot() + carrier.Span(0.5), Key(text, "1"), _ =>
        {
            if (!Move(text, "sent"))
                return Task.CompletedTask;
            text.Sent = carrier.Now;
            if (!text.SentReported)
                Report(text, "sent", "2");
            carrier.At(carrier.After(2), Key(text, "3"), _ => Arrive(text));
            return Task.CompletedTask;
        });
        return text;
    }

    /// <summary>The report that overtakes the answer to the create.</summary>
    public Task ReportEarlyAsync(SimulatedText text, CancellationToken cancellation)
    {
        text.SentReported = true;
        return text.StatusCallback is null ? Task.CompletedTask : SendStatusAsync(text, Fields(text, "sent"), Key(text, "0"), cancellation);
    }

    /// <summary>A message that has not left yet is taken back; false otherwise.</summary>
    public bool Cancel(SimulatedText text) => Move(text, "canceled");

    /// <summary>A resident's text, delivered after so many carrier seconds.</summary>
    /// <param name="about">What the resident takes the text that is answered to be about; null where none is answered.</param>
    public void FromResident(string resident, string to, string body, double delay, string? about = null)
    {
        var ordinal = _received.AddOrUpdate(resident, 1, static (_, last) => last + 1);
        var sid = carrier.NewSid("SM", "from " + resident, ordinal);
        carrier.At(carrier.After(delay), $"{resident}/in/{ordinal.ToString("D5", CultureInfo.InvariantCulture)}", cancellation =>
        {
            var text = new SimulatedText(sid, resident, to, body, ordinal, carrier.Now) { Direction = "inbound", Status = "received", Sent = carrier.Now };
            Keep(text);
            carrier.Witness.Add(new WitnessEntry(carrier.Now, WitnessKind.TextSent, resident, ordinal, sid, Detail: about, Keys: body));
            return DeliverAsync(text, cancellation);
        });
    }

    private static string Key(SimulatedText text, string part) => $"{text.To}/text/{text.Ordinal.ToString("D5", CultureInfo.InvariantCulture)}/{part}";

    private void Keep(SimulatedText text)
    {
        _bySid[text.Sid] = text;
        lock (_gate)
        {
            text.Index = _all.Count;
            _all.Add(text);
        }
    }

    private bool Move(SimulatedText text, string status)
    {
        lock (text.Gate)
        {
            if (text.Status is "canceled" or "delivered" or "undelivered" || (status == "canceled" && text.Status != "queued"))
                return false;
            text.Status = status;
            text.Updated = carrier.Now;
            return true;
        }
    }

    private Task Arrive(SimulatedText text)
    {
        var residents = carrier.Residents;
        var segment = residents.Population.SegmentOf(text.To);
        var missing = Chance.Trait(residents.Seed, text.To, "missing") < segment.Mobile.Missing;
        if (residents.ScriptOf(text.To) is null && (missing || residents.Draw(text.To, text.Ordinal, 0, Facet.Reach, 0, 1) < segment.Texts.Unreachable))
        {
            text.ErrorCode = missing ? 30005 : 30003;
            Move(text, "undelivered");
            Report(text, "undelivered", "4");
            return Task.CompletedTask;
        }

        Move(text, "delivered");
        var about = residents.Understood(text.To, text.Body);
        carrier.Witness.Add(new WitnessEntry(
            carrier.Now, WitnessKind.TextDelivered, text.To, text.Ordinal, text.Sid, SimulatedCall.PathOf(text.StatusCallback), about));
        Report(text, "delivered", "4");
        if (residents.Answer(text.To, text.Ordinal, text.Body) is { } answer)
            FromResident(text.To, text.From, answer.Body, answer.DelaySeconds, about);
        return Task.CompletedTask;
    }

    private void Report(SimulatedText text, string status, string part)
    {
        if (text.StatusCallback is null || Struck(Drop, text, status))
            return;
        var said = carrier.Faults.Strike(Wrong, "text-status", byDefault: false, text.To, text.Ordinal, also: status) is { } wrong ? wrong.CallStatus : status;
        var late = carrier.Faults.Strike(Delay, "text-status", byDefault: false, text.To, text.Ordinal, also: status)?.Seconds ?? 0;
        var fields = Fields(text, said);
        carrier.At(carrier.After(late), Key(text, part), cancellation => SendStatusAsync(text, fields, Key(text, part), cancellation));
    }

    private List<KeyValuePair<string, string>> Fields(SimulatedText text, string status)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("MessageSid", text.Sid), new("SmsSid", text.Sid), new("MessageStatus", status), new("SmsStatus", status), new("AccountSid", carrier.Options.AccountSid),
            new("From", text.From), new("To", text.To), new("ApiVersion", "2010-04-01"),
        ];
        if (text.ErrorCode > 0)
            fields.Add(new("ErrorCode", text.ErrorCode.ToString(CultureInfo.InvariantCulture)));
        if (status is "delivered" or "undelivered")
            fields.Add(new("RawDlrDoneDate", carrier.Now.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture)));
        return fields;
    }

    private async Task SendStatusAsync(SimulatedText text, List<KeyValuePair<string, string>> fields, string key, CancellationToken cancellation)
    {
        var request = new WebhookRequest(text.StatusCallback!, "POST", fields, Voice: false, CallFields.Token(key + text.Sid), Forged: Struck(Forge, text, fields[2].Value));
        await carrier.Webhooks.SendAsync(request, cancellation);
        if (Struck(Twice, text, fields[2].Value))
            await carrier.Webhooks.SendAsync(request, cancellation);
    }

    private bool Struck(FaultKind[] kinds, SimulatedText text, string status)
        => carrier.Faults.Strike(kinds, "text-status", byDefault: false, text.To, text.Ordinal, status[0], status) is not null;

    private async Task DeliverAsync(SimulatedText text, CancellationToken cancellation)
    {
        var word = text.Body.Trim();
        var optOut = StopWords.Contains(word) ? "STOP" : StartWords.Contains(word) ? "START" : null;
        if (optOut == "STOP")
            _blocked[text.From] = true;
        else if (optOut == "START")
            _blocked.TryRemove(text.From, out _);
        if (carrier.Options.IncomingTextUrl is not { } url || carrier.Faults.Strike(Drop, "text", byDefault: false, text.From, text.Ordinal) is not null)
            return;
        List<KeyValuePair<string, string>> fields =
        [
            new("MessageSid", text.Sid), new("SmsSid", text.Sid), new("SmsMessageSid", text.Sid), new("AccountSid", carrier.Options.AccountSid), new("From", text.From),
            new("To", text.To), new("Body", text.Body), new("NumMedia", "0"), new("NumSegments", text.Segments.ToString(CultureInfo.InvariantCulture)),
            new("SmsStatus", "received"), new("ApiVersion", "2010-04-01"), new("FromCity", ""), new("FromState", ""), new("FromZip", ""), new("FromCountry", "CN"),
            new("ToCity", ""), new("ToState", ""), new("ToZip", ""), new("ToCountry", ""),
        ];
        if (optOut is not null)
            fields.Add(new("OptOutType", optOut));
        var forged = carrier.Faults.Strike(Forge, "text", byDefault: false, text.From, text.Ordinal) is not null;
        var request = new WebhookRequest(url, "POST", fields, Voice: false, CallFields.Token(text.Sid), WantsBody: true, Redirected: fields, Forged: forged);
        var reply = await carrier.Webhooks.SendAsync(request, cancellation);
        if (carrier.Faults.Strike(Twice, "text", byDefault: false, text.From, text.Ordinal) is not null)
            await carrier.Webhooks.SendAsync(request, cancellation);
        if (!reply.Succeeded || reply.Body.Length == 0)
            return;
        foreach (var message in TwimlReader.Read(reply.Body).Verbs.OfType<MessageVerb>())
        {
            if (!IsBlocked(text.From))
                Accept(message.From ?? text.To, message.To ?? text.From, message.Body, statusCallback: null);
        }
    }
}
