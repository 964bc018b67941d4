using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>aapor</c>: counts, or codes, or groups <c>x</c> with weights <c>w</c>; <c>e</c> a number or "auto", or <c>e1</c> and <c>e2</c>.</summary>
internal static class AaporCalc
{
    public static CalcOutcome Run(CalcInput input)
    {
        var result = new JsonObject();
        var cases = Cases(input);
        var counts = cases is null ? ReadCounts(input) : OutcomeCounts.Sum(cases.Select(c => (c.Group, 1.0)));
        double? e = input.IsText("e") ? Automatic(input) : input.Optional("e", Bounds.Share);
        double? e1 = input.Optional("e1", Bounds.Share), e2 = input.Optional("e2", Bounds.Share);
        if (e1 is null != e2 is null) input.Refuse("Missing", input.PathOf(e1 is null ? "e1" : "e2"));
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        if (cases is not null)
        {
            result["n"] = cases.Count;
            result["counts"] = Groups(counts);
        }

        Add(result, Rates(counts, e), "");
        var weighted = cases is not null && input.Has("w") ? OutcomeCounts.Sum(cases) : null;
        if (weighted is not null)
        {
            result["counts_w"] = Groups(weighted);
            Add(result, Rates(weighted, e), "w");
        }

        if (e1 is { } household && e2 is { } person)
        {
            Add(result, OutcomeRates.TwoStep(counts, household, person), "_two_step");
            if (weighted is not null) Add(result, OutcomeRates.TwoStep(weighted, household, person), "w_two_step");
        }

        return CalcOutcome.Of(result);
    }

    private static double? Automatic(CalcInput input)
    {
        if (input.Text("e") is not "auto" and var word) input.Refuse("UnknownName", "e", word, "auto, 0–1");
        return null;
    }

    private static OutcomeRates Rates(OutcomeCounts counts, double? e) => e is { } given ? OutcomeRates.Given(counts, given) : OutcomeRates.Estimated(counts);

    private static List<(OutcomeGroup Group, double Weight)>? Cases(CalcInput input)
    {
        if (!input.Has("codes") && !input.Has("x")) return null;
        var field = input.Has("codes") ? "codes" : "x";
        var names = input.Texts(field);
        var weights = input.Has("w") ? input.Numbers("w", Bounds.NotNegative) : [.. Enumerable.Repeat(1.0, names.Count)];
        input.SameLength(field, names.Count, "w", weights.Count);
        var cases = new List<(OutcomeGroup, double)>();
        for (var i = 0; i < Math.Min(names.Count, weights.Count); i++)
        {
            if ((OutcomeGroups.FromSymbol(names[i]) ?? OutcomeGroups.FromCode(names[i])) is { } group) cases.Add((group, weights[i]));
            else input.Refuse("UnknownCode", $"{input.PathOf(field)}[{i}]", names[i]);
        }

        return cases;
    }

    private static OutcomeCounts ReadCounts(CalcInput input)
    {
        if (!input.Has("counts"))
        {
            input.Refuse("OneOf", "counts, codes, x");
            return new OutcomeCounts();
        }

        var counts = input.Object("counts");
        foreach (var name in counts.Names.Where(n => OutcomeGroups.FromSymbol(n) is null))
            input.Refuse("UnknownName", input.PathOf("counts"), name, string.Join(", ", OutcomeGroups.Symbols));
        return OutcomeCounts.From([.. OutcomeGroups.Symbols.Select(s => counts.NumberOr(s, 0, Bounds.NotNegative))]);
    }

    private static JsonObject Groups(OutcomeCounts counts)
    {
        var groups = new JsonObject();
        foreach (var (symbol, value) in OutcomeGroups.Symbols.Zip(counts.ToList())) groups[symbol] = CalcJson.Number(value);
        return groups;
    }

    private static void Add(JsonObject result, OutcomeRates rates, string suffix)
    {
        if (rates.Source != EligibilitySource.TwoStep) result[$"e{suffix}"] = CalcJson.Number(rates.E);
        if (suffix.Length == 0) result["e_source"] = rates.Source == EligibilitySource.Given ? "given" : "estimated";
        AddAll("RR", rates.Response);
        AddAll("COOP", rates.Cooperation);
        AddAll("REF", rates.RefusalRates);
        AddAll("CON", rates.Contact);

        void AddAll(string name, IReadOnlyList<double?> values)
        {
            for (var i = 0; i < values.Count; i++) result[$"{name}{i + 1}{suffix}"] = CalcJson.Number(values[i]);
        }
    }
}
