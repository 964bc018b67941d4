using SurveyDialer.EndToEnd;

namespace SurveyDialer.Browser;

/// <summary>The supervisor's whole day at another machine: the rounds at a glance, one round, its results, and an export that is opened and read back.</summary>
public sealed class SupervisorDayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_overview_through_a_round_and_its_results_to_an_export_that_is_read_back()
    {
        await using var server = await DeskServer.StartAsync(2, lan: true);
        await InterviewAsync(server);
        await using var chromium = await Chromium.StartAsync(server.Lan, "zh-CN");
        var page = chromium.Page;
        await page.GotoAsync(await server.MakeDoorAsync("supervisor", "李主任"));
        await page.Locator(".next-link").ClickAsync();
        await page.WaitForURLAsync("**/supervisor");
        Assert.Equal("1", await page.Locator("#rounds [data-label=完成的访问]").InnerTextAsync());
        await page.Locator("#rounds a").First.ClickAsync();
        await page.WaitForURLAsync("**/supervisor/1");
        Assert.Contains("云溪镇", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await chromium.LookAsync("supervisor-day-round");
        await page.GotoAsync("/results/1");
        await chromium.LookAsync("supervisor-day-results");
        await page.GotoAsync("/exports?campaign=1");
        Assert.Equal(0, await page.Locator("[value='follow-up-list-xlsx']").CountAsync());
        var file = await TakeAsync(page, server, "microdata-xlsx", "microdata.xlsx");
        var csv = await TakeAsync(page, server, "answers", "answers.csv");
        await chromium.LookAsync("supervisor-day-exports");
        Assert.Equal(
            "李主任 answers of campaign 1, 1 rows|李主任 microdata-xlsx of campaign 1, 1 rows",
            server.One<string>("SELECT group_concat(line, '|') FROM (SELECT who || ' ' || detail AS line FROM audit_log WHERE action = 'exported' ORDER BY line)"));

        var answers = await File.ReadAllTextAsync(csv, Cancellation);
        Assert.Contains("云溪镇", answers, StringComparison.Ordinal);
        Assert.DoesNotContain("0851", answers, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", answers, StringComparison.Ordinal);
        Assert.Equal(403, (await page.GotoAsync("/cases"))!.Status);
        await ReadBackAsync(file);
    }

    private static async Task<string> TakeAsync(Microsoft.Playwright.IPage page, DeskServer server, string kind, string name)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"form:has([value='{kind}']) button").ClickAsync());
        var file = Path.Combine(server.Root, name);
        await download.SaveAsAsync(file);
        return file;
    }

    private static async Task InterviewAsync(DeskServer server)
    {
        using var http = server.Browser();
        var desk = new DeskPage(http);
        await desk.SignInAsync("王芳");
        await desk.ReachAsync();
        await desk.FinishAsync("4", "");
        Assert.Equal(1, server.One<long>("SELECT count(*) FROM attempt WHERE code = '1.1'"));
    }

    private static async Task ReadBackAsync(string workbook)
    {
        if (!LibreOffice.IsInstalled) Assert.Skip("LibreOffice is not installed: the day was walked to its end, but the workbook was not read back. On Debian: apt-get install libreoffice-calc");
        var rows = await LibreOffice.ReadAsync(workbook, Cancellation);
        Assert.Equal(2, rows.Length);
        Assert.Equal(rows[0].Split(',').Length, rows[1].Split(',').Length);
        Assert.All(rows[0].Split(','), title => Assert.StartsWith("\"", title, StringComparison.Ordinal));

        // Codes are numbers in the workbook, not texts.
        Assert.DoesNotContain("\"", rows[1], StringComparison.Ordinal);
    }
}
