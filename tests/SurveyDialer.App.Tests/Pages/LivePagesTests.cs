using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using SurveyDialer.CallingHours;
using SurveyDialer.Dispositions;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>Pages that change while they are open: live progress and the dial pad.</summary>
public sealed partial class LivePagesTests
{
    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket { get; }

    [Fact]
    public async Task An_open_page_is_told_at_once_and_after_every_change()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        using var answer = await browser.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Test.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Test.Token));
        var first = await NextEvent(lines);
        await host.Files.Database.WriteAsync(
            connection => connection.Execute("INSERT INTO attempt_history (attempt_id, at, from_state, to_state) VALUES (1, 1, 'pending', 'leased');"), Test.Token);
        var second = await NextEvent(lines);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("zh-CN", "官方调查“市测评”到 3月6日 周五为止", "官方调查到 3月6日 周五为止")]
    [InlineData("en", "The official survey “City survey” runs until Fri 6 Mar", "official survey runs until Fri 6 Mar")]
    public async Task Where_an_official_survey_holds_a_round_up_the_pages_say_until_when(string language, string told, string inTheList)
    {
        NamedDays[] surveys = [new(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 5), "市测评", "City survey"), new(new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 6), "省测评", "Provincial survey")];
        await using var host = await PageHost.StartAsync(filled: true, officialSurveys: surveys);
        using var browser = host.Browser(language);
        var list = await browser.GetStringAsync("/campaigns/1/respondents?state=waiting", Test.Token);
        Assert.Contains(inTheList, list, StringComparison.Ordinal);
        var waiting = System.Text.RegularExpressions.Regex.Match(list, "/campaigns/1/respondents/[0-9]+").Value;
        Assert.Contains(told, await browser.GetStringAsync(waiting, Test.Token), StringComparison.Ordinal);
        Assert.Contains(told, await browser.GetStringAsync("/campaigns/1", Test.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limits_of_a_round_stand_on_its_page_and_what_paused_it()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        await host.Files.Database.WriteAsync(
            connection => connection.Execute("""
                UPDATE campaign SET max_lines = 2, max_starts = 0.5, state = 'paused' WHERE id = 1;
                INSERT INTO campaign_history (campaign_id, at, from_state, to_state, reason, who) VALUES (1, 1, 'running', 'paused', 'Configuration 20003', 'SurveyDialer');
                """),
            Test.Token);
        using var browser = host.Browser("en");
        var html = await browser.GetStringAsync("/campaigns/1", Test.Token);
        Assert.Contains("this round: lines: at most 2, calls a second: at most 0.5", html, StringComparison.Ordinal);
        Assert.Contains("The carrier does not accept the settings here (code 20003)", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fragment_of_a_live_page_has_the_new_figures()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser("en");
        Assert.Contains("<dd>27 / 80", await browser.GetStringAsync("/campaigns/1?handler=progress", Test.Token));
        await host.Files.Database.WriteAsync(
            connection => SampleMemberStore.Record(connection, 1, 9, null, "1.1", final: true, 0), Test.Token);
        var html = await browser.GetStringAsync("/campaigns/1?handler=progress", Test.Token);
        Assert.Contains("<dd>28 / 80", html);
        Assert.DoesNotContain("<html", html);
    }

    [Fact]
    public async Task A_walk_by_keys_reaches_the_end_through_the_real_engine()
    {
        await using var host = await PageHost.StartAsync(filled: false);
        using var browser = host.Browser();
        var html = await browser.GetStringAsync("/dial-pad/walk?template=short-keys&language=zh-CN&channel=Voice", Test.Token);
        var token = GuardsTests.FormToken.Match(html).Groups[1].Value;
        for (var turn = 0; turn < 20 && !html.Contains("问完了", StringComparison.Ordinal); turn++)
            html = await Press(browser, html, token, html.Contains("需要您同意", StringComparison.Ordinal) ? "4" : "1");
        Assert.Contains("问完了 · 记为：完成", html);
        Assert.Contains("disabled", html);
    }

    [Fact]
    public async Task Nine_ends_a_walk_at_once()
    {
        await using var host = await PageHost.StartAsync(filled: false);
        using var browser = host.Browser("en");
        var html = await browser.GetStringAsync("/dial-pad/walk?template=short-keys&language=en&channel=Voice", Test.Token);
        html = await Press(browser, html, GuardsTests.FormToken.Match(html).Groups[1].Value, "9");
        Assert.Contains("Never again", html);
        Assert.Contains("hx-swap-oob=\"beforeend:#transcript\"", html);
    }

    [Fact]
    public async Task A_walk_that_was_tampered_with_is_refused()
    {
        await using var host = await PageHost.StartAsync(filled: false);
        using var browser = host.Browser();
        using var answer = await ActionsTests.Post(
            browser, "/dial-pad/walk?template=short-keys&language=zh-CN&channel=Voice", "/dial-pad/walk", ("ticket", "CfDJ8-forged"), ("key", "1"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<string> Press(HttpClient browser, string html, string token, string key)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["form-token"] = token, ["ticket"] = WebUtility.HtmlDecode(Ticket.Match(html).Groups[1].Value), ["key"] = key,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dial-pad/walk") { Content = form };
        request.Headers.Add("HX-Request", "true");
        using var answer = await browser.SendAsync(request, Test.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Test.Token);
    }

    private static async Task<string> NextEvent(StreamReader lines)
    {
        while (true)
        {
            var line = await lines.ReadLineAsync(Test.Token);
            Assert.NotNull(line);
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
        }
    }
}
