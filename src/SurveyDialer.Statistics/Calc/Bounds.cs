namespace SurveyDialer.Statistics.Calc;

/// <summary>Which numbers a field takes.</summary>
/// <param name="Text">The condition as printed, with x for the value.</param>
/// <param name="Holds">The condition.</param>
internal sealed record Bounds(string Text, Func<double, bool> Holds)
{
    /// <summary>Larger counts lose whole persons in binary fractions.</summary>
    private const double Most = 9_007_199_254_740_992;

    public static readonly Bounds Any = new("−9.0e15 ≤ x ≤ 9.0e15", x => Math.Abs(x) <= Most);
    public static readonly Bounds Share = new("0 ≤ x ≤ 1", x => x is >= 0 and <= 1);
    public static readonly Bounds Inside = new("0 < x < 1", x => x is > 0 and < 1);
    public static readonly Bounds UpToOne = new("0 < x ≤ 1", x => x is > 0 and <= 1);
    public static readonly Bounds NotNegative = new("0 ≤ x ≤ 9.0e15", x => x is >= 0 and <= Most);
    public static readonly Bounds Positive = new("0 < x ≤ 9.0e15", x => x is > 0 and <= Most);
    public static readonly Bounds AtLeastOne = new("1 ≤ x ≤ 9.0e15", x => x is >= 1 and <= Most);
    public static readonly Bounds Percent = new("0 ≤ x ≤ 100", x => x is >= 0 and <= 100);
    public static readonly Bounds Threshold = new("2 ≤ x ≤ 1000", x => x is >= 2 and <= 1000);
    public static readonly Bounds Days = new("0 ≤ x ≤ 10000", x => x is >= 0 and <= 10000);
}
