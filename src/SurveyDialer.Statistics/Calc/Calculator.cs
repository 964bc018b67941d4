using System.Text.Json;

namespace SurveyDialer.Statistics.Calc;

/// <summary>The calculations that auditors can repeat: one JSON object in, one JSON value out. The README of this project documents every kind.</summary>
public static class Calculator
{
    private static readonly Dictionary<string, Func<CalcInput, CalcOutcome>> All = new(StringComparer.Ordinal)
    {
        ["aapor"] = AaporCalc.Run,
        ["rate"] = RateCalc.Run,
        ["index"] = IndexCalc.Run,
        ["delta"] = DeltaCalc.Run,
        ["size"] = SampleCalc.Size,
        ["moe"] = SampleCalc.MarginOfError,
        ["power"] = SampleCalc.Power,
        ["alloc"] = SampleCalc.Allocate,
        ["strat"] = WeightingCalc.Stratified,
        ["wilson"] = IntervalCalc.WilsonOf,
        ["kish"] = WeightingCalc.KishOf,
        ["diff"] = IntervalCalc.Diff,
        ["line"] = IntervalCalc.Line,
        ["rank"] = RankCalc.Run,
        ["post"] = CellCalc.PostStratify,
        ["rake"] = CellCalc.Rake,
        ["trim"] = WeightingCalc.Trim,
        ["weight"] = WeightingCalc.Weight,
        ["supp"] = SuppressionCalc.Run,
        ["case"] = CaseCalc.Run,
    };

    /// <summary>Names of all kinds, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Keys];

    /// <summary>Runs one calculation.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="input">The input object.</param>
    /// <returns>The result, or the first thing that is wrong with the input; also where the input is one that nobody foresaw.</returns>
    public static CalcOutcome Run(string kind, JsonElement input)
    {
        try
        {
            return Compute(kind, input);
        }
        catch (Exception fault) when (fault is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return CalcOutcome.Refused(new Problem("CannotCompute", kind, fault.Message));
        }
    }

    /// <summary>The same without a net.</summary>
    internal static CalcOutcome Compute(string kind, JsonElement input)
    {
        if (!All.TryGetValue(kind, out var calculation)) return CalcOutcome.Refused(new Problem("UnknownKind", kind, string.Join(", ", Kinds)));
        var fields = new CalcInput(input);
        if (fields.Problem is { } problem) return CalcOutcome.Refused(problem);
        var outcome = calculation(fields);
        return outcome.Problem is null && fields.Misspelt() is { } slip ? CalcOutcome.Refused(slip) : outcome;
    }
}
