using SurveyDialer.TestKit;

namespace SurveyDialer.EndToEnd;

/// <summary>An office with a list, a desk telephone and nothing else: from the commands to stored interviews, through the pages.</summary>
public sealed class DeskTelephoneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interviews_are_held_without_any_carrier_and_end_as_answers_cases_and_codes()
    {
        await using var server = await DeskServer.StartAsync(4);
        using var http = server.Browser();
        var page = new DeskPage(http);
        await page.SignInAsync("王芳");
        Assert.Contains("现在有 4 位可以打", page.Html);

        // A visit is agreed; then nothing; then a busy line; then never again.
        await page.ReachAsync();
        Assert.Contains("模拟民意调查", page.Html);
        await page.FinishAsync("2", "村口没有路灯");
        Assert.Contains("谢谢您", page.Html);
        await page.ReachAsync();
        await page.FinishAsync("4", "");
        await page.SendAsync("Next");
        await page.SendAsync("Dial");
        await page.SendAsync("End", ("outcome", "Busy"));
        await page.SendAsync("Next");
        await page.SendAsync("Dial");
        await page.SendAsync("End", ("outcome", "NeverAgain"));
        await page.OpenAsync();
        Assert.Contains("下一位在", page.Html);

        Assert.Equal(2, server.One<long>("SELECT count(*) FROM sample_member WHERE final_code = '1.1'"));
        Assert.Equal(2, server.One<long>("SELECT count(*) FROM interview WHERE channel = 'live' AND outcome = 'complete'"));
        Assert.Equal("1,3", server.One<string>("SELECT key FROM answer WHERE key LIKE '%,%' LIMIT 1"));
        Assert.Equal("visit", server.One<string>("SELECT preferred_way FROM follow_up_case"));
        Assert.Equal(1, server.One<long>("SELECT count(*) FROM do_not_call"));
        Assert.Equal(4, server.One<long>("SELECT count(*) FROM audit_log WHERE action = 'number-shown' AND who = '王芳'"));

        // Her own interview's case goes to a colleague.
        using var colleague = server.Browser();
        Assert.Contains("路灯", await colleague.GetStringAsync(new Uri("/cases/1", UriKind.Relative), Cancellation));
        Assert.DoesNotContain("路灯", await http.GetStringAsync(new Uri("/cases/1", UriKind.Relative), Cancellation));
        foreach (var address in (string[])["/", "/campaigns/1", "/campaigns/1/respondents", "/campaigns/1/respondents/1", "/cases/1", "/jobs"])
        {
            var html = await colleague.GetStringAsync(new Uri(address, UriKind.Relative), Cancellation);
            Assert.DoesNotContain("00000", html.Replace("#000000", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_number_is_masked_until_it_is_asked_for()
    {
        await using var server = await DeskServer.StartAsync(1);
        using var http = server.Browser();
        var page = new DeskPage(http);
        await page.SignInAsync("王芳");
        await page.SendAsync("Next");
        Assert.Contains("****", page.Html);
        Assert.DoesNotContain("0000015", page.Html);
        Assert.DoesNotContain("张三1", page.Html);
        await page.SendAsync("Dial");
        Assert.Equal(DeskRound.Number(1)[3..], new string([.. page.Number.Where(char.IsAsciiDigit)])[1..]);
        Assert.Contains("张三1", page.Html);
    }

    [Fact]
    public async Task Two_callers_hold_interviews_at_the_same_time()
    {
        await using var server = await DeskServer.StartAsync(6);
        var numbers = await Task.WhenAll(new[] { "王芳", "李雷" }.Select(async name =>
        {
            using var http = server.Browser();
            var page = new DeskPage(http);
            await page.SignInAsync(name);
            var dialled = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                await page.SendAsync("Next");
                await page.SendAsync("Dial");
                dialled.Add(page.Number);
                await page.KeyAsync("answered");
                await page.FinishAsync("4", "");
            }

            return dialled;
        }));
        Assert.Equal(6, numbers.SelectMany(dialled => dialled).Distinct().Count());
        Assert.Equal(6, server.One<long>("SELECT count(*) FROM interview WHERE outcome = 'complete'"));
        Assert.Equal("closed", server.One<string>("SELECT state FROM campaign"));
    }

    [Fact]
    public async Task The_back_button_and_a_restart_come_back_to_the_question_that_stands()
    {
        await using var server = await DeskServer.StartAsync(1);
        using var http = server.Browser();
        var page = new DeskPage(http);
        await page.SignInAsync("王芳");
        await page.ReachAsync();
        // Takes part, of age, the only adult at this landline, lives here.
        foreach (var key in (string[])["1", "1", "1", "1"]) await page.KeyAsync(key);
        var (shown, first) = (page.Html, page.Asked);
        await page.KeyAsync("2");
        var second = page.Asked;
        Assert.NotEqual(first, second);

        await page.SendAsync("Turn", [("key", "5")], shown);
        Assert.Equal(second, page.Asked);
        Assert.Contains("没有重复记", page.Html);
        Assert.Equal("2", server.One<string>("SELECT key FROM answer WHERE question_id = 'Q1'"));

        await server.RestartAsync();
        await page.OpenAsync();
        Assert.Equal(second, page.Asked);
        await page.KeyAsync("1");
        Assert.NotEqual(second, page.Asked);
    }

    [Fact]
    public async Task An_appointment_out_of_hours_is_refused_with_a_better_time_and_kept_on_the_page()
    {
        await using var server = await DeskServer.StartAsync(1, language: "en");
        using var http = server.Browser("en");
        var page = new DeskPage(http);
        await page.SignInAsync("Fang");
        await page.ReachAsync();
        Assert.Contains("practice opinion survey", page.Html);
        await page.SendAsync("End", ("outcome", "Later"), ("at", "2026-03-02T13:00"));
        Assert.Contains("The first possible one after it is", page.Html);
        Assert.Contains("14:30", page.Html);
        Assert.Contains("value=\"2026-03-02T13:00\"", page.Html);
        await page.SendAsync("End", ("outcome", "Later"), ("at", "2026-03-03T19:00"));
        await page.OpenAsync();
        Assert.Contains("19:00", page.Html);
        Assert.Equal(1, server.One<long>("SELECT count(*) FROM attempt WHERE appointment = 1 AND state = 'pending'"));
    }
}
