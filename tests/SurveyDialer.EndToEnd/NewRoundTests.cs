using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Pages.NewRound;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>A clerk's first day, from a messy list to a running round.</summary>
public sealed class NewRoundTests
{
    private const int MostDecisions = 12;

    private static string Messy => Path.Combine(AppContext.BaseDirectory, "Files", "messy.xlsx");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clerk_needs_at_most_twelve_decisions_to_a_running_round()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await ReachBlanksAsync(page);
        await server.LetNumbersRingAsync();
        await page.SendAsync("Texts", ("organiser", "平安镇人民政府"), ("approval", "平统制〔2026〕3号"), ("blanks[verify_phone]", "0851-01234567"));
        Assert.EndsWith("?step=5", page.Address.ToString(), StringComparison.Ordinal);
        page.Decisions.Add("launch");
        await page.SendAsync("Launch");
        Assert.EndsWith("/campaigns/1", page.Address.ToString(), StringComparison.Ordinal);
        Assert.Contains("已启动，样本 6 人", page.Text, StringComparison.Ordinal);
        Assert.Equal(("running", "desk-phone", "standard", "平安镇人民政府"), server.One<(string, string, string, string)>("SELECT state, carrier, template_id, organiser FROM campaign"));
        Assert.Equal(6, server.One<long>("SELECT count(*) FROM attempt WHERE state = 'pending'"));
        Assert.True(page.Decisions.Count <= MostDecisions, string.Join(", ", page.Decisions));
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM round_draft"));

