using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Weighting;

/// <summary>One stratum's sample.</summary>
/// <param name="Population">N_h, above 0.</param>
/// <param name="N">n_h, at least 1.</param>
/// <param name="Mean">Mean of the variable, or share.</param>
/// <param name="Variance">s² with n−1 in the denominator; for a share p(1−p)·n/(n−1). Null where n_h is 1.</param>
public readonly record struct StratumSample(double Population, double N, double Mean, double? Variance)
{
    /// <summary>From counts of positives.</summary>
    public static StratumSample OfShare(double population, double n, double positives)
    {
        var p = positives / n;
        return new StratumSample(population, n, p, n > 1 ? p * (1 - p) * n / (n - 1) : null);
    }

    /// <summary>From values.</summary>
    public static StratumSample OfValues(double population, IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return new StratumSample(population, values.Count, mean, values.Count > 1 ? values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) : null);
    }
}

/// <summary>The mean of a whole county from a stratified sample.</summary>
/// <remarks>W. G. Cochran, Sampling Techniques, 5.3 to 5.4: Σ W_h ȳ_h, variance Σ W_h²(1 − n_h/N_h)s_h²/n_h.</remarks>
/// <param name="Mean">Weighted by population.</param>
/// <param name="StandardError">Null where a stratum has a single interview, so that its variance is unknown.</param>
/// <param name="Unweighted">Mean of all interviews alike, to stand beside.</param>
/// <param name="PopulationTotal">Σ N_h.</param>
/// <param name="Degrees">Degrees of freedom: interviews less strata.</param>
public sealed record StratifiedEstimate(double Mean, double? StandardError, double Unweighted, double PopulationTotal, double Degrees)
{
    /// <summary>Estimates.</summary>
    /// <param name="strata">At least one.</param>
    /// <param name="finite">Whether to use the finite population correction.</param>
    public static StratifiedEstimate Of(IReadOnlyCollection<StratumSample> strata, bool finite = true)
    {
        double total = strata.Sum(s => s.Population), n = strata.Sum(s => s.N), mean = 0;
        double? variance = 0;
        foreach (var s in strata)
        {
            var share = s.Population / total;
            mean += share * s.Mean;
            variance += share * share * (finite ? 1 - (s.N / s.Population) : 1) * s.Variance / s.N;
        }

        return new StratifiedEstimate(mean, variance is { } v ? Math.Sqrt(Math.Max(0, v)) : null, strata.Sum(s => s.N * s.Mean) / n, total, n - strata.Count);
    }

    /// <summary>Mean ± z·SE; null without a standard error. Not clamped: at the edges use Wilson.</summary>
    public Interval? NormalInterval(double confidence = 0.95) => Around(Normal.TwoSided(confidence));

    /// <summary>Mean ± t·SE; null without a standard error or degrees of freedom.</summary>
    public Interval? TInterval(double confidence = 0.95) => Degrees > 0 ? Around(StudentT.TwoSided(confidence, Degrees)) : null;

    private Interval? Around(double times) => StandardError is { } se ? new Interval(Mean - (times * se), Mean + (times * se)) : null;
}
