using FsCheck;
using FsCheck.Fluent;
using System.Globalization;
using SurveyDialer.Statistics.Intervals;
using Interval = SurveyDialer.Statistics.Intervals.Interval;

namespace SurveyDialer.Statistics.Tests.Intervals;

public sealed class IntervalTests
{
    private static readonly Gen<(int X, int N)> Counts = from n in Gen.Choose(1, 5000) from x in Gen.Choose(0, n) select (x, n);

    [Fact]
    public void Wilson_lies_in_0_to_1_and_contains_the_share() => Check.QuickThrowOnFailure(Prop.ForAll(Counts.ToArbitrary(), c =>
    {
        var (p, i) = ((double)c.X / c.N, Wilson.Of((double)c.X / c.N, c.N));
        return i.Low >= 0 && i.High <= 1 && i.Contains(p) && i.Width > 0;
    }));

    [Fact]
    public void Wilson_of_the_complement_is_the_mirror() => Check.QuickThrowOnFailure(Prop.ForAll(Counts.ToArbitrary(), c =>
    {
        Interval a = Wilson.Of((double)c.X / c.N, c.N), b = Wilson.Of((double)(c.N - c.X) / c.N, c.N);
        return Math.Abs(a.Low - (1 - b.High)) < 1e-12 && Math.Abs(a.High - (1 - b.Low)) < 1e-12;
    }));

    [Fact]
    public void Clopper_Pearson_is_wider_than_Wilson_at_the_median() => Check.QuickThrowOnFailure(Prop.ForAll(Counts.ToArbitrary(), c =>
    {
        var exact = ClopperPearson.Of(c.X, c.N);
        return exact.Low >= 0 && exact.High <= 1 && exact.Contains((double)c.X / c.N) && exact.Width >= Wilson.Of((double)c.X / c.N, c.N).Width * 0.9;
    }));

