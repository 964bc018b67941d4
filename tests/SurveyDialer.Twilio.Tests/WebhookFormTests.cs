using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SurveyDialer.Twilio.Tests;

public sealed class WebhookFormTests
{
    [Theory, Trait("case", "S6")]
    [InlineData("", "")]
    [InlineData("&&", "")]
    [InlineData("a", "a=")]
    [InlineData("=1", "=1")]
    [InlineData("a=1&&b=2&", "a=1|b=2")]
    [InlineData("a=1=2", "a=1=2")]
    [InlineData("a+b=c+d%2B", "a b=c d+")]
    [InlineData("%E4%B9%A1=%e9%95%87", "乡=镇")]
    [InlineData("a=%&b=%4&c=%zz&d=%4g", "a=%|b=%4|c=%zz|d=%4g")]
    [InlineData("a=2&b=1&a=1", "a=2|b=1|a=1")]
    [InlineData("a=%00%0A", "a=\0\n")]
    public void A_form_is_read_as_it_was_meant(string body, string fields)
    {
        using var form = Signatures.Parse(body)!;
        Assert.Equal(fields, string.Join('|', form.Fields.ToArray().Select(f => Encoding.UTF8.GetString(form.Name(f)) + "=" + Encoding.UTF8.GetString(form.Value(f)))));
    }

    [Fact, Trait("case", "S6")]
    public void Whatever_is_encoded_comes_back_in_its_order()
    {
        var text = ArbMap.Default.GeneratorFor<string>().Select(s => string.Concat((s ?? "").Where(c => !char.IsSurrogate(c))) + "👍");
        var seen = 0;
        Prop.ForAll(Gen.Zip(text, text).ListOf().ToArbitrary(), list =>
        {
            seen++;
            var fields = list.Select(f => (f.Item1, f.Item2)).ToArray();
            using var form = Signatures.Form(fields);
            return form.Fields.ToArray().Select(f => (Encoding.UTF8.GetString(form.Name(f)), Encoding.UTF8.GetString(form.Value(f)))).SequenceEqual(fields);
        }).QuickCheckThrowOnFailure();
        Assert.True(seen >= 100);
    }

    [Fact]
    public void A_field_is_found_by_its_whole_name_and_gives_its_first_value()
    {
        using var form = Signatures.Parse("Digits=&DigitsX=9&Digits=2&CallDuration=15&SequenceNumber=-1&ErrorCode=99999999999")!;
        Assert.Equal("", form.Text("Digits"u8));
        Assert.Null(form.NonEmpty("Digits"u8));
        Assert.Equal("9", form.NonEmpty("DigitsX"u8));
        Assert.Null(form.Text("Digit"u8));
        Assert.Equal(15, form.Number("CallDuration"u8));
        Assert.Null(form.Number("SequenceNumber"u8));
        Assert.Null(form.Number("ErrorCode"u8));
    }

    [Fact]
    public void Any_bytes_are_a_form()
    {
        var seen = 0;
        Prop.ForAll<byte[]>(body =>
        {
            seen++;
            using var form = Signatures.Parse(body)!;
            return form.Count <= body.Length;
        }).QuickCheckThrowOnFailure();
        Assert.True(seen >= 100);
    }
}
