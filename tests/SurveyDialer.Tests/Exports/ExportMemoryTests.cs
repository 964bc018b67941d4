using Dapper;

namespace SurveyDialer.Tests.Exports;

/// <summary>Alone in the process: what other tests hold would count.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredMemory
{
    public const string Name = "Measured memory";
}

[Collection(MeasuredMemory.Name)]
public sealed class ExportMemoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
            INSERT INTO follow_up_case (campaign_id, area_id, state, preferred_way, topic, language, name_enc, number_enc, words_enc, opened_at, due_at)
            SELECT campaign_id, area_id, state, preferred_way, topic, language, name_enc, number_enc, words_enc, opened_at, due_at FROM follow_up_case CROSS JOIN n;
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
        await data.Catalog.WriteAsync(kind, data.Campaign, output, "zh-CN", progress: null, Cancellation);
        Assert.True(live.Count >= 5, $"{bytes} bytes were written.");
        Assert.InRange(live.Max() - live[0], long.MinValue, 8_000_000);
    }
}
