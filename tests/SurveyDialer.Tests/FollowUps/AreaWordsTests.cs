using Dapper;
using SurveyDialer.FollowUps;
using SurveyDialer.Tests.Exports;

namespace SurveyDialer.Tests.FollowUps;

/// <summary>Words without contact: raw for one person, then without names, then readable from five voices on.</summary>
public sealed class AreaWordsTests : IAsyncLifetime
{
    private const string Raw = "老张家门口的路灯坏了半年";
    private const string Written = "有一户门口的路灯坏了很久";

    private ExportData data = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AreaWordsDesk Desk => new(data.Store.Database, data.Store.Cipher, data.Clock);

    private AreaWordsQueries Queries => new(data.Store.Database);

    private AreaVisitQueries Visits => new(data.Store.Database, data.Store.Cipher);

    public async ValueTask InitializeAsync() => data = await ExportData.CreateAsync();

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task Typed_words_are_read_with_a_line_in_the_log_and_are_gone_once_written_down()
    {
        var id = await TypedAsync(ExportData.Village, "order");
        Assert.Equal(Raw, await Desk.ReadAsync(id, "王芳", Cancellation));
        Assert.Equal(["王芳 area-words-read"], Logged());
        Assert.Null(await Desk.WriteDownAsync(id, "王芳", Written, Cancellation));
        Assert.Null(await Desk.ReadAsync(id, "王芳", Cancellation));
        Assert.Equal(["王芳 area-words-read", "王芳 area-words-written-down"], Logged());
        Assert.Equal(0, await CountAsync("words_enc IS NOT NULL OR delete_at IS NOT NULL"));
        Assert.Empty(Queries.List(10));
    }

    [Fact]
    public async Task The_list_names_the_township_the_topic_and_the_round_and_nothing_finer()
    {
        await TypedAsync(ExportData.Village, "order");
        var item = Assert.Single(Queries.List(10));
        Assert.Equal(("云溪镇", "order", "二〇二六年第一轮", false), (item.Township, item.Topic, item.Campaign, item.Recorded));
        Assert.DoesNotContain(typeof(AreaWordsItem).GetProperties(), property => property.Name.Contains("Village", StringComparison.Ordinal)
            || property.Name.Contains("Respondent", StringComparison.Ordinal) || property.Name is "At" or "DeleteAt");
    }

    [Fact]
    public async Task Words_of_an_interview_that_goes_on_are_nobodys_work_yet()
    {
        await data.AddRespondentAsync(1, "张三", "+8615400000001");
        await data.WriteAsync(connection => AreaWordsStore.Add(connection, data.Campaign, 1, ExportData.Village, data.Store.Cipher.Encrypt(CaseWordsDesk.Purpose, Raw), ExportData.Morning));
        Assert.Equal(0, Queries.CountWaiting());
        var id = data.Store.Database.Read(connection => connection.QuerySingle<long>("SELECT id FROM area_words;"));
        Assert.Null(await Desk.ReadAsync(id, "王芳", Cancellation));
        Assert.Equal(WordsProblem.NotThere, await Desk.WriteDownAsync(id, "王芳", Written, Cancellation));
        Assert.Equal(WordsProblem.NotThere, await Desk.DiscardAsync(id, "王芳", "no_matter", Cancellation));
        Assert.Empty(Logged());
    }

    [Fact]
    public async Task A_second_writer_is_told_and_the_same_words_again_do_no_harm()
    {
        var id = await TypedAsync(ExportData.Village, "order");
        Assert.Null(await Desk.WriteDownAsync(id, "王芳", Written, Cancellation));
        Assert.Null(await Desk.WriteDownAsync(id, "王芳", Written, Cancellation));
        Assert.Equal(WordsProblem.WrittenDownMeanwhile, await Desk.WriteDownAsync(id, "李明", "别的话", Cancellation));
        Assert.Equal(WordsProblem.WrittenDownMeanwhile, await Desk.DiscardAsync(id, "李明", "no_matter", Cancellation));
        Assert.Equal(["王芳 area-words-written-down"], Logged());
    }

    [Fact]
    public async Task Words_are_put_aside_with_a_reason_only()
    {
        var id = await TypedAsync(ExportData.Village, "order");
        Assert.Equal(WordsProblem.ReasonMissing, await Desk.DiscardAsync(id, "王芳", "because", Cancellation));
        Assert.Null(await Desk.DiscardAsync(id, "王芳", "only_names", Cancellation));
        Assert.Null(await Desk.DiscardAsync(id, "王芳", "only_names", Cancellation));
        Assert.Equal(WordsProblem.PutAsideMeanwhile, await Desk.WriteDownAsync(id, "李明", Written, Cancellation));
        Assert.Equal(1, await CountAsync("state = 'discarded' AND reason = 'only_names' AND words_enc IS NULL"));
    }

    [Theory]
    [InlineData("", WordsProblem.TextMissing)]
    [InlineData("  ", WordsProblem.TextMissing)]
    [InlineData("请打 139 1234 5678", WordsProblem.HoldsNumber)]
    [InlineData("身份证５２０１０２１９９００１０１１２３４", WordsProblem.HoldsNumber)]
    [InlineData("电话0851-1234567", WordsProblem.HoldsNumber)]
    public async Task What_may_not_be_kept_is_refused(string text, WordsProblem problem)
    {
        var id = await TypedAsync(ExportData.Village, "order");
        Assert.Equal(problem, await Desk.WriteDownAsync(id, "王芳", text, Cancellation));
        Assert.Equal(1, Queries.CountWaiting());
    }

