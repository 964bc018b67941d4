using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Statistics.Weighting;

namespace SurveyDialer.Statistics.Tests.Weighting;

public sealed class WeightingTests
{
    [Fact]
    public void Raking_meets_its_margins()
    {
        var arbitrary = (from start in Gen.Choose(1, 50).ArrayOf(12)
                         from rows in Gen.Choose(50, 900).ArrayOf(3)
                         from shares in Gen.Choose(1, 9).ArrayOf(4)
                         select (start, rows, shares)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(arbitrary, a =>
        {
            double total = a.rows.Sum();
            double[] rows = [.. a.rows.Select(r => (double)r)], columns = [.. a.shares.Select(s => total * s / a.shares.Sum())];
            int[] row = [.. Enumerable.Range(0, 12).Select(i => i / 4)], column = [.. Enumerable.Range(0, 12).Select(i => i % 4)];
            var raked = Raking.Of([.. a.start.Select(s => (double)s)], [new Margin("row", row, rows), new Margin("column", column, columns)]);
            bool Meets(int[] category, double[] targets) => targets.Select((t, c) => Math.Abs(raked.Weights.Where((_, i) => category[i] == c).Sum() - t) < 1e-8 * total).All(x => x);
            return raked.Converged && Meets(row, rows) && Meets(column, columns);
        }));
    }

    [Fact]
    public void Raking_that_cannot_meet_both_margins_says_so_and_falls_back()
    {
        // Empty corners force contradictory totals: a = 10 from the rows, 30 from the columns.
        var raked = Raking.Of([5, 0, 0, 5], [new Margin("sex", [0, 0, 1, 1], [10, 30]), new Margin("age", [0, 1, 0, 1], [30, 10])]);
        Assert.False(raked.Converged);
        Assert.Equal("sex", raked.FellBackTo);
        Assert.Equal([10, 0, 0, 30], raked.Weights);
    }

    [Fact]
    public void Raking_reproduces_Deming_and_Stephan()
    {
        // A 2 x 2 table has one odds ratio, which fitting keeps (Deming and Stephan 1940).
        var raked = Raking.Of([40, 30, 35, 50], [new Margin("r", [0, 0, 1, 1], [100, 50]), new Margin("c", [0, 1, 0, 1], [90, 60])]);
        Assert.Equal(40.0 * 50 / (30 * 35), raked.Weights[0] * raked.Weights[3] / (raked.Weights[1] * raked.Weights[2]), 1e-9);
    }

    [Fact]
    public void Trimming_keeps_the_total_and_the_cap() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from w in Gen.Choose(1, 100_000).NonEmptyListOf() from cap in Gen.Choose(11, 40) select (w, cap)).ToArbitrary(), a =>
        {
            double[] weights = [.. a.w.Select(x => (double)x * x)];
            var trimmed = Trimming.Of(weights, a.cap / 10.0);
            var total = weights.Sum();
            return Math.Abs(trimmed.Weights.Sum() - total) < 1e-9 * total
                && (!trimmed.Capped || trimmed.Weights.Max() <= a.cap / 10.0 * total / weights.Length * (1 + 1e-9));
        }));

    [Fact]
    public void Trimming_repeats_where_spreading_lifts_another_above_the_cap()
    {
        var trimmed = Trimming.Of([1, 1, 1, 1, 1, 1, 1, 1, 6.4, 8], 3);
        Assert.True(trimmed.Capped);
        Assert.True(trimmed.Rounds > 1);
        Assert.Equal(22.4, trimmed.Weights.Sum(), 1e-9);
    }

    [Fact]
    public void Nothing_is_cut_that_nobody_could_take()
    {
        var trimmed = Trimming.Of([0, 0, 100], 2);
        Assert.Equal([0, 0, 100], trimmed.Weights);
        Assert.Equal((0, false), (trimmed.Rounds, trimmed.Capped));
    }

    [Fact]
    public void Kish_never_gains() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(1, 1000).NonEmptyListOf().ToArbitrary(), w =>
    {
        var kish = Kish.Of(w.Select(x => (double)x));
        return kish.DesignEffect >= 1 - 1e-12 && Math.Abs((kish.EffectiveSize * kish.DesignEffect) - w.Count) < 1e-6;
    }));

    [Fact]
    public void A_stratum_of_one_leaves_no_standard_error()
    {
        var estimate = StratifiedEstimate.Of([StratumSample.OfShare(100, 1, 1), StratumSample.OfShare(100, 20, 10)]);
        Assert.Equal(0.75, estimate.Mean, 1e-12);
        Assert.Null(estimate.StandardError);
    }

    [Fact]
    public void A_census_has_no_sampling_error() =>
        Assert.Equal(0, StratifiedEstimate.Of([StratumSample.OfShare(30, 30, 12), StratumSample.OfShare(50, 50, 40)]).StandardError);

    [Theory]
    [InlineData(19, 10, 1)]
    [InlineData(40, 10, 4)]
    [InlineData(40, 0, 1)]
    public void Small_cells_take_no_non_response_ratio(double eligible, double interviews, double ratio) =>
        Assert.Equal(ratio, BaseWeight.NonResponse(eligible, interviews));
}
