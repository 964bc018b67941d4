using System.IO.Compression;
using System.Text;
using Dapper;
using SurveyDialer.Exports;

namespace SurveyDialer.Tests.Exports;

public sealed class ExportCatalogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_can_be_written_in_both_languages_even_of_an_empty_campaign()
    {
        await using var data = await ExportData.CreateAsync();
        Assert.Equal(18, data.Catalog.Kinds.Count);
        Assert.Equal(data.Catalog.Kinds.Count, data.Catalog.Kinds.Select(kind => kind.Id).Distinct().Count());
        foreach (var kind in data.Catalog.Kinds)
        {
            Assert.NotEqual(kind.Chinese.Name, kind.English.Name);
            Assert.NotEqual(kind.Chinese.About, kind.English.About);
            var chinese = Opened(kind, await data.ExportAsync(kind.Id));
            var english = Opened(kind, await data.ExportAsync(kind.Id, "en"));
            // Microdata are numbers in any language.
            if (kind.Extension is not ("zip" or "docx") && !kind.IsMicrodata) Assert.NotEqual(chinese, english);
        }
    }

    [Fact]
    public async Task No_name_number_or_word_of_a_resident_is_in_an_export_that_names_nobody()
    {
        await using var data = await ExportData.CreateAsync();
        for (var i = 1; i <= 9; i++)
        {
            await data.AddRespondentAsync(i, $"欧阳居民{i}", i % 2 == 0 ? $"+8615487{i}54321" : $"+868510{i}765432", finalCode: "1.1");
            await data.AddCaseAsync(i, $"门前的路灯坏了{i}次");
            await data.AddInterviewAsync(ExportData.Village, "complete", ("Q1", "SAFE", "4"));
            await data.ExecuteAsync(
                """
                INSERT INTO attempt (campaign_id, respondent_id, ordinal, channel, state, due_at, appointment, phone_id, lease_number, placing_at, outcome, code, our_fault)
                VALUES (@Campaign, @i, 1, 'voice', 'ended', 0, 0, @i, 0, 0, 'Complete', '1.1', 0);
                """,
                new { data.Campaign, i });
        }

        Assert.True(data.Secrets.Count >= 9 * 6);
        var looked = 0;
        foreach (var kind in data.Catalog.Kinds)
        {
            var text = Opened(kind, await data.ExportAsync(kind.Id));
            if (kind.NamesPersons) continue;
            looked++;
            Assert.All(data.Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        Assert.Equal(13, looked);
        // The search finds what is there.
        var list = Opened(data.Catalog.Kinds.Single(kind => kind.Id == "follow-up-list-xlsx"), await data.ExportAsync("follow-up-list-xlsx"));
        Assert.Contains("欧阳居民9", list, StringComparison.Ordinal);
        Assert.Contains("154 8725 4321", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_follow_up_list_holds_no_answer_and_no_flag()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(1, "张三", "+8615400000001");
        await data.AddCaseAsync(1, null);
        var before = await data.LinesAsync("follow-up-list");
        await data.AddInterviewAsync(ExportData.Village, "complete", ("Q1", "SAFE", "5"));
        await data.ExecuteAsync("UPDATE interview SET flagged = 1; INSERT INTO flag (interview_id, rule_id) SELECT id, 'unsafe' FROM interview;");
        Assert.Equal(before, await data.LinesAsync("follow-up-list"));
    }

    [Fact]
    public async Task An_export_sees_one_state_of_the_data()
    {
        await using var data = await ExportData.CreateAsync();
        for (var i = 0; i < 1500; i++) await data.AddInterviewAsync(ExportData.Village, "complete", ("Q1", "SAFE", "1"));
        var written = 0;
        using var output = new WatchedStream(() =>
        {
            if (written++ > 0) return;
            data.ExecuteAsync("UPDATE answer SET key = '5';").GetAwaiter().GetResult();
            data.AddInterviewAsync(ExportData.Village, "complete", ("Q1", "SAFE", "5")).GetAwaiter().GetResult();
        });
        await data.Catalog.WriteAsync("answers", data.Campaign, output, "zh-CN", progress: null, Cancellation);
        Assert.True(written > 1, "The change came after everything was read.");
        Assert.Equal(1, data.Store.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(DISTINCT key) FROM answer WHERE key = '5';")));
        var lines = Encoding.UTF8.GetString(output.Bytes.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1501, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains(",1,很安全,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_that_names_persons_or_holds_answers_one_by_one_is_written_down_with_who_what_and_when()
    {
        await using var data = await ExportData.CreateAsync();
        var desk = new ExportDesk(data.Catalog, data.Store.Database, data.Clock);
        foreach (var kind in desk.Kinds) await desk.WriteAsync(kind, data.Campaign, "王芳", Stream.Null, "zh-CN", progress: null, Cancellation);
        var log = data.Store.Database.Read(connection => connection.Query<(string Who, string Detail, long At)>("SELECT who, detail, at FROM audit_log ORDER BY id;").ToList());
        var named = new[] { "answers", "microdata", "microdata-xlsx", "follow-up-list", "follow-up-list-xlsx", "sealed", "rejected-rows", "rejected-rows-xlsx" };
        Assert.Equal(named, log.Select(entry => entry.Detail.Split(' ')[0]));
        Assert.All(log, entry => Assert.EndsWith($" of campaign {data.Campaign}, 0 rows", entry.Detail, StringComparison.Ordinal));
        Assert.All(log, entry => Assert.Equal(("王芳", data.Clock.GetUtcNow().ToUnixTimeMilliseconds()), (entry.Who, entry.At)));
    }

    [Fact]
    public async Task The_log_tells_how_many_rows_were_taken_out()
    {
        await using var data = await ExportData.CreateAsync();
        for (var i = 0; i < 3; i++) await data.AddInterviewAsync(ExportData.Village, "complete", ("Q1", "SAFE", "1"));
        await data.AddInterviewAsync(ExportData.Village, "none");
        var desk = new ExportDesk(data.Catalog, data.Store.Database, data.Clock);
        foreach (var kind in desk.Kinds.Where(kind => kind.Id is "answers" or "microdata")) await desk.WriteAsync(kind, data.Campaign, "王芳", Stream.Null, "zh-CN", progress: null, Cancellation);
        var log = data.Store.Database.Read(connection => connection.Query<string>("SELECT detail FROM audit_log ORDER BY id;").ToList());
        Assert.Equal([$"answers of campaign {data.Campaign}, 4 rows", $"microdata of campaign {data.Campaign}, 3 rows"], log);
    }

    [Fact]
    public async Task Unknown_kinds_and_campaigns_are_refused()
    {
        await using var data = await ExportData.CreateAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => data.Catalog.WriteAsync("passwords", data.Campaign, Stream.Null, "zh-CN", progress: null, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => data.Catalog.WriteAsync("answers", 4711, Stream.Null, "zh-CN", progress: null, Cancellation));
    }

    /// <summary>The text of an export; of a workbook, of all its parts.</summary>
    private static string Opened(ExportKind kind, byte[] file)
    {
        if (kind.Extension is "csv" or "sps") return Encoding.UTF8.GetString(file);
        using var zip = new ZipArchive(new MemoryStream(file));
        var text = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
