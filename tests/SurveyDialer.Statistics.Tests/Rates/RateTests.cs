using System.Globalization;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Statistics.Tests.Rates;

public sealed class RateTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData(RateBase.Valid, 0.9333333333333333, 975)]
    [InlineData(RateBase.All, 0.91, 1000)]
    [InlineData(RateBase.ValidAndDontKnow, 0.914572864321608, 995)]
    public void The_base_of_the_definition_decides(RateBase over, double rate, double n)
    {
        var definition = new IndexDefinition { Tag = "SAFE", Scale = ["1", "2", "3", "4", "5"], Positive = ["1", "2", "3"], Base = over };
        var result = IndexRate.Of(definition, new AnswerCounts([210, 480, 220, 50, 15], DontKnow: 20, Refused: 5));
        Assert.Equal(rate, result.Value!.Value, 1e-12);
        Assert.Equal(n, result.Base);
        Assert.Equal(0.02, result.DontKnowShare);
    }

    [Fact]
    public void A_mean_score_follows_its_points()
    {
        var definition = new IndexDefinition { Tag = "SAFE", Scale = ["1", "2", "3", "4", "5"], Points = [100, 75, 50, 25, 0] };
        Assert.Equal(71.02564102564102, IndexRate.Of(definition, new AnswerCounts([210, 480, 220, 50, 15], 20, 5)).Value!.Value, 1e-12);
    }

    [Fact]
    public void Nobody_asked_gives_no_rate() =>
        Assert.Null(IndexRate.Of(new IndexDefinition { Tag = "A", Scale = ["1", "2"], Positive = ["1"] }, new AnswerCounts([0, 0])).Value);

    [Fact]
    public void A_missing_component_is_dropped_and_named()
    {
        var index = Composite.Of([new("A", 15, 0.9), new("B", 5, null), new("C", 5, 0.8)]);
        Assert.Equal(100 * ((15 * 0.9) + (5 * 0.8)) / 20, index.Index100!.Value, 1e-12);
        Assert.Equal(20, index.WeightTotal);
        Assert.Equal(["B"], index.Dropped);
    }

    [Fact]
    public void The_sentence_is_that_of_official_notices()
    {
        (Benchmark, decimal?)[] told = [(Benchmark.LastYear, 0.32m), (Benchmark.City, -1.27m), (Benchmark.Province, 2.74m)];
        Assert.Equal("比上年提升0.32个百分点，低于全市平均水平1.27个百分点，高出全省平均水平2.74个百分点", PointDifference.Sentence(told, Chinese));
        Assert.Equal("0.32 percentage points above last year, 1.27 percentage points below the city average, 2.74 percentage points above the provincial average", PointDifference.Sentence(told, English));
        Assert.Equal("与上年持平", PointDifference.Sentence([(Benchmark.LastYear, 0m), (Benchmark.City, null)], Chinese));
        Assert.Equal("", PointDifference.Sentence([(Benchmark.City, null)], Chinese));
    }

    [Fact]
    public void Both_figures_are_rounded_before_they_are_compared() => Assert.Equal(0.02m, PointDifference.Of(93.125m, 93.1149m));
}
