using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Statistics.Tests.Samples;

/// <summary>The literal samples were drawn by a second implementation (Python) written from the description, not by this one.</summary>
public sealed class DrawTests
{
    private static readonly int[] Drawn = [3, 13, 70, 47, 88, 9, 95, 31, 41, 1];

    [Fact]
    public void Generator_gives_the_published_numbers()
    {
        // Published for splitmix64.c with seed 1234567 (Rosetta Code, "Pseudo-random numbers/Splitmix64").
        var generator = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => generator.Next()));
    }

    [Fact]
    public void Bounded_numbers_are_in_bounds_and_even()
    {
        var generator = new SplitMix64(7);
        var seen = new int[6];
        for (var i = 0; i < 60_000; i++) seen[generator.Below(6)]++;
        Assert.All(seen, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Simple_draw_of_a_seed_never_changes()
    {
        Assert.Equal(Drawn, Draw.Simple(100, 10, 20261122));
        Assert.Equal(Drawn.Take(4), Draw.Simple(100, 4, 20261122));
    }

    [Fact]
    public void Systematic_draw_of_a_seed_never_changes() => Assert.Equal([0, 10, 20, 31, 41, 51, 62, 72, 82, 93], Draw.Systematic(103, 10, 20261122));

    [Fact]
    public void Replicates_of_a_seed_never_change() => Assert.Equal([0, 2, 1, 4, 1, 0, 1, 3, 2, 3, 0, 4], Draw.Replicates(12, 5, 20261122));

    [Fact]
    public void Draws_are_distinct_positions_of_the_frame()
    {
        var arbitrary = (from frame in Gen.Choose(1, 400) from n in Gen.Choose(0, frame) from seed in Gen.Choose(0, int.MaxValue) select (frame, n, seed)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(arbitrary, d =>
        {
            int[] simple = Draw.Simple(d.frame, d.n, (ulong)d.seed), systematic = Draw.Systematic(d.frame, d.n, (ulong)d.seed);
            bool Fits(int[] drawn) => drawn.Length == d.n && drawn.Distinct().Count() == d.n && drawn.All(p => p >= 0 && p < d.frame);
            return Fits(simple) && Fits(systematic) && systematic.SequenceEqual(systematic.Order());
        }));
    }

    [Fact]
    public void Every_unit_has_the_same_chance_in_both_draws()
    {
        int[] simple = new int[20], systematic = new int[20];
        for (ulong seed = 0; seed < 20_000; seed++)
        {
            foreach (var p in Draw.Simple(20, 7, seed)) simple[p]++;
            foreach (var p in Draw.Systematic(20, 7, seed)) systematic[p]++;
        }

        // 20,000 draws of 7 in 20: 7,000 each, standard deviation 67.
        Assert.All(simple.Concat(systematic), count => Assert.InRange(count, 6_700, 7_300));
    }

    [Fact]
    public void Replicates_differ_in_size_by_one_at_most()
    {
        var sizes = Draw.Replicates(1003, 10, 5).GroupBy(r => r).Select(g => g.Count()).ToList();
        Assert.Equal(10, sizes.Count);
        Assert.Equal((100, 101), (sizes.Min(), sizes.Max()));
    }

    [Theory]
    [InlineData(100, 80, 0, 0.25, 80)]
    [InlineData(100, 80, 40, 0.25, 40)]
    [InlineData(100, 80, 200, 0.25, 0)]
    [InlineData(100, 130, 0, 0.25, 0)]
    public void Only_what_open_quotas_need_is_released(long target, long completed, long inWork, double yield, long expected) =>
        Assert.Equal(expected, Release.Needed(target, completed, inWork, yield));

    [Theory]
    [InlineData(50, 54, 0.1, false)]
    [InlineData(50, 55, 0.1, true)]
    [InlineData(3, 3, 0.1, true)]
    public void A_quota_is_full_with_its_slack(long target, long completed, double slack, bool full) => Assert.Equal(full, Release.IsFull(target, completed, slack));
}
