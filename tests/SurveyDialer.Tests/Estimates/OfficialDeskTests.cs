using System.Globalization;
using System.Text;
using Dapper;
using SurveyDialer.Estimates;
using SurveyDialer.Exports.Xlsx;
using SurveyDialer.Exports.Tables;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Official results and targets: what is kept, what is refused in words, what is only asked about.</summary>
public sealed class OfficialDeskTests : IAsyncLifetime
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private readonly StoppedClock clock = new();
    private readonly TestDatabase files;
    private readonly OfficialDesk desk;

    public OfficialDeskTests()
    {
        files = TestDatabase.Create(clock);
        desk = new OfficialDesk(files.Database, Shipped.Library, clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static OfficialInput Good => new() { Level = "全省平均", Index = "群众安全感", Period = "2025年上半年", Percent = "９５.994%", Source = "省统计局" };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => files.DisposeAsync();

    [Fact]
    public async Task A_result_is_kept_with_who_entered_it_and_replaces_the_same_one()
    {
        Assert.Empty(await desk.SaveAsync(Good, "王主任", Cancellation));
        Assert.Empty(await desk.SaveAsync(Good with { Percent = "95.5", N = "12,000", Rank = "3", Places = "88" }, "李主任", Cancellation));
        Assert.Empty(await desk.SaveAsync(Good with { Source = "市委政法委" }, "王主任", Cancellation));

        var results = desk.Results();
        Assert.Equal(2, results.Count);
        var kept = Assert.Single(results, result => result.Source == "省统计局");
        Assert.Equal((OfficialLevel.Province, "SAFE", "2025-H1", 95.5m, 12_000L, 3, 88, "李主任"),
            (kept.Level, kept.Tag, kept.Period.ToString(), kept.Percent, kept.N!.Value, kept.Rank!.Value, kept.Places!.Value, kept.EnteredBy));
        Assert.Equal(95.99m, Assert.Single(results, result => result.Source == "市委政法委").Percent);
        Assert.True(await desk.DeleteAsync(kept.Id, "王主任", Cancellation));
        Assert.False(await desk.DeleteAsync(kept.Id, "王主任", Cancellation));
        Assert.Equal(4, files.Database.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM audit_log WHERE action LIKE 'benchmark-%';")));
    }

    public static TheoryData<string, OfficialInput> Wrong => new()
    {
        { "level_unknown", Good with { Level = "全球" } },
        { "index_unknown", Good with { Index = "幸福感" } },
        { "period_unknown", Good with { Period = "去年" } },
        { "percent_unknown", Good with { Percent = "" } },
        { "percent_unknown", Good with { Percent = "-1" } },
        { "percent_unknown", Good with { Percent = "1000" } },
        { "name_missing", Good with { Level = "peer", Name = " " } },
        { "source_missing", Good with { Source = null } },
        { "n_unknown", Good with { N = "很多" } },
        { "rank_unknown", Good with { Rank = "0" } },
        { "places_unknown", Good with { Rank = "9", Places = "8" } },
        { "text_too_long", Good with { Source = new string('省', 121) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_said_and_nothing_kept(string problem, OfficialInput input)
    {
        var found = Assert.Single(await desk.SaveAsync(input, "王", Cancellation));
        Assert.Equal(problem, found.Key);
        foreach (var culture in (string[])["zh-CN", "en"]) Assert.DoesNotContain("{", found.InWords(CultureInfo.GetCultureInfo(culture)), StringComparison.Ordinal);
        Assert.Empty(desk.Results());
    }

    [Fact]
    public async Task A_file_is_taken_row_by_row_and_what_is_wrong_is_told_by_its_row()
    {
        var csv = Encoding.UTF8.GetBytes("""
            2025年正式结果
            指标,级别,地区,时期,百分比,样本量,名次,参加排名数,来源
            SAFE,本地,云溪县,2025-Q1,80.66,,26,100,省统计局
            群众安全感,本地,云溪县,2025年二季度,82.18,,,,省统计局
            SAFE,本地,云溪县,2025年上半年,80.30,,,,省统计局
            SAFE,全市平均,,2025年上半年,,,,,省统计局
            """.Replace("            ", "", StringComparison.Ordinal));

        var import = await desk.ImportAsync(new MemoryStream(csv), "王", Chinese, Cancellation);

        Assert.Null(import.Problem);
        Assert.Equal(3, import.Taken);
        Assert.Equal(6, Assert.Single(import.Problems).Row);
        var doubt = Assert.Single(OfficialDoubts.Of(desk.Results(), new DateOnly(2026, 3, 2), Chinese));
        Assert.Equal("2025年上半年 80.30%，不在 2025年第一季度 80.66% 和 2025年第二季度 82.18% 之间：合起来的数不会超出两部分，请核对。", doubt.InWords(Chinese));
        Assert.Equal(3, doubt.Ids.Count);
    }

    [Fact]
    public async Task A_workbook_is_taken_too_and_what_is_none_is_refused_in_words()
    {
        using var file = new MemoryStream();
        using (var table = new XlsxTable(file, clock.GetUtcNow()))
        {
            table.Begin("结果", [.. OfficialDesk.Columns.Select(names => new TableColumn(names[1], 12))]);
            table.Row(TableCell.Of("SAFE"), TableCell.Of("province"), default, TableCell.Of("2025"), TableCell.Of("93.25"), default, default, default, TableCell.Of("NBS"));
            table.Complete();
        }

        Assert.Equal(1, (await desk.ImportAsync(new MemoryStream(file.ToArray()), "王", Chinese, Cancellation)).Taken);
        Assert.Equal(93.25m, Assert.Single(desk.Results()).Percent);
        foreach (var bytes in (byte[][])[[], "%PDF-1.7"u8.ToArray(), "PK\u0003\u0004damaged"u8.ToArray(), "a,b\n1,2"u8.ToArray()])
        {
            var import = await desk.ImportAsync(new MemoryStream(bytes), "王", Chinese, Cancellation);
            Assert.Equal(0, import.Taken);
            Assert.NotNull(import.Problem);
        }
    }

    [Fact]
    public void Figures_that_cannot_well_be_right_are_asked_about()
    {
        OfficialResult At(string period, decimal percent) => new() { Level = OfficialLevel.Own, Name = "", Tag = "SAFE", Period = RoundPeriod.Read(period), Percent = percent, Source = "省" };
        string[] Doubts(params OfficialResult[] results) => [.. OfficialDoubts.Of(results, new DateOnly(2026, 3, 2), Chinese).Select(doubt => doubt.Key)];
        Assert.Empty(Doubts(At("2025-Q1", 80.66m), At("2025-Q2", 82.18m), At("2025-H1", 81.4m), At("2025-H2", 83m), At("2025", 82m)));
        Assert.Equal(["doubt_pooled"], Doubts(At("2025-H1", 81.4m), At("2025-H2", 83m), At("2025", 84m)));
        Assert.Equal(["doubt_jump"], Doubts(At("2025-Q1", 80m), At("2025-Q2", 90.01m)));
        Assert.Empty(Doubts(At("2025-Q1", 80m), At("2025-Q2", 90m)));
        Assert.Equal(["doubt_above_100"], Doubts(At("2025", 100.01m)));
        Assert.Equal(["doubt_share"], Doubts(At("2025", 0.93m)));
        Assert.Equal(["doubt_future"], Doubts(At("2026-Q2", 93m)));
        Assert.Empty(Doubts(At("2025-Q1", 80m), At("2025-Q2", 95m) with { Source = "市" }, At("2025-Q3", 60m)));
    }

    [Fact]
    public async Task A_target_is_a_rate_a_place_or_both()
    {
        Assert.Null(await desk.SaveTargetAsync("SAFE", "2026年", "80", "", "王", Cancellation));
        Assert.Null(await desk.SaveTargetAsync("score", "2026", null, "第80名", "王", Cancellation));
        Assert.Null(await desk.SaveTargetAsync("SAFE", "2026", "85.5", "10", "王", Cancellation));
        Assert.Equal([("SAFE", 85.5m, 10), ("score", (decimal?)null, (int?)80)], desk.Targets().Select(target => (target.Tag, target.Percent, target.Rank)));
        foreach (var (index, period, percent, rank, problem) in new[]
            { ("X", "2026", "80", "", "index_unknown"), ("SAFE", "", "80", "", "period_unknown"), ("SAFE", "2026", "101", "", "target_percent"), ("SAFE", "2026", "", "x", "rank_unknown"), ("SAFE", "2026", "", "", "target_empty") })
            Assert.Equal(problem, (await desk.SaveTargetAsync(index, period, percent, rank, "王", Cancellation))!.Key);
        Assert.True(await desk.DeleteTargetAsync("SAFE", "2026", "王", Cancellation));
        Assert.False(await desk.DeleteTargetAsync("SAFE", "2026", "王", Cancellation));
        Assert.Single(desk.Targets());
    }
}
