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
}
