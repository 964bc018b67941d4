using System.Net.Http.Json;
using System.Text;

namespace SurveyDialer.Simulator.Tests;

public sealed class ControlApiTests
{
    [Fact]
    public async Task Faults_are_switched_on_and_off()
    {
        await using var world = await World.StartAsync();
        using var added = await SendAsync(world, HttpMethod.Post, "faults", """{ "kind": "too-many-requests", "prefix": "+86139" }""");
        using var refused = await world.PostCallAsync(World.Resident);
        Assert.Equal((201, 429), ((int)added.StatusCode, (int)refused.StatusCode));
        var id = (await World.JsonAsync(added))[0].GetProperty("id").GetInt32();
        using var removed = await SendAsync(world, HttpMethod.Delete, $"faults/{id}", "");
        using var again = await SendAsync(world, HttpMethod.Delete, $"faults/{id}", "");

        Assert.Equal((204, 404), ((int)removed.StatusCode, (int)again.StatusCode));
        await world.CallAsync();
    }

    [Theory]
    [InlineData("POST", "faults", """{ "kind": "gremlins" }""", "application/json", 400)]
    [InlineData("POST", "faults", """{ "knd": "slow" }""", "application/json", 400)]
    [InlineData("PUT", "population", """{ "default": "x" }""", "application/json", 400)]
    [InlineData("POST", "scripts", """[{ "number": "+861", "script": ["dance"] }]""", "application/json", 400)]
    [InlineData("POST", "faults", """{ "kind": "slow" }""", "text/plain", 415)]
    public async Task Mistake_is_refused_in_words(string method, string path, string body, string type, int status)
    {
        await using var world = await World.StartAsync();
        using var answer = await SendAsync(world, new HttpMethod(method), path, body, type);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 400, (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Length > 10);
    }

    [Fact]
    public async Task Scripts_texts_and_calls_come_in_and_the_log_goes_out()
    {
        await using var world = await World.StartAsync(static product => new SimulatorOptions { IncomingTextUrl = product.Address + "/in", IncomingCallUrl = product.Address + "/voice" });
        world.Product.Twiml("/voice", "<Response><Hangup/></Response>");
        using var population = await SendAsync(world, HttpMethod.Put, "population", """{ "segments": { "a": {} }, "default": "a" }""");
        using var scripts = await SendAsync(world, HttpMethod.Post, "scripts", $$"""[{ "number": "{{World.Resident}}", "script": ["busy"] }]""");
        using var text = await SendAsync(world, HttpMethod.Post, "texts", $$"""{ "from": "{{World.Resident}}", "to": "{{World.Caller}}", "body": "T" }""");
        using var call = await SendAsync(world, HttpMethod.Post, "calls", $$"""{ "from": "{{World.Resident}}", "to": "{{World.Caller}}" }""");
        await world.CallAsync();
        await world.Time.RunAsync();

        Assert.Equal([204, 204, 202, 202], new[] { population, scripts, text, call }.Select(static answer => (int)answer.StatusCode));
        Assert.Equal("T", Assert.Single(world.Product.At("/in"))["Body"]);
        Assert.Single(world.Product.At("/voice"));
        var lines = await world.Client.GetStringAsync(new Uri(world.Address, "simulator/witness"), TestContext.Current.CancellationToken);
        Assert.Contains("\"detail\":\"busy\"", lines, StringComparison.Ordinal);
        var summary = await world.Client.GetFromJsonAsync<Dictionary<string, object>>(new Uri(world.Address, "simulator/witness/summary"), TestContext.Current.CancellationToken);
        Assert.Equal(("1", "0"), (summary!["callsAccepted"].ToString(), summary["textsAccepted"].ToString()));
    }

    [Fact]
    public async Task Log_is_also_written_to_a_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"witness-{Environment.ProcessId}.jsonl");
        try
        {
            await using (var world = await World.StartAsync(_ => new SimulatorOptions { WitnessFile = file }))
            {
                world.Script(World.Resident, "busy");
                await world.CallAsync();
                await world.Time.RunAsync();
            }

            Assert.Equal(3, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<HttpResponseMessage> SendAsync(World world, HttpMethod method, string path, string body, string type = "application/json")
    {
        var request = new HttpRequestMessage(method, new Uri(world.Address, "simulator/" + path));
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        return world.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
