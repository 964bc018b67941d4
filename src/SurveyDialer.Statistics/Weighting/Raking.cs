namespace SurveyDialer.Statistics.Weighting;

/// <summary>One dimension to weight to.</summary>
/// <param name="Name">For messages, for example <c>sex</c>.</param>
/// <param name="Category">Per unit, an index into <paramref name="Targets"/>.</param>
/// <param name="Targets">Population count per category, above 0 where units have the category.</param>
public sealed record Margin(string Name, IReadOnlyList<int> Category, IReadOnlyList<double> Targets);

/// <summary>Weights that meet population counts.</summary>
/// <param name="Weights">Per unit.</param>
/// <param name="Rounds">Passes over all dimensions.</param>
/// <param name="Converged">Whether the last pass changed no weight by more than 1e-12 of it.</param>
/// <param name="FellBackTo">Where it did not converge: the dimension that was met instead, the one with the most categories.</param>
public sealed record Raking(IReadOnlyList<double> Weights, int Rounds, bool Converged, string? FellBackTo)
{
    /// <summary>Most passes.</summary>
    public const int MostRounds = 200;

    private const double Enough = 1e-12;

    /// <summary>Iterative proportional fitting.</summary>
    /// <remarks>W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11 (1940) 427-444.</remarks>
    /// <param name="start">Base weight per unit; for aggregated cells, base weight times units.</param>
    /// <param name="margins">At least one; their targets have the same total.</param>
    public static Raking Of(IReadOnlyList<double> start, IReadOnlyList<Margin> margins)
    {
        var weights = start.ToArray();
        for (var round = 1; round <= MostRounds; round++)
        {
            double change = 0;
            foreach (var margin in margins) change = Math.Max(change, Fit(weights, margin));
            if (change <= Enough) return new Raking(weights, round, true, null);
        }

        var fallback = margins.MaxBy(m => m.Targets.Count)!;
        weights = [.. start];
        Fit(weights, fallback);
        return new Raking(weights, MostRounds, false, fallback.Name);
    }

    /// <summary>Post-stratification: one dimension, met exactly in one pass.</summary>
    public static IReadOnlyList<double> PostStratify(IReadOnlyList<double> start, Margin cells)
    {
        var weights = start.ToArray();
        Fit(weights, cells);
        return weights;
    }

    // Returns the largest relative change of a weight.
    private static double Fit(double[] weights, Margin margin)
    {
        var sums = new double[margin.Targets.Count];
        for (var i = 0; i < weights.Length; i++) sums[margin.Category[i]] += weights[i];
        double change = 0;
        for (var c = 0; c < sums.Length; c++)
        {
            sums[c] = sums[c] > 0 ? margin.Targets[c] / sums[c] : 1;
            change = Math.Max(change, Math.Abs(sums[c] - 1));
        }

        for (var i = 0; i < weights.Length; i++) weights[i] *= sums[margin.Category[i]];
        return change;
    }
}
