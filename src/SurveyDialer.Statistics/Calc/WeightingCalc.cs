using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Weighting;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>strat</c>, <c>kish</c>, <c>trim</c> and <c>weight</c>.</summary>
internal static class WeightingCalc
{
    public static CalcOutcome Stratified(CalcInput input)
    {
        IReadOnlyList<double> population = input.Numbers("N", Bounds.Positive), n = input.Numbers("n", Bounds.Interviews), x = input.Numbers("x", Bounds.NotNegative);
        var conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        input.SameLength("n", n.Count, "N", population.Count);
        input.SameLength("x", x.Count, "N", population.Count);
        for (var h = 0; input.Problem is null && h < n.Count; h++)
        {
            input.NotAbove($"x[{h}]", x[h], $"n[{h}]", n[h]);
            input.NotAbove($"n[{h}]", n[h], $"N[{h}]", population[h]);
        }

        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        // What a stratum without interviews would have said is not known, and so neither is the whole.
        var estimate = n.Contains(0) ? null : StratifiedEstimate.Of([.. n.Select((size, h) => StratumSample.OfShare(population[h], size, x[h]))]);
        var interval = estimate?.NormalInterval(conf);
        return CalcOutcome.Of(new JsonObject
        {
            ["p"] = CalcJson.Number(estimate?.Mean),
            ["se"] = CalcJson.Number(estimate?.StandardError),
            ["lo"] = CalcJson.Number(interval?.Low),
            ["hi"] = CalcJson.Number(interval?.High),
            ["unweighted"] = CalcJson.Number(estimate?.Unweighted ?? (x.Sum() / n.Sum())),
        });
    }

    public static CalcOutcome KishOf(CalcInput input)
    {
        var weights = Weights(input);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var kish = Kish.Of(weights);
        return CalcOutcome.Of(new JsonObject
        {
            ["neff"] = CalcJson.Number(kish.EffectiveSize),
            ["deff"] = CalcJson.Number(kish.DesignEffect),
            ["n"] = weights.Count,
        });
    }

    public static CalcOutcome Trim(CalcInput input)
    {
        var weights = Weights(input);
        var cap = input.Has("cap_times_mean") ? input.Number("cap_times_mean", Bounds.AtLeastOne) : 3;
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var trimmed = Trimming.Of(weights, cap);
        return CalcOutcome.Of(new JsonObject
        {
            ["w"] = CalcJson.Numbers(trimmed.Weights),
            ["sum"] = CalcJson.Number(trimmed.Weights.Sum()),
            ["max"] = CalcJson.Number(trimmed.Weights.Max()),
            ["rounds"] = trimmed.Rounds,
            ["capped"] = trimmed.Capped,
        });
    }

    public static CalcOutcome Weight(CalcInput input)
    {
        double population = input.Number("N_h", Bounds.Positive), drawn = input.Number("n_h", Bounds.Positive);
        double adults = input.NumberOr("adults", 1, Bounds.AtLeastOne), numbers = input.NumberOr("numbers", 1, Bounds.AtLeastOne);
        input.NotAbove("n_h", drawn, "N_h", population);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var weight = BaseWeight.Stratum(population, drawn);
        return CalcOutcome.Of(new JsonObject { ["base"] = CalcJson.Number(weight), ["w"] = CalcJson.Number(BaseWeight.Household(weight, adults, numbers)) });
    }

    private static IReadOnlyList<double> Weights(CalcInput input)
    {
        var weights = input.Numbers("w", Bounds.NotNegative);
        if (input.Problem is null && weights.Sum() <= 0) input.Refuse("NothingToShare", "w");
        return weights;
    }
}
