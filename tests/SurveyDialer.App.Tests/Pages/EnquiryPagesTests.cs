using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using SurveyDialer.App.Tests.Doors;
using SurveyDialer.People;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>The page for a resident who rings the office.</summary>
public sealed class EnquiryPagesTests
{
    [Theory]
    [InlineData("154 0000 0010")]
    [InlineData("+86 154-0000-0010")]
    [InlineData("１５４００００００１０")]
    [InlineData("008615400000010（本人）")]
    public async Task Any_spelling_of_a_number_tells_which_round_called_and_what_to_say(string typed)
    {
        await using var host = await DeskTownship.StartAsync();
        using var browser = host.Browser();
        var html = await FindAsync(browser, typed);
        Assert.Contains("2026年第一季度测评", html, StringComparison.Ordinal);
        Assert.Contains("会，最早", html, StringComparison.Ordinal);
        Assert.Contains("您好，这里是平安镇人民政府的模拟民意调查。", html, StringComparison.Ordinal);
        Assert.Contains("0851-5550110", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("欧阳|张秀英|刘洋|陈静|1\\.1|3\\.13|完成|拒访", Regex.Match(html, "<main.*</main>", RegexOptions.Singleline).Value);
    }

    [Fact]
    public async Task Never_again_and_an_agreed_time_are_entered_where_staff_and_callers_may_and_nobody_else()
    {
        await using var host = await DeskTownship.StartAsync();
        using var browser = host.Browser();
        var later = await ActionsTests.Submit(
            browser, "/who-rang", "/who-rang?handler=Agree", ("number", "15400000010"), ("reason", "改时间"), ("campaign", "1"), ("respondent", "10"), ("at", "2026-03-06T03:00"));
        Assert.Contains("没有约成：那个时间不能拨打", WebUtility.HtmlDecode(later), StringComparison.Ordinal);
        later = await ActionsTests.Submit(
            browser, "/who-rang", "/who-rang?handler=Agree", ("number", "15400000010"), ("reason", "改时间"), ("campaign", "1"), ("respondent", "10"), ("at", "2026-03-06T19:00"));
        Assert.Contains("约好了：3月6日 周五 19:00", WebUtility.HtmlDecode(later), StringComparison.Ordinal);
        Assert.Contains("会，约好3月6日 周五 19:00", await FindAsync(browser, "15400000010"), StringComparison.Ordinal);

        var done = WebUtility.HtmlDecode(await ActionsTests.Submit(browser, "/who-rang", "/who-rang?handler=Never", ("number", "15400000010")));
        Assert.Contains("已登记：154****0010", done, StringComparison.Ordinal);
        var html = await FindAsync(browser, "15400000010");
        Assert.Contains("没有安排再打", html, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Never", html, StringComparison.Ordinal);
        Assert.Equal(1, host.Files.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM do_not_call;")));
    }

    [Fact]
    public async Task What_cannot_be_looked_up_is_said_and_nothing_is_written_down()
    {
        await using var machine = await Machine.StartAsync();
        var (browser, _) = await machine.ComeInAsync(DoorKind.Staff, "小刘");
        Assert.Contains("没有查：请先写明原因", await FindAsync(browser, "15400000010", " "), StringComparison.Ordinal);
        Assert.Contains("一次只写一个号码", await FindAsync(browser, "15400000010、15400000011"), StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", await FindAsync(browser, "8123456"), StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", await FindAsync(browser, "不知道"), StringComparison.Ordinal);
        Assert.Equal(0, Searched(machine));
        Assert.Contains("名单里没有 138****1234", await FindAsync(browser, "13800001234"), StringComparison.Ordinal);
        Assert.Equal(1, Searched(machine));

        static long Searched(Machine machine) => machine.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM audit_log WHERE action = 'number-searched';"));
    }

    private static async Task<string> FindAsync(HttpClient browser, string number, string reason = "居民来电询问")
        => WebUtility.HtmlDecode(await ActionsTests.Submit(browser, "/who-rang", "/who-rang?handler=Find", ("number", number), ("reason", reason)));
}
