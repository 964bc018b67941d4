using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SurveyDialer.Simulator.Api;

/// <summary>The REST API: who may ask, which faults strike, and who answers.</summary>
internal sealed class RestApi
{
    private static readonly FaultKind[] Before =
        [FaultKind.DropRequest, FaultKind.TooManyRequests, FaultKind.Answer, FaultKind.ServerError, FaultKind.BadGateway, FaultKind.DropResponse, FaultKind.Slow];

    private readonly CarrierSimulator _carrier;
    private readonly byte[] _credentials;
    private readonly ConcurrentDictionary<string, int> _requests = new();

    public RestApi(CarrierSimulator carrier)
    {
        _carrier = carrier;
        _credentials = Encoding.UTF8.GetBytes("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{carrier.Options.AccountSid}:{carrier.Options.AuthToken}")));
    }

    /// <summary>Work of one route. The form is empty for GET and DELETE.</summary>
    internal delegate Task<RestAnswer> Handler(HttpContext context, IFormCollection form, CancellationToken cancellation);

    public void Map(IEndpointRouteBuilder routes)
    {
        var (calls, texts, recordings) = (new CallsApi(_carrier), new MessagesApi(_carrier), new RecordingsApi(_carrier));
        var api = routes.MapGroup("/2010-04-01/Accounts/{account}");
        void On(string method, string path, string on, Handler handler) => api.MapMethods(path, [method], context => RunAsync(context, on, handler));

        routes.MapGet("/2010-04-01/Accounts/{account}.json", context => RunAsync(context, "account", Account));
        On("POST", "/Calls.json", "create", calls.CreateAsync);
        On("GET", "/Calls.json", "list", calls.ListAsync);
        On("GET", "/Calls/{sid}.json", "fetch", calls.FetchAsync);
        On("POST", "/Calls/{sid}.json", "update", calls.UpdateAsync);
        On("DELETE", "/Calls/{sid}.json", "delete", calls.DeleteAsync);
        On("GET", "/Calls/{sid}/Events.json", "events", calls.EventsAsync);
        On("GET", "/Calls/{sid}/Recordings.json", "recordings", recordings.OfCallAsync);
        On("POST", "/Messages.json", "message", texts.CreateAsync);
        On("GET", "/Messages.json", "message-list", texts.ListAsync);
        On("GET", "/Messages/{sid}.json", "message-fetch", texts.FetchAsync);
        On("POST", "/Messages/{sid}.json", "message-update", texts.UpdateAsync);
        On("DELETE", "/Messages/{sid}.json", "message-delete", texts.DeleteAsync);
        On("GET", "/Recordings/{sid}.json", "recording", recordings.FetchAsync);
        On("GET", "/Recordings/{sid}.wav", "recording", recordings.AudioAsync);
        On("GET", "/Recordings/{sid}", "recording", recordings.AudioAsync);
        On("DELETE", "/Recordings/{sid}.json", "recording-delete", recordings.DeleteAsync);
        On("DELETE", "/Recordings/{sid}", "recording-delete", recordings.DeleteAsync);
        api.Map("/{**rest}", context => Json.ErrorAsync(context, 404, 20404, $"The requested resource {context.Request.Path} was not found"));
    }

    private async Task RunAsync(HttpContext context, string on, Handler handler)
    {
        if (!IsAuthentic(context))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
            await Json.ErrorAsync(context, 401, 20003, "Authenticate");
            return;
        }

        if ((string?)context.Request.RouteValues["account"] is var account && account != _carrier.Options.AccountSid)
        {
            await Json.ErrorAsync(context, 404, 20404, $"The requested resource /2010-04-01/Accounts/{account} was not found");
            return;
        }

        _carrier.PublicAddress = $"{context.Request.Scheme}://{context.Request.Host}";
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var number = form.TryGetValue("To", out var to) ? to.ToString() : context.Request.Query["To"].ToString();
        if (number.Length == 0)
            number = NumberOf((string?)context.Request.RouteValues["sid"]);
        var isCreate = on is "create" or "message";
        var occasion = _carrier.Faults.All.Count == 0 ? 0 : _requests.AddOrUpdate($"{on} {number}", 1, static (_, last) => last + 1);
        var fault = _carrier.Faults.Strike(Before, on, isCreate, number, occasion);
        if (fault is { Kind: FaultKind.DropRequest })
        {
            context.Abort();
            return;
        }

        var carriesOut = fault is null || fault.Kind is FaultKind.DropResponse or FaultKind.Slow || fault.Accept;
        var answer = carriesOut ? await handler(context, form, CancellationToken.None) : RestAnswer.Gone;
        if (fault is { Kind: FaultKind.DropResponse })
            context.Abort();
        else if (fault is { Kind: not FaultKind.Slow })
            await SpoilAsync(context, fault);
        else
            await SendAsync(context, fault, answer);
    }

    private async Task SendAsync(HttpContext context, Fault? slow, RestAnswer answer)
    {
        if (slow is not null)
            await Task.Delay(TimeSpan.FromSeconds(slow.Seconds), _carrier.Options.WallClock ?? _carrier.Clock, context.RequestAborted);
        context.Response.Headers["Twilio-Request-Id"] = "RQ" + Calls.CallFields.Token(context.TraceIdentifier).Replace("-", "", StringComparison.Ordinal);
        context.Response.Headers["Twilio-Concurrent-Requests"] = "1";
        if (answer.Write is not null)
        {
            await Json.SendAsync(context, answer.Status, answer.Write);
        }
        else if (answer.Wav is not null)
        {
            context.Response.ContentType = "audio/x-wav";
            context.Response.ContentLength = answer.Wav.Length;
            await context.Response.Body.WriteAsync(answer.Wav, context.RequestAborted);
        }
        else if (answer.Code != 0)
        {
            await Json.ErrorAsync(context, answer.Status, answer.Code, answer.Message);
        }
        else
        {
            context.Response.StatusCode = answer.Status;
        }
    }

    private static Task SpoilAsync(HttpContext context, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.TooManyRequests:
                return Json.ErrorAsync(context, 429, 20429, "Too Many Requests");
            case FaultKind.ServerError:
                return Json.ErrorAsync(context, 500, 20500, "An internal server error has occurred");
            case FaultKind.BadGateway:
                context.Response.StatusCode = 502;
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>", context.RequestAborted);
            default:
                context.Response.StatusCode = fault.Status;
                context.Response.ContentType = fault.ContentType;
                if (fault.Status is >= 300 and < 400)
                    context.Response.Headers.Location = fault.Body;
                return fault.Status is 204 or 304 ? Task.CompletedTask : context.Response.WriteAsync(fault.Body, context.RequestAborted);
        }
    }

    private bool IsAuthentic(HttpContext context)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), _credentials);

    private string NumberOf(string? sid) => sid is null ? "" : _carrier.Calls.Find(sid)?.Resident ?? _carrier.Texts.Find(sid)?.To ?? "";

    private Task<RestAnswer> Account(HttpContext context, IFormCollection form, CancellationToken cancellation) => Task.FromResult(new RestAnswer(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("sid", _carrier.Options.AccountSid);
        json.WriteString("friendly_name", "Simulator");
        json.WriteString("status", "active");
        json.WriteString("type", "Full");
        json.WriteString("date_created", Calls.CallFields.Date(_carrier.Now));
        json.WriteString("date_updated", Calls.CallFields.Date(_carrier.Now));
        json.WriteString("owner_account_sid", _carrier.Options.AccountSid);
        json.WriteString("uri", string.Create(CultureInfo.InvariantCulture, $"/2010-04-01/Accounts/{_carrier.Options.AccountSid}.json"));
        json.WriteEndObject();
    }));
}
