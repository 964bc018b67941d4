namespace SurveyDialer.Statistics.Intervals;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>The t of a two-sided interval, from the beta quantile: t² = ν(1 − x)/x with x = I⁻¹(1 − confidence; ν/2, ½).</summary>
    /// <param name="confidence">Between 0 and 1, both exclusive.</param>
    /// <param name="degrees">Degrees of freedom ν, above 0.</param>
    public static double TwoSided(double confidence, double degrees)
    {
        // 1 − x is taken from the other tail, where it keeps its digits.
        var y = BetaDistribution.Quantile(confidence, 0.5, degrees / 2);
        return Math.Sqrt(degrees * y / (1 - y));
    }
}
