using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Samples;

/// <summary>What a number of interviews can show.</summary>
public static class Precision
{
    /// <summary>Margin of error z√(deff·p(1−p)/n·(N−n)/(N−1)), in shares.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="n">Interviews, above 0.</param>
    /// <param name="population">N, at least n; null: very large.</param>
    /// <param name="deff">Design effect.</param>
    /// <param name="confidence">Between 0 and 1, both exclusive.</param>
    public static double MarginOfError(double share, double n, double? population = null, double deff = 1, double confidence = 0.95)
    {
        var finite = population is { } size ? size > 1 ? Math.Max(0, size - n) / (size - 1) : 0 : 1;
        return Normal.TwoSided(confidence) * Math.Sqrt(deff * share * (1 - share) / n * finite);
    }

    /// <summary>Interviews a side, before rounding up, to tell two shares apart: (z₁₋α/₂√(2p̄q̄) + z₁₋β√(p₁q₁+p₂q₂))² ÷ (p₁−p₂)².</summary>
    /// <remarks>J. L. Fleiss, Statistical Methods for Rates and Proportions; the formula of R's power.prop.test.</remarks>
    /// <param name="p1">0 to 1.</param>
    /// <param name="p2">0 to 1, another than <paramref name="p1"/>.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="power">Chance of finding the difference, above alpha/2.</param>
    public static double PerGroup(double p1, double p2, double alpha = 0.05, double power = 0.8)
    {
        var mean = (p1 + p2) / 2;
        var root = (Normal.TwoSided(1 - alpha) * Math.Sqrt(2 * mean * (1 - mean))) + (Normal.Quantile(power) * Math.Sqrt((p1 * (1 - p1)) + (p2 * (1 - p2))));
        return root * root / ((p1 - p2) * (p1 - p2));
    }

    /// <summary>The smallest distance, in shares, from p1 down to a rate that n interviews a side can tell from it; null where even 0 cannot.</summary>
    public static double? SmallestDrop(double p1, double n, double alpha = 0.05, double power = 0.8)
    {
        if (p1 <= 0 || PerGroup(p1, 0, alpha, power) > n) return null;
        double near = 0, far = p1;
        for (var i = 0; i < 100; i++)
        {
            var middle = (near + far) / 2;
            if (PerGroup(p1, p1 - middle, alpha, power) > n) near = middle;
            else far = middle;
        }

        return far;
    }
}
