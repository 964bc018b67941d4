using SurveyDialer.Phones;

namespace SurveyDialer.Tests.Phones;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+8613812345678", "138****5678", "138 1234 5678", PhoneKind.Mobile, false)]
    [InlineData("+8615412345678", "154****5678", "154 1234 5678", PhoneKind.Mobile, true)]
    [InlineData("+8685181234567", "0851-****567", "0851-81234567", PhoneKind.Landline, false)]
    [InlineData("+8685181234567;ext=802", "0851-****567", "0851-81234567-802", PhoneKind.Landline, false)]
    [InlineData("+8685501234567", null, null, PhoneKind.Landline, false)]
    [InlineData("+868550123456", "0855-****456", "0855-0123456", PhoneKind.Landline, true)]
    [InlineData("+861061234567", "010-****567", "010-61234567", PhoneKind.Landline, false)]
    [InlineData("+85221234567", "+852****567", "+85221234567", PhoneKind.Landline, false)]
    public void The_stored_spelling_tells_everything_about_a_number(string canonical, string? masked, string? display, PhoneKind kind, bool fictional)
    {
        if (masked is null)
        {
            Assert.False(PhoneNumber.TryRead(canonical, out _));
            return;
        }

        var number = PhoneNumber.Read(canonical);
        Assert.Equal(canonical, number.Canonical);
        Assert.Equal(masked, number.Masked);
        Assert.Equal(display, number.Display);
        Assert.Equal(kind, number.Kind);
        Assert.Equal(fictional, number.Fictional);
        Assert.DoesNotContain(number.LastFour + "x", number.ToString());
        Assert.Equal(number.Masked, number.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("13812345678")]
    [InlineData("+86013812345678")]
    [InlineData("+86085181234567")]
    [InlineData("+8612345")]
    [InlineData("+86 13812345678")]
    [InlineData("+8613812345678;ext=")]
    [InlineData("+8613812345678;ext=1234567")]
    [InlineData("+8613812345678;ext=a")]
    public void Nothing_but_the_stored_spelling_is_read(string? text)
    {
        Assert.False(PhoneNumber.TryRead(text, out var number));
        Assert.Null(number);
        if (text is not null) Assert.Throws<FormatException>(() => PhoneNumber.Read(text));
    }

    [Fact]
    public void Numbers_with_and_without_extension_differ()
    {
        var plain = PhoneNumber.Read("+8685181234567");
        var extension = PhoneNumber.Read("+8685181234567;ext=802");
        Assert.NotEqual(plain, extension);
        Assert.Equal(plain.E164, extension.E164);
        Assert.True(extension.DeskOnly);
        Assert.False(plain.DeskOnly);
        Assert.Equal(plain, PhoneNumber.Read("+8685181234567"));
    }

    [Fact]
    public void The_plan_knows_every_area()
    {
        Assert.InRange(NumberingPlan.Areas.Count, 315, 345);
        Assert.Equal("贵州省贵阳市、遵义市、安顺市", NumberingPlan.FindArea("0851")!.Place);
        Assert.Equal("北京市", NumberingPlan.FindArea("010")!.Place);
        Assert.Null(NumberingPlan.FindArea("0852"));
        foreach (var area in NumberingPlan.Areas) Assert.All(area.SubscriberLengths, length => Assert.InRange(length, 7, 8));
    }
}
