using System.Globalization;
using Microsoft.AspNetCore.Http;
using SurveyDialer.Simulator.Calls;

namespace SurveyDialer.Simulator.Api;

/// <summary>Calls: create, list, fetch, update, delete, events.</summary>
internal sealed class CallsApi(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Stuck = [FaultKind.StuckInQueue];
    private static readonly FaultKind[] Early = [FaultKind.EarlyCallback];
    private static readonly FaultKind[] Double = [FaultKind.Duplicate];
    private static readonly FaultKind[] BadSid = [FaultKind.BadSid];
    private static readonly FaultKind[] Stale = [FaultKind.StaleRead];

    public async Task<RestAnswer> CreateAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        var order = CallOrder.Read(form);
        if (CallChecks.Refusal(order, form, carrier.Options) is { } refusal)
            return refusal;
        var attempt = carrier.Calls.AttemptsOf(order.To) + 1;
        bool Struck(FaultKind[] kinds) => carrier.Faults.Strike(kinds, "create", byDefault: true, order.To, attempt) is not null;

        var call = carrier.Life.Accept(order, Struck(Stuck));
        if (Struck(Double))
            carrier.Life.Accept(order, stuck: false);
        if (carrier.Faults.Strike(Early, "initiated", byDefault: true, order.To, attempt) is not null)
            await carrier.Life.Reports.ReportEarlyAsync(call, cancellation);
        var answer = new RestAnswer(201, json => Json.Call(json, call, CallState.Queued));
        return Struck(BadSid) ? new RestAnswer(201, static json =>
        {
            json.WriteStartObject();
            json.WriteString("sid", "not-a-sid");
            json.WriteString("status", "queued");
            json.WriteEndObject();
        }) : answer;
    }

    public Task<RestAnswer> ListAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        var query = context.Request.Query;
        var to = query.TryGetValue("To", out var number) ? number.ToString() : null;
        bool Is(string name, string value) => !query.TryGetValue(name, out var wanted) || wanted == value;
        var all = carrier.Calls.NewestFirst(to);
        foreach (var call in all)
            carrier.Life.ExpireIfStuck(call);
        var calls = all.Where(call =>
            Is("From", call.Order.From) && Is("ParentCallSid", call.ParentSid ?? "") && (!query.ContainsKey("Status") || Is("Status", Word(call)))
            && Paging.Fits(query, "StartTime", call.State == CallState.Queued ? null : call.Started) && Paging.Fits(query, "EndTime", call.Ended));
        return Task.FromResult(Paging.Page(context, "calls", calls, static call => call.Index, (json, call) => Json.Call(json, call, Seen(call, "list"))));
    }

    public Task<RestAnswer> FetchAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
        => Task.FromResult(Find(context) is { } call ? Show(call) : RestAnswer.NotFound);

    public Task<RestAnswer> UpdateAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (Find(context) is not { } call)
            return Task.FromResult(RestAnswer.NotFound);
        var (status, url, twiml) = (form["Status"].ToString(), form["Url"].ToString(), form["Twiml"].ToString());
        if (status is not ("" or "canceled" or "completed"))
            return Task.FromResult(RestAnswer.Error(400, 21218, "Invalid status"));
        if (call.IsFinal)
            return Task.FromResult(RestAnswer.Error(400, 21220, "Call is not in-progress. Cannot redirect."));
        if (url.Length > 0 && twiml.Length > 0)
            return Task.FromResult(RestAnswer.Error(400, 20001, "Url and Twiml are mutually exclusive"));
        if (status.Length > 0)
        {
            carrier.Life.Stop(call, evenInProgress: status == "completed");
        }
        else if (url.Length > 0 || twiml.Length > 0)
        {
            if (form.TryGetValue("StatusCallback", out var callback) && url.Length > 0)
                call.Order = call.Order with { StatusCallback = callback };
            if (call.State != CallState.InProgress)
                call.Order = call.Order with { Url = url.Length > 0 ? url : null, Twiml = twiml };
            else
                carrier.Talk.Replace(call, url.Length > 0 ? url : null, form["Method"] == "GET" ? "GET" : "POST", twiml);
        }

        return Task.FromResult(new RestAnswer(200, json => Json.Call(json, call, call.State)));
    }

    public Task<RestAnswer> DeleteAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (Find(context) is not { } call)
            return Task.FromResult(RestAnswer.NotFound);
        if (!call.IsFinal)
            return Task.FromResult(RestAnswer.Error(409, 20009, "Cannot delete call because it is still in progress"));
        call.Deleted = true;
        return Task.FromResult(RestAnswer.Gone);
    }

    /// <summary>Requests to the product about this call with their answers, oldest first.</summary>
    public Task<RestAnswer> EventsAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (Find(context) is not { } call)
            return Task.FromResult(RestAnswer.NotFound);
        Exchange[] exchanges;
        lock (call.Gate)
            exchanges = [.. call.Exchanges];
        var order = exchanges.Select(static (exchange, index) => (exchange, index: -index));
        return Task.FromResult(Paging.Page(context, "events", order, static item => item.index, static (json, item) =>
        {
            var (at, method, url, fields, status, type, body) = item.exchange;
            json.WriteStartObject();
            json.WriteStartObject("request");
            json.WriteString("method", method);
            json.WriteString("url", url);
            json.WriteStartObject("parameters");
            foreach (var (name, value) in fields)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("response");
            json.WriteNumber("response_code", status);
            json.WriteNumber("request_duration", 0);
            json.WriteString("content_type", type);
            json.WriteString("response_body", body);
            json.WriteString("date_created", CallFields.Date(at));
            json.WriteEndObject();
            json.WriteEndObject();
        }));
    }

    private static string Word(SimulatedCall call) => call.State == CallState.Initiated ? "queued" : SimulatedCall.Word(call.State);

    private RestAnswer Show(SimulatedCall call)
    {
        var state = Seen(call, "fetch");
        return new RestAnswer(200, json => Json.Call(json, call, state));
    }

    private CallState Seen(SimulatedCall call, string on)
    {
        carrier.Life.ExpireIfStuck(call);
        var fault = carrier.Faults.Strike(Stale, on, byDefault: true, call.Resident, call.Attempt);
        return fault is not null && carrier.Now - call.Updated < carrier.Span(fault.Seconds) ? call.EarlierState : call.State;
    }

    private SimulatedCall? Find(HttpContext context) => carrier.Calls.Find((string?)context.Request.RouteValues["sid"] ?? "");
}

