using SurveyDialer.EndToEnd;

namespace SurveyDialer.Browser;

/// <summary>The results pages with their charts, as a supervisor reads them.</summary>
public sealed class ResultsPagesTests
{
    [Theory]
    [MemberData(nameof(DeskKeyboardTests.Screens), MemberType = typeof(DeskKeyboardTests))]
    public async Task Figures_are_drawn_beside_their_tables_and_official_results_are_entered(string language, int width, int height)
    {
        await using var server = await DeskServer.StartAsync(3, language);
        await using var chromium = await Chromium.StartAsync(server.Address, language, width, height);
        var page = chromium.Page;
        string Name(string screen) => $"{screen}-{language}-{width}";
        await page.GotoAsync("/benchmarks");
        await chromium.LookAsync(Name("benchmarks-none"));
        foreach (var (period, percent) in new[] { ("2025-H1", "92.1"), ("2025-H2", "93.4") })
        {
            await page.Locator("#index").FillAsync("SAFE");
            await page.Locator("#period").FillAsync(period);
            await page.Locator("#percent").FillAsync(percent);
            await page.Locator("#source").FillAsync(language == "en" ? "the province" : "省统计局");
            await page.Locator(".benchmark-form button").ClickAsync();
            await page.Locator(".said-done").WaitForAsync();
        }

        await chromium.LookAsync(Name("benchmarks"));
        await page.GotoAsync("/results");
        await chromium.LookAsync(Name("results"));
        await page.Locator("main table a").First.ClickAsync();
        await page.Locator("[data-chart] svg").First.WaitForAsync();
        Assert.Equal(width > 390, await page.Locator("details.part").First.EvaluateAsync<bool>("part => part.open"));
        await chromium.LookAsync(Name("results-round"));
        await page.Locator("a[href$='/index/SAFE']").First.ClickAsync();
        await page.Locator("[data-chart=series] svg").WaitForAsync();
        await chromium.LookAsync(Name("results-index"));
        foreach (var part in (string[])["compare?first=1&second=2", "quality", "settings"])
        {
            await page.GotoAsync($"/results/1/{part}");
            await chromium.LookAsync(Name($"results-{part.Split('?')[0]}"));
        }
    }
}
