using System.Globalization;
using SurveyDialer.Estimates;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Years, half-years, quarters and months as people write them.</summary>
public sealed class RoundPeriodTests
{
    [Theory]
    [InlineData("2026", "2026", "2026年")]
    [InlineData("2026年度", "2026", "2026年")]
    [InlineData("2026-H1", "2026-H1", "2026年上半年")]
    [InlineData("2026年下半年", "2026-H2", "2026年下半年")]
    [InlineData("2026q3", "2026-Q3", "2026年第三季度")]
    [InlineData("2026年三季度", "2026-Q3", "2026年第三季度")]
    [InlineData("２０２６年第４季度", "2026-Q4", "2026年第四季度")]
    [InlineData("2026/3", "2026-03", "2026年3月")]
    [InlineData("2026年11月", "2026-11", "2026年11月")]
    public void What_people_write_is_read_and_stored_in_one_form(string text, string stored, string words)
    {
        Assert.True(RoundPeriod.TryRead(text, out var period));
        Assert.Equal(stored, period.ToString());
        Assert.Equal(period, RoundPeriod.Read(stored));
        Assert.Equal(words, period.InWords(CultureInfo.GetCultureInfo("zh-CN")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("26年")]
    [InlineData("2026-Q5")]
    [InlineData("2026-13")]
    [InlineData("2026-H3")]
    [InlineData("2026-11-01")]
    [InlineData("去年")]
    public void What_is_no_period_is_not_read(string? text) => Assert.False(RoundPeriod.TryRead(text, out _));

    [Fact]
    public void Periods_know_their_days_and_what_lies_in_them()
    {
        RoundPeriod At(string text) => RoundPeriod.Read(text);
        Assert.Equal((new DateOnly(2026, 7, 1), new DateOnly(2026, 9, 30)), (At("2026-Q3").From, At("2026-Q3").To));
        Assert.Equal((At("2025-Q4"), At("2025-H2"), At("2025"), At("2025-12")), (At("2026-Q1").Before(), At("2026-H1").Before(), At("2026").Before(), At("2026-01").Before()));
        Assert.Equal(At("2025-Q3"), At("2026-Q3").YearBefore());
        Assert.True(At("2026-H2").Holds(At("2026-Q3")) && At("2026-H2").Holds(At("2026-12")) && !At("2026-H2").Holds(At("2026-Q2")));
        Assert.Equal(At("2026-H1"), RoundPeriod.Containing(new DateOnly(2026, 6, 30), PeriodKind.Half));
        Assert.Equal(["2026", "2026-H1", "2026-Q1", "2026-01", "2026-Q2"], new[] { At("2026-Q2"), At("2026-01"), At("2026-Q1"), At("2026"), At("2026-H1") }.Order().Select(period => period.ToString()));
    }
}
