namespace SurveyDialer.Statistics.Intervals;

/// <summary>One side of a comparison.</summary>
/// <param name="P">Share, 0 to 1.</param>
/// <param name="N">Interviews, or the effective size; above 0.</param>
public readonly record struct Proportion(double P, double N)
{
    /// <summary>A share from counts.</summary>
    public static Proportion Of(double positives, double n) => new(positives / n, n);
}

/// <summary>First minus second of two independent shares (two rounds or two townships), in shares.</summary>
/// <param name="Estimate">p₁ − p₂.</param>
/// <param name="Newcombe">Newcombe's hybrid score interval, the one to print.</param>
/// <param name="Wald">The textbook interval, for comparison with other software.</param>
/// <param name="Z">Pooled z; null where both shares are 0 or both are 1.</param>
/// <param name="PValue">Two-sided; null with <paramref name="Z"/>.</param>
public sealed record Difference(double Estimate, Interval Newcombe, Interval Wald, double? Z, double? PValue)
{
    /// <summary>In percentage points, two decimals, half away from zero.</summary>
    public double PercentagePoints => (double)Math.Round((decimal)(Estimate * 100), 2, MidpointRounding.AwayFromZero);

    /// <summary>Whether the printed interval excludes 0.</summary>
    public bool Distinguishable => !Newcombe.Contains(0);

    /// <summary>Compares two independent shares.</summary>
    /// <remarks>R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10. Samples that share respondents are not independent:
    /// the caller says so beside the figure.</remarks>
    public static Difference Between(Proportion first, Proportion second, double confidence = 0.95)
    {
        var z = Normal.TwoSided(confidence);
        var d = first.P - second.P;
        Interval a = Wilson.At(first.P, first.N, z), b = Wilson.At(second.P, second.N, z);
        var newcombe = new Interval(d - Hypotenuse(first.P - a.Low, b.High - second.P), d + Hypotenuse(a.High - first.P, second.P - b.Low));
        var half = z * Math.Sqrt((first.P * (1 - first.P) / first.N) + (second.P * (1 - second.P) / second.N));
        var pooled = ((first.P * first.N) + (second.P * second.N)) / (first.N + second.N);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1 / first.N) + (1 / second.N)));
        double? score = error > 0 ? d / error : null;
        return new Difference(d, newcombe, new Interval(d - half, d + half), score, score is { } s ? Normal.TwoSidedP(s) : null);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
