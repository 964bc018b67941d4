using System.Text;
using SurveyDialer.Calls;
using SurveyDialer.Twilio.Webhooks;

namespace SurveyDialer.Twilio.Tests;

public sealed class WebhookSecurityTests
{
    private const string Target = "/carrier/status/tok-1";

    private static readonly (string, string)[] Fields = [("AccountSid", Some.Account), ("CallSid", Some.CallSid), ("CallStatus", "ringing")];

    [Fact, Trait("case", "S2")]
    public async Task Without_a_signature_every_address_is_forbidden()
    {
        await using var host = await WebhookHost.StartAsync();
        string[] targets =
        [
            "/carrier/voice/t", "/carrier/voice/t/1", "/carrier/incoming", "/carrier/incoming/1", "/carrier/sorry/t", "/carrier/status/t", "/carrier/machine/t",
            "/carrier/recording/t", "/carrier/text-status/t", "/carrier/text",
        ];
        foreach (var target in targets)
        {
            var body = Signatures.Encode(Fields);
            foreach (var signature in (string?[])[null, "", "short", new string('A', 28), "A\u00e9" + new string('A', 25), host.Sign("/elsewhere", Fields)])
            {
                var answer = await host.PostAsync(target, body, signature);
                Assert.Equal((403, "forbidden"), (answer.Status, answer.Body));
            }

            Assert.Equal(403, (await host.PostAsync(target, body, host.Sign(target, Fields), "X-Twilio-Signature: again")).Status);
        }

        Assert.Empty(host.Inbox.Told);
        Assert.Equal(targets.Length * 7, host.Log.Lines.Count(l => l.Id == 7010));
    }

    [Fact, Trait("case", "S8")]
    public async Task Forwarding_headers_and_the_host_make_no_difference()
    {
        await using var host = await WebhookHost.StartAsync();
        var forwarded = new[] { "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: http", "X-Forwarded-Port: 81", "Forwarded: host=evil.example" };
        Assert.Equal(204, (await host.PostAsync(Target, Signatures.Encode(Fields), host.Sign(Target, Fields), forwarded)).Status);
        Assert.Equal(403, (await host.PostAsync(Target, Signatures.Encode(Fields), Signatures.Sign("http://evil.example" + Target, Fields), forwarded)).Status);
    }

    [Theory, Trait("case", "S5")]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?a=%41&b=1+2&&c=%2B")]
    [InlineData("?org=%E4%B9%A1%E9%95%87")]
    [InlineData("?x=%zz")]
    [InlineData("?a=b?c=d/e")]
    public async Task The_target_counts_exactly_as_it_was_sent(string query)
    {
        await using var host = await WebhookHost.StartAsync();
        Assert.Equal(204, (await host.PostAsync(Target + query, Signatures.Encode(Fields), host.Sign(Target + query, Fields))).Status);
        Assert.Equal(403, (await host.PostAsync(Target + query + "&", Signatures.Encode(Fields), host.Sign(Target + query, Fields))).Status);
    }

    [Fact, Trait("case", "S5")]
    public async Task An_escaped_path_is_signed_as_it_was_sent()
    {
        await using var host = await WebhookHost.StartAsync();
        Assert.Equal(204, (await host.PostAsync("/carrier/status/tok%2D1", Signatures.Encode(Fields), host.Sign("/carrier/status/tok%2D1", Fields))).Status);
        Assert.Equal("tok-1", Assert.IsType<CallReport>(Assert.Single(host.Inbox.Told)).Token);
        Assert.Equal(403, (await host.PostAsync("/carrier/status/tok%2D1", Signatures.Encode(Fields), host.Sign(Target, Fields))).Status);
    }

    [Fact, Trait("case", "S3")]
    public async Task Both_tokens_are_good_during_a_change_and_no_other()
    {
        await using var host = await WebhookHost.StartAsync(o => (o.AuthToken, o.SecondaryAuthToken) = ("new", Signatures.Token));
        Assert.Equal(204, (await host.PostAsync(Target, Signatures.Encode(Fields), host.Sign(Target, Fields))).Status);
        using var form = Signatures.Form(Fields);
        foreach (var (token, status) in ((string, int)[])[("new", 204), ("old", 403), ("", 403)])
            Assert.Equal(status, (await host.PostAsync(Target, Signatures.Encode(Fields), TwilioSignature.Compute(token, "https://survey.example.cn" + Target, form))).Status);
    }

    [Fact, Trait("case", "C7")]
    public async Task A_signed_request_of_another_account_is_answered_and_ignored()
    {
        await using var host = await WebhookHost.StartAsync();
        (string, string)[] other = [("AccountSid", "AC00000000000000000000000000000002"), ("CallSid", Some.CallSid), ("CallStatus", "ringing")];
        Assert.Equal(204, (await host.PostAsync(Target, Signatures.Encode(other), host.Sign(Target, other))).Status);
        var voice = await host.PostAsync("/carrier/voice/tok-1", Signatures.Encode(other), host.Sign("/carrier/voice/tok-1", other));
        Assert.Equal((200, TwiMl.HangUp), (voice.Status, voice.Body));
        Assert.Equal(204, (await host.PostAsync(Target, "", host.Sign(Target))).Status);
        Assert.Empty(host.Inbox.Told);
        Assert.Equal(3, host.Log.Lines.Count(l => l.Id == 7012));
    }

