using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>size</c>, <c>moe</c>, <c>power</c> and <c>alloc</c>.</summary>
internal static class SampleCalc
{
    private static readonly Dictionary<string, AllocationKind> Rules = new(StringComparer.Ordinal)
    {
        ["proportional"] = AllocationKind.Proportional,
        ["equal"] = AllocationKind.Equal,
        ["sqrt"] = AllocationKind.SquareRoot,
        ["neyman"] = AllocationKind.Neyman,
    };

    public static CalcOutcome Size(CalcInput input)
    {
        double p = input.NumberOr("p", 0.5, Bounds.Share), moe = input.Number("moe", Bounds.Inside), conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        var population = input.Optional("N", Bounds.AtLeastOne);
        var deff = input.NumberOr("deff", 1, Bounds.DesignEffect);
        var yield = input.Optional("expected_response", Bounds.UpToOne);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var size = SampleSize.For(p, moe, conf, population, deff, yield);
        return CalcOutcome.Of(new JsonObject
        {
            ["n0"] = CalcJson.Number(size.Simple),
            ["n_after_deff"] = CalcJson.Number(size.AfterDesign),
            ["n_after_fpc"] = CalcJson.Number(size.AfterPopulation),
            ["completes"] = CalcJson.Number(size.Completes),
            ["numbers_to_load"] = CalcJson.Number(size.NumbersToLoad),
        });
    }

    public static CalcOutcome MarginOfError(CalcInput input)
    {
        double p = input.NumberOr("p", 0.5, Bounds.Share), n = input.Number("n", Bounds.Interviews);
        var population = input.Optional("N", Bounds.AtLeastOne);
        double deff = input.NumberOr("deff", 1, Bounds.DesignEffect), conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        if (population is { } size) input.NotAbove("n", n, "N", size);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        return CalcOutcome.Of(new JsonObject { ["moe"] = CalcJson.Number(n == 0 ? null : Precision.MarginOfError(p, n, population, deff, conf)) });
    }

    public static CalcOutcome Power(CalcInput input)
    {
        double alpha = input.NumberOr("alpha", 0.05, Bounds.Inside), power = input.NumberOr("power", 0.8, Bounds.Inside), p1 = input.Number("p1", Bounds.Share);
        if (!input.Has("p2") && input.Has("n"))
        {
            var n = input.Number("n", Bounds.Interviews);
            if (input.Problem is { } wrong) return CalcOutcome.Refused(wrong);
            return CalcOutcome.Of(new JsonObject { ["smallest_drop"] = CalcJson.Number(Precision.SmallestDrop(p1, n, alpha, power)) });
        }

        var p2 = input.Number("p2", Bounds.Share);
        if (input.Problem is null && p1 == p2) input.Refuse("SharesEqual");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var raw = Precision.PerGroup(p1, p2, alpha, power);
        return CalcOutcome.Of(new JsonObject { ["n_per_group"] = CalcJson.Number(SampleSize.Up(raw)), ["raw"] = CalcJson.Number(raw) });
    }

    public static CalcOutcome Allocate(CalcInput input)
    {
        var sizes = input.Wholes("N", Bounds.NotNegative);
        var n = input.Whole("n", Bounds.NotNegative);
        var name = input.Text("kind");
        if (input.Problem is null && !Rules.ContainsKey(name)) input.Refuse("UnknownName", "kind", name, string.Join(", ", Rules.Keys));
        var neyman = name == "neyman";
        var deviations = neyman ? input.Numbers("S", Bounds.NotNegative) : [.. Enumerable.Repeat(1.0, sizes.Count)];
        if (neyman) input.SameLength("S", deviations.Count, "N", sizes.Count);
        var minimum = input.Has("minimum") ? input.Whole("minimum", Bounds.NotNegative) : 0;
        var cap = input.Has("cap") ? input.Whole("cap", Bounds.NotNegative) : (long?)null;
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var (interviews, refused) = Allocation.Of([.. sizes.Zip(deviations, (size, s) => new Stratum(size, s))], n, Rules[name], minimum, cap);
        return interviews is null ? CalcOutcome.Refused(refused!) : CalcOutcome.Of(CalcJson.Wholes(interviews));
    }
}
