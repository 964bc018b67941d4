using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.App.Tests.Pages;
using SurveyDialer.App.Web;
using SurveyDialer.Exports;
using SurveyDialer.People;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>What a supervisor sees, and what not.</summary>
public sealed partial class SupervisorTests
{
    [GeneratedRegex("<span class=\"next-text\">([^<]*)</span>")]
    private static partial Regex NextText { get; }

    [GeneratedRegex("1[0-9]{2}\\*{4}|\\*{4}[0-9]|0[0-9]{2,3}-?\\*")]
    private static partial Regex PartOfANumber { get; }

    [Theory]
    [InlineData("zh-CN", "平安镇", "还剩", "12 天")]
    [InlineData("en", "平安镇", "Left", "12 days")]
    public async Task Rounds_stand_at_a_glance_and_each_township_with_its_countdown(string language, string township, string left, string days)
    {
        await using var machine = await Machine.StartAsync();
        var (browser, _) = await machine.ComeInAsync(DoorKind.Supervisor);
        await browser.GetStringAsync($"/language/{language}", Test.Token);
        var all = await browser.GetStringAsync("/supervisor", Test.Token);
        Assert.Contains("2026年第一季度测评", all, StringComparison.Ordinal);
        Assert.Matches($"data-label=\"{left}\" class=\"right nowrap\"[^>]*>{days}<", all);
        Assert.Contains("27 / 80", all, StringComparison.Ordinal);
        var one = await browser.GetStringAsync("/supervisor/1", Test.Token);
        Assert.Contains(township, one, StringComparison.Ordinal);

        // 80 wanted of 120: 68 of the sample in the one township, 52 in the other.
        var shares = Regex.Matches(one, "class=\"right\"[^>]*>([0-9]+) / ([0-9]+)</td>").Select(match => (int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value))).ToList();
        Assert.Contains(shares, share => share.Item2 == 45);
        Assert.Contains(shares, share => share.Item2 == 35);

