using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>index</c>: a weighted composite; a rate of null is dropped and the weights are re-normalised.</summary>
internal static class IndexCalc
{
    public static CalcOutcome Run(CalcInput input)
    {
        var items = input.Objects("items").Select(i => new Component(i.Text("tag"), i.Number("weight", Bounds.NotNegative), i.Optional("rate", Bounds.Share))).ToList();
        foreach (var twice in items.GroupBy(i => i.Tag).Where(g => g.Count() > 1)) input.Refuse("Duplicate", "items.tag", twice.Key);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var index = Composite.Of(items);
        var result = new JsonObject
        {
            ["weight_total"] = CalcJson.Number(index.WeightTotal),
            ["index100"] = CalcJson.Number(index.Index100),
            ["dropped"] = CalcJson.Texts(index.Dropped),
        };
        foreach (var item in items) result[$"index100_without_{item.Tag}"] = CalcJson.Number(Composite.Without(items, item.Tag));
        return CalcOutcome.Of(result);
    }
}
