using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>rank</c>: units with the ranks that chance leaves open; one without interviews has none.</summary>
internal static class RankCalc
{
    /// <summary>Interviews of one unit that are drawn anew ten thousand times.</summary>
    private const long MostRedrawn = 1_000_000;

    public static CalcOutcome Run(CalcInput input)
    {
        var conf = input.NumberOr("conf", 0.95, Bounds.Inside);
        var units = new List<(string Name, Proportion Rate)>();
        var before = new List<Proportion>();
        foreach (var item in input.Objects("items"))
        {
            units.Add((item.Text("name"), IntervalCalc.Read(item, "")));
            if (item.Has("n0")) before.Add(IntervalCalc.Read(item, "0"));
        }

        if (before.Count > 0 && before.Count < units.Count) input.Refuse("Missing", "items.n0");
        if (before.Count > 0 && units.Select(unit => unit.Rate).Concat(before).Any(rate => rate.N > MostRedrawn)) input.Refuse("OutOfRange", "items.n", $"n / deff ≤ {MostRedrawn}", "");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var known = units.FindAll(unit => unit.Rate.N > 0);
        var table = RankTable.Of(known, conf);
        var hidden = known.Count < units.Count && units.Count >= RankTable.LeastUnits ? RanksHidden.TooFewInterviews : table.Hidden;
        var ranked = new Queue<RankRow>(table.Rows);
        var rows = units.ConvertAll(unit => (unit.Name, Row: unit.Rate.N > 0 ? ranked.Dequeue() : null));
        var moves = before.Count > 0 && units.TrueForAll(unit => unit.Rate.N > 0) && before.TrueForAll(rate => rate.N > 0)
            ? RankChange.Of(before, [.. units.Select(unit => unit.Rate)], RankChange.Seed) : null;
        return CalcOutcome.Of(new JsonObject
        {
            ["z"] = CalcJson.Number(known.Count == 0 ? null : table.Z),
            ["ranks"] = new JsonArray([.. rows.Select(unit => (JsonNode?)unit.Row?.Rank)]),
            ["rows"] = new JsonArray([.. rows.Select((unit, i) => (JsonNode)new JsonObject
            {
                ["name"] = unit.Name,
                ["p"] = CalcJson.Number(unit.Row?.Share),
                ["rank"] = unit.Row?.Rank,
                ["lo"] = CalcJson.Number(unit.Row?.Interval.Low),
                ["hi"] = CalcJson.Number(unit.Row?.Interval.High),
                ["best"] = unit.Row?.Best,
                ["worst"] = unit.Row?.Worst,
                ["moved"] = moves?[i].Places,
                ["by_chance"] = CalcJson.Number(moves?[i].ByChance),
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
