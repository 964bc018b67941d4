using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Samples;

/// <summary>How many interviews a margin of error needs.</summary>
/// <param name="Simple">n₀ = z²p(1−p)/E².</param>
/// <param name="AfterDesign">n₀ times the design effect.</param>
/// <param name="AfterPopulation">n₁ ÷ (1 + (n₁−1)/N); as before where no population is given.</param>
/// <param name="Completes">Rounded up.</param>
/// <param name="NumbersToLoad">Completes ÷ expected yield, rounded up; null without a yield.</param>
public sealed record SampleSize(double Simple, double AfterDesign, double AfterPopulation, double Completes, double? NumbersToLoad)
{
    /// <summary>Computes the size (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, 4.1 to 4.4).</summary>
    /// <param name="share">Expected share, 0 to 1; 0.5 is the safe choice.</param>
    /// <param name="margin">Half width E of the interval, in shares, above 0.</param>
    /// <param name="confidence">Between 0 and 1, both exclusive.</param>
    /// <param name="population">N, at least 1; null: very large.</param>
    /// <param name="deff">Design effect, above 0.</param>
    /// <param name="yield">Expected completes per loaded number, above 0, at most 1.</param>
    public static SampleSize For(double share, double margin, double confidence = 0.95, double? population = null, double deff = 1, double? yield = null)
    {
        var z = Normal.TwoSided(confidence);
        var simple = z * z * share * (1 - share) / (margin * margin);
        var design = simple * deff;
        var final = population is { } n ? design / (1 + ((design - 1) / n)) : design;
        var completes = Up(final);
        return new SampleSize(simple, design, final, completes, yield is { } y ? Up(completes / y) : null);
    }

    /// <summary>Rounded up, except for what is only the noise of binary fractions above a whole number.</summary>
    internal static double Up(double value) => Math.Ceiling(value - (1e-12 * Math.Max(1, value)));
}
