using SurveyDialer.Simulator.Calls;
using SurveyDialer.Simulator.Twiml;

namespace SurveyDialer.Simulator.Tests;

public sealed class GatherTests
{
    private const string Prompt = "<Say>满意请按1，不满意请按2，满意请按1，不满意请按2</Say>";

    [Theory, Trait("case", "G1"), Trait("case", "G2")]
    [InlineData("1", "", 1, "1", "")]
    [InlineData("*", "", 1, "*", "")]
    [InlineData("#", "", 1, "#", "")]
    [InlineData("12#", "#", 0, "12", "#")]
    [InlineData("12", "#", 0, "12", "")]
    [InlineData("123", "#", 2, "12", "")]
    [InlineData("1*", "*", 0, "1", "*")]
    public async Task Digits_exclude_the_finishing_key_and_stop_at_their_number(string keys, string finish, int digits, string expected, string finished)
    {
        await using var world = await World.StartAsync();
        var count = digits == 0 ? "" : $"numDigits=\"{digits}\"";
        world.Product.Twiml("/voice", $"""<Response><Gather action="/q" finishOnKey="{finish}" {count}>{Prompt}</Gather></Response>""");

        var answer = Assert.Single(await world.PlayAsync($"answer: {keys}", "/q"));

        Assert.Equal((expected, finished), (answer["Digits"], answer["FinishedOnKey"]));
    }

