namespace SurveyDialer.Statistics.Intervals;

/// <summary>The exact binomial interval, used by the reliability rule for publication.</summary>
/// <remarks>C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413, as beta quantiles; on effective sizes as E. L. Korn and
/// B. I. Graubard, Survey Methodology 24 (1998) 193-201.</remarks>
public static class ClopperPearson
{
    /// <summary>The interval.</summary>
    /// <param name="positives">0 to n; need not be whole (share times effective size).</param>
    /// <param name="n">Above 0.</param>
    /// <param name="confidence">Between 0 and 1, both exclusive.</param>
    public static Interval Of(double positives, double n, double confidence = 0.95)
    {
        if (!(n > 0)) throw new ArgumentOutOfRangeException(nameof(n), n, "An interval needs at least part of one interview.");
        if (!(positives >= 0 && positives <= n)) throw new ArgumentOutOfRangeException(nameof(positives), positives, "Positives lie between 0 and n.");
        var tail = (1 - confidence) / 2;
        var low = positives == 0 ? 0 : BetaDistribution.Quantile(tail, positives, n - positives + 1);
        var high = positives == n ? 1 : 1 - BetaDistribution.Quantile(tail, n - positives, positives + 1);
        return new Interval(low, high);
    }
}
