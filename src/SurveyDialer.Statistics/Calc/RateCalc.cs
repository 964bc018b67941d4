using System.Globalization;
using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>rate</c>: <c>counts</c> (or <c>percent</c>) by option, the best first; who cannot say, would not say or never dealt with them stands outside the scale.</summary>
internal static class RateCalc
{
    private static readonly string[] DontKnow = ["dk", "dont_know", "cannot_say", "说不清"];
    private static readonly string[] Refused = ["refused", "refusal", "no_answer", "拒答", "不答"];
    private static readonly string[] NoContact = ["no_contact", "never_dealt", "not_applicable", "na", "没打过交道", "不适用"];

    /// <summary>Most by which rounding can lift one option of a published distribution, per cent.</summary>
    private const double Rounding = 0.5;

    public static CalcOutcome Run(CalcInput input)
    {
        var percent = !input.Has("counts") && input.Has("percent");
        if (!percent && !input.Has("counts")) input.Refuse("OneOf", "counts, percent");
        var name = percent ? "percent" : "counts";
        var field = input.Object(name);
        var options = field.Names.ToList();
        foreach (var twice in options.GroupBy(n => n).Where(g => g.Count() > 1)) input.Refuse("Duplicate", name, twice.Key);
        var scale = Scale(options);
        var bounds = percent ? Bounds.Percent : Bounds.NotNegative;
        double Sum(params IEnumerable<string> names) => names.Where(n => options.Contains(n) && !scale.Contains(n)).Sum(n => field.NumberOr(n, 0, bounds));
        var counts = new AnswerCounts([.. scale.Select(n => field.Number(n, bounds))], Sum([.. DontKnow, "8"]), Sum(Refused), Sum([.. NoContact, "6"]));
        if (scale.Count == 0) input.Refuse("Empty", name);
        if (percent && counts.All > 100 + (Rounding * options.Count)) input.Refuse("PercentAbove100", name, counts.All.ToString("0.##", CultureInfo.InvariantCulture));
        var positive = Positive(input, scale);
        var points = input.Has("points") ? Points(input.Object("points"), scale) : null;
        var effective = input.Optional("neff", Bounds.Interviews);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var result = new JsonObject();
        if (percent) AddPercent(result, counts);
        else AddCounts(result, scale, positive, counts);
        AddMeans(result, scale, counts);
        if (points is not null) AddPoints(result, counts, points, effective);
        return CalcOutcome.Of(result);
    }

    private static List<double> Points(CalcInput points, List<string> scale) => scale.ConvertAll(name => points.Number(name, Bounds.Percent));

    // The interval of an index of points: normal, on the effective size, within 0 to 100.
    private static void AddPoints(JsonObject result, AnswerCounts counts, List<double> points, double? effective)
    {
        var mean = Mean(counts, points);
        var variance = Mean(counts, points.ConvertAll(point => (point - mean) * (point - mean) ?? 0));
        var half = effective > 0 ? Normal.TwoSided(0.95) * Math.Sqrt(variance / effective ?? 0) : (double?)null;
        result["mean_points"] = CalcJson.Number(mean);
        result["sd_points"] = CalcJson.Number(variance is { } square ? Math.Sqrt(square) : null);
        result["lo"] = CalcJson.Number(mean - half is { } low ? Math.Max(0, low) : null);
        result["hi"] = CalcJson.Number(mean + half is { } high ? Math.Min(100, high) : null);
    }

    // 6 and 8 are keys outside the scale on the telephone, and points where points from 0 to 10 are given.
    private static List<string> Scale(List<string> options)
    {
        var scale = options.FindAll(n => !DontKnow.Contains(n, StringComparer.Ordinal) && !Refused.Contains(n, StringComparer.Ordinal) && !NoContact.Contains(n, StringComparer.Ordinal));
        return ArePoints(scale) ? scale : scale.FindAll(n => n is not ("6" or "8"));
    }

    private static List<string> Positive(CalcInput input, List<string> scale)
    {
        if (!input.Has("positive")) return [.. scale.Take(DefaultPositive(scale))];
        var positive = input.Texts("positive").Distinct().ToList();
        foreach (var name in positive.Where(n => !scale.Contains(n, StringComparer.Ordinal)))
            input.Refuse("UnknownName", "positive", name, string.Join(", ", scale));
        return positive;
    }

