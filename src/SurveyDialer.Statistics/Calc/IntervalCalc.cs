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
        var interval = Wilson.Of(rate.P, rate.N, conf);
        return CalcOutcome.Of(new JsonObject
        {
            ["p"] = CalcJson.Number(rate.P),
            ["neff"] = CalcJson.Number(rate.N),
            ["lo"] = CalcJson.Number(interval.Low),
            ["hi"] = CalcJson.Number(interval.High),
        });
    }

    public static CalcOutcome Diff(CalcInput input)
    {
        var conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        if (input.Has("family")) return Family(input, 1 - conf);
        Proportion first = Read(input, "1"), second = Read(input, "2");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        return CalcOutcome.Of(Json(Difference.Between(first, second, conf)));
    }

    public static CalcOutcome Line(CalcInput input)
    {
        var line = input.Number("line", Bounds.Inside);
        double deff = input.NumberOr("deff", 1, Bounds.Positive), conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        if (!input.Has("n"))
        {
            var p = input.Number("p", Bounds.Share);
            if (input.Problem is { } wrong) return CalcOutcome.Refused(wrong);
            return CalcOutcome.Of(new JsonObject { ["n_min"] = CalcJson.Number(LineVerdict.Needed(p, line, deff, conf)) });
        }

        var rate = Read(input, "");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var verdict = LineVerdict.Of(rate.P, rate.N * deff, line, deff, conf);
        return CalcOutcome.Of(new JsonObject
        {
            ["p"] = CalcJson.Number(rate.P),
            ["lo"] = CalcJson.Number(verdict.Interval.Low),
            ["hi"] = CalcJson.Number(verdict.Interval.High),
            ["verdict"] = verdict.Position switch
            {
                LinePosition.Above => "above",
                LinePosition.Below => "below",
                LinePosition.NotDistinguishable => "not distinguishable",
                _ => throw new InvalidOperationException("Every position is named."),
            },
            ["n_min"] = CalcJson.Number(LineVerdict.Needed(rate.P, line, deff, conf)),
            ["more_interviews"] = CalcJson.Number(verdict.MoreInterviews),
        });
    }

    // x or p, n, deff; with a suffix for the sides of a comparison. The size is the effective one.
    private static Proportion Read(CalcInput input, string suffix)
    {
        double n = input.Number("n" + suffix, Bounds.Positive), deff = input.NumberOr("deff" + suffix, 1, Bounds.Positive);
        if (input.Has("x" + suffix))
        {
            var x = input.Number("x" + suffix, Bounds.NotNegative);
            input.NotAbove("x" + suffix, x, "n" + suffix, n);
            return new Proportion(x / n, n / deff);
        }

        if (!input.Has("p" + suffix)) input.Refuse("OneOf", $"{input.PathOf("x" + suffix)}, {input.PathOf("p" + suffix)}");
        return new Proportion(input.Number("p" + suffix, Bounds.Share), n / deff);
    }

    private static CalcOutcome Family(CalcInput input, double alpha)
    {
        var pairs = input.Objects("family").Select(pair => (Read(pair, "1"), Read(pair, "2"))).ToList();
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        return CalcOutcome.Of(new JsonArray([.. Holm.Compare(pairs, alpha).Select(member =>
        {
            var json = Json(member.Difference);
            json["confidence"] = CalcJson.Number(member.Confidence);
            json["p_holm"] = CalcJson.Number(member.AdjustedP);
            json["changed"] = member.Changed;
            return (JsonNode)json;
        })]));
    }

    private static JsonObject Json(Difference difference) => new()
    {
        ["diff"] = CalcJson.Number(difference.Estimate),
        ["wald"] = CalcJson.Pair(difference.Wald),
        ["z_pooled"] = CalcJson.Number(difference.Z),
        ["p_value"] = CalcJson.Number(difference.PValue),
        ["newcombe"] = CalcJson.Pair(difference.Newcombe),
        ["pp"] = CalcJson.Number(difference.PercentagePoints),
    };
}
