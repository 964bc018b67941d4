using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Disclosure;

/// <summary>Whether a rate is reliable enough to be published.</summary>
/// <remarks>NCHS Data Presentation Standards for Proportions, Vital and Health Statistics Series 2 No. 175 (2017), without its rule on degrees of
/// freedom: an effective size below 30 or a Clopper-Pearson width of at least 0.30 is withheld; a width of at most 0.05 is shown; between, a width
/// above 130 % of the share is withheld.</remarks>
/// <param name="EffectiveSize">n ÷ deff.</param>
/// <param name="Share">0 to 1.</param>
/// <param name="Interval">Clopper-Pearson on the effective size.</param>
/// <param name="Publish">The verdict.</param>
public sealed record Reliability(double EffectiveSize, double Share, Interval Interval, bool Publish)
{
    /// <summary>Least effective size.</summary>
    public const double LeastEffectiveSize = 30;

    /// <summary>Width over the share; null where the share is 0.</summary>
    public double? RelativeWidth => Share > 0 ? Interval.Width / Share : null;

    /// <summary>Width over 1 − share; null where the share is 1. Printed, not judged.</summary>
    public double? RelativeWidthOfComplement => Share < 1 ? Interval.Width / (1 - Share) : null;

    /// <summary>Judges a rate.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="n">Interviews, above 0.</param>
    /// <param name="deff">Design effect, above 0.</param>
    public static Reliability Of(double share, double n, double deff = 1)
    {
        var effective = n / deff;
        var interval = ClopperPearson.Of(share * effective, effective);
        var publish = effective >= LeastEffectiveSize
            && interval.Width < 0.30
            && (interval.Width <= 0.05 || (share > 0 && interval.Width / share <= 1.30));
        return new Reliability(effective, share, interval, publish);
    }

    /// <summary>Completed interviews still needed until the rate could be published if it stayed as it is; 0 where it can be now, null where
    /// a million would not do.</summary>
    public static long? MoreNeeded(double share, double n, double deff = 1)
    {
        if (n > 0 && Of(share, n, deff).Publish) return 0;
        long low = (long)Math.Floor(n), high = Math.Max(1, low);
        while (!Of(share, high, deff).Publish)
        {
            low = high;
            high *= 2;
            if (high > 1_048_576) return null;
        }

        // Widths shrink with n, so the first publishable n lies between the last doubling and the one before.
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Of(share, middle, deff).Publish) high = middle;
            else low = middle;
        }

        return (long)Math.Ceiling(high - n);
    }

    /// <summary>Decimals of a printed percentage: none below 100 interviews, so that the numerator cannot be had back, else 2.</summary>
    public static int Decimals(double n) => n < 100 ? 0 : 2;
}
