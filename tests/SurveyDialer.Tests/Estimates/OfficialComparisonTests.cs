using System.Globalization;
using SurveyDialer.Estimates;
using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Tests.Estimates;

/// <summary>A rehearsed figure beside published ones.</summary>
public sealed class OfficialComparisonTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private static readonly RoundPeriod Now = RoundPeriod.Read("2026-Q1");

    [Fact]
    public void The_newest_result_of_each_series_that_the_round_could_know_is_taken()
    {
        var compared = OfficialComparison.Of(
            [
                Result(OfficialLevel.Province, "2025-H1", 90m), Result(OfficialLevel.Province, "2025-H2", 92.21m), Result(OfficialLevel.Province, "2026-Q2", 95m),
                Result(OfficialLevel.Own, "2025-H2", 93m), Result(OfficialLevel.Province, "2025-H2", 91m, "市委政法委"), Result(OfficialLevel.City, "2025-H2", 80m) with { Tag = "LAW" },
            ],
            "SAFE", Now, Figure(0.93, 1000));

        Assert.Equal(["Own 2025-H2 0.00 True", "Province 2025-H2 2.00 False", "Province 2025-H2 0.79 True"],
            compared.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Official.Level} {one.Official.Period} {one.Points:0.00} {one.WithinError}")));
    }

    [Fact]
    public void The_sentence_is_in_the_wording_of_notices_and_in_percentage_points()
    {
        var figure = Figure(0.93, 1000);
        var compared = OfficialComparison.Of([Result(OfficialLevel.Own, "2025-H2", 92.5m), Result(OfficialLevel.Province, "2025-H2", 90.26m), Result(OfficialLevel.City, "2025-H2", 94.27m)], "SAFE", Now, figure);
        Assert.Equal("低于全市平均水平1.27个百分点，高出全省平均水平2.74个百分点，比本地正式结果（2025年下半年）高0.50个百分点", OfficialComparison.Sentence(null, null, compared, Chinese));
        Assert.Equal("", OfficialComparison.Sentence(null, null, [], Chinese));
        Assert.Equal("比上轮提升3.00个百分点", OfficialComparison.Sentence(null, Change.Family([(figure, Figure(0.90, 1000))])[0], [], Chinese));
        // What is printed in whole per cents is not told to have moved by hundredths.
        Assert.Equal("", OfficialComparison.Sentence(null, Change.Family([(Figure(0.93, 80), Figure(0.90, 1000))])[0], [], Chinese));
    }

    [Fact]
    public void The_same_time_of_the_year_before_is_told_first()
    {
        var (year, round) = (Change.Family([(Figure(0.93, 1000), Figure(0.9312, 1000))])[0], Change.Family([(Figure(0.93, 1000), Figure(0.90, 1000))])[0]);
        Assert.Equal("比上年下降0.12个百分点，比上轮提升3.00个百分点", OfficialComparison.Sentence(year, round, [], Chinese));
        Assert.Equal("与上年持平", OfficialComparison.Sentence(Change.Family([(Figure(0.93, 1000), Figure(0.93, 900))])[0], null, [], Chinese));
    }

    [Fact]
    public void Two_sources_of_one_level_are_told_apart_and_never_as_one()
    {
        var compared = OfficialComparison.Of(
            [
                Result(OfficialLevel.City, "2025-H2", 94.27m, "市统计局"), Result(OfficialLevel.City, "2025-H2", 92m, "省统计局"), Result(OfficialLevel.Province, "2025-H2", 90.26m),
                Result(OfficialLevel.Own, "2025-H2", 92.5m, "市统计局"), Result(OfficialLevel.Own, "2025-H2", 93m, "省统计局"),
            ],
            "SAFE", Now, Figure(0.93, 1000));
        Assert.Equal(
            "低于全市平均水平1.27个百分点（市统计局），高出全市平均水平1.00个百分点（省统计局），高出全省平均水平2.74个百分点，比本地正式结果（2025年下半年，市统计局）高0.50个百分点，和本地正式结果（2025年下半年，省统计局）持平",
            OfficialComparison.Sentence(null, null, compared, Chinese));
    }

    [Fact]
    public void A_difference_from_a_published_result_has_an_interval_where_its_interviews_are_known()
    {
        var figure = Figure(0.93, 1000);
        var known = Assert.Single(OfficialComparison.Of([Result(OfficialLevel.Own, "2025-H2", 91m) with { N = 200 }], "SAFE", Now, figure));
        var newcombe = Difference.Between(new Proportion(0.93, 1000), new Proportion(0.91, 200)).Newcombe;
        Assert.Equal(((decimal)Math.Round(newcombe.Low * 100, 2), (decimal)Math.Round(newcombe.High * 100, 2)), known.Interval);
        // 91 lies outside the figure's own interval, and is no other result all the same: it rests on 200 interviews.
        Assert.Equal((2m, (bool?)true), (known.Points, known.WithinError));
        Assert.Equal($"（95%区间 {known.Interval!.Value.Low:0.00} 至 {known.Interval.Value.High:0.00}）", known.IntervalInWords(Chinese));
        var unknown = Assert.Single(OfficialComparison.Of([Result(OfficialLevel.Own, "2025-H2", 91m)], "SAFE", Now, figure));
        Assert.Equal((null, (bool?)false, ""), (unknown.Interval, unknown.WithinError, unknown.IntervalInWords(Chinese)));
    }

    [Fact]
    public void A_change_is_that_of_the_printed_figures()
    {
        // 71.56 % and 69.06 % are printed; 2.51 points lie between what stands behind them.
        var change = Change.Family([(Figure(151 / 211.0, 211), Figure(154 / 223.0, 223))])[0];
        Assert.Equal(2.5, change.Points);
        Assert.StartsWith("+2.50个百分点", change.InWords(Chinese), StringComparison.Ordinal);
        Assert.Equal(0.6906, change.From.Value);
        Assert.Equal(-2, Change.Family([(Figure(0.914, 90), Figure(0.9264, 1000))])[0].Points);
    }

    [Fact]
    public void What_is_withheld_or_without_decimals_is_not_subtracted_from()
    {
        var official = new[] { Result(OfficialLevel.Own, "2025-H2", 92.5m) };
        var small = Assert.Single(OfficialComparison.Of(official, "SAFE", Now, Figure(0.93, 80)));
        Assert.Equal(((decimal?)null, (bool?)true), (small.Points, small.WithinError));
        var withheld = Assert.Single(OfficialComparison.Of(official, "SAFE", Now, Figure(0.93, 20)));
        Assert.Equal(((decimal?)null, (bool?)null), (withheld.Points, withheld.WithinError));
        Assert.Equal("", OfficialComparison.Sentence(null, null, [withheld], Chinese));
    }

    [Fact]
    public void A_bias_is_told_from_four_rounds_with_an_official_result_of_the_same_period()
    {
        (RoundPeriod, double)[] rehearsed = [.. new[] { ("2025-Q1", 95d), ("2025-Q2", 96), ("2025-Q3", 94), ("2025-Q4", 97), ("2026-Q1", 99) }.Select(one => (RoundPeriod.Read(one.Item1), one.Item2))];
        OfficialResult[] official = [Result(OfficialLevel.Own, "2025-Q1", 93m), Result(OfficialLevel.Own, "2025-Q2", 93m), Result(OfficialLevel.Own, "2025-Q3", 93m), Result(OfficialLevel.Province, "2025-Q4", 93m)];
        Assert.Equal((null, 3), OfficialComparison.Bias(rehearsed, official, "SAFE"));
        var (bias, pairs) = OfficialComparison.Bias(rehearsed, [.. official, Result(OfficialLevel.Own, "2025-Q4", 93m)], "SAFE");
        Assert.Equal((4, 2.5), (pairs, bias!.MeanDifference));
    }

    private static OfficialResult Result(OfficialLevel level, string period, decimal percent, string source = "省统计局")
        => new() { Level = level, Name = "", Tag = "SAFE", Period = RoundPeriod.Read(period), Percent = percent, Source = source };

    private static Figure Figure(double share, long n)
        => SurveyDialer.Estimates.Figure.Publish(new Estimate { Base = n, Share = share, Unweighted = share, EffectiveSize = n, IsMean = false }, null);
}
