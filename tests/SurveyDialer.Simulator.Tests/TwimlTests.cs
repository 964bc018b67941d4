using SurveyDialer.Simulator.Twiml;

namespace SurveyDialer.Simulator.Tests;

public sealed class TwimlTests
{
    [Theory, Trait("case", "G11")]
    [InlineData("", 11770)]
    [InlineData("hello", 12100)]
    [InlineData("<Response>", 12100)]
    [InlineData("<Response/><Response/>", 12100)]
    [InlineData("<response/>", 12102)]
    [InlineData("<!DOCTYPE r [<!ENTITY a \"b\">]><Response><Say>&a;</Say></Response>", 12100)]
    public void Unusable_document_has_its_code(string text, int error) => Assert.Equal(error, TwimlReader.Read(text).Error);

    [Fact, Trait("case", "G11")]
    public void Verb_in_the_wrong_case_is_ignored_with_a_warning()
    {
        var document = TwimlReader.Read("<Response><say>x</say><Hangup/></Response>");

        Assert.IsType<HangupVerb>(Assert.Single(document.Verbs));
        Assert.Equal([12200], document.Warnings);
    }

    [Theory, Trait("case", "G10")]
    [InlineData("", 4096, 0)]
    [InlineData("", 4097, 13521)]
    [InlineData("voice=\"Polly.Zhiyu\"", 3000, 0)]
    [InlineData("voice=\"Polly.Zhiyu\"", 3001, 13521)]
    public void Spoken_text_has_a_limit(string voice, int length, int error)
        => Assert.Equal(error, TwimlReader.Read($"<Response><Say {voice}>{new string('好', length)}</Say></Response>").Error);

    [Fact]
    public void Verbs_carry_the_defaults_and_the_text_of_ssml()
    {
        var document = TwimlReader.Read("""<Response><Gather><Say>a &amp; <break/>b<prosody rate="slow">c</prosody></Say><Play loop="2">/x.wav</Play></Gather><Record/></Response>""");

        var gather = Assert.IsType<GatherVerb>(document.Verbs[0]);
        Assert.Equal((null, "POST", 5, "#", 0, false), (gather.Action, gather.Method, gather.Timeout, gather.FinishOnKey, gather.NumDigits, gather.ActionOnEmptyResult));
        Assert.Equal([new SayVerb("a & bc", 1), new PlayVerb("/x.wav", 2)], gather.Prompts);
        Assert.Equal("1234567890*#", Assert.IsType<RecordVerb>(document.Verbs[1]).FinishOnKey);
        Assert.Empty(document.Warnings);
    }

    [Theory, Trait("case", "G11"), Trait("case", "G12")]
    [InlineData(500, "text/plain", "x", "11200")]
    [InlineData(404, "text/xml", "<Response/>", "11200")]
    [InlineData(200, "text/xml", "<Response>", "12100")]
    [InlineData(200, "application/json", "{}", "12300")]
    [InlineData(204, "text/xml", "", "11770")]
    public async Task Bad_answer_goes_to_the_fallback_with_its_code(int status, string type, string body, string code)
    {
        await using var world = await World.StartAsync();
        world.Product.Answer("/voice", status, type, body);
        world.Product.Twiml("/fallback", "<Response><Hangup/></Response>");
        var fallback = Assert.Single(await world.PlayAsync("answer", "/fallback", ("FallbackUrl", $"{world.Product.Address}/fallback")));

        Assert.Equal((code, $"{world.Product.Address}/voice"), (fallback["ErrorCode"], fallback["ErrorUrl"]));
    }

    [Fact, Trait("case", "G10")]
    public async Task Too_large_answer_is_refused()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", $"<Response><!--{new string('x', 65_536)}--></Response>");
        world.Product.Twiml("/fallback", "<Response><Hangup/></Response>");
        var fallback = Assert.Single(await world.PlayAsync("answer", "/fallback", ("FallbackUrl", $"{world.Product.Address}/fallback")));

