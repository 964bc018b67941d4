namespace SurveyDialer.Simulator.Tests;

public sealed class RecordingTests
{
    private const string Ask = """<Response><Record action="/words" maxLength="60" timeout="5" finishOnKey="#" recordingStatusCallback="/rec" recordingStatusCallbackEvent="completed absent"/><Redirect>/none</Redirect></Response>""";

    [Fact]
    public async Task Comment_is_posted_then_its_file_appears_and_can_be_deleted()
    {
        await using var world = await StartAsync();
        var action = Assert.Single(await world.PlayAsync("answer: say12", "/words"));
        var recorded = Assert.Single(world.Product.At("/rec"));

        Assert.Equal(("12", "#"), (action["RecordingDuration"], action["Digits"]));
        Assert.Equal(("completed", "12", action["RecordingSid"]), (recorded["RecordingStatus"], recorded["RecordingDuration"], recorded["RecordingSid"]));
        Assert.Equal(TimeSpan.FromSeconds(2), recorded.At - action.At);
        Assert.StartsWith(world.Address.ToString(), action["RecordingUrl"], StringComparison.Ordinal);
        var audio = await world.Client.GetByteArrayAsync(action["RecordingUrl"] + ".wav", TestContext.Current.CancellationToken);
        Assert.Equal(12, Calls.Wav.Seconds(audio));
        using var deleted = await world.Client.DeleteAsync(action["RecordingUrl"] + ".json", TestContext.Current.CancellationToken);
        Assert.Equal(204, (int)deleted.StatusCode);
        using var gone = await world.Client.GetAsync(action["RecordingUrl"] + ".wav", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)gone.StatusCode);
    }

    [Fact, Trait("case", "G9")]
    public async Task Hanging_up_keeps_what_was_said()
    {
        await using var world = await StartAsync();
        var action = Assert.Single(await world.PlayAsync("answer: say8+hangup", "/words"));

        Assert.Equal(("hangup", "8", "completed"), (action["Digits"], action["RecordingDuration"], action["CallStatus"]));
        Assert.Equal("completed", Assert.Single(world.Product.At("/rec"))["RecordingStatus"]);
        Assert.Empty(world.Product.At("/none"));
    }

    [Fact]
    public async Task Nothing_said_goes_on_with_the_next_verb_and_leaves_no_file()
    {
        await using var world = await StartAsync();
        Assert.Empty(await world.PlayAsync("answer: -", "/words"));

        Assert.Single(world.Product.At("/none"));
        Assert.Equal("absent", Assert.Single(world.Product.At("/rec"))["RecordingStatus"]);
    }

    [Fact]
    public async Task Comment_is_cut_at_its_maximum()
    {
        await using var world = await StartAsync();
        Assert.Equal("60", Assert.Single(await world.PlayAsync("answer: say90+hangup", "/words"))["RecordingDuration"]);
    }

    [Fact]
    public async Task File_may_come_late_or_never()
    {
        await using var world = await StartAsync();
        world.Carrier.AddFault(new Fault { Kind = FaultKind.RecordingLate, Count = 2 });
        var action = Assert.Single(await world.PlayAsync("answer: say5", "/words"));
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await world.Client.GetAsync(action["RecordingUrl"] + ".wav", TestContext.Current.CancellationToken);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([404, 404, 200], statuses);
        world.Carrier.AddFault(new Fault { Kind = FaultKind.RecordingAbsent });
        await world.PlayAsync("answer: say5", "/words");
        Assert.Equal("absent", world.Product.At("/rec")[^1]["RecordingStatus"]);
    }

    private static async Task<World> StartAsync()
    {
        var world = await World.StartAsync();
        world.Product.Twiml("/voice", Ask.Replace("\"/rec\"", $"\"{world.Product.Address}/rec\"", StringComparison.Ordinal));
        world.Product.Twiml("/words", "<Response><Hangup/></Response>");
        world.Product.Twiml("/none", "<Response><Hangup/></Response>");
        return world;
    }
}
