namespace SurveyDialer.Statistics.Intervals;

/// <summary>Wilson's score interval of a share, the product's default at every n.</summary>
/// <remarks>E. B. Wilson, JASA 22 (1927) 209-212: centre (p + z²/2n)/(1 + z²/n), half width z√(p(1−p)/n + z²/4n²)/(1 + z²/n).
/// With weights n is the effective size (Kish).</remarks>
public static class Wilson
{
    /// <summary>The interval at a confidence.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="n">Interviews, or the effective size; above 0, need not be whole.</param>
    /// <param name="confidence">Between 0 and 1, both exclusive.</param>
    public static Interval Of(double share, double n, double confidence = 0.95) => At(share, n, Normal.TwoSided(confidence));

    /// <summary>The interval at a given z.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside 0 to 1, or n is not above 0.</exception>
    public static Interval At(double share, double n, double z)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
        if (!(n > 0)) throw new ArgumentOutOfRangeException(nameof(n), n, "An interval needs at least part of one interview.");
        return new Interval(Low(share), share == 1 ? 1 : 1 - Low(1 - share));

        // The two ends are the roots of one quadratic: the lower end is p²/(1 + z²/n) over the upper, which loses no digits near 0.
        double Low(double p)
        {
            if (p == 0) return 0;
            var t = z * z / n;
            var upper = (p + (t / 2) + Math.Sqrt((t * p * (1 - p)) + (t * t / 4))) / (1 + t);
            return Math.Min(p, p * p / ((1 + t) * upper));
        }
    }
}