        // So few were not reached that the rate would tell how many.
        Assert.Matches("data-label=\"(联系到的比例|Contact rate)\" class=\"right\"[^>]*>(人太少|too few)<", one);
    }

    [Fact]
    public async Task No_number_not_even_part_of_one_and_no_name_of_a_resident_reaches_a_supervisor()
    {
        await using var machine = await Machine.StartAsync();
        var (browser, _) = await machine.ComeInAsync(DoorKind.Supervisor, "主任");
        var looked = 0;
        foreach (var row in Expected.All.Where(row => !row.IsPost && row.Status == 200 && row.Who.Contains(VisitorKind.Supervisor)))
        {
            if (row.Key.Contains("live", StringComparison.Ordinal) || row.Key.Contains("progress/", StringComparison.Ordinal)) continue;
            Check(row.Key, await browser.GetStringAsync(row.Address, Test.Token));
            looked++;
        }

        Assert.True(looked >= 7, $"{looked} pages");

        // The real exports, of which the page offers those without persons.
        var services = machine.Pages.Services;
        var offered = services.GetRequiredService<IExportCatalog>().Kinds.Where(kind => !kind.NamesPersons).ToList();
        Assert.True(offered.Count >= 7, $"{offered.Count} exports");
        foreach (var kind in offered)
        {
            using var answer = await ActionsTests.Post(browser, "/exports", "/exports?handler=Download", ("campaign", "1"), ("kind", kind.Id));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Check(kind.Id, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Test.Token)));
        }

        foreach (var kind in services.GetRequiredService<IExportCatalog>().Kinds.Where(kind => kind.NamesPersons))
        {
            using var refused = await ActionsTests.Post(browser, "/exports", "/exports?handler=Download", ("campaign", "1"), ("kind", kind.Id));
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        static void Check(string where, string text)
        {
            Assert.NotEmpty(text);
            Assert.False(SampleTownship.WholeNumbers.Any(number => text.Contains(number, StringComparison.Ordinal)), $"{where} shows a number.");
            Assert.False(PartOfANumber.IsMatch(text), $"{where} shows part of a number: {PartOfANumber.Match(text).Value}");
            Assert.False(text.Contains("秀英", StringComparison.Ordinal) || text.Contains("张*", StringComparison.Ordinal), $"{where} names a resident.");
        }
    }

    [Fact]
    public async Task Danger_reaches_a_page_that_is_open_and_is_marked_by_name()
    {
        await using var machine = await Machine.StartAsync();
        var (browser, _) = await machine.ComeInAsync(DoorKind.Supervisor, "李主任");
        using var live = await browser.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Test.Token);
        using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(Test.Token));
        var before = await NextAsync(lines);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync("/dangers?handler=Now&shown=", Test.Token)).StatusCode);

        await machine.Database.WriteAsync(
            connection => connection.Execute("INSERT INTO danger_notice (campaign_id, attempt_id, caller, at) VALUES (1, 8, '王芳', @at);", new { at = machine.Clock.GetUtcNow().ToUnixTimeMilliseconds() }),
            Test.Token);
        Assert.NotEqual(before, await NextAsync(lines));
        foreach (var address in new[] { "/", "/supervisor", "/supervisor/1", "/exports", "/results", "/results/1", "/results/1/quality", "/outcomes/1", "/reports/1", "/benchmarks", "/calculator", "/help", "/dangers?handler=Now&shown=" })
            Assert.Contains("访问员王芳", await browser.GetStringAsync(address, Test.Token), StringComparison.Ordinal);
        foreach (var begins in new[] { "/", "/supervisor" })
            Assert.Contains("访问员王芳报告了危险", FirstLine(await browser.GetStringAsync(begins, Test.Token)), StringComparison.Ordinal);

        // Whoever runs the rounds is told too; a caller is not.
        var (staff, _) = await machine.ComeInAsync(DoorKind.Staff, "小刘");
        foreach (var address in new[] { "/", "/campaigns", "/campaigns/1", "/new-round", "/jobs" })
            Assert.Contains("访问员王芳", await staff.GetStringAsync(address, Test.Token), StringComparison.Ordinal);
        var (caller, _) = await machine.ComeInAsync(DoorKind.Caller, "李雷");
        foreach (var address in new[] { "/", "/interview", "/cases" })
            Assert.DoesNotContain("访问员王芳", await caller.GetStringAsync(address, Test.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync("/dangers?handler=Now&shown=1", Test.Token)).StatusCode);

        using var seen = await ActionsTests.Post(browser, "/results", "/dangers?handler=Seen", ("notice", "1"), ("back", "/supervisor"));
        var html = await seen.Content.ReadAsStringAsync(Test.Token);
        Assert.Contains("由李主任处理", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"dangers-title\"", html, StringComparison.Ordinal);
        Assert.Equal("李主任", machine.Database.Read(connection => connection.QuerySingle<string>("SELECT who FROM audit_log WHERE action = 'danger-seen';")));
    }

    [Fact]
    public async Task Who_has_seen_to_danger_comes_back_to_the_page_where_it_was_told_and_nowhere_else()
    {
        await using var machine = await Machine.StartAsync();
        await machine.Database.WriteAsync(connection => connection.Execute("INSERT INTO danger_notice (campaign_id, attempt_id, caller, at) VALUES (1, 8, '王芳', 1), (1, 9, '王芳', 2);"), Test.Token);
        var (browser, _) = await machine.ComeInAsync(DoorKind.Staff, "小刘");
        Assert.Contains("name=\"back\" value=\"/campaigns/1/respondents?state=waiting\"", await browser.GetStringAsync("/campaigns/1/respondents?state=waiting", Test.Token), StringComparison.Ordinal);
        using var back = await ActionsTests.Post(browser, "/campaigns", "/dangers?handler=Seen", ("notice", "1"), ("back", "/campaigns"));
        Assert.Equal("/campaigns", back.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("由您处理", await back.Content.ReadAsStringAsync(Test.Token), StringComparison.Ordinal);
        using var elsewhere = await ActionsTests.Post(browser, "/campaigns", "/dangers?handler=Seen", ("notice", "2"), ("back", "//attacker.example/"));
        Assert.Equal(new Uri(machine.Lan, "/"), elsewhere.RequestMessage!.RequestUri);
    }

    [Fact]
    public async Task An_empty_house_says_what_comes_next()
    {
        await using var machine = await Machine.StartAsync(filled: false);
        var (browser, _) = await machine.ComeInAsync(DoorKind.Supervisor);
        Assert.Contains("工作人员建立调查轮次以后", await browser.GetStringAsync("/supervisor", Test.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/supervisor/1", Test.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/exports", Test.Token)).StatusCode);
    }

    [Fact]
    public async Task A_download_tells_how_far_it_is()
    {
        await using var machine = await Machine.StartAsync();
        var (browser, _) = await machine.ComeInAsync(DoorKind.Supervisor);
        const string run = "00112233445566778899aabbccddeeff";
        using var progress = await browser.GetAsync($"/exports/progress/{run}", HttpCompletionOption.ResponseHeadersRead, Test.Token);
        Assert.Equal("text/event-stream", progress.Content.Headers.ContentType!.MediaType);
        using var file = await ActionsTests.Post(browser, "/exports", "/exports?handler=Download", ("campaign", "1"), ("kind", "answers"), ("run", run));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        var told = await progress.Content.ReadAsStringAsync(Test.Token);
        Assert.EndsWith("event: end\ndata: done\n\n", told, StringComparison.Ordinal);
    }

    private static string FirstLine(string html) => WebUtility.HtmlDecode(NextText.Match(html).Groups[1].Value);

    private static async Task<string> NextAsync(StreamReader lines)
    {
        while (true)
        {
            var line = await lines.ReadLineAsync(Test.Token);
            Assert.NotNull(line);
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
        }
    }
}
