namespace SurveyDialer.Simulator.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task Dropped_request_is_not_carried_out_and_a_dropped_response_is()
    {
        await using var world = await World.StartAsync();
        world.Carrier.AddFault(new Fault { Kind = FaultKind.DropRequest, Number = "+8613900000001" });
        world.Carrier.AddFault(new Fault { Kind = FaultKind.DropResponse, Prefix = "+86138" });

        await Assert.ThrowsAsync<HttpRequestException>(() => world.PostCallAsync("+8613900000001"));
        await Assert.ThrowsAsync<HttpRequestException>(() => world.PostCallAsync("+8613800000002"));
        await world.CallAsync("+8613900000003");

        Assert.Equal(2, world.Carrier.Witness.Summary().CallsAccepted);
        Assert.Single((await world.GetAsync("Calls.json?To=%2B8613800000002")).GetProperty("calls").EnumerateArray());
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, false, 429, "application/json")]
    [InlineData(FaultKind.ServerError, false, 500, "application/json")]
    [InlineData(FaultKind.BadGateway, false, 502, "text/html")]
    [InlineData(FaultKind.BadGateway, true, 502, "text/html")]
    [InlineData(FaultKind.Answer, true, 202, "text/html")]
    public async Task Failing_answer_comes_as_often_as_asked(FaultKind kind, bool accept, int status, string type)
    {
        await using var world = await World.StartAsync();
        world.Carrier.AddFault(new Fault { Kind = kind, Accept = accept, Status = status, Count = 2 });
        for (var i = 0; i < 2; i++)
        {
            using var response = await world.PostCallAsync(World.Resident);
            Assert.Equal((status, type), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }

        await world.CallAsync();
        Assert.Equal(accept ? 3 : 1, world.Carrier.Witness.Summary().CallsAccepted);
    }

    [Fact]
    public async Task Share_of_a_fault_is_met_by_number_and_repetition()
    {
        await using var world = await World.StartAsync();
        world.Carrier.AddFault(new Fault { Kind = FaultKind.TooManyRequests, Probability = 0.5 });
        var (refused, again) = (0, 0);
        for (var i = 0; i < 100; i++)
        {
            using var first = await world.PostCallAsync($"+861390000{i:D4}");
            refused += (int)first.StatusCode == 429 ? 1 : 0;
            using var second = await world.PostCallAsync($"+861390000{i:D4}");
            again += (first.StatusCode, second.StatusCode) is ((System.Net.HttpStatusCode)429, System.Net.HttpStatusCode.Created) ? 1 : 0;
        }

        Assert.InRange(refused, 30, 70);
        Assert.InRange(again, 10, 40);
    }

    [Fact]
    public async Task Duplicate_call_rings_twice_and_is_witnessed_as_such()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Pause length="20"/></Response>""");
        world.Carrier.AddFault(new Fault { Kind = FaultKind.Duplicate });
        await world.PlayAsync("answer@5", "/voice", ("Url", $"{world.Product.Address}/voice?attempt=A1"));

        var summary = world.Carrier.Witness.Summary();
        Assert.Equal(["/voice?attempt=A1"], summary.AttemptsRungTwice);
        Assert.Equal([World.Resident], summary.NumbersRungOverlapping);
        Assert.Equal(2, world.Product.At("/voice").Select(static request => request["CallSid"]).Distinct().Count());
    }

    [Fact]
    public async Task Lost_report_is_never_sent()
    {
        Assert.Equal(["initiated", "ringing", "in-progress"], await StatusesAsync(new Fault { Kind = FaultKind.DropCallback, On = "completed" }));
    }

    [Fact]
    public async Task Doubled_report_has_the_same_token()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.DuplicateCallback, On = "completed" });
        await world.PlayAsync("answer@5", "/voice");
        var completed = world.Product.At("/status").Where(static report => report["CallStatus"] == "completed").ToList();

        Assert.Equal(2, completed.Count);
        Assert.Single(world.Product.At("/status").TakeLast(2).Select(static report => report.Headers["I-Twilio-Idempotency-Token"]).Distinct());
        Assert.Equal(4, world.Product.At("/status").Select(static report => report.Headers["I-Twilio-Idempotency-Token"]).Distinct().Count());
    }

    [Fact]
    public async Task Late_report_arrives_after_the_end()
    {
        Assert.Equal(["initiated", "in-progress", "completed", "ringing"], await StatusesAsync(new Fault { Kind = FaultKind.DelayCallback, On = "ringing", Seconds = 600 }));
    }

    [Fact]
    public async Task Reports_can_come_in_reverse_order()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.ReorderCallbacks });
        await world.PlayAsync("answer@5", "/voice");

        Assert.Equal(["completed", "in-progress", "ringing", "initiated"], world.Statuses());
        Assert.Equal(["3", "2", "1", "0"], world.Product.At("/status").Select(static report => report["SequenceNumber"]));
    }

    [Fact]
    public async Task Report_can_overtake_the_answer_to_the_create()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.EarlyCallback });
        world.Script(World.Resident, "answer@5");
        var sid = await world.CallAsync();
        Assert.Equal(sid, Assert.Single(world.Product.At("/status"))["CallSid"]);
        await world.Time.RunAsync();

        Assert.Equal(["initiated", "ringing", "in-progress", "completed"], world.Statuses());
    }

    [Fact]
    public async Task Report_can_lie()
    {
        Assert.Equal(["initiated", "ringing", "in-progress", "busy"], await StatusesAsync(new Fault { Kind = FaultKind.WrongStatus, On = "completed", CallStatus = "busy" }));
    }

    [Fact]
    public async Task Two_reports_can_share_a_number()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.SameSequence, On = "completed", CallStatus = "failed" });
        await world.PlayAsync("answer@5", "/voice");

        Assert.Equal([("completed", "3"), ("failed", "3")], world.Product.At("/status").TakeLast(2).Select(static report => (report["CallStatus"], report["SequenceNumber"])));
    }

    [Fact]
    public async Task Old_state_is_told_for_a_while_after_a_change()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.StaleRead, Seconds = 30 });
        world.Script(World.Resident, "answer@5");
        var sid = await world.CallAsync();
        await world.Time.RunAsync();
        Assert.Equal("in-progress", (await world.GetAsync($"Calls/{sid}.json")).GetProperty("status").GetString());
        await world.Time.RunAsync(TimeSpan.FromSeconds(31));

        Assert.Equal("completed", (await world.GetAsync($"Calls/{sid}.json")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Stuck_call_stays_queued_and_expires_after_a_day_without_a_word()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.StuckInQueue });
        var sid = await world.CallAsync();
        await world.Time.RunAsync(TimeSpan.FromHours(23));
        Assert.Equal("queued", (await world.GetAsync($"Calls/{sid}.json")).GetProperty("status").GetString());
        await world.Time.RunAsync(TimeSpan.FromHours(2));

        Assert.Equal("canceled", (await world.GetAsync($"Calls/{sid}.json")).GetProperty("status").GetString());
        Assert.Empty(world.Product.Requests);
    }

    [Fact]
    public async Task Bad_id_comes_with_a_call_that_is_real()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.BadSid });
        world.Script(World.Resident, "answer@5");
        Assert.Equal("not-a-sid", await world.CallAsync());
        await world.Time.RunAsync();

        Assert.Equal("completed", world.Statuses()[^1]);
    }

    [Fact]
    public async Task Forged_signature_is_wrong()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.ForgedSignature, On = "completed" });
        await world.PlayAsync("answer@5", "/voice");
        var key = System.Text.Encoding.UTF8.GetBytes(new SimulatorOptions().AuthToken);
        var right = world.Product.At("/status").Select(report =>
            report.Headers["X-Twilio-Signature"] == Webhooks.Signature.Compute(key, world.Product.Address + report.RawTarget, [.. report.Form]));

        Assert.Equal([true, true, true, false], right);
    }

    [Fact]
    public async Task Voice_request_is_repeated_and_lost_on_demand()
    {
        await using var world = await FaultyAsync(new Fault { Kind = FaultKind.DuplicateCallback, On = "voice" });
        Assert.Equal(2, (await world.PlayAsync("answer@5", "/voice")).Count);
        world.Carrier.ClearFaults();
        world.Carrier.AddFault(new Fault { Kind = FaultKind.DropCallback, On = "voice" });
        Assert.Equal(2, (await world.PlayAsync("answer@5", "/voice")).Count);

        Assert.Equal("4", world.Product.At("/status")[^1]["CallDuration"]);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("#rc=3&rp=5xx", 4)]
    [InlineData("#rc=3&rp=4xx", 1)]
    [InlineData("#rc=2&rp=all", 3)]
    public async Task Failed_report_is_repeated_as_the_fragment_says(string fragment, int times)
    {
        await using var world = await World.StartAsync();
        world.Product.Answer("/status", 500, "text/plain", "");
        await world.PlayAsync("busy", "/status", ("StatusCallbackEvent", "completed"), ("StatusCallback", $"{world.Product.Address}/status{fragment}"));

        Assert.Equal(times, world.Product.At("/status").Count);
        Assert.Single(world.Product.At("/status").Select(static report => report.Headers["I-Twilio-Idempotency-Token"]).Distinct());
    }

    [Fact, Trait("case", "C9")]
    public async Task Answer_that_never_comes_is_given_up_and_asked_for_again_as_the_fragment_says()
    {
        await using var world = await World.StartAsync();
        world.Product.On("/status", static async (_, context) =>
        {
            var givenUp = new TaskCompletionSource();
            await using (context.RequestAborted.Register(givenUp.SetResult)) await givenUp.Task;
        });
        await world.PlayAsync("busy", "/status", ("StatusCallbackEvent", "completed"), ("StatusCallback", $"{world.Product.Address}/status#rc=2&rp=rt&rt=100"));

        Assert.Equal(3, world.Product.At("/status").Count);
        Assert.Single(world.Product.At("/status").Select(static report => report.Headers["I-Twilio-Idempotency-Token"]).Distinct());
    }

    [Fact]
    public async Task Slow_answer_comes_when_the_wall_clock_says_so()
    {
        var wall = new WallClock();
        await using var world = await World.StartAsync(_ => new SimulatorOptions { WallClock = wall });
        world.Carrier.AddFault(new Fault { Kind = FaultKind.Slow, Seconds = 20 });

        var answer = world.CallAsync();
        var (wait, ring) = await wall.Asked.Task;
        Assert.Equal(TimeSpan.FromSeconds(20), wait);
        Assert.Equal(1, world.Carrier.Witness.Summary().CallsAccepted);
        Assert.False(answer.IsCompleted);
        ring();

        Assert.StartsWith("CA", await answer, StringComparison.Ordinal);
    }

    private static async Task<World> FaultyAsync(Fault fault)
    {
        var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Pause length="20"/></Response>""");
        world.Carrier.AddFault(fault);
        return world;
    }

    private static async Task<IReadOnlyList<string>> StatusesAsync(Fault fault)
    {
        await using var world = await FaultyAsync(fault);
        await world.PlayAsync("answer@5", "/voice");
        return world.Statuses();
    }

    /// <summary>A clock whose one timer rings when the test says so.</summary>
    private sealed class WallClock : TimeProvider
    {
        public TaskCompletionSource<(TimeSpan Wait, Action Ring)> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.TrySetResult((dueTime, () => callback(state)));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
