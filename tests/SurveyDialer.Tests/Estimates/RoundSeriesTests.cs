using Dapper;
using SurveyDialer.Estimates;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.Fieldwork;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Rounds, their numbers and what they report, as they are made.</summary>
public sealed class RoundSeriesTests : IAsyncLifetime
{
    private readonly LineOffice office = new(new() { Lines = 2, StartsPerSecond = 1 }, ringingSeconds: 10);

    private RoundSeries Series => new(office.Files.Database, office.Time.Clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_round_follows_the_one_before_it_in_the_period_in_which_it_is_made()
    {
        var (first, second) = (await office.LaunchAsync(1), await office.LaunchAsync(1));
        Assert.Equal((1, "2026-Q1", null), Place(first));
        Assert.Equal((2, "2026-Q1", first), Place(second));
        Assert.True(Series.Find(first)!.Practice);

        Assert.Null(await Series.ChangeAsync(first, 7, RoundPeriod.Read("2025-H2"), null, "王主任", Cancellation));
        Assert.Equal((7, "2025-H2", null), Place(first));
        Assert.Equal((8, "2026-H1", second), Place(await ThirdAfterAsync(second)));
        Assert.Equal("campaign 1, number 7, period 2025-H2, predecessor none", office.One<string>("SELECT detail FROM audit_log WHERE action = 'round-changed' ORDER BY id LIMIT 1;"));
    }

    [Fact]
    public async Task The_round_of_the_same_time_of_the_year_before_is_found()
    {
        var (first, second) = (await office.LaunchAsync(1), await office.LaunchAsync(1));
        YearChange? Since() => office.Files.Database.Read(connection => RoundHistory.SinceYearBefore(connection, RoundSeries.Find(connection, second)!));

        Assert.Null(Since());
        Assert.Null(await Series.ChangeAsync(first, 1, RoundPeriod.Read("2025-Q1"), null, "王主任", Cancellation));
        Assert.Equal(first, Since()!.CampaignId);
        Assert.Null(await Series.ChangeAsync(first, 1, RoundPeriod.Read("2025-Q4"), null, "王主任", Cancellation));
        Assert.Null(Since());
    }

    [Fact]
    public async Task A_place_that_cannot_be_is_refused_in_words()
    {
        var (first, second) = (await office.LaunchAsync(1), await office.LaunchAsync(1));
        var period = RoundPeriod.Read("2026");
        Assert.Equal("round_circle", (await Series.ChangeAsync(first, 1, period, second, "王", Cancellation))!.Key);
        Assert.Equal("round_circle", (await Series.ChangeAsync(first, 1, period, first, "王", Cancellation))!.Key);
        Assert.Equal("round_unknown", (await Series.ChangeAsync(first, 1, period, 99, "王", Cancellation))!.Key);
        Assert.Equal("round_unknown", (await Series.ChangeAsync(99, 1, period, null, "王", Cancellation))!.Key);
        Assert.Equal("round_number", (await Series.ChangeAsync(first, 0, period, null, "王", Cancellation))!.Key);
        Assert.Equal((1, "2026-Q1", null), Place(first));
    }

    [Fact]
    public async Task A_round_keeps_its_set_until_somebody_exchanges_it_and_that_is_remembered()
    {
        var id = await office.LaunchAsync(1);
        var before = IndexSets.Of(office.Files.Database, id);
        Assert.Equal("two-degrees-one-rate", before.Id);
        Assert.Equal(IndexSetJson.Hash(before), office.One<byte[]>("SELECT sha256 FROM campaign_index_set;"));
        var desk = new IndexSetDesk(office.Files.Database, Shipped.Library, office.Time.Clock);

        Assert.Equal("set_unknown", (await desk.ExchangeAsync(id, "none", "王主任", Cancellation))!.Key);
        Assert.Null(await desk.ExchangeAsync(id, "two-rates", "王主任", Cancellation));

        var after = IndexSets.Of(office.Files.Database, id);
        Assert.Equal(("two-rates", "SAFE LAW AWARE_PA MEDIATE"), (after.Id, string.Join(' ', after.Indices.Select(index => index.Tag))));
        var (who, detail) = office.Files.Database.Read(connection => connection.QuerySingle<(string, string)>("SELECT who, detail FROM audit_log WHERE action = 'indices-changed';"));
        Assert.Equal(("王主任", $"campaign 1, two-degrees-one-rate version 1 ({IndexSetJson.ShortHash(before)}) to two-rates version 1 ({IndexSetJson.ShortHash(after)})"), (who, detail));
    }

    [Fact]
    public async Task A_round_of_before_there_were_sets_and_numbers_reports_all_it_asks_and_has_a_place()
    {
        var id = await office.LaunchAsync(1);
        await office.Files.Database.WriteAsync(connection => { connection.Execute("DELETE FROM campaign_index_set; DELETE FROM campaign_round;"); }, Cancellation);
        Assert.Equal(IndexFit.AllId, IndexSets.Of(office.Files.Database, id).Id);
        Assert.Equal((1, "2026-Q1", null), Place(id));
        Assert.Null(Series.Find(99));
    }

    private (int, string, long?) Place(long id) => Series.Find(id) is { } round ? (round.Number, round.Period.ToString(), round.PredecessorId) : default;

    private async Task<long> ThirdAfterAsync(long second)
    {
        Assert.Null(await Series.ChangeAsync(second, 7, RoundPeriod.Read("2025-H2"), null, "王主任", Cancellation));
        return await office.LaunchAsync(1);
    }
}
