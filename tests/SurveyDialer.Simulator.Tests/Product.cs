using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace SurveyDialer.Simulator.Tests;

/// <summary>A request that the product under test got.</summary>
internal sealed record Received(DateTimeOffset At, string Method, string RawTarget, string Path, IReadOnlyDictionary<string, string> Form, IReadOnlyDictionary<string, string> Headers)
{
    public string this[string name] => Form.GetValueOrDefault(name, "(none)");
}

/// <summary>A scripted product: answers each path with what the test says and remembers what it was asked.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<Received, HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<Received> _received = new();

    private Product(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public IReadOnlyList<Received> Requests => [.. _received];

    public static async Task<Product> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var product = new Product(app);
        app.Run(context => product.HandleAsync(context, clock));
        await app.StartAsync();
        product.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return product;
    }

    public IReadOnlyList<Received> At(string path) => [.. _received.Where(request => request.Path == path)];

    public void Twiml(string path, string document) => On(path, (_, context) => WriteAsync(context, 200, "text/xml", document));

    public void Answer(string path, int status, string type, string body) => On(path, (_, context) => WriteAsync(context, status, type, body));

    public void On(string path, Func<Received, HttpContext, Task> answer) => _answers[path] = answer;

    public static async Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        if (status != 204)
            await context.Response.WriteAsync(body, Encoding.UTF8);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context, TimeProvider clock)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        var received = new Received(
            clock.GetUtcNow(), context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget, context.Request.Path.Value ?? "",
            form.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString()),
            context.Request.Headers.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        _received.Enqueue(received);
        if (_answers.TryGetValue(received.Path, out var answer))
            await answer(received, context);
        else
            context.Response.StatusCode = 204;
    }
}
