using System.Net;
using System.Text;
using Dapper;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>Official results, targets, and what a round's figures are made with, as a supervisor enters them.</summary>
public sealed class BenchmarkPagesTests
{
    [Fact]
    public async Task An_official_result_is_typed_in_doubted_in_words_and_deleted()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var empty = await browser.GetStringAsync("/benchmarks", Test.Token);
        Assert.Contains("还没有正式结果", empty, StringComparison.Ordinal);

        var wrong = await Save(browser, "去年", "80.66");
        Assert.Contains("时期“去年”不认识", wrong, StringComparison.Ordinal);
        Assert.Contains("value=\"省统计局\"", wrong, StringComparison.Ordinal);
        await Save(browser, "2025年一季度", "80.66");
        await Save(browser, "2025年二季度", "82.18");
        var doubted = await Save(browser, "2025年上半年", "80.30");
        Assert.Contains("2025年上半年 80.30%，不在 2025年第一季度 80.66% 和 2025年第二季度 82.18% 之间", doubted, StringComparison.Ordinal);
        Assert.Contains("1 处数字可疑", doubted, StringComparison.Ordinal);

        var id = host.Files.Database.Read(connection => connection.QuerySingle<long>("SELECT id FROM benchmark WHERE period = '2025-H1';"));
        var left = await ActionsTests.Submit(browser, "/benchmarks", "/benchmarks?handler=Delete", ("id", $"{id}"));
        Assert.DoesNotContain("可疑", left, StringComparison.Ordinal);
        Assert.Contains("已经没有了", await ActionsTests.Submit(browser, "/benchmarks", "/benchmarks?handler=Delete", ("id", $"{id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_brought_in_row_by_row_and_taken_out_again()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser("en");
        var told = await Upload(browser, "/benchmarks", "/benchmarks?handler=Import", "index,level,period,percent,source\nSAFE,province,2025,93.25,NBS\nSAFE,province,2025,x,NBS\n");
        Assert.Contains("1 rows were taken", told, StringComparison.Ordinal);
        Assert.Contains("Row 3: &quot;x&quot; is no percentage", told, StringComparison.Ordinal);
        Assert.Contains("93.25", told, StringComparison.Ordinal);
        Assert.Contains("No header was found", await Upload(browser, "/benchmarks", "/benchmarks?handler=Import", "a,b\n1,2\n"), StringComparison.Ordinal);

        using var file = await ActionsTests.Post(browser, "/benchmarks", "/benchmarks?handler=Download");
        var bytes = await file.Content.ReadAsByteArrayAsync(Test.Token);
        Assert.Equal("official-results.xlsx", file.Content.Headers.ContentDisposition!.FileNameStar);
        using (var workbook = new System.IO.Compression.ZipArchive(new MemoryStream(bytes)))
        using (var sheet = new StreamReader(workbook.GetEntry("xl/worksheets/sheet1.xml")!.Open()))
            Assert.Contains("<v>93.25</v>", await sheet.ReadToEndAsync(Test.Token), StringComparison.Ordinal);
        await ActionsTests.Submit(browser, "/benchmarks", "/benchmarks?handler=Delete", ("id", "1"));
        Assert.Contains("1 rows were taken", await Upload(browser, "/benchmarks", "/benchmarks?handler=Import", bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_is_kept_and_deleted()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        Assert.Contains("目标至少写一个", await Target("", ""), StringComparison.Ordinal);
        Assert.Contains("前 80 名", await Target("80", "80"), StringComparison.Ordinal);
        Assert.DoesNotContain("前 80 名", await ActionsTests.Submit(browser, "/benchmarks", "/benchmarks?handler=DeleteTarget", ("tag", "SAFE"), ("period", "2026-Q3")), StringComparison.Ordinal);
        Task<string> Target(string percent, string rank) => ActionsTests.Submit(
            browser, "/benchmarks", "/benchmarks?handler=Target", ("index", "群众安全感"), ("period", "2026年三季度"), ("percent", percent), ("rank", rank));
    }

    [Fact]
    public async Task A_round_is_placed_and_its_indices_exchanged_by_name()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var page = await browser.GetStringAsync("/results/1/settings", Test.Token);
        Assert.Contains("问卷里问到的全部指标", page, StringComparison.Ordinal);
        Assert.Contains("这份问卷没有问性别、年龄这类题", page, StringComparison.Ordinal);

        var exchanged = await ActionsTests.Submit(browser, "/results/1/settings", "/results/1/settings?handler=Indices", ("set", "two-rates-one-degree"));
        Assert.Contains("现在用：两率一度，第1版（", exchanged, StringComparison.Ordinal);
        Assert.Contains("本轮问卷没有问：社会治安满意率。", exchanged, StringComparison.Ordinal);
        Assert.Contains("没有名为", await ActionsTests.Submit(browser, "/results/1/settings", "/results/1/settings?handler=Indices", ("set", "four-rates")), StringComparison.Ordinal);

        Assert.Contains("时期“soon”不认识", await Place("2", "soon", ""), StringComparison.Ordinal);
        Assert.Contains("期数", await Place("0", "2026-Q1", ""), StringComparison.Ordinal);
        Assert.Contains("不能又作它的上一轮", await Place("7", "2026年上半年", "2"), StringComparison.Ordinal);
        await ActionsTests.Submit(browser, "/results/2/settings", "/results/2/settings?handler=Round", ("number", "6"), ("period", "2025年下半年"), ("predecessor", ""));
        Assert.Contains("已保存", await Place("7", "2026年上半年", "2"), StringComparison.Ordinal);
        Assert.Equal(("7", "2026-H1", 2L), host.Files.Database.Read(connection => connection.QuerySingle<(string, string, long)>("SELECT CAST(number AS TEXT), period, predecessor FROM campaign_round WHERE campaign_id = 1;")));
        Assert.Contains("第 7 期", await browser.GetStringAsync("/results", Test.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/results/99/settings", Test.Token)).StatusCode);
        Task<string> Place(string number, string period, string predecessor) => ActionsTests.Submit(
            browser, "/results/1/settings", "/results/1/settings?handler=Round", ("number", number), ("period", period), ("predecessor", predecessor));
    }

    [Fact]
    public async Task What_a_supervisor_checked_is_taken_down_and_counts_at_the_gate()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        Assert.Contains("负责人没有复核够访问的 5%（现有 0 份）", await browser.GetStringAsync("/results/1", Test.Token), StringComparison.Ordinal);
        Assert.Contains("不能多于", await Check("3", "4"), StringComparison.Ordinal);
        Assert.Contains("已记下", await Check("3", "3"), StringComparison.Ordinal);
        Assert.Equal(3, host.Files.Database.Read(connection => connection.ExecuteScalar<long>("SELECT sum(interviews) FROM supervised_check WHERE campaign_id = 1;")));
        Task<string> Check(string interviews, string confirmed) => ActionsTests.Submit(
            browser, "/results/1/quality", "/results/1/quality?handler=Check", ("interviews", interviews), ("confirmed", confirmed));
    }

    [Fact]
    public async Task What_is_practice_or_asks_others_than_residents_says_so_on_every_page_of_its_figures()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        string[] pages = ["/results/1", "/results/1/compare", "/results/1/quality", "/results/1/index/SAFE", "/outcomes/1", "/reports/1", "/reports/1/residents", "/exports?campaign=1"];
        foreach (var page in pages) Assert.Contains("演练：电话和回答都由模拟程序产生", await browser.GetStringAsync(page, Test.Token), StringComparison.Ordinal);
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE campaign SET carrier = 'desk-phone', population = '县人大代表' WHERE id = 1;"), Test.Token);
        foreach (var page in pages) Assert.Contains("专项样本：县人大代表。", await browser.GetStringAsync(page, Test.Token), StringComparison.Ordinal);
        Assert.Contains("专项样本：县人大代表", await browser.GetStringAsync("/results", Test.Token), StringComparison.Ordinal);
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE campaign SET population = 'residents' WHERE id = 1;"), Test.Token);
        foreach (var page in pages)
        {
            var html = await browser.GetStringAsync(page, Test.Token);
            Assert.DoesNotContain("专项样本：", html, StringComparison.Ordinal);
            Assert.DoesNotContain("演练：", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_townships_and_two_rounds_are_compared_only_where_both_are_published()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var empty = await browser.GetStringAsync("/results/1/compare", Test.Token);
        Assert.DoesNotContain("id=\"townships\"", empty, StringComparison.Ordinal);
        Assert.Contains("选两个乡镇，或者选另一轮", empty, StringComparison.Ordinal);
        Assert.Contains("请选两个不同的乡镇", await browser.GetStringAsync("/results/1/compare?first=1&second=1", Test.Token), StringComparison.Ordinal);
        var withheld = await browser.GetStringAsync("/results/1/compare?first=1&second=2&with=2", Test.Token);
        Assert.Contains("有一方不公布，不能比", withheld, StringComparison.Ordinal);
        Assert.Contains("平安镇 减 清水乡", withheld, StringComparison.Ordinal);
        Assert.Contains("id=\"two-rounds\"", withheld, StringComparison.Ordinal);
        // A round of other people is no other round of this one.
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE campaign SET population = '县人大代表' WHERE id = 2;"), Test.Token);
        Assert.DoesNotContain("id=\"two-rounds\"", await browser.GetStringAsync("/results/1/compare?with=2", Test.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/results/3/compare", Test.Token)).StatusCode);
    }

    private static Task<string> Save(HttpClient browser, string period, string percent) => ActionsTests.Submit(
        browser, "/benchmarks", "/benchmarks?handler=Save",
        ("Input.Index", "群众安全感"), ("Input.Level", "Own"), ("Input.Name", "云溪县"), ("Input.Period", period), ("Input.Percent", percent), ("Input.Source", "省统计局"));

    private static Task<string> Upload(HttpClient browser, string page, string address, string text) => Upload(browser, page, address, Encoding.UTF8.GetBytes(text));

    private static async Task<string> Upload(HttpClient browser, string page, string address, byte[] bytes)
    {
        var token = GuardsTests.FormToken.Match(await browser.GetStringAsync(page, Test.Token)).Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "form-token" }, { new ByteArrayContent(bytes), "file", "table" } };
        using var answer = await browser.PostAsync(new Uri(address, UriKind.Relative), form, Test.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Test.Token);
    }
}
