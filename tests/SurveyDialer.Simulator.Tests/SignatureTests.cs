using System.Text;
using SurveyDialer.Simulator.Webhooks;

namespace SurveyDialer.Simulator.Tests;

public sealed class SignatureTests
{
    [Theory]
    [InlineData("https://example.com/myapp.php?foo=1&bar=2", "CallSid=CA1234567890ABCDE|Caller=+14158675310|Digits=1234|From=+14158675310|To=+18005551212", "L/OH5YylLD5NRKLltdqwSvS0BnU=")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "CallSid=CA1234567890ABCDE|Caller=+12349013030|Digits=1234|From=+12349013030|To=+18005551212", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    [InlineData("https://survey.example.cn/v/g?c=7&q=1", "CallSid=CA00000000000000000000000000000001|CallerCity=|Digits=*|FinishedOnKey=#|msg=Gather End", "lq+CJSnVe1Ji8dA5VGKxSxrulL8=")]
    [InlineData("https://survey.example.cn/sms/in?org=%E4%B9%A1%E9%95%87", "Body=满意 👍 ＃１|From=+8613800138000|To=+15005550006|MessageSid=SM00000000000000000000000000000001", "C/HcN5FVZef8fWgZRYY+57iQXMc=")]
    [InlineData("http://127.0.0.1:8080/hook", "Body=  a b  |Empty=", "3jtJ2zNP3nMIgha/capyQhEGFaM=")]
    [InlineData("https://h/x", "M=b|M=a|M=a", "VDe6vzf5pZCp0KLAKBtiZJB8aXQ=")]
    [InlineData("https://h/x", "a=1|B=2|_=3|A1=4", "xv3h1iWp0dfYJGrLQCPX6FGMZv8=")]
    [InlineData("https://survey.example.cn/v/next?run=7&CallSid=CA00000000000000000000000000000001&Digits=%23&msg=Gather+End", "", "kKA3t3NtC6/7yZUjhy/y1/oj2Gc=")]
    public void Signature_agrees_with_published_vector(string url, string fields, string expected)
    {
        List<KeyValuePair<string, string>> pairs =
            [.. fields.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static field => KeyValuePair.Create(field[..field.IndexOf('=')], field[(field.IndexOf('=') + 1)..]))];

        Assert.Equal(expected, Signature.Compute(Encoding.UTF8.GetBytes("12345"), url, pairs));
    }

    [Theory, Trait("case", "S12")]
    [InlineData("https://h.example:8443/v?a=1#rc=3", true, "https://h.example/v?a=1")]
    [InlineData("https://h.example:443/v", true, "https://h.example/v")]
    [InlineData("https://h.example:443/v", false, "https://h.example:443/v")]
    [InlineData("https://h.example:8443/v", false, "https://h.example:8443/v")]
    [InlineData("http://h.example:80/v", true, "http://h.example:80/v")]
    [InlineData("http://h.example:8080/v?x=%2B&y", true, "http://h.example:8080/v?x=%2B&y")]
    [InlineData("http://user:p%40ss@h.example:8080/乡镇", true, "http://h.example:8080/%E4%B9%A1%E9%95%87")]
    [InlineData("http://[::1]:8080/v", true, "http://[::1]:8080/v")]
    public void Port_fragment_and_user_are_signed_by_the_rules(string url, bool voice, string signed)
        => Assert.Equal(signed, WebhookTarget.Parse(url, voice)!.Signed);

    [Fact]
    public void Retry_rule_is_read_from_the_fragment()
    {
        Assert.Equal(RetryRule.Default, WebhookTarget.Parse("http://h/v", voice: true)!.Retry);
        Assert.Equal(
            new RetryRule(3, OnConnect: true, OnRead: true, On4xx: false, On5xx: true, 2000), WebhookTarget.Parse("http://h/v#rc=3&rp=ct,rt,5xx&rt=2000", voice: true)!.Retry);
        Assert.Equal(5, WebhookTarget.Parse("http://h/v#rc=9", voice: true)!.Retry.Retries);
    }

    [Fact]
    public async Task Every_request_to_the_product_is_signed_over_all_its_fields()
    {
        await using var world = await World.StartAsync();
        world.Product.Twiml("/voice", "<Response><Hangup/></Response>");
        await world.PlayAsync("answer", "/voice", ("StatusCallback", $"{world.Product.Address}/status?a=%E4%B9%A1&b=1+2#rc=2&rp=5xx"));

        Assert.Equal(5, world.Product.Requests.Count);
        var key = Encoding.UTF8.GetBytes(new SimulatorOptions().AuthToken);
        Assert.All(world.Product.Requests, request => Assert.Equal(
            Signature.Compute(key, world.Product.Address + request.RawTarget, [.. request.Form]), request.Headers["X-Twilio-Signature"]));
        Assert.All(world.Product.Requests, static request => Assert.DoesNotContain('#', request.RawTarget));
        Assert.True(world.Product.At("/voice")[0].Form.Count >= 25);
        Assert.Equal("", world.Product.At("/voice")[0]["FromCity"]);
    }
}
