using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.Statistics.Tests.Ranks;

public sealed class RankTests
{
    private static readonly int[] Positives = [93, 96, 88, 91, 79, 97, 90, 84, 94, 60, 92, 95];

    [Fact]
    public void Ranks_that_say_nothing_are_hidden() => Assert.Equal(RanksHidden.NoInformation, Table(100).Hidden);

    [Fact]
    public void Ranks_of_many_interviews_are_shown() => Assert.Equal(RanksHidden.No, Table(20_000).Hidden);

    [Fact]
    public void Two_units_have_no_ranks() => Assert.Equal(RanksHidden.TooFewUnits, RankTable.Of([("a", new(0.9, 100)), ("b", new(0.5, 100))]).Hidden);

    [Fact]
    public void A_unit_of_29_hides_the_ranks() =>
        Assert.Equal(RanksHidden.TooFewInterviews, RankTable.Of([("a", new(0.9, 1000)), ("b", new(0.5, 1000)), ("c", new(0.1, 29))]).Hidden);

    [Fact]
    public void The_rank_lies_in_its_range_and_agrees_with_counting_pairs()
    {
        var rows = Table(500).Rows;
        Assert.Equal(12, rows.Count);
        foreach (var row in rows)
        {
            Assert.InRange(row.Rank, row.Best, row.Worst);
            Assert.Equal(1 + rows.Count(o => o.Interval.Low > row.Interval.High), row.Best);
            Assert.Equal(rows.Count - rows.Count(o => o.Interval.High < row.Interval.Low), row.Worst);
        }
    }

    [Fact]
    public void A_jump_among_equals_is_chance_and_the_seed_repeats_it()
    {
        // Thirty townships of about the same rate: nine places happen by chance alone more often than not.
        Proportion[] before = [.. Enumerable.Range(0, 30).Select(i => new Proportion(0.90 + ((i % 7) * 0.005), 100))];
        var after = before.ToArray();
        after[5] = new Proportion(0.935, 100);
        var share = RankChange.ChanceShare(before, after, 5, seed: 1, redraws: 2000);
        Assert.InRange(share, 0.3, 1);
        Assert.Equal(share, RankChange.ChanceShare(before, after, 5, seed: 1, redraws: 2000));
    }

    [Fact]
    public void A_fall_from_95_to_60_percent_of_400_is_no_chance()
    {
        Proportion[] before = [new(0.95, 400), new(0.90, 400), new(0.80, 400), new(0.70, 400)];
        Proportion[] after = [new(0.60, 400), new(0.90, 400), new(0.80, 400), new(0.70, 400)];
        Assert.InRange(RankChange.ChanceShare(before, after, 0, seed: 1, redraws: 2000), 0, 0.01);
    }

    [Fact]
    public void Nothing_moves_where_everybody_is_at_100_percent()
    {
        Proportion[] all = [.. Enumerable.Repeat(new Proportion(1, 60), 5)];
        Assert.Equal(1, RankChange.ChanceShare(all, all, 2, seed: 3, redraws: 100));
    }

    private static RankTable Table(double n) => RankTable.Of([.. Positives.Select((x, i) => ($"镇{i}", new Proportion(x / 100.0, n)))]);
}
