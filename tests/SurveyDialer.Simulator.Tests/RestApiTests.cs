using System.Net.Http.Headers;
using System.Text.Json;

namespace SurveyDialer.Simulator.Tests;

public sealed class RestApiTests
{
    [Fact]
    public async Task Create_answers_with_twilios_fields()
    {
        await using var world = await World.StartAsync(static _ => new SimulatorOptions { CallsPerSecond = 1 });
        using var response = await world.PostCallAsync(World.Resident);
        var call = await World.JsonAsync(response);

        Assert.Equal(
            ["account_sid", "answered_by", "api_version", "caller_name", "date_created", "date_updated", "direction", "duration", "end_time", "forwarded_from", "from",
                "from_formatted", "group_sid", "parent_call_sid", "phone_number_sid", "price", "price_unit", "queue_time", "sid", "start_time", "status", "subresource_uris",
                "to", "to_formatted", "trunk_sid", "uri"],
            call.EnumerateObject().Select(static property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Mon, 02 Mar 2026 10:30:00 +0000", call.GetProperty("date_created").GetString());
        Assert.Matches("^CA[0-9a-f]{32}$", call.GetProperty("sid").GetString());
        Assert.Equal(("queued", "outbound-api", "0"), (call.GetProperty("status").GetString(), call.GetProperty("direction").GetString(), call.GetProperty("queue_time").GetString()));
        Assert.Equal(JsonValueKind.Null, call.GetProperty("start_time").ValueKind);
        using var head = await world.Client.GetAsync(call.GetProperty("uri").GetString(), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)head.StatusCode);
    }

    [Theory]
    [InlineData("To", "", 21201)]
    [InlineData("From", "", 21213)]
    [InlineData("Url", "", 21205)]
    [InlineData("Url", "ftp://x/y", 21205)]
    [InlineData("To", "13900000001", 21211)]
    [InlineData("To", World.Caller, 21211)]
    [InlineData("To", "+15005550001", 21217)]
    [InlineData("To", "+15005550002", 21214)]
    [InlineData("To", "+15005550003", 21215)]
    [InlineData("To", "+15005550004", 21216)]
    [InlineData("From", "+15005550001", 21212)]
    [InlineData("From", "+862799999999", 21210)]
    [InlineData("StatusCallback", "http://under_score/x", 21609)]
    [InlineData("StatusCallbackEvent", "initiated ringing", 21626)]
    [InlineData("Timeout", "601", 21208)]
    public async Task Bad_create_is_refused_with_twilios_code(string name, string value, int code)
    {
        await using var world = await World.StartAsync(static _ => new SimulatorOptions { CallerNumbers = [World.Caller] });
        using var response = await world.PostCallAsync(name == "To" ? value : World.Resident, name == "To" ? ("To", value) : (name, value));
        var error = await World.JsonAsync(response);

        Assert.Equal((400, code, $"https://www.twilio.com/docs/errors/{code}", 400), ((int)response.StatusCode, error.GetProperty("code").GetInt32(),
            error.GetProperty("more_info").GetString(), error.GetProperty("status").GetInt32()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Empty(world.Carrier.Witness.Entries());
    }

    [Fact]
    public async Task Wrong_token_and_foreign_account_are_refused()
    {
        await using var world = await World.StartAsync();
        using var stranger = new HttpClient { BaseAddress = world.Client.BaseAddress };
        using var nobody = await stranger.GetAsync("Calls.json", TestContext.Current.CancellationToken);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "eDp5");
        using var wrong = await stranger.GetAsync("Calls.json", TestContext.Current.CancellationToken);
        using var foreign = await world.Client.GetAsync("../AC00000000000000000000000000000002/Calls.json", TestContext.Current.CancellationToken);
        using var unknown = await world.Client.GetAsync("Conferences.json", TestContext.Current.CancellationToken);

        Assert.Equal([401, 401, 404, 404], new[] { nobody, wrong, foreign, unknown }.Select(static response => (int)response.StatusCode));
        Assert.Equal(20003, (await World.JsonAsync(wrong)).GetProperty("code").GetInt32());
        Assert.Equal(20404, (await World.JsonAsync(unknown)).GetProperty("code").GetInt32());
        Assert.Equal("active", (await world.GetAsync($"../{new SimulatorOptions().AccountSid}.json")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Pages_hold_every_call_once_while_new_ones_come_in()
    {
        await using var world = await World.StartAsync();
        var expected = new HashSet<string>();
        for (var i = 0; i < 25; i++)
            expected.Add(await world.CallAsync($"+86139000001{i:D2}"));
        var seen = new List<string>();
        var uri = "Calls.json?PageSize=10";
        while (uri is not null)
        {
            var page = await world.GetAsync(uri);
            seen.AddRange(page.GetProperty("calls").EnumerateArray().Select(static call => call.GetProperty("sid").GetString()!));
            uri = page.GetProperty("next_page_uri").GetString();
            if (uri is not null)
                Assert.StartsWith("/2010-04-01/Accounts/", uri, StringComparison.Ordinal);
            await world.CallAsync($"+86139000009{seen.Count:D2}");
        }

        Assert.Equal(25, seen.Count);
        Assert.Equal(expected, [.. seen]);
        using var tooMany = await world.Client.GetAsync("Calls.json?PageSize=1001", TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)tooMany.StatusCode);
    }

    [Fact]
    public async Task List_is_filtered_by_number_status_and_time()
    {
        await using var world = await World.StartAsync();
        world.Script("+8613900000001", "busy");
        world.Script("+8613900000002", "off");
        await world.CallAsync("+8613900000001");
        await world.CallAsync("+8613900000002");
        await world.Time.RunAsync();
        await world.CallAsync("+8613900000002");
        async Task<int> CountAsync(string query) => (await world.GetAsync("Calls.json?" + query)).GetProperty("calls").GetArrayLength();

        List<int> counts =
        [
            await CountAsync(""), await CountAsync("To=%2B8613900000001"), await CountAsync("To=%2B8613900000002"), await CountAsync("Status=queued"),
            await CountAsync("Status=busy"), await CountAsync("StartTime%3E=2026-03-02T10%3A00%3A00Z"), await CountAsync("StartTime%3C=2026-03-01"),
        ];
        Assert.Equal([3, 1, 2, 1, 1, 2, 0], counts);
    }

    [Fact]
    public async Task Finished_call_can_be_deleted_and_an_open_one_not()
    {
        await using var world = await World.StartAsync();
        world.Script(World.Resident, "busy");
        var sid = await world.CallAsync();
        using var early = await world.Client.DeleteAsync($"Calls/{sid}.json", TestContext.Current.CancellationToken);
        await world.Time.RunAsync();
        using var late = await world.Client.DeleteAsync($"Calls/{sid}.json", TestContext.Current.CancellationToken);
        using var gone = await world.Client.GetAsync($"Calls/{sid}.json", TestContext.Current.CancellationToken);

        Assert.Equal([409, 204, 404], new[] { early, late, gone }.Select(static response => (int)response.StatusCode));
    }

    [Fact]
    public async Task Events_show_each_request_with_its_answer()
    {
        await using var world = await World.StartAsync(static _ => new SimulatorOptions { KeepExchanges = true });
        world.Product.Twiml("/voice", "<Response><Hangup/></Response>");
        world.Script(World.Resident, "answer");
        var sid = await world.CallAsync();
        await world.Time.RunAsync();
        var events = (await world.GetAsync($"Calls/{sid}/Events.json")).GetProperty("events").EnumerateArray().ToList();

        var voice = Assert.Single(events, item => item.GetProperty("request").GetProperty("url").GetString() == $"{world.Product.Address}/voice");
        Assert.Equal(sid, voice.GetProperty("request").GetProperty("parameters").GetProperty("CallSid").GetString());
        Assert.Equal((200, "<Response><Hangup/></Response>"), (voice.GetProperty("response").GetProperty("response_code").GetInt32(), voice.GetProperty("response").GetProperty("response_body").GetString()));
        Assert.Equal(5, events.Count);
    }
}
