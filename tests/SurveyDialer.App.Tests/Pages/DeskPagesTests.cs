using System.Net;
using System.Text.RegularExpressions;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>The caller's screen in a real call, as a browser without scripts sees it.</summary>
public sealed partial class DeskPagesTests
{
    [GeneratedRegex("name=\"(attempt|fence|turn)\" value=\"([0-9]+)\"")]
    private static partial Regex Hold { get; }

    [Theory]
    [InlineData("Later", "2026-03-05T19:00", "已约好，3月5日 周四 19:00再打", "未完成甄别")]
    [InlineData("WrongNumber", null, "打错了，不是名单上的人家", "已改号")]
    [InlineData("Machine", null, "答录机、语音助手", "应答设备")]
    public async Task What_became_of_a_call_is_told_in_the_words_of_its_key(string outcome, string? at, string told, string code)
    {
        await using var host = await DeskTownship.StartAsync();
        using var browser = host.Browser();
        await AtDeskAsync(browser, "Next", "Dial");
        (string, string)[] fields = at is null ? [("outcome", outcome)] : [("outcome", outcome), ("at", at)];
        var html = await PressAsync(browser, "End", fields);
        Assert.Contains(told, html, StringComparison.Ordinal);
        Assert.DoesNotContain(code, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_would_end_a_begun_interview_asks_first_and_at_the_introduction_none_does()
    {
        await using var host = await DeskTownship.StartAsync();
        using var browser = host.Browser();
        var screen = await AtDeskAsync(browser, "Next", "Dial");
        Assert.Null(Asked(screen, "HungUp"));
        screen = await PressAsync(browser, "Turn", ("key", "answered"));
        foreach (var outcome in (string[])["HungUp", "Refused", "Unable", "LanguageMissing"]) Assert.Null(Asked(screen, outcome));
        await PressAsync(browser, "Turn", ("key", "1"));
        screen = await PressAsync(browser, "Turn", ("key", "1"));
        foreach (var outcome in (string[])["HungUp", "Unable", "LanguageMissing"]) Assert.Contains("结束后不能接着问", Asked(screen, outcome)!, StringComparison.Ordinal);
        Assert.Contains("今后任何调查都不再打", Asked(screen, "NeverAgain")!, StringComparison.Ordinal);
    }

    /// <summary>Says a name and goes on to a respondent.</summary>
    private static async Task<string> AtDeskAsync(HttpClient browser, params string[] steps)
    {
        await ActionsTests.Submit(browser, "/interview", "/interview?handler=Name", ("name", "王芳"));
        var html = "";
        foreach (var step in steps) html = await PressAsync(browser, step);
        return html;
    }

    private static async Task<string> PressAsync(HttpClient browser, string handler, params (string, string)[] fields)
    {
        var now = await browser.GetStringAsync("/interview", Test.Token);
        var hold = Hold.Matches(now).DistinctBy(match => match.Groups[1].Value).Select(match => (match.Groups[1].Value, match.Groups[2].Value));
        return WebUtility.HtmlDecode(await ActionsTests.Submit(browser, "/interview", $"/interview?handler={handler}", [.. hold, .. fields]));
    }

    /// <summary>What an outcome's button asks first.</summary>
    private static string? Asked(string html, string outcome)
    {
        var button = Regex.Match(html, $"<button[^>]*value=\"{outcome}\"[^>]*>");
        Assert.True(button.Success, $"{outcome} is not offered.");
        return Regex.Match(button.Value, "data-confirm=\"([^\"]+)\"") is { Success: true } question ? question.Groups[1].Value : null;
    }
}
