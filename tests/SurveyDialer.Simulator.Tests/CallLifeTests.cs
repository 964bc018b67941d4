namespace SurveyDialer.Simulator.Tests;

public sealed class CallLifeTests
{
    [Fact]
    public async Task Answered_call_rings_talks_and_reports_in_order()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Gather numDigits="1" action="/q/1"><Say>很安全请按1</Say></Gather></Response>""");
        world.Product.Twiml("/q/1", "<Response><Say>谢谢</Say><Hangup/></Response>");
        world.Script(World.Resident, "answer@5: 1");

        var sid = await world.CallAsync();
        await world.Time.RunAsync();

        Assert.Equal(["initiated", "ringing", "in-progress", "completed"], world.Statuses());
        Assert.Equal(["0", "1", "2", "3"], world.Product.At("/status").Select(static report => report["SequenceNumber"]));
        Assert.All(world.Product.At("/status"), static report => Assert.Equal("call-progress-events", report["CallbackSource"]));
        Assert.Equal(sid, Assert.Single(world.Product.At("/voice"))["CallSid"]);
        var answer = Assert.Single(world.Product.At("/q/1"));
        Assert.Equal("1", answer["Digits"]);
        Assert.Equal("", answer["FinishedOnKey"]);
        Assert.Equal("Gather End", answer["msg"]);
        var call = await world.GetAsync($"Calls/{sid}.json");
        Assert.Equal("completed", call.GetProperty("status").GetString());
        Assert.Equal(world.Product.At("/status")[^1]["CallDuration"], call.GetProperty("duration").GetString());
        Assert.Equal((1, 1, 1, 1), (world.Carrier.Witness.Summary().CallsAccepted, world.Carrier.Witness.Summary().CallsRung,
            world.Carrier.Witness.Summary().CallsAnswered, world.Carrier.Witness.Summary().Steps));
    }

    [Theory]
    [InlineData("busy", "busy", "486", false)]
    [InlineData("off", "no-answer", "480", false)]
    [InlineData("missing", "failed", "404", false)]
    [InlineData("failed", "failed", "503", false)]
    [InlineData("declines", "no-answer", "603", true)]
    [InlineData("no-answer", "no-answer", "487", true)]
    public async Task Unanswered_call_ends_in_its_status_and_only_a_real_ring_is_witnessed(string script, string status, string sip, bool rings)
    {
        await using var world = await World.StartAsync();

        Assert.Empty(await world.PlayAsync(script, "/voice"));

        Assert.Equal(rings ? ["initiated", "ringing", status] : ["initiated", status], world.Statuses());
        Assert.Equal(sip, world.Product.At("/status")[^1]["SipResponseCode"]);
        Assert.Equal("0", world.Product.At("/status")[^1]["CallDuration"]);
        Assert.Equal(rings ? 1 : 0, world.Carrier.Witness.Summary().CallsRung);
    }

    [Fact]
    public async Task Telephone_rings_no_longer_than_asked()
    {
        await using var world = await World.StartAsync();
        await world.PlayAsync("answer@25", "/voice", ("Timeout", "20"));

        Assert.Equal("no-answer", world.Statuses()[^1]);
        var entries = world.Carrier.Witness.Entries();
        Assert.Equal(TimeSpan.FromSeconds(20), entries.Single(static e => e.Kind == WitnessKind.Freed).At - entries.Single(static e => e.Kind == WitnessKind.Rang).At);
    }

    [Fact]
    public async Task Call_cancelled_in_the_queue_reports_nothing()
    {
        await using var world = await World.StartAsync(static _ => new SimulatorOptions { CallsPerSecond = 0.1 });
        world.Script(World.Resident, "busy");
        await world.CallAsync("+8613900000002", ("StatusCallback", ""));
        var sid = await world.CallAsync();
        using var cancelled = await world.PostAsync($"Calls/{sid}.json", ("Status", "canceled"));
        await world.Time.RunAsync();

        Assert.Equal("canceled", (await World.JsonAsync(cancelled)).GetProperty("status").GetString());
        Assert.Empty(world.Product.At("/status"));
        Assert.Equal(1, world.Carrier.Witness.Summary().CallsRung);
        using var again = await world.PostAsync($"Calls/{sid}.json", ("Status", "canceled"));
        Assert.Equal(21220, (await World.JsonAsync(again)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Ringing_call_can_be_cancelled_and_an_open_one_ended()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Pause length="100"/></Response>""");
        world.Script(World.Resident, "no-answer", "answer@5");
        var first = await world.CallAsync();
        world.Time.Schedule(10, async () => (await world.PostAsync($"Calls/{first}.json", ("Status", "canceled"))).Dispose());
        await world.Time.RunAsync();
        var second = await world.CallAsync();
        world.Time.Schedule(40, async () => (await world.PostAsync($"Calls/{second}.json", ("Status", "canceled"))).Dispose());
        world.Time.Schedule(50, async () => (await world.PostAsync($"Calls/{second}.json", ("Status", "completed"))).Dispose());
        await world.Time.RunAsync();

        Assert.Equal(["initiated", "ringing", "canceled", "initiated", "ringing", "in-progress", "completed"], world.Statuses());
        Assert.Equal("completed", (await world.GetAsync($"Calls/{second}.json")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Open_call_can_be_given_another_document()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Gather action="/q" numDigits="1"><Pause length="60"/></Gather></Response>""");
        world.Product.Twiml("/other", "<Response><Hangup/></Response>");
        world.Script(World.Resident, "answer@5: !1@50");
        var sid = await world.CallAsync();
        world.Time.Schedule(30, async () => (await world.PostAsync($"Calls/{sid}.json", ("Url", $"{world.Product.Address}/other"))).Dispose());
        await world.Time.RunAsync();

        Assert.Single(world.Product.At("/other"));
        Assert.Empty(world.Product.At("/q"));
    }

    [Fact]
    public async Task Starts_never_exceed_the_rate_and_calls_never_exceed_the_lines()
    {
        await using var world = await World.StartAsync(static _ => new SimulatorOptions { CallsPerSecond = 2, Lines = 3 });
        world.Product.Twiml("/voice", """<Response><Pause length="30"/></Response>""");
        var waits = new List<long>();
        for (var i = 0; i < 9; i++)
        {
            world.Script($"+861390000010{i}", "answer@5");
            using var response = await world.PostCallAsync($"+861390000010{i}");
            waits.Add(long.Parse((await World.JsonAsync(response)).GetProperty("queue_time").GetString()!));
        }

        await world.Time.RunAsync();

        Assert.Equal([0, 500, 1000, 1500], waits.Take(4));
        var entries = world.Carrier.Witness.Entries();
        var starts = entries.Where(static e => e.Kind == WitnessKind.CallStarted).Select(static e => e.At).ToList();
        Assert.Equal(9, starts.Count);
        Assert.All(starts.Zip(starts.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(0.5)));
        var (open, most) = (0, 0);
        foreach (var entry in entries)
        {
            open += entry.Kind switch { WitnessKind.CallStarted => 1, WitnessKind.Freed or WitnessKind.EndedUnrung => -1, _ => 0 };
            most = Math.Max(most, open);
        }

        Assert.Equal(3, most);
        Assert.Equal(0, world.Carrier.ActiveCalls);
    }

    [Fact]
    public async Task Only_the_final_report_is_sent_unless_more_is_asked_for()
    {
        await using var world = await World.StartAsync();
        await world.PlayAsync("busy", "/status", ("StatusCallbackEvent", ""));

        Assert.Equal(["busy"], world.Statuses());
    }

    [Theory]
    [InlineData("answer@5: -", "Enable", "human")]
    [InlineData("machine", "Enable", "machine_start")]
    [InlineData("machine", "DetectMessageEnd", "machine_end_beep")]
    [InlineData("fax", "Enable", "fax")]
    public async Task Synchronous_detection_delays_the_document_and_tells_the_verdict_with_it(string script, string mode, string verdict)
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", "<Response><Hangup/></Response>");
        var voice = Assert.Single(await world.PlayAsync(script, "/voice", ("MachineDetection", mode)));

        Assert.Equal(verdict, voice["AnsweredBy"]);
        Assert.Equal(TimeSpan.FromSeconds(4), voice.At - world.Product.At("/status").Single(static report => report["CallStatus"] == "in-progress").At);
    }

    [Fact]
    public async Task Asynchronous_detection_reports_even_after_the_call()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", "<Response><Hangup/></Response>");
        var verdict = Assert.Single(await world.PlayAsync(
            "machine", "/amd", ("MachineDetection", "Enable"), ("AsyncAmd", "true"), ("AsyncAmdStatusCallback", $"{world.Product.Address}/amd")));

        Assert.Equal("machine_start", verdict["AnsweredBy"]);
        Assert.Equal("(none)", world.Product.At("/voice")[0]["AnsweredBy"]);
        Assert.True(verdict.At > world.Product.At("/status")[^1].At);
    }

    [Fact]
    public async Task Resident_can_call_and_be_answered()
    {
        await using var world = await World.StartAsync(static product => new SimulatorOptions { IncomingCallUrl = product.Address + "/incoming" });
        world.Product.Twiml("/incoming", """<Response><Gather numDigits="1" action="/in/1"><Say>不再接到请按9</Say></Gather></Response>""");
        world.Product.Twiml("/in/1", "<Response><Hangup/></Response>");
        world.Script("from " + World.Resident, "answer: 9");
        world.Carrier.CallFrom(World.Resident, World.Caller);
        await world.Time.RunAsync();

        var call = Assert.Single(world.Product.At("/incoming"));
        Assert.Equal(("inbound", "ringing", World.Resident, World.Caller), (call["Direction"], call["CallStatus"], call["From"], call["To"]));
        Assert.Equal("9", Assert.Single(world.Product.At("/in/1"))["Digits"]);
    }
}
