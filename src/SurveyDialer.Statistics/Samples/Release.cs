namespace SurveyDialer.Statistics.Samples;

/// <summary>How many numbers to release, so that quotas do not turn into "whoever answers first".</summary>
public static class Release
{
    /// <summary>Numbers to release now for one quota cell: what is open, less what the numbers in work are expected to bring, over the yield; rounded up.</summary>
    /// <param name="target">Interviews wanted.</param>
    /// <param name="completed">Interviews done.</param>
    /// <param name="inWork">Released numbers without a final code.</param>
    /// <param name="yield">Expected completes per number, above 0, at most 1.</param>
    public static long Needed(long target, long completed, long inWork, double yield)
    {
        if (!(yield is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(yield), yield, "A yield lies above 0 and is at most 1.");
        var open = Math.Max(0, target - completed) - (inWork * yield);
        return open <= 0 ? 0 : (long)SampleSize.Up(open / yield);
    }

    /// <summary>Whether a quota cell takes no more: completed reached target × (1 + slack), rounded down but at least the target.</summary>
    /// <param name="target">Interviews wanted.</param>
    /// <param name="completed">Interviews done.</param>
    /// <param name="slack">0.1 lets a cell run 10 % over.</param>
    public static bool IsFull(long target, long completed, double slack) => completed >= Math.Max(target, (long)Math.Floor((target * (1 + slack)) + 1e-9));
}
