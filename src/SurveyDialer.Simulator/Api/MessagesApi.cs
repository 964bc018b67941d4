using Microsoft.AspNetCore.Http;
using SurveyDialer.Simulator.Respondents;
using SurveyDialer.Simulator.Texts;

namespace SurveyDialer.Simulator.Api;

/// <summary>Messages: create, list, fetch, redact or cancel, delete.</summary>
internal sealed class MessagesApi(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Early = [FaultKind.EarlyCallback];
    private static readonly FaultKind[] Double = [FaultKind.Duplicate];

    public async Task<RestAnswer> CreateAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        var (to, from, body) = (form["To"].ToString(), form["From"].ToString(), form["Body"].ToString());
        if (Refusal(to, from, body) is { } refusal)
            return refusal;
        var callback = form["StatusCallback"].ToString() is { Length: > 0 } address ? address : null;
        if (callback is not null && !CallChecks.IsAddress(callback))
            return RestAnswer.Error(400, 21609, $"The StatusCallback URL {callback} is not a valid URL.");
        var text = carrier.Texts.Accept(from, to, body, callback);
        if (carrier.Faults.Strike(Double, "message", byDefault: true, to, text.Ordinal) is not null)
            carrier.Texts.Accept(from, to, body, callback);
        if (carrier.Faults.Strike(Early, "text-status", byDefault: true, to, text.Ordinal) is not null)
            await carrier.Texts.ReportEarlyAsync(text, cancellation);
        return new RestAnswer(201, json => Json.Text(json, text, carrier.Options.AccountSid));
    }

    public Task<RestAnswer> ListAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        var query = context.Request.Query;
        bool Is(string name, string value) => !query.TryGetValue(name, out var wanted) || wanted == value;
        var texts = carrier.Texts.NewestFirst().Where(text => Is("To", text.To) && Is("From", text.From) && Paging.Fits(query, "DateSent", text.Sent));
        return Task.FromResult(Paging.Page(context, "messages", texts, static text => text.Index, (json, text) => Json.Text(json, text, carrier.Options.AccountSid)));
    }

    public Task<RestAnswer> FetchAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
        => Task.FromResult(Find(context) is { } text ? Show(text) : RestAnswer.NotFound);

    /// <summary>An empty Body redacts; Status=canceled takes back what has not left yet.</summary>
    public Task<RestAnswer> UpdateAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (Find(context) is not { } text)
            return Task.FromResult(RestAnswer.NotFound);
        if (form["Status"] == "canceled")
            return Task.FromResult(carrier.Texts.Cancel(text) ? Show(text) : RestAnswer.Error(400, 30409, "The message cannot be canceled"));
        if (!form.TryGetValue("Body", out var body) || body.ToString().Length > 0)
            return Task.FromResult(RestAnswer.Error(400, 20001, "Body can only be updated to an empty string"));
        if (text.Status is "queued")
            return Task.FromResult(RestAnswer.Error(400, 20009, "Cannot redact message because delivery is not complete"));
        text.Body = "";
        text.Updated = carrier.Now;
        return Task.FromResult(Show(text));
    }

    public Task<RestAnswer> DeleteAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (Find(context) is not { } text)
            return Task.FromResult(RestAnswer.NotFound);
        text.Deleted = true;
        text.Body = "";
        return Task.FromResult(RestAnswer.Gone);
    }

    private RestAnswer Show(SimulatedText text) => new(200, json => Json.Text(json, text, carrier.Options.AccountSid));

    private SimulatedText? Find(HttpContext context) => carrier.Texts.Find((string?)context.Request.RouteValues["sid"] ?? "");

    private RestAnswer? Refusal(string to, string from, string body) => (to, from) switch
    {
        ("", _) => RestAnswer.Error(400, 21604, "A 'To' phone number is required."),
        (_, "") => RestAnswer.Error(400, 21603, "A 'From' phone number is required."),
        _ when body.Length == 0 => RestAnswer.Error(400, 21602, "Message body is required."),
        _ when body.Length > 1600 => RestAnswer.Error(400, 21617, "The concatenated message body exceeds the 1600 character limit"),
        (_, "+15005550001") => RestAnswer.Error(400, 21212, $"The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID."),
        (_, "+15005550007") => RestAnswer.Error(400, 21606, $"The 'From' phone number provided ({from}) is not a valid message-capable phone number."),
        (_, "+15005550008") => RestAnswer.Error(429, 21611, $"This 'From' number {from} has exceeded the maximum number of queued messages"),
        ("+15005550001", _) => RestAnswer.Error(400, 21211, $"Invalid 'To' Phone Number: {to}"),
        ("+15005550002", _) => RestAnswer.Error(400, 21612, $"The 'To' phone number: {to}, is not currently reachable using the 'From' phone number: {from}"),
        ("+15005550003", _) => RestAnswer.Error(400, 21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"),
        ("+15005550004", _) => RestAnswer.Error(400, 21610, "Attempt to send to unsubscribed recipient"),
        ("+15005550009", _) => RestAnswer.Error(400, 21614, $"'To' number is not a valid mobile number: {to}"),
        _ when !CallChecks.IsE164(to) => RestAnswer.Error(400, 21211, $"Invalid 'To' Phone Number: {to}"),
        _ when carrier.Texts.IsBlocked(to) => RestAnswer.Error(400, 21610, "Attempt to send to unsubscribed recipient"),
        _ when !Residents.IsMobile(to) => RestAnswer.Error(400, 21614, $"'To' number is not a valid mobile number: {to}"),
        _ => null,
    };
}
