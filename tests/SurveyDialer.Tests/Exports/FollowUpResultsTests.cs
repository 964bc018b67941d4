using System.Text;
using Dapper;
using SurveyDialer.Exports;
using SurveyDialer.FollowUps;
using SurveyDialer.Sample;

namespace SurveyDialer.Tests.Exports;

/// <summary>The exported list, filled in by people and brought back.</summary>
public sealed class FollowUpResultsTests : IAsyncLifetime
{
    private ExportData data = null!;

    private CaseQueries Cases => new(data.Store.Database, data.Store.Cipher);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        data = await ExportData.CreateAsync();
        data.Clock.Set(DateTimeOffset.FromUnixTimeMilliseconds(ExportData.Morning));
        for (var i = 1; i <= 3; i++)
        {
            await data.AddRespondentAsync(i, $"居民{i}", $"+86154000000{i:00}");
            await data.AddCaseAsync(i, null, i == 2 ? "visit" : "phone");
        }
    }

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task A_row_leads_through_all_steps_from_taken_to_closed()
    {
        var taken = await BringAsync((1, "电话", "路灯已报修", "已解决", null), (2, "", "看了现场", "", "2026-03-06"));

        Assert.Equal((2, 0, 0), (taken.Done, taken.Unchanged, taken.Problems.Count));
        Assert.Equal(["closed", "contacted", "taken", "open"], Cases.Find(1)!.History.Select(step => step.To));
        Assert.Equal(("closed", "solved", "王芳"), (Cases.Find(1)!.Item.State, Cases.Find(1)!.Item.Outcome, Cases.Find(1)!.Item.Worker));
        Assert.Equal(["visited", "visited", "taken", "open"], Cases.Find(2)!.History.Select(step => step.To));
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 9, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds(), Cases.Find(2)!.Item.NextAt);
        Assert.Single(Cases.Find(3)!.History);
    }

    [Theory]
    [InlineData("没联系上", "", "没联系上")]
    [InlineData("电话没人接", "", "电话没人接")]
    [InlineData("上门", "", null)]
    [InlineData("不在家", "邻居说去县城了", "邻居说去县城了")]
    [InlineData("No answer", "", "No answer")]
    [InlineData("", "电话没人接", "电话没人接")]
    public async Task An_attempt_that_reached_nobody_is_no_contact(string how, string note, string? kept)
    {
        var taken = await BringAsync((1, how, note, "", "2026-03-06 19:00"));

        Assert.Empty(taken.Problems);
        var found = Cases.Find(1)!;
        Assert.Equal(("taken", kept is null ? 0 : 1, false), (found.Item.State, found.NotReached, found.Told));
        Assert.Equal(kept, found.History.FirstOrDefault(step => step.What is not null)?.Note);
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 19, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds(), found.Item.NextAt);
        Assert.Equal((0, 1), (await BringAsync((1, how, note, "", "2026-03-06 19:00"))) is var again ? (again.Done, again.Unchanged) : default);
        Assert.Equal(0, new ChainQueries(data.Store.Database).Find(data.Campaign).Contacted);
    }

    [Fact]
    public async Task Who_is_never_reached_can_be_closed_as_unreachable_in_the_same_row()
    {
        Assert.Equal(1, (await BringAsync((1, "关机", "", "联系不上", null))).Done);
        Assert.Equal(("closed", "unreachable"), (Cases.Find(1)!.Item.State, Cases.Find(1)!.Item.Outcome));
    }

    [Fact]
    public async Task A_list_exported_before_the_third_way_can_still_be_brought_back()
    {
        using var list = Open("回访单号,填：方式（电话/上门）,填：谈了什么、看到什么,填：办理结果\n1,上门,谈过了,\n");
        Assert.Equal(1, (await new FollowUpResults(data.Store.Database, data.Store.Cipher, data.Clock).TakeAsync(list, "王芳", Cancellation))!.Done);
        Assert.Equal("visited", Cases.Find(1)!.Item.State);
    }

    [Fact]
    public async Task The_chain_ends_with_those_who_were_told_what_came_of_it()
    {
        await BringAsync((1, "电话", "路灯已报修", "已解决", null), (2, "上门", "看了现场", "已解决", null), (3, "电话", "说明了", "已说明解释", null));
        var desk = new CaseDesk(data.Store.Database, data.Store.Cipher, data.Clock);
        foreach (var id in (long[])[1, 3])
        {
            Assert.Equal(CaseProblem.NoteMissing, await desk.TakeStepAsync(new CaseStep { CaseId = id, Event = CaseEvent.Tell, Who = "王芳" }, Cancellation));
            Assert.Null(await desk.TakeStepAsync(new CaseStep { CaseId = id, Event = CaseEvent.Tell, Who = "李雷", Note = "电话里说了" }, Cancellation));
            Assert.Equal(CaseProblem.NotPossibleNow, await desk.TakeStepAsync(new CaseStep { CaseId = id, Event = CaseEvent.Tell, Who = "李雷", Note = "再说一次" }, Cancellation));
            Assert.Equal("王芳", Cases.Find(id)!.Item.Worker);
        }

        var chains = new ChainQueries(data.Store.Database);
        Assert.Equal((2, 1, 3), chains.Find(data.Campaign) is var chain ? (chain.Solved, chain.Told, chain.Closed) : default);
        Assert.Equal((true, false), (Cases.Find(1)!.Told, Cases.Find(2)!.Told));

        // Opened again and closed again, the resident has yet to hear of it.
        data.Clock.Set(DateTimeOffset.FromUnixTimeMilliseconds(ExportData.Morning).AddHours(1));
        foreach (var step in (CaseEvent[])[CaseEvent.Reopen, CaseEvent.Close])
            Assert.Null(await desk.TakeStepAsync(new CaseStep { CaseId = 1, Event = step, Who = "王芳", Note = "又坏了，再修好", Outcome = step == CaseEvent.Close ? "solved" : null }, Cancellation));
        Assert.Equal((2, 0), chains.Find(data.Campaign) is var later ? (later.Solved, later.Told) : default);
        Assert.False(Cases.Find(1)!.Told);

        // What names nobody any more takes no words about anybody.
        await data.ExecuteAsync("UPDATE follow_up_case SET name_enc = NULL, number_enc = NULL WHERE id = 1;");
        Assert.Equal(CaseProblem.NotPossibleNow, await desk.TakeStepAsync(new CaseStep { CaseId = 1, Event = CaseEvent.Tell, Who = "王芳", Note = "张三知道了" }, Cancellation));
    }

    [Fact]
    public async Task A_note_that_also_tells_of_a_failed_attempt_is_a_contact()
    {
        await BringAsync((1, "", "前天没人接，今天谈了路灯的事", "", null));
        Assert.Equal("contacted", Cases.Find(1)!.Item.State);
    }

    [Fact]
    public async Task The_same_list_twice_changes_nothing()
    {
        await BringAsync((1, "电话", "路灯已报修", "已解决", null), (2, "上门", "看了现场", "", "2026-03-06"));
        var before = History();
        var again = await BringAsync((1, "电话", "路灯已报修", "已解决", null), (2, "上门", "看了现场", "", "2026-03-06"));

        Assert.Equal((0, 2, 0), (again.Done, again.Unchanged, again.Problems.Count));
        Assert.Equal(before, History());
    }

    [Theory]
    [InlineData(9, "", "谈过了", "", null, ResultFault.NoSuchCase)]
    [InlineData(1, "微信", "谈过了", "", null, ResultFault.UnknownWay)]
    [InlineData(1, "", "谈过了", "办好了吧", null, ResultFault.UnknownOutcome)]
    [InlineData(1, "", "谈过了", "", "明天", ResultFault.UnknownDay)]
    [InlineData(1, "", "谈过了", "", "2026-02-01", ResultFault.NextPast)]
    [InlineData(1, "", "", "已解决", null, ResultFault.NoteMissing)]
    public async Task A_row_that_cannot_be_understood_changes_nothing_and_is_named(int id, string how, string note, string outcome, string? next, ResultFault fault)
    {
        var taken = await BringAsync((id, how, note, outcome, next), (2, "上门", "看了现场", "", null));

        Assert.Equal((2, fault), (Assert.Single(taken.Problems).Row, taken.Problems[0].Fault));
        Assert.Equal("open", Cases.Find(1)!.Item.State);
        Assert.Equal("visited", Cases.Find(2)!.Item.State);
    }

    /// <summary>Today is Monday, 2 March 2026, in the morning.</summary>
    [Theory]
    [InlineData("2026-12-31 19:00", "2026-12-31 19:00")]
    [InlineData("2026年3月5日 19：00", "2026-03-05 19:00")]
    [InlineData("2026/3/5", "2026-03-05 09:00")]
    [InlineData("星期四 19:00", "2026-03-05 19:00")]
    [InlineData("周四晚上7点半", "2026-03-05 19:30")]
    [InlineData("星期一 23:30", "2026-03-02 23:30")]
    [InlineData("星期一", "2026-03-09 09:00")]
    [InlineData("Thursday 19:00", "2026-03-05 19:00")]
    [InlineData("12月31日", "2026-12-31 09:00")]
    [InlineData("3月5日下午3点", "2026-03-05 15:00")]
    public async Task The_next_time_may_be_said_as_people_say_it(string said, string meant)
    {
        var taken = await BringAsync((1, "电话", "再打一次", "", said));

        Assert.Empty(taken.Problems);
        Assert.Equal(meant, DateTimeOffset.FromUnixTimeMilliseconds(Cases.Find(1)!.Item.NextAt!.Value).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(1, (await BringAsync((1, "电话", "", "", said))).Unchanged);
    }

    [Fact]
    public void A_time_stored_as_a_number_keeps_its_minutes()
    {
        Assert.Equal(new SaidTime(new DateOnly(2026, 12, 30), null, null, new TimeOnly(19, 0)), SaidTime.Read(new FrameCell(null, 46386.791666667)));
        Assert.Equal(new SaidTime(new DateOnly(2026, 12, 30), null, null, null), SaidTime.Read(new FrameCell(null, 46386)));
    }

    [Theory]
    [InlineData("2026-03-05 25:00")]
    [InlineData("2月30日")]
    [InlineData("星期八")]
    [InlineData("19:00")]
    public async Task A_time_that_is_none_is_asked_for_again(string said)
        => Assert.Equal(ResultFault.UnknownDay, Assert.Single((await BringAsync((1, "电话", "再打一次", "", said))).Problems).Fault);

    [Fact]
    public async Task A_list_needs_no_telephone_column_and_one_without_its_own_says_so()
    {
        using (var list = FollowUpResults.Open(new MemoryStream(Encoding.UTF8.GetBytes("回访单号,填：谈了什么、看到什么,填：办理结果\n1,谈过了,\n")), "list.csv").File!)
            Assert.Equal(1, (await new FollowUpResults(data.Store.Database, data.Store.Cipher, data.Clock).TakeAsync(list, "王芳", Cancellation))!.Done);
        Assert.Equal(FrameFault.TitlesMissing, FollowUpResults.Open(new MemoryStream(Encoding.UTF8.GetBytes("甲,乙\n1,2\n")), "list.csv").Problem!.Fault);
    }

    [Fact]
    public async Task A_result_on_somebody_elses_row_is_refused()
    {
        var lines = await data.LinesAsync("follow-up-list");
        var shuffled = lines[1].Replace("居民1", "居民2", StringComparison.Ordinal)[..^3] + ",电话,谈过了,";
        Assert.Equal(ResultFault.OtherName, Assert.Single((await BringAsync(lines[0], shuffled)).Problems).Fault);
        Assert.Single(Cases.Find(1)!.History);
    }

    [Fact]
    public async Task A_closed_case_and_a_list_of_something_else_are_refused()
    {
        await BringAsync((1, "电话", "路灯已报修", "已解决", null));
        Assert.Equal(ResultFault.ClosedAlready, Assert.Single((await BringAsync((1, "电话", "又谈了一次", "", null))).Problems).Fault);
        using var list = Open("姓名,手机\n张三,15400000001\n");
        Assert.Null(await new FollowUpResults(data.Store.Database, data.Store.Cipher, data.Clock).TakeAsync(list, "王芳", Cancellation));
    }

    private async Task<FollowUpResultsTaken> BringAsync(params (int Case, string How, string Note, string Outcome, string? Next)[] rows)
    {
        var lines = await data.LinesAsync("follow-up-list");
        var filled = rows.Select(row =>
        {
            var line = lines.FirstOrDefault(one => one.StartsWith($"{row.Case},", StringComparison.Ordinal)) ?? $"{row.Case},,15400000009,,,,,,,,,,,,,,";
            var cells = line.Split(',');
            (cells[11], cells[14], cells[15], cells[16]) = (row.Next ?? cells[11], row.How, row.Note, row.Outcome);
            return string.Join(',', cells);
        });
        return await BringAsync([lines[0], .. filled]);
    }

    private async Task<FollowUpResultsTaken> BringAsync(params string[] lines)
    {
        using var list = Open(string.Join('\n', lines));
        return (await new FollowUpResults(data.Store.Database, data.Store.Cipher, data.Clock).TakeAsync(list, "王芳", Cancellation))!;
    }

    private static FrameFile Open(string csv) => FollowUpResults.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "list.csv").File!;

    private List<string> History() => data.Store.Database.Read(connection => connection.Query<string>("SELECT case_id || from_state || to_state FROM follow_up_case_history ORDER BY id;").AsList());
}
