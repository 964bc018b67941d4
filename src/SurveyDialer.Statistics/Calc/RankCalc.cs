using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>rank</c>: units in order with the ranks that chance leaves open.</summary>
internal static class RankCalc
{
    public static CalcOutcome Run(CalcInput input)
    {
        var conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        var units = new List<(string Name, Proportion Rate)>();
        foreach (var item in input.Objects("items"))
        {
            double n = item.Number("n", Bounds.Positive), x = item.Number("x", Bounds.NotNegative), deff = item.NumberOr("deff", 1, Bounds.Positive);
            item.NotAbove("x", x, "n", n);
            units.Add((item.Text("name"), new Proportion(x / n, n / deff)));
        }

        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var table = RankTable.Of(units, conf);
        return CalcOutcome.Of(new JsonObject
        {
            ["z"] = CalcJson.Number(table.Z),
            ["ranks"] = CalcJson.Wholes(table.Rows.Select(r => (long)r.Rank)),
            ["rows"] = new JsonArray([.. table.Rows.Select(r => (JsonNode)new JsonObject
            {
                ["name"] = r.Name,
                ["p"] = CalcJson.Number(r.Share),
                ["rank"] = r.Rank,
                ["lo"] = CalcJson.Number(r.Interval.Low),
                ["hi"] = CalcJson.Number(r.Interval.High),
                ["best"] = r.Best,
                ["worst"] = r.Worst,
            })]),
            ["shown"] = table.Hidden == RanksHidden.No,
            ["hidden_because"] = table.Hidden switch
            {
                RanksHidden.No => null,
                RanksHidden.TooFewUnits => "fewer than 3 units",
                RanksHidden.TooFewInterviews => "a unit has an effective size below 30",
                RanksHidden.NoInformation => "more than half of the units could hold almost any rank",
                _ => throw new InvalidOperationException("Every reason is named."),
            },
        });
    }
}
