using System.Globalization;
using SurveyDialer.Estimates;
using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Tests.Estimates;

/// <summary>What an interview stands for: selection, household, non-response and population counts.</summary>
public sealed class CellWeightsTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private static string SexQuestion => CellRound.Layout.Demographic.Single(place => place.Question.Tag == "DEMO_SEX").Question.Id;

    private static string AgeQuestion => CellRound.Layout.Demographic.Single(place => place.Question.Tag == "DEMO_AGE").Question.Id;

    // The worked example of raking: reproduced by R's survey package.
    [Fact]
    public void Fitting_to_population_counts_gives_the_worked_rate_and_effective_size()
    {
        var round = new CellRound();
        foreach (var (sex, age, satisfied, all) in new[] { ("1", "1", 9, 12), ("1", "2", 27, 30), ("2", "1", 9, 10), ("2", "2", 20, 28) })
        {
            round.Add(satisfied, new Dictionary<string, string> { ["Q1"] = "1", [SexQuestion] = sex, [AgeQuestion] = age });
            round.Add(all - satisfied, new Dictionary<string, string> { ["Q1"] = "4", [SexQuestion] = sex, [AgeQuestion] = age });
        }

        var results = round.Results(
            [CellRound.Safe], null, new PopulationCount("DEMO_SEX", "1", 5200), new("DEMO_SEX", "2", 4800), new("DEMO_AGE", "1", 5900), new("DEMO_AGE", "2", 4100));

        Assert.Equal(0.8151340138, results.Indices[0].Whole.Exact!.Value.P, 1e-9);
        Assert.Equal(53.374587, results.Weights.EffectiveSize, 1e-5);
        Assert.Equal(1.498841, results.Weights.DesignEffect, 1e-5);
        Assert.Equal(["DEMO_SEX", "DEMO_AGE"], results.Weights.FittedTo);
        Assert.Null(results.Weights.FellBackTo);
        Assert.Equal(0, results.Weights.Unfitted);
    }

    [Fact]
    public void Counts_of_crossed_questions_give_each_pair_of_answers_its_share_of_the_population()
    {
        var round = new CellRound();
        (string Sex, string Age, int Satisfied, int All, double Persons)[] cells = [("1", "1", 9, 12, 3000), ("1", "2", 27, 30, 2200), ("2", "1", 9, 10, 2900), ("2", "2", 20, 28, 1900)];
        foreach (var (sex, age, satisfied, all, _) in cells)
        {
            round.Add(satisfied, new Dictionary<string, string> { ["Q1"] = "1", [SexQuestion] = sex, [AgeQuestion] = age });
            round.Add(all - satisfied, new Dictionary<string, string> { ["Q1"] = "4", [SexQuestion] = sex, [AgeQuestion] = age });
        }

        // Who did not tell the age keeps the weight of before.
        round.Add(5, new Dictionary<string, string> { [SexQuestion] = "1" });
        var results = round.Results([CellRound.Safe], null, [.. cells.Select(cell => new PopulationCount("DEMO_SEX+DEMO_AGE", $"{cell.Sex}+{cell.Age}", cell.Persons))]);

        Assert.Equal(cells.Sum(cell => cell.Persons * cell.Satisfied / cell.All) / 10_000, results.Indices[0].Whole.Exact!.Value.P, 1e-9);
        Assert.Equal("DEMO_SEX+DEMO_AGE", Assert.Single(results.Weights.FittedTo));
        Assert.Empty(results.Weights.ByMargins);
        Assert.Equal(5, results.Weights.Unfitted);
    }

    [Fact]
    public void A_crossed_cell_of_fewer_than_ten_falls_back_to_the_margins_of_both_questions()
    {
        var round = new CellRound();
        (string Sex, string Age, int Satisfied, int All, double Persons)[] cells = [("1", "1", 9, 12, 3000), ("1", "2", 27, 30, 2200), ("2", "1", 8, 9, 2900), ("2", "2", 20, 28, 1900)];
        foreach (var (sex, age, satisfied, all, _) in cells)
        {
            round.Add(satisfied, new Dictionary<string, string> { ["Q1"] = "1", [SexQuestion] = sex, [AgeQuestion] = age });
            round.Add(all - satisfied, new Dictionary<string, string> { ["Q1"] = "4", [SexQuestion] = sex, [AgeQuestion] = age });
        }

        var crossed = round.Results([CellRound.Safe], null, [.. cells.Select(cell => new PopulationCount("DEMO_SEX+DEMO_AGE", $"{cell.Sex}+{cell.Age}", cell.Persons))]);
        var margins = round.Results([CellRound.Safe], null, new PopulationCount("DEMO_SEX", "1", 5200), new("DEMO_SEX", "2", 4800), new("DEMO_AGE", "1", 5900), new("DEMO_AGE", "2", 4100));

        Assert.Equal(margins.Indices[0].Whole.Exact!.Value.P, crossed.Indices[0].Whole.Exact!.Value.P, 1e-9);
        Assert.Equal(["DEMO_SEX", "DEMO_AGE"], crossed.Weights.FittedTo);
        Assert.Equal("DEMO_SEX+DEMO_AGE", Assert.Single(crossed.Weights.ByMargins));
    }

    [Fact]
    public void People_of_whom_nobody_was_interviewed_are_told()
    {
        var round = new CellRound();
        foreach (var age in new[] { "1", "2" }) round.Add(40, new Dictionary<string, string> { ["Q1"] = age == "1" ? "1" : "5", [AgeQuestion] = age });

        var results = round.Results([CellRound.Safe], null, new PopulationCount("DEMO_AGE", "1", 3000), new("DEMO_AGE", "2", 1000), new("DEMO_AGE", "3", 700), new("DEMO_AGE", "4", 0));

        Assert.Equal(new PopulationCount("DEMO_AGE", "3", 700), Assert.Single(results.Weights.NotInterviewed));
        Assert.Equal(0.75, results.Indices[0].Whole.Exact!.Value.P, 1e-9);
    }

    [Fact]
    public void Strata_are_weighted_by_what_they_stand_for()
    {
        // 42000, 31500, 18200 and 12650 numbers, of which 150, 120, 90 and 60 were called and all answered.
        var round = new CellRound();
        foreach (var (number, population, released, satisfied) in new[] { (1, 42000, 150, 141), (2, 31500, 120, 105), (3, 18200, 90, 72), (4, 12650, 60, 57) })
        {
            round.Strata.Add(new SampledStratum(number, population, released, false));
            round.AddSafe(satisfied, released, township: number, stratum: number);
        }

        var figure = round.Results([CellRound.Safe]).Indices[0].Whole;

        Assert.Equal(0.8972, figure.Value);
        Assert.Equal(0.8929, figure.Unweighted);
        Assert.Equal(LinePosition.Above, figure.Position);
        Assert.Equal("89.72%", figure.InWords(Chinese));
    }

    [Fact]
    public void Whoever_did_not_answer_is_stood_for_by_the_own_stratum_or_by_all_where_it_is_small()
    {
        var round = new CellRound();
        round.Strata.AddRange([new SampledStratum(1, 100, 100, false), new SampledStratum(2, 100, 100, false)]);
        round.AddSafe(30, 50, stratum: 1).AddSafe(10, 10, stratum: 2);
        round.Codes.AddRange([(1, "1.1", 50), (1, "2.21", 50), (2, "1.1", 10), (2, "2.21", 5)]);

        var results = round.Results([CellRound.Safe]);

        Assert.Equal(1, results.Weights.Adjusted);
        var all = 115.0 / 60;
        Assert.Equal(((30 * 2) + (10 * all)) / ((50 * 2) + (10 * all)), results.Indices[0].Whole.Exact!.Value.P, 1e-12);
    }

    [Theory]
    [InlineData("ADULTS=3", 105)]
    [InlineData("ADULTS=4", 140)]
    [InlineData("ADULTS=8", 35)]
    [InlineData("ADULTS=98", 35)]
    [InlineData("", 35)]
    public void Household_weights_multiply_adults_and_divide_by_numbers(string profile, double weight)
    {
        var key = new CellKey(1, 1, "landline", "voice", profile, 2, 0);
        var cell = new ResultCell(key, new uint[CellRound.Layout.Length]) { Completes = 1 };

        var weights = CellWeights.Of([cell], [new SampledStratum(1, 7000, 100, true)], [], []);

        Assert.Equal(weight, weights.Base[0], 1e-12);
    }
}