    [Fact, Trait("case", "S13")]
    public async Task Too_large_and_too_many_are_refused_before_anything_else()
    {
        await using var host = await WebhookHost.StartAsync();
        Assert.Equal(413, (await host.SendAsync("POST", Target, new byte[10_000_000], [])).Status);
        Assert.Equal(413, (await host.SendAsync("POST", Target, [], ["Content-Length: 70000"])).Status);
        var chunk = Encoding.ASCII.GetBytes("11170\r\n" + new string('a', 0x11170) + "\r\n0\r\n\r\n");
        Assert.Equal(413, (await host.SendAsync("POST", Target, chunk, ["Transfer-Encoding: chunked"])).Status);
        Assert.Equal(400, (await host.PostAsync(Target, string.Concat(Enumerable.Repeat("a=1&", 10_000)), "x")).Status);
        Assert.Equal(400, (await host.PostAsync(Target, string.Join('&', Enumerable.Repeat("a=1", 1001)), "x")).Status);
        Assert.Equal(403, (await host.PostAsync(Target, string.Join('&', Enumerable.Repeat("a=1", 1000)), "x")).Status);
        var full = Enumerable.Range(0, 997).Select(i => ($"f{i}", "")).Concat(Fields).ToArray();
        Assert.Equal(204, (await host.PostAsync(Target, Signatures.Encode(full), host.Sign(Target, full))).Status);
    }

    [Fact, Trait("case", "S9")]
    public async Task Nothing_but_POST_is_taken_and_nothing_else_is_there()
    {
        await using var host = await WebhookHost.StartAsync();
        Assert.Equal(405, (await host.SendAsync("GET", Target, [], [])).Status);
        foreach (var target in (string[])["/", "/carrier", "/carrier/status", "/carrier/voice/t/x", "/carrier/voice/t/-1", "/carrier/voice/t/99999999999", "/carrier/voice/t/1/2"])
            Assert.Equal(404, (await host.PostAsync(target, "", null)).Status);
    }

    [Fact, Trait("case", "S11")]
    public void A_replayed_request_is_signed_still_and_left_to_the_inbox()
    {
        // The signature holds no time: that a repeat does nothing new is what the inbox promises.
        using var form = Signatures.Form(Fields);
        var check = Signatures.Check("https://h");
        var header = Signatures.Sign("https://h" + Target, Fields);
        Assert.True(check.Accepts(header, Target, form, voice: true));
        Assert.True(check.Accepts(header, Target, form, voice: true));
    }

    [Theory, Trait("case", "S7")]
    [InlineData("https://h:8443", true, "https://h")]
    [InlineData("https://h:8443", false, "https://h:8443")]
    [InlineData("https://h:443", true, "https://h")]
    [InlineData("https://h:443", false, "https://h:443")]
    [InlineData("https://h", true, "https://h")]
    [InlineData("https://h", false, "https://h")]
    [InlineData("http://h:8080", true, "http://h:8080")]
    [InlineData("http://h:8080", false, "http://h:8080")]
    [InlineData("http://h:80", true, "http://h:80")]
    [InlineData("http://h", false, "http://h")]
    [InlineData("http://[::1]:8080", true, "http://[::1]:8080")]
    [InlineData("https://[::1]:8443", true, "https://[::1]")]
    [InlineData("https://h/", true, "https://h")]
    [InlineData("https://h:8443/base/", true, "https://h/base")]
    [InlineData("https://h:8443/base", false, "https://h:8443/base")]
    public void The_port_is_signed_by_the_rule_of_scheme_and_kind(string publicAddress, bool voice, string signed)
    {
        var check = Signatures.Check(publicAddress);
        using var form = Signatures.Form(Fields);
        Assert.True(check.Accepts(Signatures.Sign(signed + Target, Fields), Target, form, voice));
        Assert.False(check.Accepts(Signatures.Sign(signed.Replace("h", "g", StringComparison.Ordinal) + Target, Fields), Target, form, voice));
        Assert.False(check.Accepts(Signatures.Sign(signed + Target + "#rc=1", Fields), Target, form, voice));
    }

    [Theory, Trait("case", "S7")]
    [InlineData("https://h:8443", true, "https://h:8443")]
    [InlineData("https://h:8443", false, "https://h")]
    [InlineData("https://h", true, "https://h:443")]
    [InlineData("http://h", true, "http://h:80")]
    public void A_gateway_that_treats_the_port_the_other_way_is_understood(string publicAddress, bool voice, string signed)
    {
        using var form = Signatures.Form(Fields);
        Assert.True(Signatures.Check(publicAddress).Accepts(Signatures.Sign(signed + Target, Fields), Target, form, voice));
        Assert.False(Signatures.Check(publicAddress).Accepts(Signatures.Sign(signed.TrimEnd('3', '0') + "1" + Target, Fields), Target, form, voice));
    }

    [Fact]
    public void A_path_of_the_public_address_counts_whether_or_not_a_proxy_took_it_off()
    {
        using var form = Signatures.Form(Fields);
        var check = Signatures.Check("https://h/base");
        var header = Signatures.Sign("https://h/base" + Target, Fields);
        Assert.True(check.Accepts(header, Target, form, voice: true));
        Assert.True(check.Accepts(header, "/base" + Target, form, voice: true));
        Assert.False(check.Accepts(header, "/other" + Target, form, voice: true));
    }
}
