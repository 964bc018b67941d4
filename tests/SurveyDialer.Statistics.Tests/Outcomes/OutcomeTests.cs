using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Statistics.Tests.Outcomes;

public sealed class OutcomeTests
{
    private static readonly Arbitrary<int[]> Counts = Gen.Choose(0, 300).ArrayOf(8).ToArbitrary();

    [Fact]
    public void Rates_keep_their_order() => Check.QuickThrowOnFailure(Prop.ForAll(Counts, c =>
    {
        var rates = OutcomeRates.Estimated(From(c));
        return Rising(rates.Response[0], rates.Response[2], rates.Response[4]) && Rising(rates.Response[1], rates.Response[3], rates.Response[5])
            && Rising(rates.Response[0], rates.Response[1]) && Rising(rates.Contact[0], rates.Contact[1], rates.Contact[2])
            && Rising(rates.RefusalRates[0], rates.RefusalRates[1], rates.RefusalRates[2]) && Rising(rates.Cooperation[0], rates.Cooperation[2]);
    }));

    [Fact]
    public void All_eligible_or_none_gives_the_outer_rates() => Check.QuickThrowOnFailure(Prop.ForAll(Counts, c =>
    {
        OutcomeRates all = OutcomeRates.Given(From(c), 1), none = OutcomeRates.Given(From(c), 0);
        return all.Response[2] == all.Response[0] && all.Contact[1] == all.Contact[0] && none.Response[3] == none.Response[5] && none.RefusalRates[1] == none.RefusalRates[2];
    }));

    [Fact]
    public void Two_steps_that_are_certain_are_one() => Check.QuickThrowOnFailure(Prop.ForAll(Counts, c =>
        OutcomeRates.TwoStep(From(c), 1, 0.7).Response[3] is var two && OutcomeRates.Given(From(c), 0.7).Response[3] is var one
        && (two is null ? one is null : Math.Abs(two.Value - one!.Value) < 1e-12)));

    [Theory]
    [InlineData("1.1", OutcomeGroup.Complete)]
    [InlineData("1.2", OutcomeGroup.Partial)]
    [InlineData("2.10", OutcomeGroup.Refusal)]
    [InlineData("2.222", OutcomeGroup.NonContact)]
    [InlineData("2.90", OutcomeGroup.Other)]
    [InlineData("3.161", OutcomeGroup.UnknownHousehold)]
    [InlineData("3.30", OutcomeGroup.UnknownOther)]
    [InlineData("4.432", OutcomeGroup.NotEligible)]
    public void A_code_rolls_up_by_its_prefix(string code, OutcomeGroup group) => Assert.Equal(group, OutcomeGroups.FromCode(code));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.3")]
    [InlineData("2.5")]
    [InlineData("5.1")]
    [InlineData("2.1a")]
    [InlineData("2,1")]
    [InlineData(null)]
    public void What_is_no_code_has_no_group(string? code) => Assert.Null(OutcomeGroups.FromCode(code));

    private static OutcomeCounts From(int[] values) => OutcomeCounts.From([.. values.Select(v => (double)v)]);

    private static bool Rising(params double?[] rates)
    {
        var known = rates.OfType<double>().ToList();
        return known.Zip(known.Skip(1)).All(p => p.First <= p.Second + 1e-12);
    }
}