    [Fact]
    public async Task Too_long_a_text_is_refused_and_one_with_years_and_small_numbers_is_kept()
    {
        var id = await TypedAsync(ExportData.Village, "order");
        Assert.Equal(WordsProblem.TooLong, await Desk.WriteDownAsync(id, "王芳", new string('路', WrittenWords.Longest + 1), Cancellation));
        Assert.Null(await Desk.WriteDownAsync(id, "王芳", "2025年12月起 3 盏路灯不亮", Cancellation));
    }

    [Fact]
    public async Task Words_are_shown_from_five_voices_on_at_the_village()
    {
        await WrittenDownAsync(ExportData.Village, "order");
        await VoicesAsync(ExportData.Village, "order", 4);
        Assert.Empty(Shown(ExportData.Township, "order"));
        await VoicesAsync(ExportData.Village, "order", 1);
        Assert.Equal([Written], Shown(ExportData.Village, "order"));
        Assert.Empty(Shown(ExportData.Township, "order"));
    }

    [Fact]
    public async Task Words_of_small_villages_are_shown_at_the_township_once_they_are_five_together()
    {
        await WrittenDownAsync(ExportData.Village, "order");
        await VoicesAsync(ExportData.Village, "order", 3);
        await VoicesAsync(ExportData.OtherVillage, "order", 1);
        Assert.Empty(Shown(ExportData.Township, "order"));
        await VoicesAsync(ExportData.OtherVillage, "order", 1);
        Assert.Equal([Written], Shown(ExportData.Township, "order"));

        // The other village leaves the township with five of its own: three voices are too few again.
        await VoicesAsync(ExportData.OtherVillage, "order", 3);
        Assert.Empty(Shown(ExportData.Township, "order"));
        Assert.Empty(Shown(ExportData.OtherVillage, "order"));
    }

    [Fact]
    public async Task Words_of_another_topic_or_round_are_not_shown()
    {
        await WrittenDownAsync(ExportData.Village, "disputes");
        await VoicesAsync(ExportData.Village, "order", 5);
        Assert.Empty(Shown(ExportData.Village, "order"));
    }

    [Fact]
    public async Task The_export_has_written_words_from_five_voices_on_and_no_export_has_raw_ones()
    {
        await WrittenDownAsync(ExportData.Village, "order");
        await TypedAsync(ExportData.Village, "order");
        await VoicesAsync(ExportData.Village, "order", 4);
        Assert.DoesNotContain(await data.LinesAsync("area-visits"), line => line.Contains(Written, StringComparison.Ordinal));
        await VoicesAsync(ExportData.Village, "order", 1);
        Assert.Contains(await data.LinesAsync("area-visits"), line => line.StartsWith($"云溪镇,龙井村,治安,5,{Written},", StringComparison.Ordinal));
        var kinds = 0;
        foreach (var kind in data.Catalog.Kinds.Where(kind => kind.Extension == "csv"))
        {
            kinds++;
            Assert.DoesNotContain(await data.LinesAsync(kind.Id), line => line.Contains("老张", StringComparison.Ordinal));
        }

        Assert.True(kinds >= 7, $"{kinds} exports");
    }

    [Fact]
    public async Task Raw_words_are_deleted_in_time_with_a_count_in_the_log()
    {
        await TypedAsync(ExportData.Village, "order");
        await TypedAsync(ExportData.OtherVillage, "order");
        Assert.Empty(await data.Store.Database.WriteAsync(connection => AreaWordsStore.Expire(connection, ExportData.Morning - 1, 10), Cancellation));
        Assert.Equal(2, (await data.Store.Database.WriteAsync(connection => AreaWordsStore.Expire(connection, ExportData.Morning, 10), Cancellation)).Count);
        Assert.Equal(2, await CountAsync("state = 'expired' AND words_enc IS NULL"));
        Assert.Equal((0L, 2L), (Queries.CountWaiting(), Queries.CountExpired()));
    }

    private int typed;

    private async Task<long> TypedAsync(long area, string topic)
    {
        var respondent = ++typed;
        await data.AddRespondentAsync(respondent, $"居民{respondent}", $"+8615400000{respondent:000}", area);
        var words = data.Store.Cipher.Encrypt(CaseWordsDesk.Purpose, Raw);
        return await data.Store.Database.WriteAsync(
            connection =>
            {
                AreaWordsStore.Add(connection, data.Campaign, respondent, area, words, ExportData.Morning);
                var id = connection.QuerySingle<long>("SELECT id FROM area_words WHERE respondent_id = @respondent;", new { respondent });
                AreaWordsStore.Detach(connection, data.Campaign, respondent, topic);
                return id;
            },
            Cancellation);
    }

    private async Task WrittenDownAsync(long area, string topic)
        => Assert.Null(await Desk.WriteDownAsync(await TypedAsync(area, topic), "王芳", Written, Cancellation));

    private Task VoicesAsync(long area, string topic, int count) => data.WriteAsync(connection =>
    {
        for (var i = 0; i < count; i++) AreaVisitStore.AddVoice(connection, data.Campaign, area, topic, ExportData.Morning);
    });

    private IReadOnlyList<string> Shown(long area, string topic)
        => Visits.List(null).FirstOrDefault(visit => visit.AreaId == area && visit.Topic == topic) is { } visit ? Visits.Words(visit) : [];

    private Task<long> CountAsync(string where)
        => data.Store.Database.WriteAsync(connection => connection.ExecuteScalar<long>($"SELECT count(*) FROM area_words WHERE {where};"), Cancellation);

    private List<string> Logged()
        => data.Store.Database.Read(connection => connection.Query<string>("SELECT who || ' ' || action FROM audit_log ORDER BY id;").AsList());
}
