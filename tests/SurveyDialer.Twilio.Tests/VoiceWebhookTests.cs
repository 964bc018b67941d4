using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Twilio.Tests;

public sealed class VoiceWebhookTests
{
    private static readonly (string, string) Sid = ("CallSid", Some.CallSid);

    [Fact]
    public async Task A_connected_call_is_turn_nought_and_hears_the_reply()
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = await host.SignedAsync(
            "/carrier/voice/tok-1", Sid, ("From", "+85231234567"), ("To", Some.Number), ("CallStatus", "in-progress"), ("Direction", "outbound-api"), ("CalledCity", ""));
        Assert.Equal(new VoiceTurn("tok-1", Some.CallSid, 0, null, null), Assert.Single(host.Inbox.Told));
        Assert.Equal(200, answer.Status);
        Assert.Contains("Content-Type: text/xml; charset=utf-8", answer.Head, StringComparison.Ordinal);
        Assert.Equal(new TwiMl(host.Options, new CarrierAddresses(host.Options.PublicAddress!)).Voice("tok-1", RecordingInbox.Question), answer.Body);
        Assert.Empty(host.Log.Lines);
    }

    [Theory]
    [InlineData("human", AnsweredBy.Human)]
    [InlineData("machine_start", AnsweredBy.Machine)]
    [InlineData("machine_end_beep", AnsweredBy.Machine)]
    [InlineData("machine_end_silence", AnsweredBy.Machine)]
    [InlineData("machine_end_other", AnsweredBy.Machine)]
    [InlineData("fax", AnsweredBy.Fax)]
    [InlineData("unknown", AnsweredBy.Unknown)]
    [InlineData("parrot", null)]
    [InlineData("", null)]
    public async Task The_carriers_verdict_on_who_answered_comes_along(string word, AnsweredBy? answered)
    {
        await using var host = await WebhookHost.StartAsync();
        await host.SignedAsync("/carrier/voice/tok-1", Sid, ("AnsweredBy", word));
        Assert.Equal(answered, Assert.IsType<VoiceTurn>(Assert.Single(host.Inbox.Told)).AnsweredBy);
        Assert.Equal(word == "parrot", host.Log.Has(7005));
    }

    public static TheoryData<string, string, InterviewInput> Inputs => new()
    {
        { "/3", "Digits=1&FinishedOnKey=&msg=Gather End", new InterviewInput.Keys("1") },
        { "/3", "Digits=*", new InterviewInput.Keys("*") },
        { "/3", "Digits=#", new InterviewInput.Keys("#") },
        { "/3", "Digits=12#", new InterviewInput.Keys("12#") },
        { "/3", "Digits=&FinishedOnKey=&msg=Gather End", new InterviewInput.Silence() },
        { "/3", "Digits=&FinishedOnKey=#", new InterviewInput.Keys("#") },
        { "/3", "CallStatus=in-progress", new InterviewInput.Silence() },
        { "/3", "Digits=hangup", new InterviewInput.Silence() },
        { "/3", "Digits=" + "1111111111111111111111111111111111111111", new InterviewInput.Keys(new string('1', 32)) },
        { "/3?words=1", "RecordingUrl=https://x/RE1&RecordingDuration=12&Digits=#", new InterviewInput.Recorded(TimeSpan.FromSeconds(12)) },
        { "/3?words=1", "RecordingUrl=https://x/RE1&RecordingDuration=7&Digits=hangup", new InterviewInput.Recorded(TimeSpan.FromSeconds(7)) },
        { "/3?words=1", "CallStatus=in-progress", new InterviewInput.Recorded(TimeSpan.Zero) },
        { "/3", "RecordingUrl=https://x/RE1&RecordingDuration=4&Digits=1", new InterviewInput.Recorded(TimeSpan.FromSeconds(4)) },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task What_the_respondent_did_is_put_in_our_words(string turn, string fields, InterviewInput input)
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = await host.SignedAsync("/carrier/voice/tok-1" + turn, [Sid, .. fields.Split('&').Select(f => f.Split('=', 2)).Select(p => (p[0], p[1]))]);
        Assert.Equal(200, answer.Status);
        Assert.Equal(new VoiceTurn("tok-1", Some.CallSid, 3, input, null), Assert.Single(host.Inbox.Told));
    }

    [Fact]
    public async Task A_caller_is_greeted_and_may_press_keys()
    {
        await using var host = await WebhookHost.StartAsync();
        Assert.Contains("/carrier/incoming/1#", (await host.SignedAsync("/carrier/incoming", Sid, ("From", "anonymous"))).Body, StringComparison.Ordinal);
        await host.SignedAsync("/carrier/incoming/1", Sid, ("From", "anonymous"), ("Digits", "9"));
        Assert.Equal(
            [new IncomingCall(Some.CallSid, "anonymous", 0, null), new IncomingCall(Some.CallSid, "anonymous", 1, new InterviewInput.Keys("9"))], host.Inbox.Told);
    }

    [Fact]
    public async Task Nobody_to_speak_to_is_hung_up()
    {
        await using var host = await WebhookHost.StartAsync();
        host.Inbox.Reply = _ => null;
        var answer = await host.SignedAsync("/carrier/voice/tok-1", Sid);
        Assert.Equal((200, TwiMl.HangUp), (answer.Status, answer.Body));
        Assert.True(host.Log.Has(7014));
    }

    [Theory]
    [InlineData("/carrier/voice/to%20k", "CallSid")]
    [InlineData("/carrier/voice/a.b", "CallSid")]
    [InlineData("/carrier/voice/tok-1", "Other")]
    [InlineData("/carrier/voice/tok-1/3", "Other")]
    [InlineData("/carrier/incoming", "Other")]
    public async Task A_request_that_cannot_be_ours_is_hung_up_without_asking(string target, string field)
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = await host.SignedAsync(target, (field, Some.CallSid));
        Assert.Equal((200, TwiMl.HangUp), (answer.Status, answer.Body));
        Assert.Empty(host.Inbox.Told);
        Assert.True(host.Log.Has(7013));
    }

    [Theory, Trait("case", "C8"), Trait("case", "G12")]
    [InlineData("", false, false)]
    [InlineData("/3", false, false)]
    [InlineData("/3", true, true)]
    [InlineData("/3?words=1", false, true)]
    public async Task A_failure_is_an_apology_where_nothing_was_said_and_else_left_to_the_carriers_repeat(string turn, bool key, bool repeated)
    {
        await using var host = await WebhookHost.StartAsync();
        host.Inbox.Reply = _ => throw new InvalidOperationException("broken");
        var answer = await host.SignedAsync("/carrier/voice/tok-1" + turn, [Sid, .. key ? [("Digits", "1")] : Array.Empty<(string, string)>()]);
        Assert.Equal(repeated ? 503 : 200, answer.Status);
        if (!repeated) Assert.Contains("<Hangup/>", answer.Body, StringComparison.Ordinal);
        Assert.True(host.Log.Has(repeated ? 7015 : 7016));
        host.Inbox.Reply = _ => RecordingInbox.Question;
        Assert.Contains("<Gather", (await host.SignedAsync("/carrier/voice/tok-1" + turn, Sid)).Body, StringComparison.Ordinal);
    }

    [Theory, Trait("case", "C8")]
    [InlineData("/carrier/voice/tok-1")]
    [InlineData("/carrier/voice/tok-1/3")]
    [InlineData("/carrier/incoming")]
    [InlineData("/carrier/status/tok-1")]
    public async Task While_the_writer_is_busy_the_carrier_is_asked_to_repeat(string target)
    {
        await using var host = await WebhookHost.StartAsync();
        host.Inbox.Reply = _ => throw new WriterBusyException();
        var answer = await host.SignedAsync(target, Sid, ("CallStatus", "ringing"));
        Assert.Equal(503, answer.Status);
        Assert.Contains("Retry-After: 1", answer.Head, StringComparison.Ordinal);
        Assert.Equal(7017, Assert.Single(host.Log.Lines).Id);
    }

    [Fact]
    public async Task A_reply_too_long_for_any_carrier_is_an_apology_though_the_answer_is_stored()
    {
        await using var host = await WebhookHost.StartAsync();
        host.Inbox.Reply = _ => RecordingInbox.Question with { Says = [new Utterance("zh-CN", new string('好', 30_000), null, true)] };
        var answer = await host.SignedAsync("/carrier/voice/tok-1/3", Sid, ("Digits", "1"));
        Assert.Equal(200, answer.Status);
        Assert.Contains("<Hangup/>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fallback_address_apologises_without_asking_anybody()
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = await host.SignedAsync("/carrier/sorry/tok-1", Sid, ("ErrorCode", "11200"), ("ErrorUrl", "https://survey.example.cn/carrier/voice/tok-1"));
        Assert.Equal(200, answer.Status);
        Assert.Contains("对不起", answer.Body, StringComparison.Ordinal);
        Assert.Empty(host.Inbox.Told);
        Assert.Contains(host.Log.Lines, l => l.Line.Contains("11200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recorded_prompts_are_served_to_anybody_by_their_hash()
    {
        await using var host = await WebhookHost.StartAsync();
        var name = new string('a', 64);
        host.Audio[name] = "RIFF"u8.ToArray();
        var answer = await host.SendAsync("GET", $"/carrier/audio/{name}.wav", [], []);
        Assert.Equal((200, "RIFF"), (answer.Status, answer.Body));
        Assert.Contains("Content-Type: audio/wav", answer.Head, StringComparison.Ordinal);
        Assert.Equal((200, ""), ((await host.SendAsync("HEAD", $"/carrier/audio/{name}.wav", [], [])) is var head ? head.Status : 0, head.Body));
        Assert.Contains("Cache-Control: public, max-age=31536000, immutable", answer.Head, StringComparison.Ordinal);
        Assert.Contains("Accept-Ranges: bytes", answer.Head, StringComparison.Ordinal);
        var part = await host.SendAsync("GET", $"/carrier/audio/{name}.wav", [], ["Range: bytes=1-2"]);
        Assert.Equal((206, "IF"), (part.Status, part.Body));
        Assert.Contains("Content-Range: bytes 1-2/4", part.Head, StringComparison.Ordinal);
        Assert.Equal(416, (await host.SendAsync("GET", $"/carrier/audio/{name}.wav", [], ["Range: bytes=9-"])).Status);
        Assert.Equal(304, (await host.SendAsync("GET", $"/carrier/audio/{name}.wav", [], [$"If-None-Match: \"{name}\""])).Status);
        Assert.Equal(405, (await host.SendAsync("POST", $"/carrier/audio/{name}.wav", [], [])).Status);
        foreach (var other in (string[])[new string('b', 64) + ".wav", name + ".mp3", name.ToUpperInvariant() + ".wav", "..%2F..%2Fetc", name])
            Assert.Equal(404, (await host.SendAsync("GET", "/carrier/audio/" + other, [], [])).Status);
    }
}
