using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using SurveyDialer.App.Tests.Doors;
using SurveyDialer.People;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>"What do I do next?", as the first line of a page answers it.</summary>
public sealed partial class FirstLineTests
{
    [GeneratedRegex("<span class=\"next-text\">([^<]*)</span>(?:\\s*<a class=\"next-link\" href=\"([^\"]*)\")?")]
    private static partial Regex First { get; }

    [Fact]
    public async Task Somebody_who_may_be_called_now_leads_a_caller_to_the_interviews()
    {
        await using var host = await DeskTownship.StartAsync();
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE follow_up_case SET due_at = due_at + 864000000; UPDATE campaign SET state = 'closed' WHERE id = 3;"), Test.Token);
        using var browser = host.Browser();
        var waiting = host.Files.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM attempt WHERE state = 'pending' AND channel = 'live';"));
        Assert.True(waiting > 5);
        Assert.Equal(($"现在有 {waiting} 位可以打：去“电话访问”领取下一位。", "/interview"), FirstLine(await browser.GetStringAsync("/", Test.Token)));
        Assert.Equal("/interview", FirstLine(await browser.GetStringAsync("/campaigns", Test.Token)).Link);

        // Nobody is left for now: what was agreed to comes first again.
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE attempt SET due_at = due_at + 864000000 WHERE state = 'pending';"), Test.Token);
        Assert.Equal("/cases?state=open", FirstLine(await browser.GetStringAsync("/", Test.Token)).Link);
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE follow_up_case SET state = 'closed';"), Test.Token);
        host.Fakes.Failing = false;
        Assert.Contains("用座机打，眼下没有人可以打", FirstLine(await browser.GetStringAsync("/", Test.Token)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_rounds_begins_with_what_goes_on_though_a_newer_round_is_prepared()
    {
        await using var host = await DeskTownship.StartAsync();
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE campaign SET state = 'running' WHERE id = 1; UPDATE campaign SET state = 'closed' WHERE id = 2; UPDATE campaign SET state = 'draft' WHERE id = 3;"), Test.Token);
        using var browser = host.Browser();
        var page = await browser.GetStringAsync("/campaigns", Test.Token);
        var order = new[] { 1, 3, 2 }.Select(id => page.IndexOf($"href=\"/campaigns/{id}\"", page.IndexOf("<table", StringComparison.Ordinal), StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.DoesNotContain("/campaigns/3", FirstLine(page).Link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_sent_to_a_case_of_an_interview_of_her_own()
    {
        await using var machine = await Machine.StartAsync();
        var (browser, _) = await machine.ComeInAsync(DoorKind.Caller, "王芳");
        Assert.Equal("/cases/1", FirstLine(await browser.GetStringAsync("/cases", Test.Token)).Link);
        await machine.Database.WriteAsync(
            connection => connection.Execute("UPDATE attempt SET channel = 'live', lease_owner = '王芳', answered_at = 1 WHERE respondent_id IN (1, 2, 6);"), Test.Token);
        var list = await browser.GetStringAsync("/cases", Test.Token);
        Assert.Equal(("8 张等人领取：先领取 7 号。", "/cases/7"), FirstLine(list));
        Assert.Equal(3, list.Split("您访问的，由别人回访").Length - 1);
        Assert.Equal("有 8 张回访单等人领取。", FirstLine(await browser.GetStringAsync("/", Test.Token)).Text);

        // A filter is counted within; a round without cases has nothing to do.
        var other = await browser.GetStringAsync("/cases?campaign=3", Test.Token);
        Assert.StartsWith("全部办结", FirstLine(other).Text, StringComparison.Ordinal);
        Assert.Matches("""<option value="3" selected[^>]*>轮次 3""", System.Net.WebUtility.HtmlDecode(other));
        Assert.Equal(("1 张等人领取：先领取 24 号。", "/cases/24"), FirstLine(await browser.GetStringAsync("/cases?language=en", Test.Token)));
    }

    [Fact]
    public async Task Keys_that_lie_nowhere_else_are_told_to_whoever_sits_at_the_machine()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        await host.Files.Database.WriteAsync(connection => connection.Execute("UPDATE follow_up_case SET state = 'closed';"), Test.Token);
        host.Fakes.Failing = false;
        using var browser = host.Browser("en");
        Assert.DoesNotContain("keys", FirstLine(await browser.GetStringAsync("/", Test.Token)).Text, StringComparison.Ordinal);
        host.Fakes.KeysUnsaved = true;
        var (text, link) = FirstLine(await browser.GetStringAsync("/", Test.Token));
        Assert.StartsWith("The keys are not saved apart", text, StringComparison.Ordinal);
        Assert.Equal("/health", link);
        Assert.Contains("href=\"/health\" aria-current", await browser.GetStringAsync("/health", Test.Token), StringComparison.Ordinal);
    }

    internal static (string Text, string Link) FirstLine(string html)
        => First.Match(html) is { Success: true } match ? (WebUtility.HtmlDecode(match.Groups[1].Value), WebUtility.HtmlDecode(match.Groups[2].Value)) : throw new InvalidOperationException("No first line.");
}