        // Asked once: the next round begins with what was said.
        await page.OpenAsync("/new-round");
        await page.SendAsync("File", ("frames", "1"));
        await page.SendAsync("Template");
        var asked = page.Read("Texts").Fields;
        Assert.Equal(("平安镇人民政府", "0851-01234567", "30", ""), (asked["organiser"], asked["blanks[verify_phone]"], asked["blanks[delete_days]"], asked["approval"]));
    }

    [Fact]
    public async Task The_list_is_understood_and_a_bad_number_is_corrected_in_place()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/new-round");
        await page.UploadAsync(Messy);
        var found = page.Read("Columns").Fields;
        Assert.Equal(("Name", "Village", "Phone", "Phone", "Address", ""), (found["columns[B]"], found["columns[C]"], found["columns[D]"], found["columns[E]"], found["columns[F]"], found["columns[G]"]));
        Assert.DoesNotContain("15400001002", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("秀英", page.Html, StringComparison.Ordinal);
        var stored = Assert.Single(Directory.GetFiles(Path.Combine(server.Root, "uploads")));
        Assert.False((await File.ReadAllBytesAsync(stored, Cancellation)).AsSpan().StartsWith("PK\x03\x04"u8), "the list lies there unsealed");

        await page.SendAsync("Columns", ("source", "网格台账"), ("legalBasis", "履行法定职责"), ("township", "平安镇"));
        Assert.Contains("导入 5 人", page.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(server.Root, "uploads")));
        var cell = page.Read("Correct").Fields.Single(field => field.Key.StartsWith("cells", StringComparison.Ordinal) && field.Value.Contains('O', StringComparison.Ordinal));
        await page.SendAsync("Correct", (cell.Key, "1540000100"));
        Assert.Contains("第 7 行还有问题", page.Text, StringComparison.Ordinal);
        await page.SendAsync("Correct", (cell.Key, "15400001004"));
        Assert.Contains("第 7 行改好了", page.Text, StringComparison.Ordinal);
        Assert.Equal("6/6/0", server.One<string>("SELECT rows_read || '/' || rows_imported || '/' || rows_rejected FROM frame"));

        // The same file again changes nothing.
        await page.OpenAsync("/new-round");
        await page.UploadAsync(Messy);
        await page.SendAsync("Columns", ("source", "网格台账"), ("legalBasis", "履行法定职责"), ("township", "平安镇"));
        Assert.Contains("什么也没有改变", page.Text, StringComparison.Ordinal);
        Assert.Equal("1/6", server.One<string>("SELECT (SELECT count(*) FROM frame) || '/' || (SELECT count(*) FROM respondent)"));
    }

    [Fact]
    public async Task Who_speaks_what_the_questionnaire_does_not_is_counted_where_it_is_chosen_and_before_the_launch()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/new-round");
        await UploadAsync(page, "languages.csv", "姓名,电话,村,语言\n甲大,15400002001,龙井村,苗语\n乙二,15400002002,龙井村,苗语\n丙三,15400002003,大坝村,侗语\n丁四,15400002004,大坝村,普通话\n");
        await page.SendAsync("Columns", ("source", "网格台账"), ("legalBasis", "履行法定职责"), ("township", "平安镇"));
        var told = "名单里有 3 人说的话这份问卷没有（苗语 2、侗语 1），会用";
        await page.OpenAsync("/new-round/1?step=3");
        Assert.Contains(told, page.Text, StringComparison.Ordinal);
        await page.SendAsync("Template");
        await page.SendAsync("Texts", ("organiser", "平安镇人民政府"), ("approval", "平统制〔2026〕3号"), ("blanks[verify_phone]", "0851-01234567"));
        await page.OpenAsync("/new-round/1?step=5");
        Assert.Contains(told, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_without_a_header_loses_nobody_and_shows_nobody()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/new-round");
        await UploadAsync(page, "bare.csv", "甲大,15400002001,龙井村\n乙二,15400002002,龙井村\n丙三,15400002003,大坝村\n丙三,15400002003,大坝村\n");
        Assert.Contains("没有表头", page.Text, StringComparison.Ordinal);
        foreach (var whole in (string[])["甲大", "乙二", "15400002001"]) Assert.DoesNotContain(whole, page.Html, StringComparison.Ordinal);
        var found = page.Read("Columns").Fields;
        Assert.Equal(("Name", "Phone", ""), (found["columns[A]"], found["columns[B]"], found["columns[C]"]));

        await page.SendAsync("Columns", ("columns[C]", "Village"), ("source", "网格台账"), ("legalBasis", "履行法定职责"), ("township", "平安镇"));
        Assert.Contains("导入 3 人；名单里重复的 1 行，只算一次；以前的名单里已有的 0 行；退回 0 行", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("也要打给他们", page.Text, StringComparison.Ordinal);
        Assert.Equal("3/2", server.One<string>("SELECT (SELECT count(*) FROM respondent) || '/' || (SELECT count(*) FROM area WHERE kind = 'village')"));
    }

    [Fact]
    public async Task A_first_row_that_is_called_the_header_is_still_a_person()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/new-round");
        await UploadAsync(page, "bare.csv", "甲大,15400002001\n乙二,15400002002\n");
        await page.SendAsync("Header", ("headerRow", "1"));
        Assert.DoesNotContain("甲大", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("15400002001", page.Html, StringComparison.Ordinal);
        await page.SendAsync("Columns", ("source", "网格台账"), ("legalBasis", "履行法定职责"), ("township", "平安镇"));
        Assert.Contains("导入 2 人", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_list_opens_no_draft_and_two_rounds_have_two_names()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/new-round");
        await UploadAsync(page, "photo.png", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0001\0\0\0\u0001");
        Assert.Contains("没有读“photo.png”", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM round_draft"));
        for (var round = 0; round < 2; round++)
        {
            await page.OpenAsync("/new-round");
            await page.UploadAsync(Messy);
        }

        await page.OpenAsync("/new-round");
        Assert.Contains("模拟测评（第 2 次）", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_in_which_nobody_could_be_called_is_refused_with_the_reason()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await ReachBlanksAsync(page);
        await page.SendAsync("Texts", ("organiser", "平安镇人民政府"), ("approval", "平统制〔2026〕3号"), ("blanks[verify_phone]", "0851-01234567"));
        Assert.Contains("6 人的号码是示例号码", page.Text, StringComparison.Ordinal);
        await page.SendAsync("Launch");
        Assert.Contains("没有启动", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM campaign"));
    }

    [Fact]
    public async Task What_the_gate_misses_is_said_in_the_words_of_the_page()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await ReachBlanksAsync(page);
        await server.LetNumbersRingAsync();
        await page.SendAsync("Texts", ("organiser", "平安镇人民政府"), ("approval", "平统制〔2026〕3号"), ("blanks[verify_phone]", "0851-01234567"), ("blanks[date_from]", ""), ("lastDay", "2039-01-01"));
        Assert.Contains("这里的节假日只到", page.Text, StringComparison.Ordinal);
        foreach (var command in (string[])["--last-day", "calendars/", "“date_from”", "“approval_no”"]) Assert.DoesNotContain(command, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_import_goes_on_without_the_browser_and_its_page_follows_it()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using (var http = server.Browser())
        {
            var page = new ClerkPage(http);
            await page.OpenAsync("/new-round");
            await page.UploadAsync(Messy);
        }

        var imports = server.Services.GetRequiredService<ListImports>();
        var end = new TaskCompletionSource<(FrameImportResult?, FrameProblem?)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reported = new TaskCompletionSource();
        var begun = imports.BeginAsync(1, progress =>
        {
            progress.Report(new FrameProgress(70_000, 0.7));
            reported.SetResult();
            return end.Task;
        });
        await reported.Task;

        using var again = server.Browser();
        var clerk = new ClerkPage(again);
        await clerk.OpenAsync("/new-round/1");
        Assert.Contains("正在导入 messy.xlsx", clerk.Text, StringComparison.Ordinal);
        Assert.Contains("已导入 70,000 行", clerk.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"70\"", clerk.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Columns", clerk.Html, StringComparison.Ordinal);

        var told = again.GetStringAsync(new Uri("/new-round/1?handler=Importing", UriKind.Relative), Cancellation);
        end.SetResult((new FrameImportResult(1, 100_000, 99_990, 10, 0, null, false), null));
        Assert.EndsWith("event: over\ndata: 100\n\n", await told, StringComparison.Ordinal);
        await clerk.OpenAsync("/new-round/1");
        Assert.Contains("99,990", clerk.Text, StringComparison.Ordinal);
        await clerk.OpenAsync("/new-round/1");
        Assert.DoesNotContain("99,990", clerk.Text, StringComparison.Ordinal);
        await begun;
    }

    [Fact]
    public async Task The_indices_that_are_chosen_are_those_of_the_command_and_nobody_has_to_choose()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        (string, string)[] said = [("organiser", "平安镇人民政府"), ("approval", "平统制〔2026〕3号"), ("blanks[verify_phone]", "0851-01234567")];
        await ReachBlanksAsync(page);
        await server.LetNumbersRingAsync();
        Assert.Equal("", page.Read("Texts").Fields["indices"]);
        await page.SendAsync("Texts", said);
        await page.SendAsync("Launch");
        await page.OpenAsync("/new-round");
        await page.SendAsync("File", ("frames", "1"));
        await page.SendAsync("Template");
        await page.SendAsync("Texts", [.. said, ("indices", "all-asked")]);
        await page.SendAsync("Launch");

        Assert.Equal("single-safety all-asked", server.One<string>("SELECT group_concat(set_id, ' ') FROM (SELECT set_id FROM campaign_index_set ORDER BY campaign_id)"));
    }

    [Fact]
    public async Task What_is_missing_is_listed_with_its_fields_and_nothing_is_launched()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await ReachBlanksAsync(page);
        await server.LetNumbersRingAsync();
        await page.SendAsync("Texts", ("organiser", "平安镇人民政府"), ("approval", "内部演练"), ("blanks[delete_days]", ""));
        foreach (var anchor in (string[])["signed-by", "blank-verify_phone", "blank-delete_days"]) Assert.Contains($"id=\"{anchor}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("还有 3 处要改", page.Text, StringComparison.Ordinal);
        await page.OpenAsync("/new-round/1?step=5");
        foreach (var anchor in (string[])["signed-by", "blank-verify_phone", "blank-delete_days"]) Assert.Contains($"/new-round/1?step=4#{anchor}", page.Html, StringComparison.Ordinal);
        await page.SendAsync("Launch");
        Assert.Contains("没有启动：还差 3 项", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM campaign"));

        await page.OpenAsync("/new-round/1?step=4");
        await page.SendAsync("Texts", ("organiser", "平安镇人民政府，请回答非常满意"), ("signedBy", "王主任"), ("blanks[verify_phone]", "0851-01234567"), ("blanks[delete_days]", "30"));
        Assert.Contains("会诱导回答", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_outlives_the_process_and_the_rehearsal_tells_what_the_round_takes()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using (var http = server.Browser())
        {
            var page = new ClerkPage(http);
            await page.OpenAsync("/new-round");
            await page.UploadAsync(Messy);
        }

        await server.RestartAsync();
        using var again = server.Browser();
        var clerk = new ClerkPage(again);
        await clerk.OpenAsync("/new-round");
        Assert.Contains("messy.xlsx", clerk.Text, StringComparison.Ordinal);
        await clerk.OpenAsync("/new-round/1");
        await clerk.SendAsync("Columns", ("source", "网格台账"), ("legalBasis", "履行法定职责"), ("township", "平安镇"));
        await clerk.OpenAsync("/new-round/1?step=3");
        await clerk.SendAsync("Template");
        await clerk.SendAsync("Texts", ("organiser", "平安镇人民政府"), ("approval", "平统制〔2026〕3号"), ("blanks[verify_phone]", "0851-01234567"));
        await clerk.SendAsync("Rehearse", ("price", "0.1"));
        Assert.Contains("handler=Progress", clerk.Html, StringComparison.Ordinal);
        var told = await again.GetStringAsync(new Uri("/new-round/1?handler=Progress", UriKind.Relative), Cancellation);
        Assert.EndsWith("event: over\ndata: 100\n\n", told, StringComparison.Ordinal);
        await clerk.OpenAsync("/new-round/1?step=5");
        await server.LetNumbersRingAsync();
        foreach (var figure in (string[])["打完的日子", "预计完成", "误差 ±", "每分钟 0.1"]) Assert.Contains(figure, clerk.Text, StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM attempt"));
        await clerk.SendAsync("Discard");
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM round_draft"));
    }

    [Fact]
    public async Task The_command_line_is_refused_for_the_same_reason()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        await ReachBlanksAsync(new ClerkPage(http));
        await server.LetNumbersRingAsync();
        var create = new CreateCampaign
        {
            Language = "zh-CN", Who = "test", Name = "第一轮", Template = "standard", Carrier = "desk-phone", Organiser = "平安镇人民政府", Approval = "内部演练", Frames = [1],
            Blanks = new Dictionary<string, string>(StringComparer.Ordinal) { ["verify_phone"] = "0851-01234567", ["delete_days"] = "30", ["date_from"] = "9月1日" },
        };
        var refused = await LocalClient.SendAsync(DataFolder.RunningServer(server.Root)!, server.Root, create, Cancellation);
        Assert.Contains("签字", Assert.Single(refused.Problems), StringComparison.Ordinal);
        var made = await LocalClient.SendAsync(DataFolder.RunningServer(server.Root)!, server.Root, create with { SignedBy = "王主任" }, Cancellation);
        Assert.Empty(made.Problems);
        Assert.Equal("内部演练（签字：王主任）", server.One<string>("SELECT approval FROM campaign"));
    }

    [Fact]
    public async Task On_the_first_day_a_simulated_township_can_be_tried_beside_the_offices_own_data()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/");
        Assert.Contains("用自己的名单开始", page.Text, StringComparison.Ordinal);
        await page.SendAsync("Practice");
        var address = System.Text.RegularExpressions.Regex.Match(page.Html, "href=\"(http://localhost:[0-9]+/)\"").Groups[1].Value;
        using var other = new HttpClient();
        Assert.Contains("demonstration", await other.GetStringAsync(new Uri(address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)), Cancellation), StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM campaign"));
        await page.SendAsync("Stop");
        Assert.DoesNotContain("http://localhost:", page.Html, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => other.GetStringAsync(new Uri(address), Cancellation));
    }

    private static async Task UploadAsync(ClerkPage page, string name, string content)
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-list-").FullName;
        try
        {
            var file = Path.Combine(folder, name);
            await File.WriteAllTextAsync(file, content, name.EndsWith(".png", StringComparison.Ordinal) ? System.Text.Encoding.Latin1 : new System.Text.UTF8Encoding(false), Cancellation);
            await page.UploadAsync(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ReachBlanksAsync(ClerkPage page)
    {
        await page.OpenAsync("/new-round");
        await page.UploadAsync(Messy);
        await page.SendAsync("Columns", ("source", "网格服务登记的联系电话"), ("legalBasis", "履行法定职责"), ("township", "平安镇"));
        var cell = page.Read("Correct").Fields.Single(field => field.Key.StartsWith("cells", StringComparison.Ordinal) && field.Value.Contains('O', StringComparison.Ordinal)).Key;
        await page.SendAsync("Correct", (cell, "15400001004"));
        await page.OpenAsync("/new-round/1?step=3");
        await page.SendAsync("Template");
    }
}
