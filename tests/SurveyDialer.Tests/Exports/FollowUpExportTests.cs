using System.Text;
using Dapper;
using ExcelDataReader;
using SurveyDialer.Exports;
using SurveyDialer.FollowUps;
using SurveyDialer.Sample;

namespace SurveyDialer.Tests.Exports;

public sealed class FollowUpExportTests
{
    private const string Header = "回访单号,姓名,电话,乡镇,村（社区）,地址,事由,本人的话,希望的方式,语言,期限,下次联系,经办人,状态,填：方式（电话/上门/没联系上）,填：谈了什么、看到什么,填：办理结果";

    [Fact]
    public async Task The_list_has_what_a_caller_needs()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(1, "张三", "+8615400000001");
        await data.AddCaseAsync(1, "路灯坏了，\n晚上不敢走", "visit", "services");
        await data.ExecuteAsync("UPDATE respondent SET address_enc = @address;", new { address = data.Store.Cipher.Encrypt(SampleFields.AddressPurpose, "8组8号") });
        Assert.Equal(
            [Header, "1,张三,154 0000 0001,云溪镇,龙井村,8组8号,道路饮水等民生,\"路灯坏了，\n晚上不敢走\",上门,普通话,2026-03-04,,,待办,,,"], await data.LinesAsync("follow-up-list"));
    }

    [Fact]
    public async Task A_taken_case_shows_its_worker_and_closed_ones_come_last()
    {
        await using var data = await ExportData.CreateAsync();
        for (var i = 1; i <= 2; i++)
        {
            await data.AddRespondentAsync(i, $"居民{i}", $"+86851012345{i:00}");
            var id = await data.AddCaseAsync(i, null);
            await data.WriteAsync(connection =>
            {
                Assert.True(CaseStore.Move(connection, id, new CaseMove(CaseEvent.Take, "王芳", ExportData.Morning + 86_400_000, null, null, null), ExportData.Morning));
                if (id == 1) Assert.True(CaseStore.Move(connection, id, new CaseMove(CaseEvent.Close, "王芳", null, null, null, "solved"), ExportData.Morning));
            });
        }

        var lines = await data.LinesAsync("follow-up-list");
        Assert.Equal("2,居民2,0851-01234502,云溪镇,龙井村,,治安,,打电话,普通话,2026-03-04,2026-03-03,王芳,已受理,,,", lines[1]);
        Assert.EndsWith("已办结,,,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawn_cases_are_not_listed()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(1, "张三", "+8615400000001");
        var withdrawn = await data.AddCaseAsync(1, "不用了");
        Assert.Equal(2, (await data.LinesAsync("follow-up-list")).Length);
        await data.WriteAsync(connection =>
        {
            Assert.True(CaseStore.Move(connection, withdrawn, new CaseMove(CaseEvent.Withdraw, "王芳", null, null, null, null), ExportData.Morning));
        });
        Assert.Equal([Header], await data.LinesAsync("follow-up-list"));
    }

    [Fact]
    public async Task Who_takes_the_list_along_does_not_get_those_whom_she_interviewed_nor_what_is_closed()
    {
        await using var data = await ExportData.CreateAsync();
        for (var i = 1; i <= 4; i++)
        {
            await data.AddRespondentAsync(i, $"居民{i}", $"+86851012345{i:00}");
            var id = await data.AddCaseAsync(i, null);
            if (i == 4) await data.ExecuteAsync("UPDATE follow_up_case SET state = 'closed' WHERE id = @id;", new { id });
        }

        // She held the first interview, rang the second in vain, and others held the rest.
        await data.ExecuteAsync("""
            INSERT INTO attempt (campaign_id, respondent_id, ordinal, channel, state, due_at, appointment, lease_owner, lease_number, answered_at, our_fault)
            VALUES (@Campaign, 1, 1, 'live', 'ended', 0, 0, '王芳', 1, 5, 0), (@Campaign, 2, 1, 'live', 'ended', 0, 0, '王芳', 1, NULL, 0),
                   (@Campaign, 2, 2, 'live', 'ended', 0, 0, '李雷', 1, 5, 0), (@Campaign, 3, 1, 'voice', 'ended', 0, 0, NULL, 1, 5, 0);
            """, new { data.Campaign });
        Assert.Equal(["居民2", "居民3"], await TakenAlongAsync(data, "王芳"));
        Assert.Equal(["居民1", "居民3"], await TakenAlongAsync(data, "李雷"));
        Assert.Equal(["居民1", "居民2", "居民3"], await TakenAlongAsync(data, "韩梅"));
        var log = data.Store.Database.Read(connection => connection.Query<(string, string)>("SELECT who, detail FROM audit_log ORDER BY id LIMIT 1;").Single());
        Assert.Equal(("王芳", $"follow-up-list-xlsx of campaign {data.Campaign}, 2 rows, without own interviews"), log);
    }

    private static async Task<string[]> TakenAlongAsync(ExportData data, string who)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var file = new MemoryStream();
        await new ExportDesk(data.Catalog, data.Store.Database, data.Clock).WriteFollowUpListAsync(data.Campaign, who, file, "zh-CN", TestContext.Current.CancellationToken);
        file.Position = 0;
        using var reader = ExcelReaderFactory.CreateReader(file);
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(1));
        Assert.Equal("姓名", names[0]);
        return [.. names.Skip(1)];
    }

    [Fact]
    public async Task Own_words_cannot_become_a_formula()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(1, "=1+1", "+8615400000001");
        await data.AddCaseAsync(1, "@SUM(A1:A9)");
        var line = (await data.LinesAsync("follow-up-list"))[1];
        Assert.Contains(",'=1+1,", line, StringComparison.Ordinal);
        Assert.Contains(",'@SUM(A1:A9),", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workbook_holds_the_same_as_the_text()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(1, "张三", "+8615400000001");
        await data.AddCaseAsync(1, "路灯坏了");
        var text = await data.LinesAsync("follow-up-list");
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(await data.ExportAsync("follow-up-list-xlsx")));
        Assert.Equal("回访名单", reader.Name);
        foreach (var line in text)
        {
            Assert.True(reader.Read());
            Assert.Equal(line, string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) is DateTime day ? $"{day:yyyy-MM-dd}" : $"{reader.GetValue(column)}")));
        }

        Assert.False(reader.Read());
    }

    [Fact]
    public async Task A_village_is_named_in_area_visits_from_five_voices_on()
    {
        await using var data = await ExportData.CreateAsync();
        await data.WriteAsync(connection =>
        {
            for (var i = 0; i < 5; i++) AreaVisitStore.AddVoice(connection, data.Campaign, ExportData.Village, "order", ExportData.Morning);
            for (var i = 0; i < 4; i++) AreaVisitStore.AddVoice(connection, data.Campaign, ExportData.OtherVillage, AreaVisitStore.NotSaid, ExportData.Morning);
        });
        Assert.Equal(
            ["乡镇,村（社区）,事由,反映人数,反映的话（已去掉姓名）,状态,期限,走访日期,公开答复", "云溪镇,,未说明,<5,,待走访,2026-03-02,,", "云溪镇,龙井村,治安,5,,待走访,2026-03-02,,"],
            await data.LinesAsync("area-visits"));
    }
}
