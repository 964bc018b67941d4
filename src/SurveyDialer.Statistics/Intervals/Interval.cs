namespace SurveyDialer.Statistics.Intervals;

/// <summary>A confidence interval, both ends inclusive, in the unit of the estimate (shares: 0 to 1).</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>High minus low.</summary>
    public double Width => High - Low;

    /// <summary>Whether the value lies inside or on an end.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
