using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>rank</c>: units with the ranks that chance leaves open; one without interviews has none.</summary>
internal static class RankCalc
{
    public static CalcOutcome Run(CalcInput input)
    {
        var conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        var units = new List<(string Name, Proportion Rate)>();
        foreach (var item in input.Objects("items"))
        {
            units.Add((item.Text("name"), IntervalCalc.Read(item, "")));
        }

        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var known = units.FindAll(unit => unit.Rate.N > 0);
        var table = RankTable.Of(known, conf);
        var hidden = known.Count < units.Count && units.Count >= RankTable.LeastUnits ? RanksHidden.TooFewInterviews : table.Hidden;
        var ranked = new Queue<RankRow>(table.Rows);
        var rows = units.ConvertAll(unit => (unit.Name, Row: unit.Rate.N > 0 ? ranked.Dequeue() : null));
        return CalcOutcome.Of(new JsonObject
        {
            ["z"] = CalcJson.Number(known.Count == 0 ? null : table.Z),
            ["ranks"] = new JsonArray([.. rows.Select(unit => (JsonNode?)unit.Row?.Rank)]),
            ["rows"] = new JsonArray([.. rows.Select(unit => (JsonNode)new JsonObject
            {
                ["name"] = unit.Name,
                ["p"] = CalcJson.Number(unit.Row?.Share),
                ["rank"] = unit.Row?.Rank,
                ["lo"] = CalcJson.Number(unit.Row?.Interval.Low),
                ["hi"] = CalcJson.Number(unit.Row?.Interval.High),
                ["best"] = unit.Row?.Best,
                ["worst"] = unit.Row?.Worst,
            })]),
            ["shown"] = hidden == RanksHidden.No,
            ["hidden_because"] = hidden switch
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
