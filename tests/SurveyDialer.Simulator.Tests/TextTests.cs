namespace SurveyDialer.Simulator.Tests;

public sealed class TextTests
{
    [Fact]
    public async Task Text_is_sent_delivered_and_answered()
    {
        await using var world = await StartAsync();
        world.Carrier.AddScript(new NumberScript { Number = World.Resident, Texts = ["１", "", "退订"], TextDelay = 45 });
        for (var i = 0; i < 3; i++)
            await SendAsync(world);
        await world.Time.RunAsync();

        Assert.Equal(["delivered", "delivered", "delivered", "sent", "sent", "sent"], world.Product.At("/sms").Select(static report => report["MessageStatus"]).Order());
        Assert.Equal(["sent", "delivered"], world.Product.At("/sms").GroupBy(static report => report["MessageSid"]).First().Select(static report => report["MessageStatus"]));
        var incoming = world.Product.At("/in");
        Assert.Equal(["１", "退订"], incoming.Select(static text => text["Body"]));
        Assert.All(incoming, static text => Assert.Equal((World.Resident, World.Caller, "0"), (text["From"], text["To"], text["NumMedia"])));
        Assert.Equal(3, world.Carrier.Witness.Summary().TextsAccepted);
    }

    [Theory]
    [InlineData("To", "", 21604)]
    [InlineData("From", "", 21603)]
    [InlineData("Body", "", 21602)]
    [InlineData("To", "+862712345678", 21614)]
    [InlineData("To", "+15005550001", 21211)]
    [InlineData("To", "+15005550002", 21612)]
    [InlineData("To", "+15005550003", 21408)]
    [InlineData("To", "+15005550004", 21610)]
    [InlineData("To", "+15005550009", 21614)]
    [InlineData("From", "+15005550007", 21606)]
    [InlineData("StatusCallback", "nowhere", 21609)]
    public async Task Bad_text_is_refused_with_twilios_code(string name, string value, int code)
    {
        await using var world = await StartAsync();
        var fields = new Dictionary<string, string> { ["To"] = World.Resident, ["From"] = World.Caller, ["Body"] = "x", [name] = value };
        using var response = await world.PostAsync("Messages.json", [.. fields.Select(static pair => (pair.Key, pair.Value))]);

        Assert.Equal((400, code), ((int)response.StatusCode, (await World.JsonAsync(response)).GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Too_long_text_is_refused_and_a_long_one_counted_in_parts()
    {
        await using var world = await StartAsync();
        using var long_ = await world.PostAsync("Messages.json", ("To", World.Resident), ("From", World.Caller), ("Body", new string('好', 1601)));
        using var parts = await world.PostAsync("Messages.json", ("To", World.Resident), ("From", World.Caller), ("Body", new string('好', 71)));

        Assert.Equal(21617, (await World.JsonAsync(long_)).GetProperty("code").GetInt32());
        Assert.Equal("2", (await World.JsonAsync(parts)).GetProperty("num_segments").GetString());
    }

    [Theory]
    [InlineData("STOP", true)]
    [InlineData(" stop ", true)]
    [InlineData("退订", false)]
    public async Task Carrier_blocks_whoever_sends_a_stop_word_that_it_knows(string word, bool blocked)
    {
        await using var world = await StartAsync();
        world.Carrier.SendTextFrom(World.Resident, World.Caller, word);
        await world.Time.RunAsync();
        using var after = await world.PostAsync("Messages.json", ("To", World.Resident), ("From", World.Caller), ("Body", "x"));

        Assert.Equal(blocked ? "STOP" : "(none)", Assert.Single(world.Product.At("/in"))["OptOutType"]);
        Assert.Equal(blocked ? 400 : 201, (int)after.StatusCode);
        world.Carrier.SendTextFrom(World.Resident, World.Caller, "START");
        await world.Time.RunAsync();
        using var again = await world.PostAsync("Messages.json", ("To", World.Resident), ("From", World.Caller), ("Body", "x"));
        Assert.Equal(201, (int)again.StatusCode);
    }

    [Fact]
    public async Task Text_is_redacted_and_deleted()
    {
        await using var world = await StartAsync();
        world.Carrier.AddScript(new NumberScript { Number = World.Resident });
        var sid = await SendAsync(world);
        using var early = await world.PostAsync($"Messages/{sid}.json", ("Body", ""));
        await world.Time.RunAsync();
        using var late = await world.PostAsync($"Messages/{sid}.json", ("Body", ""));
        Assert.Equal((400, 200), ((int)early.StatusCode, (int)late.StatusCode));
        Assert.Equal("", (await world.GetAsync($"Messages/{sid}.json")).GetProperty("body").GetString());
        using var deleted = await world.Client.DeleteAsync($"Messages/{sid}.json", TestContext.Current.CancellationToken);

        Assert.Equal(204, (int)deleted.StatusCode);
        Assert.Empty((await world.GetAsync("Messages.json")).GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task Reports_can_be_turned_round_doubled_and_falsified()
    {
        await using var world = await StartAsync();
        world.Carrier.AddScript(new NumberScript { Number = World.Resident });
        world.Carrier.AddFault(new Fault { Kind = FaultKind.DelayCallback, On = "sent", Seconds = 30 });
        world.Carrier.AddFault(new Fault { Kind = FaultKind.DuplicateCallback, On = "delivered" });
        world.Carrier.AddFault(new Fault { Kind = FaultKind.DuplicateCallback, On = "text" });
        await SendAsync(world);
        await world.Time.RunAsync();
        world.Carrier.SendTextFrom(World.Resident, World.Caller, "1");
        await world.Time.RunAsync();

        Assert.Equal(["delivered", "delivered", "sent"], world.Product.At("/sms").Select(static report => report["MessageStatus"]));
        Assert.Equal(2, world.Product.At("/in").Count);
        Assert.Single(world.Product.At("/in").Select(static text => text["MessageSid"]).Distinct());
    }

    [Fact]
    public async Task Reply_in_the_answer_to_an_incoming_text_is_sent()
    {
        await using var world = await StartAsync();
        world.Product.Twiml("/in", "<Response><Message>谢谢</Message></Response>");
        world.Carrier.AddScript(new NumberScript { Number = World.Resident });
        world.Carrier.SendTextFrom(World.Resident, World.Caller, "1");
        await world.Time.RunAsync();

        Assert.Contains(world.Carrier.Witness.Entries(), static entry => entry is { Kind: WitnessKind.TextDelivered, Number: World.Resident });
    }

    [Fact]
    public async Task Texts_leave_at_their_rate()
    {
        await using var world = await World.StartAsync(product => new SimulatorOptions { TextsPerSecond = 2 });
        for (var i = 0; i < 6; i++)
            await SendAsync(world, $"+861390000000{i}");
        await world.Time.RunAsync();
        var sent = world.Product.At("/sms").Where(static report => report["MessageStatus"] == "sent").Select(static report => report.At).ToList();

        Assert.Equal(TimeSpan.FromSeconds(2.5), sent[^1] - sent[0]);
    }

    private static Task<World> StartAsync() => World.StartAsync(static product => new SimulatorOptions { IncomingTextUrl = product.Address + "/in" });

    private static async Task<string> SendAsync(World world, string to = World.Resident)
    {
        using var response = await world.PostAsync("Messages.json", ("To", to), ("From", World.Caller), ("Body", "1很安全 2安全"), ("StatusCallback", $"{world.Product.Address}/sms"));
        Assert.Equal(201, (int)response.StatusCode);
        return (await World.JsonAsync(response)).GetProperty("sid").GetString()!;
    }
}
