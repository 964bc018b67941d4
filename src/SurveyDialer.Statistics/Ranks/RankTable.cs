using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Ranks;

/// <summary>One unit in order.</summary>
/// <param name="Name">Township.</param>
/// <param name="Share">Unrounded rate.</param>
/// <param name="Rank">Competition rank (1, 2, 2, 4), 1 the best.</param>
/// <param name="Interval">Joint interval at 1 − α/K.</param>
/// <param name="Best">Best rank that the intervals leave open.</param>
/// <param name="Worst">Worst rank that they leave open.</param>
public sealed record RankRow(string Name, double Share, int Rank, Interval Interval, int Best, int Worst);

/// <summary>Why ranks are not shown.</summary>
public enum RanksHidden
{
    /// <summary>They are shown.</summary>
    No,

    /// <summary>Fewer than three units.</summary>
    TooFewUnits,

    /// <summary>A unit has an effective size below 30.</summary>
    TooFewInterviews,

    /// <summary>More than half of the units could be almost anywhere (a range over at least 80 % of the ranks).</summary>
    NoInformation,
}

/// <summary>Units in order, with the range of ranks that chance leaves open.</summary>
/// <remarks>M. Klein, T. Wright, J. Wieczorek, A joint confidence region for an overall ranking of populations, Applied Statistics 69 (2020) 589-606:
/// intervals that hold together (Bonferroni, Wilson at z = Φ⁻¹(1 − α/2K)); best = 1 + units surely above, worst = K − units surely below.</remarks>
/// <param name="Z">z of the joint intervals.</param>
/// <param name="Rows">In the order given.</param>
/// <param name="Hidden">Whether and why ranks carry nothing to show.</param>
public sealed record RankTable(double Z, IReadOnlyList<RankRow> Rows, RanksHidden Hidden)
{
    /// <summary>Fewer units have no ranks.</summary>
    public const int LeastUnits = 3;

    private const double Same = 1e-12;

    /// <summary>Ranks units.</summary>
    /// <param name="units">Name, share, and interviews or effective size (above 0).</param>
    /// <param name="confidence">That all ranges hold together.</param>
    public static RankTable Of(IReadOnlyList<(string Name, Proportion Rate)> units, double confidence = 0.95)
    {
        if (units.Count == 0) return new RankTable(0, [], RanksHidden.TooFewUnits);
        var z = -Normal.Quantile((1 - confidence) / (2 * units.Count));
        var intervals = units.Select(u => Wilson.At(u.Rate.P, u.Rate.N, z)).ToArray();
        double[] lows = [.. intervals.Select(i => i.Low).Order()], highs = [.. intervals.Select(i => i.High).Order()];
        var ranks = Competition([.. units.Select(u => u.Rate.P)]);
        var rows = units.Select((u, i) => new RankRow(
            u.Name,
            u.Rate.P,
            ranks[i],
            intervals[i],
            1 + lows.Length - CountUpTo(lows, intervals[i].High, inclusive: true),
            units.Count - CountUpTo(highs, intervals[i].Low, inclusive: false))).ToList();
        return new RankTable(z, rows, Reason(units, rows));
    }

    /// <summary>Competition ranks (1, 2, 2, 4) of rates, the highest first; rates closer than 1e-12 are equal.</summary>
    public static int[] Competition(IReadOnlyList<double> rates)
    {
        var sorted = rates.Order().ToArray();
        return [.. rates.Select(rate => 1 + sorted.Length - CountUpTo(sorted, rate + Same, inclusive: true))];
    }

    private static RanksHidden Reason(IReadOnlyList<(string Name, Proportion Rate)> units, List<RankRow> rows)
    {
        if (units.Count < LeastUnits) return RanksHidden.TooFewUnits;
        if (units.Any(u => u.Rate.N < 30)) return RanksHidden.TooFewInterviews;
        var wide = rows.Count(r => r.Worst - r.Best + 1 >= 0.8 * units.Count);
        return 2 * wide > units.Count ? RanksHidden.NoInformation : RanksHidden.No;
    }

    private static int CountUpTo(double[] sorted, double value, bool inclusive)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (inclusive && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
