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
        Assert.Equal(10, data.Catalog.Kinds.Count);
        Assert.Equal(data.Catalog.Kinds.Count, data.Catalog.Kinds.Select(kind => kind.Id).Distinct().Count());
        foreach (var kind in data.Catalog.Kinds)
        {
            Assert.NotEqual(kind.Chinese.Name, kind.English.Name);
            Assert.NotEqual(kind.Chinese.About, kind.English.About);
            var chinese = Opened(kind, await data.ExportAsync(kind.Id));
            var english = Opened(kind, await data.ExportAsync(kind.Id, "en"));
            Assert.NotEqual(chinese, english);
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

        Assert.Equal(6, looked);
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
        await data.Catalog.WriteAsync("answers", data.Campaign, output, "zh-CN", Cancellation);
        Assert.True(written > 1, "The change came after everything was read.");
        Assert.Equal(1, data.Store.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(DISTINCT key) FROM answer WHERE key = '5';")));
        var lines = Encoding.UTF8.GetString(output.Bytes.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1501, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains(",1,很安全,", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("answers")]
    [InlineData("follow-up-list-xlsx")]
    public async Task A_hundred_thousand_rows_need_no_more_memory_than_a_thousand(string kind)
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(1, "张三", "+8615400000001");
        await data.AddCaseAsync(1, "路灯坏了");
        await data.ExecuteAsync("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked)
            SELECT randomblob(16), c.id, 2, 'mobile', 'voice', 'zh-CN', 1, 'complete', 0, 0 FROM n CROSS JOIN campaign c;
            INSERT INTO answer (interview_id, question_id, tag, key, turn, explained, replays, how) SELECT id, 'Q1', 'SAFE', '4', 1, 0, 0, 'given' FROM interview;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
            INSERT INTO follow_up_case (campaign_id, area_id, state, preferred_way, topic, language, name_enc, number_enc, words_enc, sealed, opened_at, due_at)
            SELECT campaign_id, area_id, state, preferred_way, topic, language, name_enc, number_enc, words_enc, 0, opened_at, due_at FROM follow_up_case CROSS JOIN n;
            """);
        var live = new List<long>();
        long bytes = 0, next = 200_000;
        using var output = new WatchedStream(written: count =>
        {
            bytes += count;
            if (bytes < next) return;
            next += 200_000;
            live.Add(GC.GetTotalMemory(forceFullCollection: true));
        });
        await data.Catalog.WriteAsync(kind, data.Campaign, output, "zh-CN", Cancellation);
        Assert.True(live.Count >= 5, $"{bytes} bytes were written.");
        Assert.InRange(live.Max() - live[0], long.MinValue, 8_000_000);
    }

    [Fact]
    public async Task An_export_that_names_persons_is_written_down_with_who_what_and_when()
    {
        await using var data = await ExportData.CreateAsync();
        var desk = new ExportDesk(data.Catalog, data.Store.Database, data.Clock);
        foreach (var kind in desk.Kinds) await desk.WriteAsync(kind, data.Campaign, "王芳", Stream.Null, "zh-CN", Cancellation);
        var log = data.Store.Database.Read(connection => connection.Query<(string Who, string Detail, long At)>("SELECT who, detail, at FROM audit_log ORDER BY id;").ToList());
        var named = new[] { "follow-up-list", "follow-up-list-xlsx", "rejected-rows", "rejected-rows-xlsx" };
        Assert.Equal(named, log.Select(entry => entry.Detail.Split(' ')[0]));
        Assert.All(log, entry => Assert.Equal(("王芳", data.Clock.GetUtcNow().ToUnixTimeMilliseconds()), (entry.Who, entry.At)));
    }

    [Fact]
    public async Task Unknown_kinds_and_campaigns_are_refused()
    {
        await using var data = await ExportData.CreateAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => data.Catalog.WriteAsync("passwords", data.Campaign, Stream.Null, "zh-CN", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => data.Catalog.WriteAsync("answers", 4711, Stream.Null, "zh-CN", Cancellation));
    }

    /// <summary>The text of an export; of a workbook, of all its parts.</summary>
    private static string Opened(ExportKind kind, byte[] file)
    {
        if (kind.Extension == "csv") return Encoding.UTF8.GetString(file);
        using var zip = new ZipArchive(new MemoryStream(file));
        var text = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }

    /// <summary>Takes what is written and tells somebody each time; like a response to a browser it cannot be sought in.</summary>
    private sealed class WatchedStream(Action? before = null, Action<int>? written = null) : Stream
    {
        internal List<byte> Bytes { get; } = [];

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            before?.Invoke();
            if (written is null) Bytes.AddRange(buffer);
            written?.Invoke(buffer.Length);
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
