using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Twilio.Webhooks;

namespace SurveyDialer.Twilio.Tests;

/// <summary>The vectors are Twilio's own documentation, its C# library's tests, and values that its Node library computes too.</summary>
public sealed class TwilioSignatureTests
{
    public static TheoryData<string, string[], string> Vectors => new()
    {
        {
            "https://example.com/myapp.php?foo=1&bar=2",
            ["CallSid=CA1234567890ABCDE", "Caller=+14158675310", "Digits=1234", "From=+14158675310", "To=+18005551212"],
            "L/OH5YylLD5NRKLltdqwSvS0BnU="
        },
        {
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            ["CallSid=CA1234567890ABCDE", "Caller=+12349013030", "From=+12349013030", "Digits=1234", "To=+18005551212"],
            "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
        },
        {
            "https://survey.example.cn/v/g?c=7&q=1",
            ["CallSid=CA00000000000000000000000000000001", "CallerCity=", "Digits=*", "FinishedOnKey=#", "msg=Gather End"],
            "lq+CJSnVe1Ji8dA5VGKxSxrulL8="
        },
        {
            "https://survey.example.cn/sms/in?org=%E4%B9%A1%E9%95%87",
            ["Body=满意 👍 ＃１", "From=+8613800138000", "To=+15005550006", "MessageSid=SM00000000000000000000000000000001"],
            "C/HcN5FVZef8fWgZRYY+57iQXMc="
        },
        { "http://127.0.0.1:8080/hook", ["Body=  a b  ", "Empty="], "3jtJ2zNP3nMIgha/capyQhEGFaM=" },
        { "https://h/x", ["M=b", "M=a", "M=a"], "VDe6vzf5pZCp0KLAKBtiZJB8aXQ=" },
        { "https://h/x", ["a=1", "B=2", "_=3", "A1=4"], "xv3h1iWp0dfYJGrLQCPX6FGMZv8=" },
    };

    [Theory, Trait("case", "S1")]
    [MemberData(nameof(Vectors))]
    public void Published_vectors_are_reproduced(string address, string[] fields, string signature) =>
        Assert.Equal(signature, Signatures.Sign(address, Split(fields)));

    [Theory, Trait("case", "S4")]
    [MemberData(nameof(Vectors))]
    public void The_order_of_the_fields_does_not_matter(string address, string[] fields, string signature) =>
        Assert.Equal(signature, Signatures.Sign(address, Split(fields).Reverse()));

    [Fact, Trait("case", "S9")]
    public void A_GET_is_signed_by_its_address_alone() => Assert.Equal(
        "kKA3t3NtC6/7yZUjhy/y1/oj2Gc=",
        TwilioSignature.Compute(Signatures.Token, "https://survey.example.cn/v/next?run=7&CallSid=CA00000000000000000000000000000001&Digits=%23&msg=Gather+End", null));

    [Fact, Trait("case", "S10")]
    public void A_JSON_body_is_signed_by_its_hash_in_the_address()
    {
        const string Address = "https://h.example/j?x=1&bodySHA256=9c23a02eb291c493c64f932ff2808406b926f2e3581ebd040e71d9e079d64069";
        Assert.Equal("0fraDEEV68bCktCCIfJWseVP6C4=", TwilioSignature.Compute(Signatures.Token, Address, null));
        Assert.True(TwilioSignature.BodyMatches(Address, """{"a":"乡"}"""u8));
        Assert.False(TwilioSignature.BodyMatches(Address, """{"a":"村"}"""u8));
        Assert.False(TwilioSignature.BodyMatches("https://h.example/j?x=1", """{"a":"乡"}"""u8));
    }

    [Theory, Trait("case", "S2")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("????????????????????????????")]
    [InlineData("乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡乡")]
    [InlineData("L/OH5YylLD5NRKLltdqwSvS0BnU")]
    [InlineData("L/OH5YylLD5NRKLltdqwSvS0BnU=L/OH5YylLD5NRKLltdqwSvS0BnU=")]
    public void What_is_no_signature_is_refused_quietly(string? header)
    {
        using var form = Signatures.Form(("a", "1"));
        Assert.False(Signatures.Check("https://h").Accepts(header, "/x", form, voice: true));
    }

    [Fact, Trait("case", "S4")]
    public void Any_change_to_a_signed_request_is_noticed()
    {
        var text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get.Replace("\0", "", StringComparison.Ordinal));
        var fields = Gen.Zip(text.Where(s => s.Length > 0 && Whole(s)), text.Where(Whole)).NonEmptyListOf();
        var signed = Gen.Zip(fields, Gen.Choose(0, 4));
        var seen = 0;
        Prop.ForAll(signed.ToArbitrary(), sample =>
        {
            var (list, change) = sample;
            var all = list.Select(f => (f.Item1, f.Item2)).DistinctBy(f => f.Item1).ToArray();
            var header = Signatures.Sign("https://h/x?a=1", all);
            var check = Signatures.Check("https://h");
            using var original = Signatures.Form(all);
            Assert.True(check.Accepts(header, "/x?a=1", original, voice: true));
            var target = change == 0 ? "/x?a=2" : "/x?a=1";
            var changed = change switch
            {
                1 => [.. all, ("added", "1")],
                2 => all[1..],
                3 => [(all[0].Item1, all[0].Item2 + "1"), .. all[1..]],
                _ => all,
            };
            var otherHeader = change == 4 ? (header[0] == 'A' ? "B" : "A") + header[1..] : header;
            using var form = Signatures.Form(changed);
            seen++;
            return !check.Accepts(otherHeader, target, form, voice: true);
        }).QuickCheckThrowOnFailure();
        Assert.True(seen >= 100);

        // A lone half of a surrogate pair cannot be sent in UTF-8.
        static bool Whole(string s) => !s.Any(char.IsSurrogate);
    }

    private static (string, string)[] Split(string[] fields) => [.. fields.Select(f => f.Split('=', 2)).Select(p => (p[0], p[1]))];
}
