using Microsoft.Playwright;
using SurveyDialer.EndToEnd;

namespace SurveyDialer.Browser;

/// <summary>Interviews by keyboard alone: the mouse is never touched.</summary>
public sealed class DeskKeyboardTests
{
    public static TheoryData<string, int, int> Screens() => new() { { "zh-CN", 1366, 768 }, { "en", 1366, 768 }, { "zh-CN", 390, 844 }, { "en", 390, 844 } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_whole_interview_takes_no_mouse_and_every_screen_is_accessible(string language, int width, int height)
    {
        await using var server = await DeskServer.StartAsync(2, language);
        await using var chromium = await Chromium.StartAsync(server.Address, language, width, height);
        var (page, keys) = (chromium.Page, chromium.Page.Keyboard);
        Task Look(string screen) => chromium.LookAsync($"{screen}-{language}-{width}");

        await page.GotoAsync("/interview");
        await Look("1-name");
        await keys.TypeAsync(language == "en" ? "Fang" : "王芳");
        await PressAsync(page, "Enter", "#idle");
        await Look("2-idle");
        await PressAsync(page, "Enter", "#taken");
        await Look("3-taken");
        await PressAsync(page, "Enter", "#dial");
        await Look("4-dial");
        await PressAsync(page, "Enter", "#asked");
        await Look("5-introduction");
        await TurnAsync(page, "7");
        await Look("6-notice");

        var pictured = new HashSet<string>(StringComparer.Ordinal);
        for (var turn = 0; await page.Locator("#over").CountAsync() == 0; turn++)
        {
            Assert.True(turn < 40, "The interview did not end.");
            var screen = await page.Locator("#words").CountAsync() > 0 ? "words" : await page.Locator("[name=chosen]").CountAsync() > 0 ? "several" : turn == 4 ? "question" : "";
            if (screen.Length > 0 && pictured.Add(screen)) await Look($"7-{screen}");
            if (screen == "several") await keys.PressAsync("1");
            if (screen == "several") await keys.PressAsync("Numpad3");
            if (screen == "words") await keys.TypeAsync("村口没有路灯 1 2 3");
            await TurnAsync(page, screen switch { "words" => "Control+Enter", "several" => "Enter", "question" => "4", _ => "1" });
        }

        Assert.Equal(["question", "several", "words"], pictured.Order());
        await Look("8-over");
        Assert.Equal(("1.1", "phone", "order"), server.One<(string, string, string)>("SELECT m.final_code, c.preferred_way, c.topic FROM sample_member m JOIN follow_up_case c USING (respondent_id)"));
        Assert.Equal("1,3", server.One<string>("SELECT key FROM answer WHERE key LIKE '%,%'"));

        // The next one is busy.
        await PressAsync(page, "Enter", "#taken");
        await PressAsync(page, "Enter", "#dial");
        await PressAsync(page, "w", "#over");
        await page.GotoAsync("/interview");
        await Look("9-nobody");
        Assert.Equal(1, server.One<long>("SELECT count(*) FROM attempt WHERE code = '3.12'"));
    }

    [Fact]
    public async Task Cannot_say_refusal_and_language_have_their_keys()
    {
        await using var server = await DeskServer.StartAsync(1);
        await using var chromium = await Chromium.StartAsync(server.Address, "zh-CN");
        var page = chromium.Page;
        await BeginAsync(page);
        foreach (var key in (string[])["1", "1", "1", "1"]) await TurnAsync(page, key);
        await TurnAsync(page, "8");
        await TurnAsync(page, "9");
        Assert.Equal(2, server.One<long>("SELECT count(*) FROM answer WHERE key IN ('98', '99')"));
        await TurnAsync(page, "l");
        Assert.Equal("en", await page.Locator("#asked").GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task A_wrong_key_is_taken_back_by_a_key_and_the_interview_goes_on_from_there()
    {
        await using var server = await DeskServer.StartAsync(1);
        await using var chromium = await Chromium.StartAsync(server.Address, "zh-CN");
        var page = chromium.Page;
        await BeginAsync(page);
        foreach (var key in (string[])["1", "1", "1", "1"]) await TurnAsync(page, key);
        var asked = await page.Locator("#asked").InnerTextAsync();
        await TurnAsync(page, "5");
        Assert.Equal("5", server.One<string>("SELECT key FROM answer WHERE question_id = 'Q1'"));
        await TurnAsync(page, "b");
        Assert.Equal(asked, await page.Locator("#asked").InnerTextAsync());
        Assert.Contains("已经取消", await page.Locator("#next").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM answer WHERE question_id = 'Q1'"));
        await chromium.LookAsync("taken-back");

        // The power goes, the page comes back: the same question, still to be answered.
        await page.ReloadAsync();
        Assert.Equal(asked, await page.Locator("#asked").InnerTextAsync());
        await TurnAsync(page, "1");
        Assert.Equal("1", server.One<string>("SELECT key FROM answer WHERE question_id = 'Q1'"));

        // Back to the very beginning, and no further.
        for (var turn = 0; await page.Locator("[value=back]").CountAsync() > 0; turn++)
        {
            Assert.True(turn < 9, "There is no beginning.");
            await TurnAsync(page, "b");
        }

        Assert.Contains("愿意", await page.Locator(".answers").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM answer"));
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Practice_takes_the_same_keys_and_leaves_nothing_behind(string language, int width, int height)
    {
        await using var server = await DeskServer.StartAsync(1, language);
        await using var chromium = await Chromium.StartAsync(server.Address, language, width, height);
        var page = chromium.Page;
        var before = Everything(server);
        await page.GotoAsync("/interview");
        await page.Locator("a[href='/interview/practice']").ClickAsync();
        await page.Locator("#idle").WaitForAsync();
        await chromium.LookAsync($"practice-idle-{language}-{width}");
        foreach (var screen in (string[])["#taken", "#dial", "#asked"])
        {
            await PressAsync(page, "Enter", screen);
            if (screen == "#dial") await chromium.LookAsync($"practice-dial-{language}-{width}");
        }

        foreach (var key in (string[])["1", "1", "1", "5", "b", "d"])
        {
            if (key == "d") await PressAsync(page, key, ".urgent");
            else await TurnAsync(page, key);
        }

        await chromium.LookAsync($"practice-asking-{language}-{width}");
        for (var turn = 0; await page.Locator("#over").CountAsync() == 0; turn++)
        {
            Assert.True(turn < 40, "The interview did not end.");
            var several = await page.Locator("[name=chosen]").CountAsync() > 0;
            if (several) await page.Keyboard.PressAsync("1");
            if (await page.Locator("#words").CountAsync() > 0) await page.Keyboard.PressAsync("Control+Enter");
            else await page.Keyboard.PressAsync(several ? "Enter" : "1");
            await SettleAsync(page);
            await page.WaitForFunctionAsync("() => !document.querySelector('.htmx-request')");
        }

        await chromium.LookAsync($"practice-over-{language}-{width}");
        Assert.Equal(before, Everything(server));
        await PressAsync(page, "Enter", "#taken");
    }

    /// <summary>Rows of every table that a call could leave something in.</summary>
    private static string Everything(DeskServer server) => server.One<string>("""
        SELECT (SELECT count(*) FROM interview) || '.' || (SELECT count(*) FROM answer) || '.' || (SELECT count(*) FROM attempt) || '.' || (SELECT count(*) FROM attempt WHERE state <> 'pending')
            || '.' || (SELECT count(*) FROM follow_up_case) || '.' || (SELECT count(*) FROM do_not_call) || '.' || (SELECT count(*) FROM audit_log) || '.' || (SELECT count(*) FROM danger_notice)
            || '.' || (SELECT count(*) FROM contact_cap) || '.' || (SELECT count(*) FROM phone) || '.' || (SELECT count(*) FROM area_words);
        """);

    [Fact]
    public async Task Never_again_asks_once_and_danger_says_whom_to_ring()
    {
        await using var server = await DeskServer.StartAsync(1);
        await using var chromium = await Chromium.StartAsync(server.Address, "zh-CN");
        var page = chromium.Page;
        await BeginAsync(page);
        await PressAsync(page, "d", ".urgent");
        Assert.Contains("110", await page.Locator(".urgent").InnerTextAsync());
        await chromium.LookAsync("urgent");

        // Opened anew, the page begins with it.
        await page.ReloadAsync();
        Assert.Contains("110", await page.Locator("#next").InnerTextAsync(), StringComparison.Ordinal);
        await chromium.LookAsync("urgent-reloaded");

        await PressAsync(page, "a", "details[open] input[type=datetime-local]:focus");
        await chromium.LookAsync("appointment");
        await page.Keyboard.PressAsync("Escape");
        await PressAsync(page, "n", "dialog[open]");
        await chromium.LookAsync("never-again");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM do_not_call"));
        await page.Locator("#asked").FocusAsync();
        await PressAsync(page, "n", "dialog[open]");
        await PressAsync(page, "Enter", "#over");
        Assert.Equal(1, server.One<long>("SELECT count(*) FROM do_not_call"));
        Assert.Equal(1, server.One<long>("SELECT count(*) FROM audit_log WHERE action = 'urgent'"));
    }

    [Fact]
    public async Task The_keys_can_be_turned_off()
    {
        await using var server = await DeskServer.StartAsync(1);
        await using var chromium = await Chromium.StartAsync(server.Address, "zh-CN");
        var page = chromium.Page;
        await BeginAsync(page);
        await page.Locator("#keys-switch").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("false", await page.Locator("#keys-switch").GetAttributeAsync("aria-pressed"));
        var before = await TurnOf(page);
        await page.Keyboard.PressAsync("1");
        await page.ReloadAsync();
        Assert.Equal(before, await TurnOf(page));
        await page.Locator("#keys-switch").PressAsync("Space");
        await page.Locator("#asked").FocusAsync();
        await TurnAsync(page, "1");
        Assert.NotEqual(before, await TurnOf(page));
    }

    [Fact]
    public async Task Two_callers_at_two_browsers_hold_two_interviews()
    {
        await using var server = await DeskServer.StartAsync(2);
        await using var one = await Chromium.StartAsync(server.Address, "zh-CN");
        await using var other = await Chromium.StartAsync(server.Address, "en");
        await BeginAsync(one.Page, "王芳");
        await BeginAsync(other.Page, "Lei");
        Assert.Equal(2, server.One<long>("SELECT count(DISTINCT respondent_id) FROM attempt WHERE state = 'placed'"));
    }

    private static async Task BeginAsync(IPage page, string name = "王芳")
    {
        await page.GotoAsync("/interview");
        await page.Keyboard.TypeAsync(name);
        foreach (var screen in (string[])["#idle", "#taken", "#dial", "#asked"]) await PressAsync(page, "Enter", screen);
    }

    internal static async Task PressAsync(IPage page, string key, string appears)
    {
        await page.Keyboard.PressAsync(key);
        await page.Locator(appears).First.WaitForAsync();
        await SettleAsync(page);
    }

    /// <summary>Until the focus has followed what appeared: nobody presses the next key within those milliseconds.</summary>
    internal static async Task SettleAsync(IPage page)
        => await page.WaitForFunctionAsync("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')");

    /// <summary>Presses a key that enters something, and waits for what comes next.</summary>
    internal static async Task TurnAsync(IPage page, string key)
    {
        var before = await TurnOf(page);
        await page.Keyboard.PressAsync(key);
        await page.WaitForFunctionAsync(
            "before => document.querySelector('#over') || (document.querySelector('#desk [name=turn]')?.value ?? before) !== before", before);
        await SettleAsync(page);
    }

    private static async Task<string> TurnOf(IPage page) => await page.Locator("#desk [name=turn]").First.GetAttributeAsync("value") ?? "";
}