    // Five steps of safety count "basically safe"; five steps of satisfaction do not count the middle; two of four, one of two or three.
    private static int DefaultPositive(List<string> scale) => scale.Count switch
    {
        <= 3 => 1,
        5 when scale.Exists(n => n is "basic" or "basically_safe" or "基本安全" or "基本满意") => 3,
        _ => 2,
    };

    private static void AddPercent(JsonObject result, AnswerCounts counts)
    {
        for (var top = 1; top < counts.Options.Count; top++) result[$"top{top}"] = CalcJson.Number(counts.Top(top));
        for (var bottom = 1; bottom < counts.Options.Count; bottom++)
            result[$"bottom{bottom}"] = CalcJson.Number(counts.Options.TakeLast(bottom).Sum());
        result["sum"] = CalcJson.Number(counts.All);
    }

    private static void AddCounts(JsonObject result, List<string> scale, List<string> positive, AnswerCounts counts)
    {
        IndexRate Rate(RateBase over) => IndexRate.Of(new IndexDefinition { Tag = "", Scale = scale, Positive = positive, Base = over }, counts);
        var valid = Rate(RateBase.Valid);
        result["valid"] = CalcJson.Number(counts.Valid);
        result["base_valid"] = CalcJson.Number(counts.Valid);
        result["base_all"] = CalcJson.Number(counts.All);
        result["base_valid_plus_dk"] = CalcJson.Number(counts.Valid + counts.DontKnow);
        result["positive"] = CalcJson.Texts(positive);
        result["rate_valid"] = CalcJson.Number(valid.Value);
        result["rate_all"] = CalcJson.Number(Rate(RateBase.All).Value);
        result["rate_valid_plus_dk"] = CalcJson.Number(Rate(RateBase.ValidAndDontKnow).Value);
        for (var top = 1; top < scale.Count; top++)
        {
            result[$"top{top}_valid"] = CalcJson.Number(Shares.Over(counts.Top(top), counts.Valid));
            result[$"top{top}_all"] = CalcJson.Number(Shares.Over(counts.Top(top), counts.All));
            result[$"top{top}_valid_plus_dk"] = CalcJson.Number(Shares.Over(counts.Top(top), counts.Valid + counts.DontKnow));
            result[$"bottom{top}_valid"] = CalcJson.Number(Shares.Over(counts.Options.TakeLast(top).Sum(), counts.Valid));
        }

        result["dk_share"] = CalcJson.Number(valid.DontKnowShare);
        result["refused_share"] = CalcJson.Number(valid.RefusedShare);
        result["no_contact_share"] = CalcJson.Number(valid.NoContactShare);
        result["coverage"] = CalcJson.Number(valid.Coverage);
    }

    private static void AddMeans(JsonObject result, List<string> scale, AnswerCounts counts)
    {
        if (TenPoints(scale) is { } tens)
        {
            result["mean100"] = CalcJson.Number(Mean(counts, tens));
            result["share_8_10"] = CalcJson.Number(Shares.Over(counts.Options.Zip(tens).Where(o => o.Second >= 80).Sum(o => o.First), counts.Valid));
            return;
        }

        if (scale.Count < 2) return;
        var steps = scale.Count;
        double[] toZero = [.. Enumerable.Range(0, steps).Select(i => 100.0 * (steps - 1 - i) / (steps - 1))];
        double[] aboveZero = [.. Enumerable.Range(0, steps).Select(i => 100.0 * (steps - i) / steps)];
        result["mean100"] = CalcJson.Number(Mean(counts, toZero));
        if (steps != 5) return;
        result["mean_100_75_50_25_0"] = CalcJson.Number(Mean(counts, toZero));
        result["mean_100_80_60_40_20"] = CalcJson.Number(Mean(counts, aboveZero));
    }

    private static double? Mean(AnswerCounts counts, IReadOnlyList<double> points) =>
        Shares.Over(counts.Options.Zip(points, (count, point) => count * point).Sum(), counts.Valid);

    // The mean of points is shown times 10.
    private static double[]? TenPoints(List<string> scale) => ArePoints(scale) ? [.. scale.Select(n => 10.0 * int.Parse(n, CultureInfo.InvariantCulture))] : null;

    // More than five numbers up to 10, of which one is no key of an answer on the telephone.
    private static bool ArePoints(List<string> scale) =>
        scale.Count > 5 && scale.TrueForAll(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points <= 10)
            && scale.Exists(n => n is "0" or "7" or "9" or "10");
}
