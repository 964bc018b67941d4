using System.Globalization;
using SurveyDialer.Dispositions;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Quality;
using SurveyDialer.Statistics.Ranks;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Figures of a round against worked examples, and what of them leaves the room.</summary>
public sealed class RoundEstimatesTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Fact]
    public void A_figure_of_too_few_interviews_says_only_what_would_show_it()
    {
        var figure = new CellRound().AddSafe(16, 18).Results([CellRound.Safe]).Indices[0].Whole;

        Assert.True(figure.Withheld);
        Assert.Equal(18, figure.Base);
        Assert.Equal(12, figure.MoreNeeded);
        Assert.Equal(12, new CellRound().AddSafe(1, 18).Results([CellRound.Safe]).Indices[0].Whole.MoreNeeded);
        Assert.Equal($"样本不足，再完成 {figure.MoreNeeded} 份可公布", figure.InWords(Chinese));
        Assert.All([figure.Value, figure.Low, figure.High, figure.Unweighted, figure.DontKnowShare, figure.Coverage, figure.EffectiveSize], Assert.Null);
        Assert.Null(figure.LineInWords(Chinese));
    }

    [Fact]
    public void Below_a_hundred_answers_only_whole_per_cent_are_told()
    {
        var figure = new CellRound().AddSafe(57, 61).Results([CellRound.Safe]).Indices[0].Whole;

        Assert.Equal(0.93, figure.Value);
        Assert.All([figure.Value, figure.Low, figure.High, figure.Unweighted, figure.Coverage], value => Assert.Equal(value!.Value, Math.Round(value.Value, 2), 1e-12));
        Assert.Equal("93%", figure.InWords(Chinese));
    }

    [Fact]
    public void Advice_stands_before_the_verdict()
    {
        var figure = new CellRound().AddSafe(330, 400).Results([CellRound.Safe]).Indices[0].Whole;
        Assert.Equal((LinePosition.NotDistinguishable, true), (figure.Position, figure.AdvisesMore));
        Assert.Equal($"再完成{figure.MoreForVerdict}份可判断是否高于80%", figure.LineInWords(Chinese));

        // Nearly on the line: nobody is sent out for a hundred thousand interviews.
        var near = new CellRound().AddSafe(321, 400).Results([CellRound.Safe]).Indices[0].Whole;
        Assert.Equal((LinePosition.NotDistinguishable, false), (near.Position, near.AdvisesMore));
        Assert.Equal("与80%无法区分，这样的规模分不出（还要再完成约98,000份）", near.LineInWords(Chinese));
    }

    // Only the last of these townships can be told from most others.
    [Fact]
    public void Ranks_are_hidden_where_they_mean_nothing()
    {
        var round = new CellRound();
        foreach (var (satisfied, i) in new[] { 93, 96, 88, 91, 79, 97, 90, 84, 94, 60, 92, 95 }.Select((x, i) => (x, i))) round.AddSafe(satisfied, 100, township: i + 1);

        var index = round.Results([CellRound.Safe]).Indices[0];

        Assert.Equal(RanksHidden.NoInformation, index.RanksHidden);
        Assert.All(index.Townships, township => Assert.Null(township.Rank));
        Assert.Equal(12, index.Townships.Count);
    }

    [Fact]
    public void Ranks_that_mean_something_come_with_their_range_and_with_what_chance_moves()
    {
        CellRound Round(params int[] satisfied)
        {
            var round = new CellRound();
            for (var i = 0; i < satisfied.Length; i++) round.AddSafe(satisfied[i], 400, township: i + 1);
            return round;
        }

        var index = Round(390, 300, 200, 100).Results([CellRound.Safe], Round(300, 390, 200, 100).Totals("上一轮", 9)).Indices[0];

        Assert.Equal(RanksHidden.No, index.RanksHidden);
        Assert.Equal([1, 2, 3, 4], index.Townships.Select(township => township.Rank!.Rank));
        Assert.Equal([1, -1, 0, 0], index.Townships.Select(township => township.Rank!.Moved!.Value));
        Assert.InRange(index.Townships[0].Rank!.ByChance!.Value, 0.2, 0.8);
        Assert.True(index.Townships[0].Change!.Changed);
        Assert.Equal(22.5, index.Townships[0].Change!.Points);
        Assert.False(index.Townships[2].Change!.Changed);
    }

    [Fact]
    public void Two_townships_are_compared_in_every_index_where_both_have_a_figure()
    {
        var round = new CellRound();
        foreach (var (township, well, of) in new[] { (1, 93, 100), (2, 79, 100), (3, 9, 10) })
        {
            round.Add(well, new Dictionary<string, string> { ["Q1"] = "1", ["Q9"] = "1" }, township);
            round.Add(of - well, new Dictionary<string, string> { ["Q1"] = "5", ["Q9"] = "1" }, township);
        }

        var results = round.Results([CellRound.Safe, CellRound.Police]);

        var pairs = results.Between(1, 2);
        Assert.Equal([14, 0], pairs.Select(pair => pair.Difference!.Points));
        Assert.Equal([true, false], pairs.Select(pair => pair.Difference!.Changed));
        // Newcombe on each township's effective size, at 1 − 0.05/2 since two are shown together.
        var alone = Difference.Between(Proportion.Of(93, 100), Proportion.Of(79, 100), 0.975);
        Assert.Equal((Math.Round(alone.Newcombe.Low * 100, 2), Math.Round(alone.Newcombe.High * 100, 2)), (pairs[0].Difference!.Low, pairs[0].Difference!.High));
        Assert.EndsWith("分得出高低", pairs[0].Difference!.ApartInWords(Chinese), StringComparison.Ordinal);
        Assert.EndsWith("分不出高低", pairs[1].Difference!.ApartInWords(Chinese), StringComparison.Ordinal);
        Assert.All(results.Between(1, 3), pair => Assert.Null(pair.Difference));
        Assert.Empty(results.Between(1, 4));
    }

    [Fact]
    public void A_difference_has_no_more_decimals_than_the_figures_it_is_between()
    {
        var pair = new CellRound().AddSafe(57, 61).AddSafe(300, 400, 2).Results([CellRound.Safe]).Between(1, 2)[0];

        Assert.Equal("93%", pair.First.InWords(Chinese));
        Assert.All([pair.Difference!.Points, pair.Difference.Low, pair.Difference.High], points => Assert.Equal(Math.Round(points), points));
        Assert.StartsWith("+18个百分点", pair.Difference.ApartInWords(Chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void A_township_of_the_sample_without_an_interview_is_told_and_takes_the_ranks_from_all()
    {
        var round = new CellRound().AddSafe(390, 400).AddSafe(300, 400, 2).AddSafe(200, 400, 3);
        Assert.Equal([1, 2, 3], round.Results([CellRound.Safe]).Indices[0].Townships.Select(township => township.Rank!.Rank));

        round.Sampled.UnionWith([1, 2, 3, 4]);
        var index = round.Results([CellRound.Safe]).Indices[0];

        Assert.Equal(RanksHidden.TooFewInterviews, index.RanksHidden);
        Assert.Equal([false, false, false, true], index.Townships.Select(township => township.NoInterviews));
        Assert.All(index.Townships, township => Assert.Null(township.Rank));
        Assert.True(index.Townships[3].Figure is { Withheld: true, Base: 0 });
    }

    [Fact]
    public void One_township_without_a_figure_takes_the_ranks_from_all()
    {
        var index = new CellRound().AddSafe(390, 400).AddSafe(300, 400, 2).AddSafe(200, 400, 3).AddSafe(9, 10, 4).Results([CellRound.Safe]).Indices[0];

        Assert.Equal(RanksHidden.TooFewInterviews, index.RanksHidden);
        Assert.All(index.Townships, township => Assert.Null(township.Rank));
    }

    [Fact]
    public void Changes_of_several_indices_share_the_error_rate()
    {
        var now = new CellRound().Add(372, new Dictionary<string, string> { ["Q1"] = "1", ["Q9"] = "1" }).Add(28, new Dictionary<string, string> { ["Q1"] = "5", ["Q9"] = "5" });
        var then = new CellRound().Add(340, new Dictionary<string, string> { ["Q1"] = "1", ["Q9"] = "1" }).Add(60, new Dictionary<string, string> { ["Q1"] = "5", ["Q9"] = "1" });

        var results = now.Results([CellRound.Safe, CellRound.Police], then.Totals("上一轮", 9));

        Assert.Equal([8.00, -7.00], results.Indices.Select(index => index.Change!.Points));
        Assert.Contains(results.Indices, index => index.Change!.Confidence > 0.95 + 1e-9);
        Assert.Empty(results.Predecessor!.NotComparable);
        Assert.Contains("8.00个百分点", results.Indices[0].Change!.InWords(Chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void Six_and_eight_stay_out_of_the_base_and_are_told_beside_it()
    {
        var figure = new CellRound()
            .Add(120, new Dictionary<string, string> { ["Q9"] = "2" }).Add(40, new Dictionary<string, string> { ["Q9"] = "3" }).Add(20, new Dictionary<string, string> { ["Q9"] = "6" })
            .Add(10, new Dictionary<string, string> { ["Q9"] = "8" }).Add(6, new Dictionary<string, string> { ["Q9"] = "98" }).Add(4, new Dictionary<string, string> { ["Q9"] = "99" })
            .Results([CellRound.Police]).Indices[0].Whole;

        Assert.Equal((160, 0.75), (figure.Base, figure.Value!.Value));
        Assert.Equal((0.08, 0.1, 0.02, 0.8), (figure.DontKnowShare!.Value, figure.NoContactShare!.Value, figure.RefusedShare!.Value, figure.Coverage!.Value));
    }

    [Fact]
    public void A_definition_may_count_other_options_over_another_base_or_points()
    {
        var round = new CellRound().Add(100, new Dictionary<string, string> { ["Q1"] = "1" }).Add(50, new Dictionary<string, string> { ["Q1"] = "3" }).Add(50, new Dictionary<string, string> { ["Q1"] = "8" });
        double Of(SurveyIndex index) => round.Results([index]).Indices[0].Whole.Value!.Value;

        Assert.Equal(1, Of(CellRound.Safe));
        Assert.Equal(0.6667, Of(CellRound.Safe with { Positive = ["1", "2"] }));
        Assert.Equal(0.5, Of(CellRound.Safe with { Positive = ["1", "2"], Base = RateBase.All }));
        Assert.Equal(0.8333, Of(CellRound.Safe with { Points = new Dictionary<string, double> { ["1"] = 100, ["2"] = 75, ["3"] = 50, ["4"] = 25, ["5"] = 0 } }));
    }

    [Fact]
    public void A_mean_of_points_is_held_against_its_line_by_its_own_interval()
    {
        var round = new CellRound().Add(300, new Dictionary<string, string> { ["Q1"] = "1" }).Add(60, new Dictionary<string, string> { ["Q1"] = "3" });
        Figure With(double line) => round.Results([CellRound.Safe with { Line = line, Points = new Dictionary<string, double> { ["1"] = 100, ["2"] = 75, ["3"] = 50, ["4"] = 25, ["5"] = 0 } }]).Indices[0].Whole;

        Assert.Equal(0.9167, With(0.8).Value);
        Assert.Equal([LinePosition.Above, LinePosition.NotDistinguishable, LinePosition.Below], new[] { 0.8, 0.92, 0.97 }.Select(line => With(line).Position!.Value));
        Assert.Equal("高于80%", With(0.8).LineInWords(Chinese));
    }

    [Fact]
    public void Composites_leave_out_what_is_withheld_and_say_so()
    {
        var round = new CellRound().AddSafe(180, 200).AddSafe(90, 100, 2).Add(10, new Dictionary<string, string> { ["Q9"] = "1" });
        var composite = new CompositeIndex { Id = "all", Name = new LocalText([]), Weights = new Dictionary<string, double> { ["SAFE"] = 2, ["POLICE"] = 1, ["NOWHERE"] = 1 } };

        var result = RoundEstimates.Of(round.Totals(), null, new EstimateWish(1, CellRound.Set([CellRound.Safe, CellRound.Police], composite), null, [])).Composites[0];

        Assert.Equal(90, result.Whole.Value);
        Assert.Equal(["POLICE", "NOWHERE"], result.Whole.Dropped);
        Assert.Equal(["镇01 90.00", "镇02 90.00"], result.Townships.Select(township => $"{township.Name} {township.Figure.InWords}"));
        Assert.Null(result.Whole.Position);
    }

    [Fact]
    public void A_composite_is_held_against_its_line_by_the_weighted_ends_of_its_indices()
    {
        var round = new CellRound().Add(360, new Dictionary<string, string> { ["Q1"] = "1", ["Q9"] = "1" }).Add(40, new Dictionary<string, string> { ["Q1"] = "1", ["Q9"] = "5" });
        CompositeResult With(double line) => RoundEstimates.Of(round.Totals(), null, new EstimateWish(1, CellRound.Set(
            [CellRound.Safe, CellRound.Police],
            new CompositeIndex { Id = "all", Name = new LocalText([]), Weights = new Dictionary<string, double> { ["SAFE"] = 1, ["POLICE"] = 3 }, Line = line }), null, [])).Composites[0];

        var (safe, police) = (Wilson.Of(1, 400), Wilson.Of(0.9, 400));
        var whole = With(85).Whole;
        Assert.Equal(92.5, whole.Value);
        Assert.Equal(Math.Round(100 * (safe.Low + (3 * police.Low)) / 4, 2), whole.Low!.Value, 1e-9);
        Assert.Equal(Math.Round(100 * (safe.High + (3 * police.High)) / 4, 2), whole.High!.Value, 1e-9);
        Assert.Equal([LinePosition.Above, LinePosition.NotDistinguishable, LinePosition.Below], new[] { 85.0, 92, 99 }.Select(line => With(line).Whole.Position!.Value));
        Assert.Equal("高于 85 分的线", RoundWords.Line(With(85), whole, Chinese));
    }

    [Fact]
    public void Careless_and_explained_answers_are_told_apart_and_small_counts_kept_back()
    {
        var round = new CellRound().Add(150, new Dictionary<string, string> { ["Q1"] = "1" }).Add(30, new Dictionary<string, string> { ["Q1"] = "1!" }).Add(20, new Dictionary<string, string> { ["Q1"] = "5!" })
            .Add(40, new Dictionary<string, string> { ["Q1"] = "5" }, careless: (long)CarelessFlag.Straightline).Add(3, new Dictionary<string, string> { ["Q1"] = "1" }, careless: (long)CarelessFlag.Speeder);

        var results = round.Results([CellRound.Safe]);

        Assert.Equal(0.9, results.Indices[0].WithoutCareless.Value);
        Assert.Equal(0.6, results.Indices[0].Explained.Value);
        Assert.Equal(0.7927, results.Indices[0].NotExplained.Value);
        Assert.Equal(40, results.Careless.Single(count => count.Flag == CarelessFlag.Straightline).Interviews);
        Assert.Null(results.Careless.Single(count => count.Flag == CarelessFlag.Speeder).Interviews);
    }

    [Fact]
    public void A_rate_without_twenty_careless_interviews_stands_beside_that_of_all()
    {
        var results = new CellRound().AddSafe(900, 1099).Add(21, new Dictionary<string, string> { ["Q1"] = "1" }, careless: (long)CarelessFlag.Straightline).Results([CellRound.Safe]);

        Assert.Equal((0.8223, 0.8189), (results.Indices[0].Whole.Value, results.Indices[0].WithoutCareless.Value));
    }

    [Fact]
    public void Nothing_is_told_of_a_part_that_differs_from_the_whole_by_a_few()
    {
        var results = new CellRound().AddSafe(150, 200).Add(3, new Dictionary<string, string> { ["Q1"] = "5" }, careless: (long)CarelessFlag.Speeder).Results([CellRound.Safe]);

        var part = results.Indices[0].WithoutCareless;
        Assert.True(part is { TooCloseToWhole: true, Withheld: true, Base: 0, MoreNeeded: null });
        Assert.False(results.Indices[0].NotExplained.TooCloseToWhole);
    }

    [Fact]
    public void A_caller_far_from_the_others_in_the_same_townships_is_to_be_listened_in_to()
    {
        var round = new CellRound();
        round.Interviewers.AddRange([("王", 1, "Q1", 60, 60), ("李", 1, "Q1", 60, 44), ("赵", 1, "Q1", 60, 42), ("周", 1, "Q1", 60, 43), ("吴", 1, "Q1", 60, 45), ("钱", 2, "Q1", 60, 60), ("孙", 1, "Q1", 12, 12)]);

        Assert.Equal(["王"], round.Results([CellRound.Safe]).ListenInTo);
    }

    [Fact]
    public void A_round_counts_only_with_enough_interviews_contacts_and_checks()
    {
        var round = new CellRound().AddSafe(90, 120);
        round.Codes.AddRange([(1, "1.1", 120), (1, "3.13", 1000)]);
        Assert.Equal([RoundShortfall.ContactRate, RoundShortfall.SupervisedChecks], round.Results([CellRound.Safe]).Gate.Lacks);

        round.Codes.Clear();
        round.Codes.AddRange([(1, "1.1", 120), (1, "2.21", 200)]);
        round.Checked = 6;
        Assert.Empty(round.Results([CellRound.Safe]).Gate.Lacks);
    }

    [Fact]
    public void The_contact_rate_of_the_gate_is_over_finished_members_with_the_e_of_the_outcome_rates()
    {
        var round = new CellRound().AddSafe(90, 120);
        round.Codes.AddRange([(1, "1.1", 120), (1, "3.13", 400), (1, "4.31", 80)]);

        var gate = round.Results([CellRound.Safe]).Gate;
        Assert.Equal((600, 0.6, 120 / (120 + (0.6 * 400))), (gate.Finished, gate.E!.Value, gate.ContactRate!.Value));
        Assert.Equal("联系率是 AAPOR 的 CON2，按已经结束的 600 人计，e = 0.6，由他们自己估计。", RoundWords.GateBasis(gate, Chinese));

        round.Given = new GivenEligibility(0.2, "2025 年户籍抽查", "王芳", 0);
        gate = round.Results([CellRound.Safe]).Gate;
        Assert.Equal((0.2, 120 / 200.0), (gate.E!.Value, gate.ContactRate!.Value));
        Assert.Contains("依据：2025 年户籍抽查", RoundWords.GateBasis(gate, Chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_e_is_the_one_that_non_response_is_adjusted_with()
    {
        var round = new CellRound().AddSafe(30, 50, stratum: 1).AddSafe(50, 50, stratum: 2);
        round.Strata.AddRange([new SampledStratum(1, 100, 100, false), new SampledStratum(2, 100, 100, false)]);
        round.Codes.AddRange([(1, "1.1", 50), (1, "3.13", 50), (2, "1.1", 50)]);
        round.Given = new GivenEligibility(0.5, "2025 年户籍抽查", "王芳", 0);

        Assert.Equal(((30 * 1.5) + 50) / ((50 * 1.5) + 50), round.Results([CellRound.Safe]).Indices[0].Whole.Exact!.Value.P, 1e-12);
    }

    [Fact]
    public void A_sample_with_wanted_numbers_says_that_it_is_one()
    {
        var round = new CellRound().AddSafe(90, 120);
        round.Strata.Add(new SampledStratum(1, 100, 100, false));
        Assert.False(round.Results([CellRound.Safe]).QuotaSample);

        round.Strata.Add(new SampledStratum(2, 100, 100, false, Wanted: 20));
        Assert.True(round.Results([CellRound.Safe]).QuotaSample);
    }
}