        Assert.Equal("11750", fallback["ErrorCode"]);
    }

    [Fact, Trait("case", "G12")]
    public async Task Without_fallback_the_call_ends_after_the_apology()
    {
        await using var world = await World.StartAsync();
        world.Product.Answer("/voice", 500, "text/plain", "");
        await world.PlayAsync("answer", "/voice");

        Assert.Equal("4", world.Product.At("/status")[^1]["CallDuration"]);
    }

    [Fact, Trait("case", "G11")]
    public async Task Plain_text_is_spoken()
    {
        await using var world = await World.StartAsync();
        world.Product.Answer("/voice", 200, "text/plain", new string('好', 40));
        await world.PlayAsync("answer", "/voice");

        Assert.Equal("10", world.Product.At("/status")[^1]["CallDuration"]);
    }

    [Theory, Trait("case", "G14")]
    [InlineData("<Response><Redirect>/voice</Redirect></Response>")]
    [InlineData("<Response><Gather timeout=\"0\"/><Redirect/></Response>")]
    public async Task Loop_without_time_passing_is_broken(string document)
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", document);
        var asked = await world.PlayAsync("answer", "/voice");

        Assert.InRange(asked.Count, 10, 60);
        Assert.Equal("completed", world.Statuses()[^1]);
    }

    [Fact, Trait("case", "G14")]
    public async Task More_than_ten_redirections_are_not_followed()
    {
        await using var world = await World.StartAsync();
        world.Product.On("/voice", static (_, context) =>
        {
            context.Response.Redirect("/voice");
            return Task.CompletedTask;
        });
        world.Product.Twiml("/fallback", "<Response><Hangup/></Response>");
        var fallback = Assert.Single(await world.PlayAsync("answer", "/fallback", ("FallbackUrl", $"{world.Product.Address}/fallback")));

        Assert.Equal("11215", fallback["ErrorCode"]);
        Assert.Equal(11, world.Product.At("/voice").Count);
    }

    [Fact, Trait("case", "G5")]
    public async Task Document_given_with_the_create_is_played_and_its_relative_action_refused()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/q", "<Response><Hangup/></Response>");
        world.Script(World.Resident, "answer: 1");
        await world.CallAsync(World.Resident, ("Url", ""), ("Twiml", $"""<Response><Gather numDigits="1" action="{world.Product.Address}/q"><Pause/></Gather></Response>"""));
        await world.CallAsync(World.Resident, ("Url", ""), ("Twiml", """<Response><Gather numDigits="1" action="/q"><Pause/></Gather></Response>"""));
        await world.Time.RunAsync();

        Assert.Single(world.Product.At("/q"));
    }

    [Fact]
    public async Task Recorded_prompt_lasts_as_long_as_its_file_and_is_fetched_once()
    {
        await using var world = await World.StartAsync();
        var wav = Calls.Wav.Murmur(7, "RE1");
        world.Product.On("/p.wav", async (_, context) =>
        {
            context.Response.ContentType = "audio/x-wav";
            await context.Response.Body.WriteAsync(wav);
        });
        world.Product.Twiml("/voice", "<Response><Play loop=\"2\">/p.wav</Play><Play>/p.wav</Play></Response>");
        await world.PlayAsync("answer", "/voice");

        Assert.Equal("21", world.Product.At("/status")[^1]["CallDuration"]);
        Assert.Single(world.Product.At("/p.wav"));
    }

    [Theory, Trait("case", "G15")]
    [InlineData("answer@5", "completed")]
    [InlineData("busy", "busy")]
    [InlineData("no-answer", "no-answer")]
    [InlineData("missing", "failed")]
    public async Task Transfer_tells_its_result_to_the_action(string agent, string status)
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", $"""<Response><Dial action="/after" timeLimit="20"><Number statusCallback="{world.Product.Address}/child">+862712345678</Number></Dial></Response>""");
        world.Product.Twiml("/after", "<Response><Hangup/></Response>");
        world.Script("+862712345678", agent);
        var after = Assert.Single(await world.PlayAsync("answer", "/after"));

        Assert.Equal(status, after["DialCallStatus"]);
        var child = Assert.Single(world.Product.At("/child"));
        Assert.Equal((after["CallSid"], "outbound-dial", status), (child["ParentCallSid"], child["Direction"], child["CallStatus"]));
    }
}
