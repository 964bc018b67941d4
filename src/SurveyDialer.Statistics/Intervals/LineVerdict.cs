namespace SurveyDialer.Statistics.Intervals;

/// <summary>Where a rate stands against a line.</summary>
public enum LinePosition
{
    /// <summary>The lower end of the interval lies above the line.</summary>
    Above,

    /// <summary>The upper end lies below the line.</summary>
    Below,

    /// <summary>The interval covers the line.</summary>
    NotDistinguishable,
}

/// <summary>A rate held against a line such as 80 %.</summary>
/// <param name="Position">The verdict.</param>
/// <param name="Interval">Wilson interval on the effective size.</param>
/// <param name="MoreInterviews">Completed interviews still needed until the verdict would be clear if the rate stayed as it is;
/// 0 where it is clear, null where no number decides (the rate equals the line).</param>
public sealed record LineVerdict(LinePosition Position, Interval Interval, double? MoreInterviews)
{
    /// <summary>More than a round is enlarged by to decide one question; what would be needed is then told, not advised.</summary>
    private const double MostAdvised = 2_000;

    /// <summary>A number of further interviews decides, and one that an office can hold.</summary>
    public bool IsWithinReach => MoreInterviews is <= MostAdvised;

    /// <summary>Holds a rate against a line.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="n">Interviews, above 0.</param>
    /// <param name="line">Between 0 and 1, both exclusive.</param>
    /// <param name="deff">Design effect, above 0.</param>
    /// <param name="confidence">Between 0 and 1, both exclusive.</param>
    public static LineVerdict Of(double share, double n, double line, double deff = 1, double confidence = 0.95)
    {
        var interval = Wilson.Of(share, n / deff, confidence);
        var position = interval.Low > line ? LinePosition.Above : interval.High < line ? LinePosition.Below : LinePosition.NotDistinguishable;
        var more = position == LinePosition.NotDistinguishable ? Needed(share, line, deff, confidence) - n : 0;
        return new LineVerdict(position, interval, more is { } m ? Math.Max(0, Math.Ceiling(m)) : null);
    }

    /// <summary>Holds a mean of points, over 100, against a line by its normal interval on the effective size.</summary>
    /// <param name="mean">0 to 1.</param>
    /// <param name="deviation">Standard deviation of the points, over 100.</param>
    /// <param name="n">Interviews, above 0.</param>
    /// <param name="line">Between 0 and 1, both exclusive.</param>
    /// <param name="deff">Design effect, above 0.</param>
    public static LineVerdict OfMean(double mean, double deviation, double n, double line, double deff = 1)
    {
        var (z, gap) = (Normal.TwoSided(0.95), Math.Abs(mean - line));
        var half = z * deviation / Math.Sqrt(n / deff);
        var interval = new Interval(Math.Max(0, mean - half), Math.Min(1, mean + half));
        if (interval.Low > line) return new LineVerdict(LinePosition.Above, interval, 0);
        if (interval.High < line) return new LineVerdict(LinePosition.Below, interval, 0);
        // The interval leaves the line when z·sd/√(n/deff) falls below the gap.
        double? needed = gap < 1e-12 ? null : Math.Floor(deff * z * z * deviation * deviation / (gap * gap)) + 1;
        return new LineVerdict(LinePosition.NotDistinguishable, interval, needed - n is { } more ? Math.Max(0, Math.Ceiling(more)) : null);
    }

    /// <summary>The first number of interviews at which the interval of an unchanged rate leaves the line; null where the rate is the line.</summary>
    /// <remarks>Wilson's end passes L exactly when (p − L)²n exceeds z²L(1 − L).</remarks>
    public static double? Needed(double share, double line, double deff = 1, double confidence = 0.95)
    {
        var z = Normal.TwoSided(confidence);
        var gap = share - line;
        return Math.Abs(gap) < 1e-12 ? null : Math.Floor(deff * z * z * line * (1 - line) / (gap * gap)) + 1;
    }
}
