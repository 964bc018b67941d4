namespace SurveyDialer.Statistics.Samples;

/// <summary>How interviews are shared out over strata.</summary>
public enum AllocationKind
{
    /// <summary>By population: best for the county figure.</summary>
    Proportional,

    /// <summary>The same for each: best for comparing townships.</summary>
    Equal,

    /// <summary>By the square root of the population: between the two.</summary>
    SquareRoot,

    /// <summary>By population times standard deviation.</summary>
    Neyman,
}

/// <summary>A stratum to share out over.</summary>
/// <param name="Size">Population N_h, not negative; also the most that it can give.</param>
/// <param name="Deviation">Standard deviation S_h, for Neyman.</param>
public readonly record struct Stratum(long Size, double Deviation = 1);

/// <summary>Shares interviews out over strata.</summary>
/// <remarks>Solves Σ clamp(λ·a_h, minimum_h, cap_h) = n, which is the exact optimum under bounds; strata between their bounds are rounded by
/// largest remainder, ties to the earlier stratum. The minimum is itself capped at the size of the stratum.</remarks>
public static class Allocation
{
    /// <summary>Interviews per stratum, in the order given; they add up to <paramref name="n"/>.</summary>
    /// <param name="strata">At least one.</param>
    /// <param name="n">Interviews, not negative.</param>
    /// <param name="kind">The rule.</param>
    /// <param name="minimum">Least interviews a stratum.</param>
    /// <param name="cap">Most interviews a stratum; its size bounds it in any case.</param>
    /// <returns>The allocation, or why the bounds or the measure leave none.</returns>
    public static (IReadOnlyList<long>? Interviews, Problem? Problem) Of(
        IReadOnlyList<Stratum> strata, long n, AllocationKind kind, long minimum = 0, long? cap = null)
    {
        var most = strata.Select(s => Math.Min(s.Size, cap ?? s.Size)).ToArray();
        var least = most.Select(m => Math.Min(minimum, m)).ToArray();
        if (n > most.Sum()) return (null, new Problem("SampleTooLarge", $"{n}", $"{most.Sum()}"));
        if (n < least.Sum()) return (null, new Problem("SampleTooSmall", $"{n}", $"{least.Sum()}"));
        var measure = strata.Select(s => Measure(s, kind)).ToArray();
        var result = new long[strata.Count];
        var free = Enumerable.Range(0, strata.Count).Where(h => measure[h] > 0).ToList();
        foreach (var h in Enumerable.Range(0, strata.Count).Except(free)) result[h] = least[h];
        var left = n - result.Sum();
        Fix(free, measure, least, most, result, ref left);
        if (free.Count == 0 && left > 0)
        {
            // What is left could only go to strata that the measure gives nothing.
            var takes = Enumerable.Range(0, strata.Count).Where(h => measure[h] > 0).Sum(h => most[h]);
            var field = kind == AllocationKind.Neyman ? "S" : "N";
            return (null, takes == 0 ? new Problem("NothingToShare", field) : new Problem("NotShared", $"{n}", field, $"{n - left}"));
        }

        Round(free, measure, result, left);
        return (result, null);
    }

    private static double Measure(Stratum stratum, AllocationKind kind) => kind switch
    {
        AllocationKind.Proportional => stratum.Size,
        AllocationKind.Equal => 1,
        AllocationKind.SquareRoot => Math.Sqrt(stratum.Size),
        AllocationKind.Neyman => stratum.Size * stratum.Deviation,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // Per round, all strata beyond the bound that is violated more in total are fixed there; they stay there in the solution.
    private static void Fix(List<int> free, double[] measure, long[] least, long[] most, long[] result, ref long left)
    {
        while (free.Count > 0)
        {
            var total = free.Sum(h => measure[h]);
            var open = left;
            double Share(int h) => open * measure[h] / total;
            var low = free.Where(h => Share(h) < least[h]).ToList();
            var high = free.Where(h => Share(h) > most[h]).ToList();
            if (low.Count == 0 && high.Count == 0) return;
            var fixLow = low.Sum(h => least[h] - Share(h)) >= high.Sum(h => Share(h) - most[h]);
            foreach (var h in fixLow ? low : high)
            {
                result[h] = fixLow ? least[h] : most[h];
                left -= result[h];
                free.Remove(h);
            }
        }
    }

    private static void Round(List<int> free, double[] measure, long[] result, long left)
    {
        var total = free.Sum(h => measure[h]);
        var exact = free.ToDictionary(h => h, h => left * measure[h] / total);
        // A value that misses a whole number only by binary noise is that number; equal remainders must compare equal.
        foreach (var h in free) result[h] = (long)Math.Floor(exact[h] + 1e-9);
        var missing = left - free.Sum(h => result[h]);
        foreach (var h in free.OrderByDescending(h => Math.Round(exact[h] - result[h], 9)).ThenBy(h => h).Take((int)Math.Max(0, missing))) result[h]++;
    }
}