/// <summary>What Twilio refuses at once, with its codes; the magic numbers of its test credentials included.</summary>
internal static class CallChecks
{
    private static readonly string[] Events = ["initiated", "ringing", "answered", "completed"];

    public static RestAnswer? Refusal(CallOrder order, IFormCollection form, SimulatorOptions options)
    {
        if (order.To.Length == 0)
            return RestAnswer.Error(400, 21201, "No 'To' number is specified");
        if (order.From.Length == 0)
            return RestAnswer.Error(400, 21213, "'From' phone number is required");
        if (Magic(order) is { } magic)
            return magic;
        if (options.CallerNumbers.Count > 0 && !options.CallerNumbers.Contains(order.From))
            return RestAnswer.Error(400, 21210, $"The source phone number provided, {order.From}, is not yet verified for your account.");
        if (!IsE164(order.To) || order.To == order.From)
            return RestAnswer.Error(400, 21211, $"The phone number you are attempting to call, {order.To}, is not valid.");
        if (order.Url is null && order.Twiml is null)
            return RestAnswer.Error(400, 21205, "Url parameter is required.");
        if (order.Url is not null && !IsAddress(order.Url))
            return RestAnswer.Error(400, 21205, $"Url is not a valid URL: {order.Url}");
        if (order.Url is null && order.Twiml!.Length > 4000)
            return RestAnswer.Error(400, 32018, "Twiml parameter exceeds maximum length of 4000 characters");
        if (order.StatusCallback is not null && (!IsAddress(order.StatusCallback) || new Uri(order.StatusCallback).Host.Contains('_', StringComparison.Ordinal)))
            return RestAnswer.Error(400, 21609, $"The StatusCallback URL {order.StatusCallback} is not a valid URL.");
        if (order.StatusEvents.Any(static name => !Events.Contains(name)))
            return RestAnswer.Error(400, 21626, "Invalid values(s) for statusEvents");
        return BadNumber(form, "Timeout", 21208, 600) ?? BadNumber(form, "TimeLimit", 20001, 86_400);
    }

    public static bool IsE164(string number) => number.Length is >= 8 and <= 16 && number[0] == '+' && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && number[1] != '0';

    public static bool IsAddress(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    private static RestAnswer? BadNumber(IFormCollection form, string name, int code, int most)
        => form.TryGetValue(name, out var text) && (!int.TryParse(text.ToString(), NumberStyles.None, null, out var value) || value > most)
            ? RestAnswer.Error(400, code, $"Invalid {name}: {text}") : null;

    private static RestAnswer? Magic(CallOrder order) => order.To switch
    {
        _ when order.From == "+15005550001" => RestAnswer.Error(400, 21212, $"The 'From' number {order.From} is not a valid phone number, shortcode, or alphanumeric sender ID."),
        "+15005550001" => RestAnswer.Error(400, 21217, "Phone number does not appear to be valid"),
        "+15005550002" => RestAnswer.Error(400, 21214, "'To' phone number cannot be reached"),
        "+15005550003" => RestAnswer.Error(400, 21215, "Account not authorized to call this number"),
        "+15005550004" => RestAnswer.Error(400, 21216, "Account not allowed to call this number"),
        _ => null,
    };
}
