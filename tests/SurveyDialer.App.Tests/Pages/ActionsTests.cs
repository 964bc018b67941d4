using System.Net;
using Dapper;
using SurveyDialer.App.Health;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>What can be done on the pages, as a browser does it.</summary>
public sealed class ActionsTests
{
    [Fact]
    public async Task A_campaign_is_paused_from_its_page()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var html = await Submit(browser, "/campaigns/1", "/campaigns/1?handler=Pause");
        Assert.Equal(["pause 1"], host.Fakes.Asked);
        Assert.Contains("已暂停。正在通话的会打完。", html);
    }

    [Fact]
    public async Task A_change_that_came_too_late_is_told()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        host.Fakes.Problem = "NotPossibleNow";
        using var browser = host.Browser("en");
        Assert.Contains("the state has just changed", await Submit(browser, "/campaigns/1", "/campaigns/1?handler=Pause"));
    }

    [Fact]
    public async Task A_case_is_taken_contacted_and_closed()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Take"));
        var kept = await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Contact"), ("note", ""));
        Assert.Contains("请写下谈了什么", kept);
        await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Contact"), ("note", "已通话，下周装路灯"), ("nextLocal", "2026-03-12T19:00"));
        Assert.Contains("3月12日 周四 19:00", await browser.GetStringAsync("/cases/8", Test.Token));
        var unclosed = await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Close"), ("note", "路灯已装"), ("outcome", ""));
        Assert.Contains("请选择办理结果", unclosed);
        Assert.Contains("路灯已装", unclosed);
        for (var i = 1; i <= 3; i++) await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "NotReached"), ("note", $"第 {i} 次没人接"));
        Assert.Contains("已经 3 次没联系上", await browser.GetStringAsync("/cases/8", Test.Token));
        await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Close"), ("note", "路灯已装"), ("outcome", "solved"));
        var row = host.Files.Database.Read(connection => connection.QuerySingle<(string State, string Outcome)>("SELECT state, outcome FROM follow_up_case WHERE id = 8;"));
        Assert.Equal(("closed", "solved"), row);
        Assert.Contains("下周装路灯", await browser.GetStringAsync("/cases/8", Test.Token));
        Assert.Contains("还要把结果告诉居民", await browser.GetStringAsync("/cases/8", Test.Token));
        await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Tell"), ("note", "打电话说了，满意"));
        Assert.DoesNotContain("还要把结果告诉居民", await browser.GetStringAsync("/cases/8", Test.Token));

        await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Reopen"));
        await Submit(browser, "/cases/8", "/cases/8?handler=Step", ("step", "Close"), ("note", "又修了一次"), ("outcome", "solved"), ("told", "true"));
        Assert.Equal(2, host.Files.Database.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM follow_up_case_history WHERE case_id = 8 AND what = 'told';")));
    }

    [Fact]
    public async Task A_withdrawn_case_keeps_nothing_that_names_the_resident()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        Assert.Contains("村口到小学", await browser.GetStringAsync("/cases/3", Test.Token));
        await Submit(browser, "/cases/3", "/cases/3?handler=Step", ("step", "Withdraw"));
        var html = await browser.GetStringAsync("/cases/3", Test.Token);
        Assert.DoesNotContain("村口到小学", html);
        Assert.DoesNotContain("****", html);
        Assert.DoesNotContain("约好周四晚上上门", html);
    }

    [Fact]
    public async Task A_number_is_shown_for_a_reason_and_the_reason_is_written_down()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        Assert.DoesNotContain("154 0000 0008", await Submit(browser, "/cases/8", "/cases/8?handler=Number", ("reason", " ")));
        Assert.Equal(0, Logged(host, "number-shown"));
        Assert.Contains("154 0000 0008", await Submit(browser, "/cases/8", "/cases/8?handler=Number", ("reason", "约定上门时间")));
        Assert.Equal(1, Logged(host, "number-shown"));
        Assert.DoesNotContain("154 0000 0008", await browser.GetStringAsync("/cases/8", Test.Token));
    }

    [Fact]
    public async Task What_was_not_done_is_told_once_and_never_beside_what_then_was()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        const string notShown = "没有显示：请先写明原因";
        Assert.Contains(notShown, await Submit(browser, "/cases/8", "/cases/8?handler=Number", ("reason", " ")));
        var shown = await Submit(browser, "/cases/8", "/cases/8?handler=Number", ("reason", "约定上门时间"));
        Assert.Contains("154 0000 0008", shown);
        Assert.DoesNotContain(notShown, shown);
        await Submit(browser, "/cases/8", "/cases/8?handler=Number", ("reason", " "));
        Assert.DoesNotContain(notShown, await browser.GetStringAsync("/campaigns", Test.Token));

        // Each time anew, also with the same sentence; and what was done survives the redirect, once.
        for (var time = 0; time < 2; time++) Assert.Contains("请写下谈了什么", await Submit(browser, "/cases/9", "/cases/9?handler=Step", ("step", "Contact"), ("note", "")));
        var done = await Submit(browser, "/cases/9", "/cases/9?handler=Step", ("step", "Contact"), ("note", "已通话"));
        Assert.Contains("已记下联系情况", done);
        Assert.DoesNotContain("没有保存", done);
        Assert.DoesNotContain("已记下联系情况", await browser.GetStringAsync("/cases/9", Test.Token));
        host.Fakes.Problem = "NotPossibleNow";
        Assert.Contains("role=\"alert\"", await Submit(browser, "/campaigns/1", "/campaigns/1?handler=Pause"));
    }

    [Fact]
    public async Task Whoever_goes_there_has_the_address_and_the_agreed_time_on_the_case_and_its_sheet()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        await host.Files.Database.WriteAsync(
            connection => connection.Execute("UPDATE respondent SET address_enc = @address WHERE id = 2;", new { address = host.Files.Cipher.Encrypt("respondent.address", "8组8号") }), Test.Token);
        foreach (var address in new[] { "/cases/2", "/cases/2/sheet" })
        {
            var html = await browser.GetStringAsync(address, Test.Token);
            Assert.Contains("8组8号", html);
            Assert.Contains("3月6日 周五 10:00", html);
        }

        Assert.DoesNotContain("8组8号", await browser.GetStringAsync("/cases", Test.Token));
        await Submit(browser, "/cases/2", "/cases/2?handler=Step", ("step", "Withdraw"));
        Assert.DoesNotContain("8组8号", await browser.GetStringAsync("/cases/2", Test.Token));
    }

    [Fact]
    public async Task An_area_visit_is_made_and_answered_in_public()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        await Submit(browser, "/area-visits/1", "/area-visits/1?handler=Visited");
        Assert.Contains("请写公开答复", await Submit(browser, "/area-visits/1", "/area-visits/1?handler=Answer", ("answer", "  ")));
        Assert.Contains("请去掉号码", await Submit(browser, "/area-visits/1", "/area-visits/1?handler=Answer", ("answer", "张三家门口3号，电话138 0000-0000，已装灯。")));
        Assert.Contains("看不出是谁说的", await browser.GetStringAsync("/area-visits/1", TestContext.Current.CancellationToken));
        await Submit(browser, "/area-visits/1", "/area-visits/1?handler=Answer", ("answer", "大家反映路灯不亮，已装 12 盏。"));
        var visit = host.Files.Database.Read(connection => connection.QuerySingle<(string State, string Answer)>("SELECT state, public_answer FROM area_visit WHERE id = 1;"));
        Assert.Equal(("answered", "大家反映路灯不亮，已装 12 盏。"), visit);
    }

    [Fact]
    public async Task A_job_is_run_now()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        await Submit(browser, "/jobs", "/jobs?handler=Run", ("job", "reconcile"));
        Assert.Equal(["run reconcile"], host.Fakes.Asked);
    }

    [Fact]
    public async Task The_check_up_names_the_worst_first_and_backs_up_when_asked()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser("en");
        Assert.Contains("All is well", await browser.GetStringAsync("/health", Test.Token));
        host.Fakes.Findings.Add(new HealthResult("clock", HealthFinding.Failure("health_clock_wrong", 400d)));
        Assert.Contains("See first to “Clock”: 400 s", await browser.GetStringAsync("/health", Test.Token));
        using var watched = await browser.GetAsync("/health.json", Test.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, watched.StatusCode);
        Assert.Contains("\"healthy\":false", await watched.Content.ReadAsStringAsync(Test.Token));

        await Submit(browser, "/health", "/health?handler=Backup");
        Assert.Equal(["run backup"], host.Fakes.Asked);
    }

    [Fact]
    public async Task A_filled_in_list_is_brought_back_and_another_file_is_refused_in_words()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var taken = await UploadAsync(browser, "回访单号,姓名,电话,填：方式（电话/上门/没联系上）,填：谈了什么、看到什么,填：办理结果\n987654,张三,15400000001,电话,谈过了,已解决\n");
        Assert.Contains("第 2 行: 没有这个编号的回访单", taken);
        Assert.Contains("没有“编号”", await UploadAsync(browser, "姓名,电话\n张三,15400000001\n"));
        Assert.Contains("PDF", await UploadAsync(browser, "%PDF-1.7 …"));
        Assert.Contains("这个文件里什么也没有", await UploadAsync(browser, ""));
    }

    [Fact]
    public async Task An_export_with_persons_is_written_to_the_log_and_one_without_is_not()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser("en");
        using var answers = await Post(browser, "/exports", "/exports?handler=Download", ("campaign", "1"), ("kind", "answers"));
        Assert.Equal("attachment", answers.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("Answers-20260305-1000.csv", answers.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("a,b\n", await answers.Content.ReadAsStringAsync(Test.Token));
        Assert.Equal(0, Logged(host, "exported"));
        using var cases = await Post(browser, "/exports", "/exports?handler=Download", ("campaign", "1"), ("kind", "cases"));
        Assert.Equal(1, Logged(host, "exported"));
        Assert.Equal(["export answers of 1 in en", "export cases of 1 in en"], host.Fakes.Asked);
        using var unknown = await Post(browser, "/exports", "/exports?handler=Download", ("campaign", "1"), ("kind", "everything"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task The_language_is_kept_and_leads_back_to_the_same_page_only_here()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        Assert.Contains("lang=\"zh-CN\"", await browser.GetStringAsync("/jobs", Test.Token));
        Assert.Contains("<h1 class=\"title\">Jobs</h1>", await browser.GetStringAsync("/language/en?back=/jobs", Test.Token));
        Assert.Contains("lang=\"en\"", await browser.GetStringAsync("/cases", Test.Token));
        using var strict = host.Browser(follow: false);
        using var elsewhere = await strict.GetAsync("/language/en?back=//attacker.example/", Test.Token);
        Assert.Equal("/", elsewhere.Headers.Location!.ToString());
    }

    internal static async Task<string> Submit(HttpClient browser, string page, string address, params (string Name, string Value)[] fields)
    {
        using var answer = await Post(browser, page, address, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Test.Token);
    }

    internal static async Task<HttpResponseMessage> Post(HttpClient browser, string page, string address, params (string Name, string Value)[] fields)
    {
        var token = GuardsTests.FormToken.Match(await browser.GetStringAsync(page, Test.Token)).Groups[1].Value;
        Assert.NotEmpty(token);
        using var form = new FormUrlEncodedContent(fields.Append(("form-token", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await browser.PostAsync(address, form, Test.Token);
    }

    private static long Logged(PageHost host, string action)
        => host.Files.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM audit_log WHERE action = @action;", new { action }));

    private static async Task<string> UploadAsync(HttpClient browser, string file)
    {
        var page = await browser.GetStringAsync("/cases", Test.Token);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(GuardsTests.FormToken.Match(page).Groups[1].Value), "form-token" }, { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(file)), "file", "list.csv" },
        };
        using var answer = await browser.PostAsync("/cases?handler=Results", form, Test.Token);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Test.Token));
    }
}
