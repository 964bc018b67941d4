using System.Globalization;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Tests.Estimates;

/// <summary>What stands beside the figures of a round: labels, targets, official results and how far rehearsals have been from them.</summary>
public sealed class RoundStandingTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void Only_a_round_of_residents_by_real_calls_goes_without_a_label()
    {
        Assert.Null(RoundWords.Label(Of("2026-Q1"), Chinese));
        Assert.Null(RoundWords.ShortLabel(Of("2026-Q1"), English));
        var members = Of("2026-Q1") with { Population = "县人大代表" };
        Assert.StartsWith("专项样本：县人大代表。这里的比率只说明他们的看法，不是居民的满意率", RoundWords.Label(members, Chinese)!, StringComparison.Ordinal);
        Assert.Equal("演练", RoundWords.ShortLabel(Of("2026-Q1") with { Practice = true }, Chinese));
        Assert.Equal("separate sample: 县人大代表, practice", RoundWords.ShortLabel(members with { Practice = true }, English));
    }

    [Fact]
    public void Practice_and_other_populations_are_not_held_against_official_results_or_targets()
    {
        var index = Index(0.93);
        var (official, targets) = (new[] { Official("2025-H2", 92.5m) }, new[] { new IndexTarget("SAFE", RoundPeriod.Read("2026"), 90m, null) });
        Assert.Single(new RoundStanding(Of("2026-Q1"), official, targets).Compared("SAFE", index.Whole));
        foreach (var other in new[] { Of("2026-Q1") with { Practice = true }, Of("2026-Q1") with { Population = "县人大代表" } })
        {
            var standing = new RoundStanding(other, official, targets);
            Assert.Empty(standing.Compared("SAFE", index.Whole));
            Assert.Null(standing.BiasInWords("SAFE", [], Chinese));
        }

        Assert.Null(new RoundStanding(Of("2026-Q1") with { Population = "县人大代表" }, official, targets).TargetInWords(index, Chinese));
    }

    [Theory]
    [InlineData(90, "90%：已达到")]
    [InlineData(93, "93%：还分不清")]
    [InlineData(97, "97%：没有达到")]
    public void A_rate_target_is_reached_only_where_the_interval_says_so(int percent, string words)
        => Assert.Equal(words, new RoundStanding(Of("2026-Q1"), [], [new IndexTarget("SAFE", RoundPeriod.Read("2026"), percent, null)]).TargetInWords(Index(0.93), Chinese));

    [Fact]
    public void A_rank_target_waits_for_the_official_rank_of_its_period()
    {
        IndexTarget[] targets = [new IndexTarget("SAFE", RoundPeriod.Read("2026"), null, 80), new IndexTarget("SAFE", RoundPeriod.Read("2025"), null, 10)];
        Assert.Equal("前 80 名：等正式名次", new RoundStanding(Of("2026-Q1"), [Official("2025-H2", 92m) with { Rank = 3 }], targets).TargetInWords(Index(0.93), Chinese));
        Assert.Equal("前 80 名：正式第 77 名，已进入", new RoundStanding(Of("2026-Q1"), [Official("2026-H1", 92m) with { Rank = 77 }], targets).TargetInWords(Index(0.93), Chinese));
    }

    [Fact]
    public void A_bias_rests_on_finished_rounds_alone()
    {
        string[] periods = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"];
        var standing = new RoundStanding(Of("2026-Q1"), [.. periods.Select(period => Official(period, 91m))], []);
        List<PastRound> past = [.. periods.Select((period, i) => Past(Of(period), 0.93 + (0.01 * (i % 2))))];

        Assert.StartsWith("过去 4 轮，模拟比正式平均高 2.50 个百分点（标准差 0.58）。只用已经结束的居民调查", standing.BiasInWords("SAFE", past, Chinese)!, StringComparison.Ordinal);

        past[3] = past[3] with { Round = past[3].Round with { State = "running" } };
        Assert.Contains("有 3 轮能和同一时期的本地正式结果对照，满 4 轮", standing.BiasInWords("SAFE", past, Chinese)!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_round_of_a_year_before_is_told_as_such_and_not_twice()
    {
        var index = new CellRound().AddSafe(930, 1000).Results([CellRound.Safe], new CellRound().AddSafe(900, 1000).Totals("去年", 7)).Indices[0];
        var year = new YearChange(7, new Dictionary<string, Change> { ["SAFE"] = index.Change! });
        string Said(YearChange? since, long before) => (new RoundStanding(Of("2026-Q1"), [], []) { SinceYear = since }).Sentence(index, new PredecessorRound(before, "", []), Chinese);

        Assert.Equal("比上年提升3.00个百分点", Said(year, 7));
        Assert.Equal("比上年提升3.00个百分点，比上轮提升3.00个百分点", Said(year, 8));
        Assert.Equal("比上轮提升3.00个百分点", Said(null, 8));
    }

    private static Round Of(string period) => new() { CampaignId = 1, Name = "轮", Number = 1, Period = RoundPeriod.Read(period), State = "closed", Population = "residents" };

    private static PastRound Past(Round round, double share) => new(round, new Dictionary<string, Figure> { ["SAFE"] = Index(share).Whole });

    private static IndexResult Index(double share)
        => new CellRound().AddSafe((long)(share * 1000), 1000).Results([CellRound.Safe with { Name = new LocalText([]) }]).Indices[0];

    private static OfficialResult Official(string period, decimal percent)
        => new() { Level = OfficialLevel.Own, Name = "", Tag = "SAFE", Period = RoundPeriod.Read(period), Percent = percent, Source = "省统计局" };
}
