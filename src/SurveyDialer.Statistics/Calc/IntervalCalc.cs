using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>wilson</c>, <c>diff</c> and <c>line</c>.</summary>
internal static class IntervalCalc
{
    public static CalcOutcome WilsonOf(CalcInput input)
    {
        var (rate, conf) = (Read(input, ""), input.NumberOr("conf", 0.95, Bounds.Inside));
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        Interval? interval = rate.N > 0 ? Wilson.Of(rate.P, rate.N, conf) : null;
        return CalcOutcome.Of(new JsonObject
        {
            ["p"] = CalcJson.Number(rate.P),
            ["neff"] = CalcJson.Number(rate.N),
            ["lo"] = CalcJson.Number(interval?.Low),
            ["hi"] = CalcJson.Number(interval?.High),
        });
    }

    public static CalcOutcome Diff(CalcInput input)
    {
        var conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        if (input.Has("family")) return Family(input, 1 - conf);
        Proportion first = Read(input, "1"), second = Read(input, "2");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        return CalcOutcome.Of(Json(first.N > 0 && second.N > 0 ? Difference.Between(first, second, conf) : null));
    }

    public static CalcOutcome Line(CalcInput input)
    {
        var line = input.Number("line", Bounds.Inside);
        double deff = input.NumberOr("deff", 1, Bounds.DesignEffect), conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        if (!input.Has("n"))
        {
            var p = input.Number("p", Bounds.Share);
            if (input.Problem is { } wrong) return CalcOutcome.Refused(wrong);
            return CalcOutcome.Of(new JsonObject { ["n_min"] = CalcJson.Number(LineVerdict.Needed(p, line, deff, conf)) });
        }

        var rate = Read(input, "");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var verdict = rate.N > 0 ? LineVerdict.Of(rate.P, rate.N * deff, line, deff, conf) : null;
        return CalcOutcome.Of(new JsonObject
        {
            ["p"] = CalcJson.Number(rate.P),
            ["lo"] = CalcJson.Number(verdict?.Interval.Low),
            ["hi"] = CalcJson.Number(verdict?.Interval.High),
            ["verdict"] = (verdict?.Position ?? LinePosition.NotDistinguishable) switch
            {
                LinePosition.Above => "above",
                LinePosition.Below => "below",
                LinePosition.NotDistinguishable => "not distinguishable",
                _ => throw new InvalidOperationException("Every position is named."),
            },
            ["n_min"] = CalcJson.Number(verdict is null ? null : LineVerdict.Needed(rate.P, line, deff, conf)),
            ["more_interviews"] = CalcJson.Number(verdict?.MoreInterviews),
        });
    }

    /// <summary>x or p, n, deff; with a suffix for the sides of a comparison. The size is the effective one; of nobody there is no share (NaN).</summary>
    internal static Proportion Read(CalcInput input, string suffix)
    {
        double n = input.Number("n" + suffix, Bounds.Interviews), deff = input.NumberOr("deff" + suffix, 1, Bounds.DesignEffect);
        var counted = input.Has("x" + suffix);
        if (!counted && !input.Has("p" + suffix)) input.Refuse("OneOf", $"{input.PathOf("x" + suffix)}, {input.PathOf("p" + suffix)}");
        var value = counted ? input.Number("x" + suffix, Bounds.NotNegative) : input.Number("p" + suffix, Bounds.Share);
        if (counted) input.NotAbove("x" + suffix, value, "n" + suffix, n);
        return new Proportion(n == 0 ? double.NaN : counted ? value / n : value, n / deff);
    }

    // A side without interviews is no comparison: it stands in the answer, but not among those that are judged together.
    private static CalcOutcome Family(CalcInput input, double alpha)
    {
        var pairs = input.Objects("family").Select(pair => (First: Read(pair, "1"), Second: Read(pair, "2"))).ToList();
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var members = new Queue<HolmMember>(Holm.Compare(pairs.FindAll(IsComparison), alpha));
        return CalcOutcome.Of(new JsonArray([.. pairs.Select(pair =>
        {
            var member = IsComparison(pair) ? members.Dequeue() : null;
            var json = Json(member?.Difference);
            json["confidence"] = CalcJson.Number(member?.Confidence);
            json["p_holm"] = CalcJson.Number(member?.AdjustedP);
            json["changed"] = member?.Changed ?? false;
            return (JsonNode)json;
        })]));

        static bool IsComparison((Proportion First, Proportion Second) pair) => pair.First.N > 0 && pair.Second.N > 0;
    }

    private static JsonObject Json(Difference? difference) => new()
    {
        ["diff"] = CalcJson.Number(difference?.Estimate),
        ["wald"] = difference is null ? new JsonArray(null, null) : CalcJson.Pair(difference.Wald),
        ["z_pooled"] = CalcJson.Number(difference?.Z),
        ["p_value"] = CalcJson.Number(difference?.PValue),
        ["newcombe"] = difference is null ? new JsonArray(null, null) : CalcJson.Pair(difference.Newcombe),
        ["pp"] = CalcJson.Number(difference?.PercentagePoints),
    };
}
