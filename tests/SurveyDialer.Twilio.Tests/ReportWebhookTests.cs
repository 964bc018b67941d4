using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using SurveyDialer.Calls;

namespace SurveyDialer.Twilio.Tests;

public sealed class ReportWebhookTests
{
    private static readonly (string, string) Sid = ("CallSid", Some.CallSid);
    private static readonly (string, string) Text = ("MessageSid", Some.TextSid);

    [Theory]
    [InlineData("queued", CallStatus.Queued)]
    [InlineData("initiated", CallStatus.Initiated)]
    [InlineData("ringing", CallStatus.Ringing)]
    [InlineData("in-progress", CallStatus.InProgress)]
    [InlineData("completed", CallStatus.Completed)]
    [InlineData("busy", CallStatus.Busy)]
    [InlineData("no-answer", CallStatus.NoAnswer)]
    [InlineData("failed", CallStatus.Failed)]
    [InlineData("canceled", CallStatus.Canceled)]
    public async Task Each_status_of_a_call_has_our_word(string word, CallStatus status)
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = await host.SignedAsync(
            "/carrier/status/tok-1", Sid, ("CallStatus", word), ("SequenceNumber", "2"), ("SipResponseCode", "487"), ("CallDuration", "15"), ("Duration", "1"));
        Assert.Equal((204, ""), (answer.Status, answer.Body));
        TimeSpan? duration = status == CallStatus.Completed ? TimeSpan.FromSeconds(15) : null;
        Assert.Equal(new CallReport("tok-1", Some.CallSid, status, 2, 487, duration), Assert.Single(host.Inbox.Told));
    }

    [Fact]
    public async Task A_report_may_lack_everything_but_its_status()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.SignedAsync("/carrier/status/tok-1", Sid, ("CallStatus", "completed"), ("SequenceNumber", "x"), ("CallDuration", ""));
        Assert.Equal(new CallReport("tok-1", Some.CallSid, CallStatus.Completed, null, null, null), Assert.Single(host.Inbox.Told));
    }

    [Theory]
    [InlineData("/carrier/status/tok-1", "CallStatus", 7005)]
    [InlineData("/carrier/machine/tok-1", "AnsweredBy", 7005)]
    [InlineData("/carrier/recording/tok-1", "RecordingStatus", 7005)]
    [InlineData("/carrier/text-status/tok-1", "MessageStatus", 7005)]
    [InlineData("/carrier/status/tok-1", "Brand_New_8613800138000", 7006)]
    public async Task Unknown_words_and_fields_are_loud_harmless_and_logged_without_digits(string target, string field, int logged)
    {
        await using var host = await WebhookHost.StartAsync();
        for (var i = 0; i < 2; i++)
            Assert.Equal(204, (await host.SignedAsync(target, Sid, Text, ("RecordingSid", "RE1"), (field, "teleported +8613800138000"))).Status);
        Assert.Empty(host.Inbox.Told);
        var line = host.Log.Lines.First(l => l.Id == logged);
        Assert.Equal(logged == 7005 ? LogLevel.Error : LogLevel.Warning, line.Level);
        Assert.Equal(logged == 7005 ? 2 : 1, host.Log.Lines.Count(l => l.Id == logged));
        Assert.DoesNotContain(host.Log.Lines, l => l.Line.Contains("138", StringComparison.Ordinal));
    }

    [Fact, Trait("case", "C11")]
    public async Task Who_answered_may_be_told_late()
    {
        await using var host = await WebhookHost.StartAsync();
        Assert.Equal(204, (await host.SignedAsync("/carrier/machine/tok-1", Sid, ("AnsweredBy", "machine_start"), ("MachineDetectionDuration", "3200"))).Status);
        Assert.Equal(("tok-1", Some.CallSid, AnsweredBy.Machine), Assert.Single(host.Inbox.Told));
    }

    [Theory]
    [InlineData("completed", false)]
    [InlineData("absent", true)]
    [InlineData("failed", true)]
    public async Task A_recording_is_ready_or_will_never_be(string word, bool absent)
    {
        await using var host = await WebhookHost.StartAsync();
        await host.SignedAsync("/carrier/recording/tok-1", Sid, ("RecordingSid", "RE1"), ("RecordingStatus", "in-progress"));
        await host.SignedAsync("/carrier/recording/tok-1", Sid, ("RecordingSid", "RE1"), ("RecordingStatus", word), ("RecordingDuration", "9"));
        Assert.Equal(new RecordingReport("tok-1", Some.CallSid, "RE1", TimeSpan.FromSeconds(9), absent), Assert.Single(host.Inbox.Told));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("STOP", true)]
    [InlineData("START", false)]
    [InlineData("HELP", false)]
    public async Task An_incoming_text_is_handed_over_and_answered_with_nothing(string? optOut, bool stopped)
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = await host.SignedAsync(
            "/carrier/text", [Text, ("SmsSid", Some.TextSid), ("From", Some.Number), ("Body", " 满意 👍 ＃１\n"), ("NumMedia", "0"), .. optOut is null ? [] : new[] { ("OptOutType", optOut) }]);
        Assert.Equal((200, TwiMl.Empty), (answer.Status, answer.Body));
        Assert.Equal(new IncomingText(Some.TextSid, Some.Number, " 满意 👍 ＃１\n", stopped), Assert.Single(host.Inbox.Told));
    }

    [Theory]
    [InlineData("accepted", TextStatus.Queued)]
    [InlineData("scheduled", TextStatus.Queued)]
    [InlineData("queued", TextStatus.Queued)]
    [InlineData("sending", TextStatus.Sending)]
    [InlineData("sent", TextStatus.Sent)]
    [InlineData("delivered", TextStatus.Delivered)]
    [InlineData("read", TextStatus.Delivered)]
    [InlineData("undelivered", TextStatus.Undelivered)]
    [InlineData("failed", TextStatus.Failed)]
    [InlineData("canceled", TextStatus.Canceled)]
    public async Task Each_status_of_a_text_has_our_word(string word, TextStatus status)
    {
        await using var host = await WebhookHost.StartAsync();
        Assert.Equal(204, (await host.SignedAsync("/carrier/text-status/tok-2", Text, ("MessageStatus", word), ("ErrorCode", "30003"))).Status);
        Assert.Equal(new TextReport("tok-2", Some.TextSid, status, 30003), Assert.Single(host.Inbox.Told));
    }

    [Fact, Trait("case", "C8")]
    public async Task A_report_that_could_not_be_stored_is_asked_for_again()
    {
        await using var host = await WebhookHost.StartAsync();
        host.Inbox.Reply = _ => throw new InvalidOperationException("disk full");
        Assert.Equal(503, (await host.SignedAsync("/carrier/status/tok-1", Sid, ("CallStatus", "completed"))).Status);
        Assert.Equal(503, (await host.SignedAsync("/carrier/text", Text, ("From", Some.Number), ("Body", "退订"))).Status);
        Assert.Equal(2, host.Log.Lines.Count(l => l.Id == 7015));
    }

    [Fact]
    public async Task Whatever_is_sent_signed_or_not_the_server_never_breaks()
    {
        await using var host = await WebhookHost.StartAsync();
        string[] targets = ["voice/t", "voice/t/3", "incoming", "incoming/2", "sorry/t", "status/t", "machine/t", "recording/t", "text-status/t", "text", "audio/x", "%00/%ff", "voice/%2e%2e/1"];
        string[] names = ["CallSid", "MessageSid", "CallStatus", "MessageStatus", "Digits", "AnsweredBy", "RecordingSid", "RecordingStatus", "RecordingDuration", "From", "Body", "乡"];
        string[] values = ["completed", "", "-1", "99999999999999999999", "\0", "乡👍", "CA1", "human", "+8613800138000", "a=b&c"];
        var sent = from target in Gen.Elements(targets)
                   from fields in Gen.Zip(Gen.Elements(names), Gen.Elements(values)).ListOf()
                   from bytes in ArbMap.Default.GeneratorFor<byte[]>()
                   select (target, fields, bytes);
        var seen = new HashSet<int>();
        foreach (var (target, fields, bytes) in sent.Sample(300))
        {
            var path = "/carrier/" + target;
            (string, string)[] form = [("AccountSid", Some.Account), .. fields.Select(f => (f.Item1, f.Item2))];
            var signed = await host.PostAsync(path, Signatures.Encode(form), host.Sign(path, form));
            var raw = await host.SendAsync("POST", path, bytes, ["X-Twilio-Signature: " + new string('A', 28)]);
            Assert.True(signed.Status < 500 && raw.Status is 403 or 404 or 400 or 405, $"{target}: {signed.Status}, {raw.Status}");
            seen.Add(signed.Status);
        }

        Assert.Contains(200, seen);
        Assert.Contains(204, seen);
        Assert.Contains(404, seen);
        Assert.NotEmpty(host.Inbox.Told);
        Assert.DoesNotContain(host.Log.Lines, l => l.Id is 7015 or 7016 || l.Line.Contains("138001", StringComparison.Ordinal));
    }
}
