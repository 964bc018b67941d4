using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.TestKit;

namespace SurveyDialer.Twilio.Tests;

/// <summary>A web server on loopback that answers as a test tells it and records what it was asked.</summary>
internal sealed class CarrierStub : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CarrierStub(WebApplication server) => _server = server;

    internal ConcurrentQueue<Request> Requests { get; } = new();

    internal Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    internal Uri Address => new(_server.Urls.First());

    /// <summary>Ends when the stub is closed: for answers that never come.</summary>
    internal Task Closing => _closing.Task;

    internal static async Task<CarrierStub> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new CarrierStub(builder.Build());
        if (answer is not null) stub.Answer = answer;
        stub._server.Run(async context =>
        {
            var form = context.Request.HasFormContentType
                ? (await context.Request.ReadFormAsync()).SelectMany(f => f.Value.Select(v => (f.Key, v!))).ToArray()
                : [];
            stub.Requests.Enqueue(new Request(
                context.Request.Method, context.Request.Path.Value!, context.Request.QueryString.Value!, form, context.Request.Headers.Authorization.ToString(),
                context.Request.Headers["X-Twilio-Signature"].ToString()));
            await stub.Answer(context);
        });
        await stub._server.StartAsync();
        return stub;
    }

    internal static Func<HttpContext, Task> Reply(int status, string body, string type = "application/json") => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    };

    internal static Func<HttpContext, Task> Error(int status, int code) =>
        Reply(status, $$"""{"code":{{code}},"message":"Refused +8613800138000","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}""");

    internal TwilioCarrier Carrier(Action<TwilioOptions>? change = null, TimeProvider? clock = null, ILogger<TwilioCarrier>? logger = null, HttpMessageHandler? handler = null) =>
        Make(Address, change, clock, logger, handler);

    internal static TwilioCarrier Make(
        Uri address, Action<TwilioOptions>? change = null, TimeProvider? clock = null, ILogger<TwilioCarrier>? logger = null, HttpMessageHandler? handler = null)
    {
        var options = Some.Options();
        options.BaseAddress = address;
        change?.Invoke(options);
        return new TwilioCarrier(options, clock ?? new StoppedClock(), logger ?? NullLogger<TwilioCarrier>.Instance, handler);
    }

    public async ValueTask DisposeAsync()
    {
        _closing.TrySetResult();
        await _server.DisposeAsync();
    }

    internal sealed record Request(string Method, string Path, string Query, (string Name, string Value)[] Form, string Authorization, string Signature)
    {
        internal string[] Values(string name) => [.. Form.Where(f => f.Name == name).Select(f => f.Value)];
    }
}
