using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SurveyDialer.Sample;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.App.Commands;

/// <summary>The options of a sample plan. All but the first have a default; without the first there is no plan.</summary>
internal sealed class SampleOptions
{
    private readonly Option<int?> interviews = Number<int>("--sample");
    private readonly Option<double?> yield = Number<double>("--sample-yield");
    private readonly Option<SampleColumn[]> strata = new("--sample-strata") { Description = Words.Say("sample_strata", string.Join(", ", Enum.GetNames<SampleColumn>())), AllowMultipleArgumentsPerToken = true };
    private readonly Option<AllocationKind?> allocation = new("--sample-allocation") { Description = Words.Say("sample_allocation", string.Join(", ", Enum.GetNames<AllocationKind>())) };
    private readonly Option<int?> minimum = Number<int>("--sample-minimum");
    private readonly Option<int?> cap = Number<int>("--sample-cap");
    private readonly Option<string[]> deviations = new("--sample-deviation") { Description = Words.Say("sample_deviation") };
    private readonly Option<SampleDrawKind?> draw = new("--sample-draw") { Description = Words.Say("sample_draw", string.Join(", ", Enum.GetNames<SampleDrawKind>())) };
    private readonly Option<int?> replicates = Number<int>("--sample-replicates");
    private readonly Option<double?> reserve = Number<double>("--sample-reserve");
    private readonly Option<double?> slack = Number<double>("--sample-slack");

    internal void AddTo(Command command)
    {
        foreach (var option in (Option[])[interviews, yield, strata, allocation, minimum, cap, deviations, draw, replicates, reserve, slack]) command.Options.Add(option);
        command.Check(Check);
    }

    internal SamplePlan? Read(ParseResult parsed)
    {
        if (parsed.GetValue(interviews) is not { } wanted) return null;
        var plan = new SamplePlan();
        return plan with
        {
            Interviews = wanted,
            Yield = parsed.GetValue(yield) ?? plan.Yield,
            Strata = parsed.GetValue(strata) is { Length: > 0 } columns ? columns : plan.Strata,
            Allocation = parsed.GetValue(allocation) ?? plan.Allocation,
            Minimum = parsed.GetValue(minimum) ?? plan.Minimum,
            Cap = parsed.GetValue(cap),
            Deviations = Pairs.Read(parsed.GetValue(deviations)).ToDictionary(pair => pair.Key, pair => Share(pair.Value) ?? 0, StringComparer.Ordinal),
            Draw = parsed.GetValue(draw) ?? plan.Draw,
            Replicates = parsed.GetValue(replicates) ?? plan.Replicates,
            Reserve = parsed.GetValue(reserve) ?? plan.Reserve,
            Slack = parsed.GetValue(slack) ?? plan.Slack,
        };
    }

    private void Check(CommandResult result)
    {
        if (result.GetValue(interviews) is null && result.Children.OfType<OptionResult>().Any(option => !option.Implicit && option.Option.Name.StartsWith("--sample-", StringComparison.Ordinal)))
            result.AddError(Words.Say("sample_needed"));
        foreach (var pair in result.GetValue(deviations) ?? [])
        {
            if (Share(Pairs.Split(pair).Value) is null) result.AddError(Words.Say("sample_deviation_form", pair));
        }
    }

    private static double? Share(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : null;

    private static Option<T?> Number<T>(string name)
        where T : struct
        => new(name) { Description = Words.Say(name[2..].Replace('-', '_')) };
}
