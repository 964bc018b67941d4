using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Weighting;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>post</c> and <c>rake</c>: cells of categories with interviews <c>n</c> and positives <c>x</c>. A cell's name is its categories, words or numbers, written together.</summary>
internal static class CellCalc
{
    private sealed record Cell(string Name, IReadOnlyDictionary<string, string> Categories, double N, double X);

    public static CalcOutcome PostStratify(CalcInput input)
    {
        var cells = Cells(input);
        var population = input.Object("pop");
        var targets = cells.Select(c => population.Has(c.Name) ? population.Number(c.Name, Bounds.NotNegative) : Unmatched(input, "NoPopulation", "pop", c.Name)).ToList();
        foreach (var name in population.Names.Where(name => !cells.Exists(c => c.Name == name))) Unmatched(input, "NoInterviews", "pop", name);
        foreach (var (cell, target) in cells.Zip(targets))
        {
            if (cell.N == 0 && target > 0) Unmatched(input, "NoInterviews", "cells", cell.Name);
        }

        if (input.Problem is null && targets.Sum() <= 0) input.Refuse("NothingToShare", "pop");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var weighted = Raking.PostStratify([.. cells.Select(c => c.N)], new Margin("pop", [.. Enumerable.Range(0, cells.Count)], targets));
        var result = new JsonObject { ["weights"] = Weights(cells, weighted) };
        AddEstimates(result, cells, weighted);
        return CalcOutcome.Of(result);
    }

    public static CalcOutcome Rake(CalcInput input)
    {
        var cells = Cells(input);
        var margins = input.Object("margins");
        var dimensions = margins.Names.Select(name => Dimension(input, margins, name, cells)).ToList();
        if (dimensions.Count == 0) input.Refuse("Empty", "margins");
        if (input.Problem is null) CompareTotals(input, dimensions);
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var raked = Raking.Of([.. cells.Select(c => c.N)], dimensions);
        var result = new JsonObject
        {
            ["cell_weights"] = Weights(cells, raked.Weights),
            ["rounds"] = raked.Rounds,
            ["converged"] = raked.Converged,
            ["fell_back_to"] = raked.FellBackTo,
        };
        AddEstimates(result, cells, raked.Weights);
        return CalcOutcome.Of(result);
    }

    private static List<Cell> Cells(CalcInput input)
    {
        var cells = new List<Cell>();
        foreach (var cell in input.Objects("cells"))
        {
            var categories = cell.Names.Where(name => name is not ("n" or "x")).ToDictionary(name => name, cell.TextOrWhole, StringComparer.Ordinal);
            double n = cell.Number("n", Bounds.NotNegative), x = cell.NumberOr("x", 0, Bounds.NotNegative);
            cell.NotAbove("x", x, "n", n);
            var key = string.Concat(categories.Values);
            if (cells.Exists(c => c.Name == key)) input.Refuse("Duplicate", "cells", key);
            cells.Add(new Cell(key, categories, n, x));
        }

        return cells;
    }

    private static Margin Dimension(CalcInput input, CalcInput margins, string name, List<Cell> cells)
    {
        var margin = margins.Object(name);
        var categories = margin.Names.ToList();
        var targets = categories.Select(c => margin.Number(c, Bounds.NotNegative)).ToList();
        var index = new List<int>();
        foreach (var cell in cells)
        {
            var category = cell.Categories.GetValueOrDefault(name);
            if (category is null) input.Refuse("Missing", $"cells.{name}");
            else if (!categories.Contains(category, StringComparer.Ordinal)) Unmatched(input, "NoPopulation", $"margins.{name}", category);
            index.Add(Math.Max(0, category is null ? 0 : categories.IndexOf(category)));
        }

        for (var c = 0; input.Problem is null && c < targets.Count; c++)
        {
            var interviews = cells.Where((_, i) => index[i] == c).Sum(cell => cell.N);
            if (targets[c] > 0 && interviews == 0) Unmatched(input, "NoInterviews", $"margins.{name}", categories[c]);
        }

        return new Margin(name, index, targets);
    }

    private static void CompareTotals(CalcInput input, List<Margin> dimensions)
    {
        var first = dimensions[0].Targets.Sum();
        if (first <= 0) input.Refuse("NothingToShare", $"margins.{dimensions[0].Name}");
        foreach (var other in dimensions.Skip(1).Select(d => d.Targets.Sum()))
        {
            if (Math.Abs(other - first) > 1e-6 * first) input.Refuse("TotalsDiffer", "margins", $"{first:R}", $"{other:R}");
        }
    }

    private static double Unmatched(CalcInput input, string key, string field, string name)
    {
        input.Refuse(key, field, name);
        return 0;
    }

    private static JsonObject Weights(List<Cell> cells, IReadOnlyList<double> totals)
    {
        var weights = new JsonObject();
        for (var i = 0; i < cells.Count; i++) weights[cells[i].Name] = CalcJson.Number(cells[i].N > 0 ? totals[i] / cells[i].N : null);
        return weights;
    }

    private static void AddEstimates(JsonObject result, List<Cell> cells, IReadOnlyList<double> totals)
    {
        double sum = totals.Sum(), positives = 0, squares = 0, n = cells.Sum(c => c.N);
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].N == 0) continue;
            positives += totals[i] * cells[i].X / cells[i].N;
            squares += totals[i] * totals[i] / cells[i].N;
        }

        var kish = Kish.FromSums(n, sum, squares);
        result["p"] = CalcJson.Number(positives / sum);
        result["unweighted"] = CalcJson.Number(cells.Sum(c => c.X) / n);
        result["kish_neff"] = CalcJson.Number(kish.EffectiveSize);
        result["kish_deff"] = CalcJson.Number(kish.DesignEffect);
    }
}
