namespace SurveyDialer.Statistics.Weighting;

/// <summary>What unequal weights cost.</summary>
/// <remarks>L. Kish, Survey Sampling (1965), 11.7: n_eff = (Σw)²/Σw², deff = n·Σw²/(Σw)². It sees only unequal weights, not the gain of stratification.</remarks>
/// <param name="N">Interviews.</param>
/// <param name="EffectiveSize">n_eff; 0 where all weights are 0.</param>
/// <param name="DesignEffect">deff, at least 1; 1 where there is nothing to weight.</param>
public sealed record Kish(double N, double EffectiveSize, double DesignEffect)
{
    /// <summary>From weights.</summary>
    public static Kish Of(IEnumerable<double> weights)
    {
        double n = 0, sum = 0, squares = 0;
        foreach (var w in weights) (n, sum, squares) = (n + 1, sum + w, squares + (w * w));
        return FromSums(n, sum, squares);
    }

    /// <summary>From running sums, as live totals keep them.</summary>
    /// <param name="n">Interviews.</param>
    /// <param name="sum">Σw.</param>
    /// <param name="squares">Σw².</param>
    public static Kish FromSums(double n, double sum, double squares) =>
        squares > 0 ? new Kish(n, sum * sum / squares, n * squares / (sum * sum)) : new Kish(n, 0, 1);
}
