using System.Globalization;
using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>delta</c>: differences in percentage points from last year, province and city; or the check of a half-year against its quarters.</summary>
internal static class DeltaCalc
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static CalcOutcome Run(CalcInput input) => input.Has("rows") ? Rows(input) : HalfYear(input);

    private static CalcOutcome Rows(CalcInput input)
    {
        var county = input.Decimal("county", Bounds.Percent);
        var rows = new JsonArray();
        foreach (var row in input.Objects("rows"))
        {
            var own = row.Decimal("county", Bounds.Percent) ?? county;
            if (own is null) input.Refuse("Missing", "county");
            decimal? province = row.Decimal("province", Bounds.Percent), city = row.Decimal("city", Bounds.Percent);
            var lastYear = PointDifference.Of(own, row.Decimal("last_year", Bounds.Percent));
            (Benchmark, decimal?)[] told =
            [
                (Benchmark.LastYear, lastYear),
                (Benchmark.City, PointDifference.Of(own, city)),
                (Benchmark.Province, PointDifference.Of(own, province)),
            ];
            rows.Add(new JsonObject
            {
                ["name"] = row.Text("name"),
                ["vs_last_year"] = Points(lastYear),
                ["vs_province"] = Points(told[2].Item2),
                ["vs_city"] = Points(told[1].Item2),
                ["province_minus_city"] = Points(PointDifference.Of(province, city)),
                ["sentence_zh"] = PointDifference.Sentence(told, Chinese),
                ["sentence_en"] = PointDifference.Sentence(told, English),
            });
        }

        return input.Problem is { } problem ? CalcOutcome.Refused(problem) : CalcOutcome.Of(rows);
    }

    private static CalcOutcome HalfYear(CalcInput input)
    {
        if (!input.Has("q1")) input.Refuse("OneOf", "rows, q1");
        double q1 = input.Number("q1", Bounds.Percent), q2 = input.Number("q2", Bounds.Percent), half = input.Number("half_year", Bounds.Percent);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var plausible = PointDifference.HalfYearIsPlausible(q1, q2, half);
        return CalcOutcome.Of(new JsonObject
        {
            ["mean"] = CalcJson.Number((q1 + q2) / 2),
            ["half_year_between_q1_q2"] = plausible,
            ["warning"] = plausible ? null : "a pooled half-year figure cannot lie outside its two quarters",
        });
    }

    private static JsonNode? Points(decimal? points) => CalcJson.Number((double?)points);
}
