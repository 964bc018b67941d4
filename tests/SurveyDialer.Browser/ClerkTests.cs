using Microsoft.Playwright;
using SurveyDialer.EndToEnd;

namespace SurveyDialer.Browser;

/// <summary>The clerk's first day in a real browser: from a messy list to a running round.</summary>
public sealed class ClerkTests
{
    public static TheoryData<string, int, int> Screens() => new() { { "zh-CN", 1366, 768 }, { "en", 1366, 768 }, { "zh-CN", 390, 844 }, { "en", 390, 844 } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task From_a_messy_list_to_a_running_round_and_every_step_is_accessible(string language, int width, int height)
    {
        await using var server = await DeskServer.StartEmptyAsync();
        await using var chromium = await Chromium.StartAsync(server.Address, language, width, height);
        var page = chromium.Page;
        Task Look(string screen) => chromium.LookAsync($"round-{screen}-{language}-{width}");

        await page.GotoAsync("/");
        await Look("0-home");
        await page.GotoAsync("/new-round");
        await Look("1-list");
        await page.SetInputFilesAsync("#list", Path.Combine(AppContext.BaseDirectory, "Files", "messy.xlsx"));
        await GoAsync(page, "#file ~ form .btn-primary", "#source");
        await Look("2-columns");
        await page.FillAsync("#source", "网格服务登记的联系电话");
        await page.FillAsync("#legal-basis", "履行法定职责");
        await page.FillAsync("#township", "平安镇");
        await GoAsync(page, "[data-busy] .btn-primary", "#rejected .is-flawed");
        await Look("3-rejected");
        await page.Locator("#rejected .is-flawed").First.FillAsync("15400001004");
        await GoAsync(page, ".flawed button", "#rejected:not(:has(.is-flawed))");
        await server.LetNumbersRingAsync();
        await GoAsync(page, "main a.btn-primary", "#templates");
        await Look("4-template");
        await GoAsync(page, "main .btn-primary", "#organiser");
        await Look("5-texts");
        await page.FillAsync("#organiser", "平安镇人民政府");
        await page.FillAsync("#approval", "内部演练");
        await page.FillAsync("#blank-verify_phone", "0851-01234567");
        await GoAsync(page, "main form .btn-primary", ".said-not");
        await Look("6-unsigned");
        await page.FillAsync("#signed-by", "王主任");
        await GoAsync(page, "main form .btn-primary", "#rehearsal");
        await Look("7-rehearse");
        await page.ClickAsync("#rehearsal .btn-primary");
        await page.Locator("#rehearsal .figures").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        await Look("8-rehearsed");
        await page.ClickAsync("#missing .btn-primary");
        await page.Locator("dialog[open]").WaitForAsync();
        await Look("9-launch");
        await GoAsync(page, "dialog [data-answer=yes]", ".state-running");
        await Look("10-running");
        Assert.Equal(("running", 6L), server.One<(string, long)>("SELECT state, (SELECT count(*) FROM sample_member) FROM campaign"));
    }

    private static async Task GoAsync(IPage page, string press, string appears)
    {
        await page.Locator(press).First.ClickAsync();
        await page.Locator(appears).First.WaitForAsync();
    }
}
