namespace SurveyDialer.Statistics.Calc;

/// <summary>Which numbers a field takes.</summary>
/// <param name="Text">The condition as printed, with x for the value.</param>
/// <param name="Holds">The condition.</param>
internal sealed record Bounds(string Text, Func<double, bool> Holds)
{
    /// <summary>Far above any population, and small enough that sums of millions of counts stay whole.</summary>
    private const double Most = 1e12;

    public static readonly Bounds Share = new("0 ≤ x ≤ 1", x => x is >= 0 and <= 1);
    public static readonly Bounds Inside = new("0 < x < 1", x => x is > 0 and < 1);
    public static readonly Bounds UpToOne = new("0 < x ≤ 1", x => x is > 0 and <= 1);
    public static readonly Bounds NotNegative = new("0 ≤ x ≤ 1e12", x => x is >= 0 and <= Most);
    public static readonly Bounds Positive = new("0.001 ≤ x ≤ 1e12", x => x is >= 0.001 and <= Most);
    public static readonly Bounds AtLeastOne = new("1 ≤ x ≤ 1e12", x => x is >= 1 and <= Most);

    /// <summary>Interviews, or an effective size: none at all, or at least a thousandth of one.</summary>
    public static readonly Bounds Interviews = new("x = 0, 0.001 ≤ x ≤ 1e12", x => x is 0 or (>= 0.001 and <= Most));
    public static readonly Bounds DesignEffect = new("0.001 ≤ x ≤ 1e6", x => x is >= 0.001 and <= 1e6);
    public static readonly Bounds Percent = new("0 ≤ x ≤ 100", x => x is >= 0 and <= 100);
    public static readonly Bounds Threshold = new("2 ≤ x ≤ 1000", x => x is >= 2 and <= 1000);
    public static readonly Bounds Days = new("0 ≤ x ≤ 10000", x => x is >= 0 and <= 10000);
}