    [Fact]
    public void A_rare_answer_in_a_million_interviews_keeps_its_digits()
    {
        // R 4.2.2: prop.test(300, 1e6, correct = FALSE), binom.test(300, 1e6)
        Assert.Equal(0.00026792291922460342, Wilson.Of(0.0003, 1e6).Low, 1e-16);
        Assert.Equal(0.00026701354651458622, ClopperPearson.Of(300, 1e6).Low, 1e-14);
        Assert.Equal(0.00033593508812937385, ClopperPearson.Of(300, 1e6).High, 1e-14);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(10, 10, 0.6915, 1)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    public void Clopper_Pearson_agrees_with_the_printed_tables(double x, double n, double low, double high)
    {
        // Exact limits as in the usual binomial tables, for example Diem and Lentner, Documenta Geigy (1970), to four decimals.
        var interval = ClopperPearson.Of(x, n);
        Assert.Equal(low, interval.Low, 5e-5);
        Assert.Equal(high, interval.High, 5e-5);
    }

    [Fact]
    public void Newcombe_turns_round_when_the_sides_are_exchanged() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Two(Counts).ToArbitrary(), pair =>
        {
            Proportion a = Proportion.Of(pair.Item1.X, pair.Item1.N), b = Proportion.Of(pair.Item2.X, pair.Item2.N);
            Difference d = Difference.Between(a, b), e = Difference.Between(b, a);
            return Math.Abs(d.Newcombe.Low + e.Newcombe.High) < 1e-12 && d.Newcombe.Contains(d.Estimate) && d.Newcombe is { Low: >= -1, High: <= 1 };
        }));

    [Fact]
    public void Two_rates_of_100_percent_have_no_z() => Assert.Null(Difference.Between(new Proportion(1, 50), new Proportion(1, 60)).PValue);

    [Fact]
    public void Holm_adjusts_as_R_does()
    {
        // R: p.adjust(p, "holm") is max over j <= i of (m - j + 1) p(j).
        (Proportion, Proportion)[] family =
        [
            (Proportion.Of(372, 400), Proportion.Of(340, 400)), (Proportion.Of(186, 200), Proportion.Of(182, 200)), (Proportion.Of(56, 70), Proportion.Of(48, 80)),
        ];
        var members = Holm.Compare(family);
        Assert.Equal(3 * 0.00029933258525960404, members[0].AdjustedP, 1e-12);
        Assert.Equal(0.46099478642557745, members[1].AdjustedP, 1e-12);
        Assert.Equal(2 * 0.008045081368196705, members[2].AdjustedP, 1e-12);
        Assert.Equal([true, false, true], members.Select(m => m.Changed));
        Assert.Equal([1 - (0.05 / 3), 0.95, 0.975], members.Select(m => Math.Round(m.Confidence, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Holm_stops_at_the_first_that_fails()
    {
        // p = 0.026 would pass 0.05/1 alone, but the smaller 0.0255 of two misses 0.05/2.
        var pair = (Proportion.Of(90, 100), Proportion.Of(79, 100));
        var members = Holm.Compare([pair, pair, pair]);
        Assert.All(members, m => Assert.False(m.Changed));
        Assert.True(Holm.Compare([pair])[0].Changed);
    }

    [Theory]
    [InlineData(0.803)]
    [InlineData(0.85)]
    [InlineData(0.76)]
    [InlineData(0.999)]
    public void The_number_that_decides_is_the_first_that_does(double share)
    {
        var n = LineVerdict.Needed(share, 0.8)!.Value;
        Assert.NotEqual(LinePosition.NotDistinguishable, LineVerdict.Of(share, n, 0.8).Position);
        Assert.Equal(LinePosition.NotDistinguishable, LineVerdict.Of(share, n - 1, 0.8).Position);
        Assert.Equal(1, LineVerdict.Of(share, n - 1, 0.8).MoreInterviews);
    }

    [Theory]
    [InlineData(0.82, 0.25)]
    [InlineData(0.795, 0.3)]
    public void The_number_that_decides_on_a_mean_of_points_is_the_first_that_does(double mean, double deviation)
    {
        var open = LineVerdict.OfMean(mean, deviation, 100, 0.8, 1.5);
        Assert.Equal(LinePosition.NotDistinguishable, open.Position);
        var n = 100 + open.MoreInterviews!.Value;
        Assert.Equal(mean > 0.8 ? LinePosition.Above : LinePosition.Below, LineVerdict.OfMean(mean, deviation, n, 0.8, 1.5).Position);
        Assert.Equal(LinePosition.NotDistinguishable, LineVerdict.OfMean(mean, deviation, n - 1, 0.8, 1.5).Position);
        Assert.Null(LineVerdict.OfMean(0.8, deviation, 100, 0.8).MoreInterviews);
    }

    [Fact]
    public void Advice_comes_before_the_verdict()
    {
        var zh = CultureInfo.GetCultureInfo("zh-CN");
        var en = CultureInfo.GetCultureInfo("en");
        string Told(double p, double n, CultureInfo culture) => Sentences.AgainstLine(LineVerdict.Of(p, n, 0.8), p, 0.8, culture);
        Assert.Equal("84 more interviews decide whether it is above 80 %", Told(0.84, 301, en));
        Assert.Equal("再完成84份可判断是否高于80%", Told(0.84, 301, zh));
        Assert.Equal("not distinguishable from 80 %; a round of this size cannot tell (about 67,000 more interviews)", Told(0.803, 1000, en));
        Assert.Equal("与80%无法区分，这样的规模分不出（还要再完成约67,000份）", Told(0.803, 1000, zh));
        Assert.Equal("above 80 %", Told(0.85, 400, en));
        Assert.Equal("低于80%", Told(0.74, 400, zh));
        Assert.Equal("正好在80%线上，再多访问也无法判断", Told(0.8, 400, zh));
        Assert.Equal(
            "+8.00 percentage points (95 % interval 3.69 to 12.38): a change",
            Sentences.Compared(Holm.Compare([(Proportion.Of(372, 400), Proportion.Of(340, 400))])[0], 8, en));
    }

    [Fact]
    public void A_sentence_tells_what_the_whole_family_says_and_not_its_interval_alone()
    {
        var members = Holm.Compare([(Proportion.Of(342, 400), Proportion.Of(321, 400)), (Proportion.Of(334, 400), Proportion.Of(309, 400))]);
        Assert.All(members, member => Assert.False(member.Changed));
        // The first stands at 95 % and excludes 0 by itself.
        Assert.True(members[0].Difference.Distinguishable);
        var (zh, en) = (CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en"));
        Assert.EndsWith("与同时比较的各项一并判断，变化仍在抽样误差内", Sentences.Compared(members[0], 5.25, zh), StringComparison.Ordinal);
        Assert.EndsWith("judged together with the other comparisons shown, they cannot be told apart", Sentences.Apart(members[0], 5.25, en), StringComparison.Ordinal);
        Assert.EndsWith(": within sampling error", Sentences.Compared(members[1], 6.25, en), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_never_stands_beside_an_interval_that_holds_0() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Four(Counts).ToArbitrary(), c => Holm.Compare(
            [(Proportion.Of(c.Item1.X, c.Item1.N), Proportion.Of(c.Item2.X, c.Item2.N)), (Proportion.Of(c.Item3.X, c.Item3.N), Proportion.Of(c.Item4.X, c.Item4.N))])
            .All(member => !member.Changed || !member.Difference.Newcombe.Contains(0))));
}