    [Theory, Trait("case", "G1"), Trait("case", "G4")]
    [InlineData("-")]
    [InlineData("#")]
    public async Task Silence_and_a_lone_finishing_key_fall_through_to_the_next_verb(string keys)
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", $"""<Response><Gather action="/q">{Prompt}</Gather><Redirect>/none?x=1</Redirect></Response>""");

        var redirected = Assert.Single(await world.PlayAsync($"answer: {keys}", "/none"));

        Assert.Empty(world.Product.At("/q"));
        Assert.Equal("(none)", redirected["Digits"]);
    }

    [Theory, Trait("case", "G4")]
    [InlineData("-", "")]
    [InlineData("#", "#")]
    public async Task Empty_result_is_posted_where_it_is_asked_for(string keys, string finished)
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", $"""<Response><Gather action="/q" actionOnEmptyResult="true">{Prompt}</Gather><Redirect>/none</Redirect></Response>""");

        var answer = Assert.Single(await world.PlayAsync($"answer: {keys}", "/q"));

        Assert.Equal(("", finished), (answer["Digits"], answer["FinishedOnKey"]));
        Assert.Empty(world.Product.At("/none"));
    }

    [Fact, Trait("case", "G3")]
    public async Task First_key_stops_the_prompt()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Gather action="/q" numDigits="1"><Pause length="30"/></Gather></Response>""");
        var answer = Assert.Single(await world.PlayAsync("answer: !1@2", "/q"));

        Assert.Equal(TimeSpan.FromSeconds(2), answer.At - world.Product.At("/voice")[0].At);
    }

    [Fact]
    public async Task Key_before_the_gather_began_does_not_stop_what_is_said_before_it()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Pause length="10"/><Gather action="/q" numDigits="1"><Pause length="30"/></Gather></Response>""");
        var answer = Assert.Single(await world.PlayAsync("answer: !1@0", "/q"));

        Assert.Equal(TimeSpan.FromSeconds(10), answer.At - world.Product.At("/voice")[0].At);
    }

    [Fact]
    public async Task Timer_starts_when_the_prompt_has_ended()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Gather action="/q" timeout="7" actionOnEmptyResult="true"><Pause length="20"/></Gather></Response>""");
        var answer = Assert.Single(await world.PlayAsync("answer: -", "/q"));

        Assert.Equal(TimeSpan.FromSeconds(27), answer.At - world.Product.At("/voice")[0].At);
    }

    [Fact]
    public void Key_after_the_time_is_no_key()
    {
        var gather = new GatherVerb(null, "POST", 5, "#", 1, ActionOnEmptyResult: true, Keys: true, []);

        Assert.NotNull(Conversation.Collect(gather, "1", 10 + 4.9, 10));
        Assert.Null(Conversation.Collect(gather, "1", 10 + 5, 10));
    }

    [Fact]
    public void Unfinished_digits_wait_for_the_time_to_run_out_after_the_last_key()
    {
        var gather = new GatherVerb(null, "POST", 5, "#", 0, ActionOnEmptyResult: true, Keys: true, []);

        Assert.Equal(2 + 0.4 + 5, Conversation.Collect(gather, "12", 2, 0)!.Value.After, 6);
    }

    [Fact, Trait("case", "G5")]
    public async Task Missing_action_asks_the_current_document_again()
    {
        await using var world = await World.StartAsync();
        var asked = 0;
        world.Product.On("/voice", (_, context) => Product.WriteAsync(
            context, 200, "text/xml", asked++ == 0 ? $"""<Response><Gather numDigits="1">{Prompt}</Gather></Response>""" : "<Response/>"));

        var voice = await world.PlayAsync("answer: 2", "/voice");

        Assert.Equal(["(none)", "2"], voice.Select(static request => request["Digits"]));
    }

    [Fact, Trait("case", "G5")]
    public async Task Relative_action_keeps_its_own_query()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/a/voice", $"""<Response><Gather numDigits="1" action="../b/q?turn=1&amp;x=%2B">{Prompt}</Gather></Response>""");
        var answer = Assert.Single(await world.PlayAsync("answer: 2", "/b/q", ("Url", $"{world.Product.Address}/a/voice?turn=0")));

        Assert.Equal("/b/q?turn=1&x=%2B", answer.RawTarget);
    }

    [Fact, Trait("case", "G6")]
    public async Task Redirected_action_loses_its_digits()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", $"""<Response><Gather numDigits="1" action="/q">{Prompt}</Gather></Response>""");
        world.Product.On("/q", (_, context) =>
        {
            context.Response.Redirect("/moved");
            return Task.CompletedTask;
        });
        world.Product.Twiml("/moved", "<Response/>");

        var moved = Assert.Single(await world.PlayAsync("answer: 2", "/moved"));

        Assert.Equal("GET", moved.Method);
        Assert.Contains("CallSid=CA", moved.RawTarget, StringComparison.Ordinal);
        Assert.DoesNotContain("Digits", moved.RawTarget, StringComparison.Ordinal);
    }

    [Fact, Trait("case", "G8")]
    public async Task Hanging_up_into_a_prompt_asks_nothing_more()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Gather numDigits="1" action="/q"><Pause length="30"/></Gather><Redirect>/none</Redirect></Response>""");
        Assert.Empty(await world.PlayAsync("answer: hangup@12", "/q"));

        Assert.Empty(world.Product.At("/none"));
        Assert.Equal("12", world.Product.At("/status")[^1]["CallDuration"]);
    }

    [Fact, Trait("case", "G8")]
    public async Task Answer_of_somebody_who_hangs_up_after_the_key_is_posted_and_its_reply_is_lost()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", $"""<Response><Gather numDigits="1" action="/q">{Prompt}</Gather></Response>""");
        world.Product.Twiml("/q", "<Response><Redirect>/never</Redirect></Response>");

        Assert.Single(await world.PlayAsync("answer: 1+hangup", "/q"));

        Assert.Empty(world.Product.At("/never"));
        Assert.Contains(world.Carrier.Witness.Entries(), static entry => entry is { Kind: WitnessKind.Turn, Path: "/q", HttpStatus: 200, Delivered: false });
    }

    [Fact, Trait("case", "G16")]
    public async Task Time_limit_ends_the_call_in_the_middle_of_a_prompt()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", """<Response><Gather numDigits="1" action="/q"><Say loop="0">一二三四</Say></Gather></Response>""");
        Assert.Empty(await world.PlayAsync("answer: -", "/q", ("TimeLimit", "90")));

        Assert.Equal("90", world.Product.At("/status")[^1]["CallDuration"]);
    }
}
