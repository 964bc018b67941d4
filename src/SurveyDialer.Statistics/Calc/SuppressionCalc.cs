using System.Globalization;
using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Disclosure;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>supp</c>: the reliability rule for a rate, or small-count suppression for one row of counts with or without its total.</summary>
internal static class SuppressionCalc
{
    private static readonly string[] TotalNames = ["合计", "总计", "小计", "全县", "全镇", "total", "Total"];

    public static CalcOutcome Run(CalcInput input) => input.Has("row") || !input.Has("n") ? Row(input) : Rate(input);

    private static CalcOutcome Rate(CalcInput input)
    {
        double n = input.Number("n", Bounds.Interviews), deff = input.NumberOr("deff", 1, Bounds.DesignEffect);
        var x = input.Has("x") ? input.Number("x", Bounds.NotNegative) : (double?)null;
        if (x is { } positives) input.NotAbove("x", positives, "n", n);
        var given = x is null ? input.Number("p", Bounds.Share) : 0;
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        if (n == 0) return Nothing(deff);
        var share = x / n ?? given;
        var rule = Reliability.Of(share, n, deff);
        return CalcOutcome.Of(new JsonObject
        {
            ["neff"] = CalcJson.Number(rule.EffectiveSize),
            ["p"] = CalcJson.Number(rule.Share),
            ["lo"] = CalcJson.Number(rule.Interval.Low),
            ["hi"] = CalcJson.Number(rule.Interval.High),
            ["width"] = CalcJson.Number(rule.Interval.Width),
            ["rel_width"] = CalcJson.Number(rule.RelativeWidth),
            ["rel_width_complement"] = CalcJson.Number(rule.RelativeWidthOfComplement),
            ["verdict"] = rule.Publish ? "present" : "suppress",
            ["more_interviews"] = CalcJson.Number(Reliability.MoreNeeded(share, n, deff)),
        });
    }

    // Of nobody there is no share, and what is needed is what everybody needs.
    private static CalcOutcome Nothing(double deff) => CalcOutcome.Of(new JsonObject
    {
        ["neff"] = CalcJson.Number(0),
        ["p"] = null,
        ["lo"] = null,
        ["hi"] = null,
        ["width"] = null,
        ["rel_width"] = null,
        ["rel_width_complement"] = null,
        ["verdict"] = "suppress",
        ["more_interviews"] = CalcJson.Number(Math.Ceiling(Reliability.LeastEffectiveSize * deff)),
    });

    private static CalcOutcome Row(CalcInput input)
    {
        var names = input.Texts("row");
        var threshold = input.Has("threshold") ? input.Whole("threshold", Bounds.Threshold) : CountTable.DefaultThreshold;
        var field = input.Names.FirstOrDefault(name => name != "row" && input.IsArray(name)) ?? "counts";
        var counts = input.Wholes(field, Bounds.NotNegative);
        if (input.Problem is null) input.SameLength(field, counts.Count, "row", names.Count);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var cells = counts.SkipLast(1).ToList();
        var named = TotalNames.Contains(names[^1], StringComparer.Ordinal);
        var hasTotal = cells.Count > 0 && (named || (cells.Count > 1 && cells.Sum() == counts[^1]));
        if (hasTotal && cells.Sum() != counts[^1])
            return CalcOutcome.Refused(new Problem("TotalWrong", field, $"{counts[^1]}", $"{cells.Sum()}"));
        if (!hasTotal) return CalcOutcome.Of(new JsonObject { ["display"] = new JsonArray([.. counts.Select(c => Alone(c, threshold))]) });
        var display = new CountTable([cells], ColumnTotals: false).Suppress(threshold);
        return CalcOutcome.Of(new JsonObject
        {
            ["display"] = new JsonArray([.. counts.Select((count, i) => Shown(count, display[0, i], threshold, isTotal: i == cells.Count))]),
        });
    }

    // Without a total nothing can be worked out from the rest of the row.
    private static JsonValue Alone(long count, long threshold) =>
        Shown(count, count > 0 && count < threshold ? CellDisplay.Small : CellDisplay.Shown, threshold, isTotal: false);

    private static JsonValue Shown(long count, CellDisplay display, long threshold, bool isTotal) => display switch
    {
        CellDisplay.Shown when isTotal => JsonValue.Create(count),
        CellDisplay.Shown => JsonValue.Create(count.ToString(CultureInfo.InvariantCulture)),
        CellDisplay.Small => JsonValue.Create($"<{threshold}"),
        CellDisplay.Withheld => JsonValue.Create("*"),
        _ => throw new InvalidOperationException("Every way to show a cell is named."),
    };
}
