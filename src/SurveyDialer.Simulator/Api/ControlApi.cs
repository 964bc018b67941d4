using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SurveyDialer.Simulator.Api;

/// <param name="From">The resident's number.</param>
/// <param name="To">The campaign's number.</param>
internal sealed record IncomingOrder(string From, string To, string? Body = null);

/// <summary>The simulator's own controls under <c>/simulator</c>; answered to this machine only.</summary>
internal sealed class ControlApi(CarrierSimulator carrier)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/simulator");
        void On(string method, string path, RequestDelegate handler) => api.MapMethods(path, [method], context => GuardAsync(context, handler));

        On("GET", "/faults", context => JsonAsync(context, JsonSerializer.Serialize([.. carrier.Faults.All], FaultJson.Default.ListFault)));
        On("POST", "/faults", AddFaultAsync);
        On("DELETE", "/faults", context =>
        {
            carrier.ClearFaults();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        On("DELETE", "/faults/{id:int}", context =>
        {
            var id = int.Parse((string)context.Request.RouteValues["id"]!);
            context.Response.StatusCode = carrier.RemoveFault(id) ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        On("PUT", "/population", async context =>
        {
            carrier.LoadPopulation(Population.Parse(await BodyAsync(context)));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        On("POST", "/scripts", async context =>
        {
            foreach (var script in JsonSerializer.Deserialize(await BodyAsync(context), PopulationJson.Default.ListNumberScript) ?? [])
                carrier.AddScript(script);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        On("POST", "/texts", async context =>
        {
            var order = await OrderAsync(context);
            carrier.SendTextFrom(order.From, order.To, order.Body ?? "");
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        });
        On("POST", "/calls", async context =>
        {
            var order = await OrderAsync(context);
            carrier.CallFrom(order.From, order.To);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        });
        On("GET", "/witness", WitnessAsync);
        On("GET", "/witness/summary", context => JsonAsync(context, JsonSerializer.Serialize(carrier.Witness.Summary(), WitnessJson.Default.WitnessSummary)));
        On("GET", "/state", context => JsonAsync(context, JsonSerializer.Serialize(
            new Dictionary<string, int> { ["activeCalls"] = carrier.ActiveCalls, ["waitingCalls"] = carrier.WaitingCalls }, ControlJson.Default.DictionaryStringInt32)));
    }

    private static async Task GuardAsync(HttpContext context, RequestDelegate handler)
    {
        if (context.Connection.RemoteIpAddress is { } address && !System.Net.IPAddress.IsLoopback(address))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A page in somebody's browser can post forms and plain text to this machine, but not JSON without being asked first.
        if (context.Request.ContentLength > 0 && !context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        try
        {
            await handler(context);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
        }
    }

    private static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private static async Task<IncomingOrder> OrderAsync(HttpContext context)
        => JsonSerializer.Deserialize(await BodyAsync(context), ControlJson.Default.IncomingOrder) ?? throw new JsonException("An object with from and to is expected.");

    private static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private async Task AddFaultAsync(HttpContext context)
    {
        var body = await BodyAsync(context);
        List<Fault> asked = body.AsSpan().TrimStart().StartsWith("[")
            ? JsonSerializer.Deserialize(body, FaultJson.Default.ListFault) ?? []
            : [JsonSerializer.Deserialize(body, FaultJson.Default.Fault) ?? throw new JsonException("A fault is expected.")];
        List<Fault> added = [.. asked.Select(carrier.Faults.Add)];
        context.Response.StatusCode = StatusCodes.Status201Created;
        await JsonAsync(context, JsonSerializer.Serialize(added, FaultJson.Default.ListFault));
    }

    private async Task WitnessAsync(HttpContext context)
    {
        context.Response.ContentType = "application/jsonl; charset=utf-8";
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        foreach (var entry in carrier.Witness.Entries())
            await writer.WriteLineAsync(Witness.ToJsonLine(entry).AsMemory(), context.RequestAborted);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IncomingOrder))]
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class ControlJson : JsonSerializerContext;
