using Microsoft.Playwright;
using SurveyDialer.EndToEnd;

namespace SurveyDialer.Browser;

/// <summary>Doors and what lies behind the supervisor's, in a browser at another machine.</summary>
public sealed class DoorPagesTests
{
    [Theory]
    [MemberData(nameof(DeskKeyboardTests.Screens), MemberType = typeof(DeskKeyboardTests))]
    public async Task A_link_is_made_handed_over_opened_and_closed(string language, int width, int height)
    {
        await using var server = await DeskServer.StartAsync(3, language, lan: true);
        await using var here = await Chromium.StartAsync(server.Address, language, width, height);
        var page = here.Page;
        string Name(string screen) => $"{screen}-{language}-{width}";
        await page.GotoAsync("/campaigns/1");
        await page.Locator("a.btn[href='/interview']").WaitForAsync();
        await here.LookAsync(Name("campaign-desk"));
        await page.GotoAsync("/doors");
        await here.LookAsync(Name("doors-none"));

        // By keyboard alone: the name, the third kind, made.
        await page.Locator("#person").FocusAsync();
        await page.Keyboard.TypeAsync(language == "en" ? "Lei Li" : "李主任");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        var link = await page.Locator("#link-0").InputValueAsync();
        Assert.StartsWith($"{server.Lan}door/", link, StringComparison.Ordinal);
        await here.LookAsync(Name("doors-made"));

        await using var elsewhere = await Chromium.StartAsync(server.Lan, language, width, height);
        var other = elsewhere.Page;
        await other.GotoAsync(link);
        Assert.Equal($"{server.Lan}door?tell=entered", other.Url);
        await elsewhere.LookAsync(Name("door"));
        await other.Locator(".next-link").ClickAsync();
        await other.WaitForURLAsync("**/supervisor");
        await elsewhere.LookAsync(Name("supervisor"));
        await other.Locator("#rounds a").First.ClickAsync();
        await other.WaitForURLAsync("**/supervisor/1");
        await elsewhere.LookAsync(Name("supervisor-round"));
        await other.GotoAsync("/exports");
        await elsewhere.LookAsync(Name("supervisor-exports"));

        await page.GotoAsync("/doors");
        await here.LookAsync(Name("doors-used"));
        await page.Locator("form[action*=Revoke] button").ClickAsync();
        await page.Locator("#confirm [data-answer=yes]").ClickAsync();
        await page.Locator(".said-done").WaitForAsync();
        Assert.Equal(403, (await other.GotoAsync("/supervisor"))!.Status);
    }

    [Fact]
    public async Task Danger_reaches_the_supervisors_open_page_within_seconds()
    {
        await using var server = await DeskServer.StartAsync(1, lan: true);
        await using var supervisor = await Chromium.StartAsync(server.Lan, "zh-CN");
        await supervisor.Page.GotoAsync(await server.MakeDoorAsync("supervisor", "李主任"));
        await supervisor.Page.GotoAsync("/supervisor/1");
        Assert.Equal(0, await supervisor.Page.Locator("#dangers-title").CountAsync());

        await using var caller = await Chromium.StartAsync(server.Lan, "zh-CN");
        await caller.Page.GotoAsync(await server.MakeDoorAsync("caller", "王芳"));
        await caller.Page.GotoAsync("/interview");
        await caller.LookAsync("door-caller");
        foreach (var screen in (string[])["#taken", "#dial", "#asked"]) await DeskKeyboardTests.PressAsync(caller.Page, "Enter", screen);
        await DeskKeyboardTests.PressAsync(caller.Page, "d", ".urgent");

        await supervisor.Page.Locator("#dangers-title").WaitForAsync();
        Assert.Contains("访问员王芳", await supervisor.Page.Locator("#dangers").InnerTextAsync(), StringComparison.Ordinal);
        await supervisor.LookAsync("danger");
        await supervisor.Page.Locator("#dangers button").ClickAsync();
        await supervisor.Page.Locator(".said-done").WaitForAsync();
        Assert.Equal(0, await supervisor.Page.Locator("#dangers-title").CountAsync());
        await supervisor.LookAsync("danger-seen");
        Assert.Equal("李主任", server.One<string>("SELECT seen_by FROM danger_notice"));
    }

    [Fact]
    public async Task A_download_shows_how_far_it_is_and_ends_in_a_file()
    {
        await using var server = await DeskServer.StartAsync(3, lan: true);
        await using var chromium = await Chromium.StartAsync(server.Lan, "zh-CN");
        var page = chromium.Page;
        await page.GotoAsync(await server.MakeDoorAsync("supervisor", "李主任"));
        await page.GotoAsync("/exports");
        var row = page.Locator("tr", new PageLocatorOptions { HasText = "结果代码" }).First;
        var download = await page.RunAndWaitForDownloadAsync(() => row.Locator("button").ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.True(text.Length > 20, text);
        await row.Locator("[role=status]", new LocatorLocatorOptions { HasText = "已写完" }).WaitForAsync();
        await chromium.LookAsync("export-written");
    }
}
