using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Statistics.Ranks;

/// <summary>How often chance alone moves a unit by as many places as were seen.</summary>
public static class RankChange
{
    /// <summary>Redraws by default.</summary>
    public const int Redraws = 10_000;

    /// <summary>Seed of the redraws where none is named: the same figures give the same share.</summary>
    public const ulong Seed = 1;

    /// <summary>The share of redraws, without any true change, in which the unit's rank differs between two rounds by at least the change seen.</summary>
    /// <remarks>Both rounds are redrawn from binomial distributions at each unit's pooled rate, with each round's own (effective) size, rounded.</remarks>
    /// <param name="before">Rates of the earlier round.</param>
    /// <param name="after">Of the later round, the same units in the same order.</param>
    /// <param name="unit">Whose change.</param>
    /// <param name="seed">Stored with the figure.</param>
    /// <param name="redraws">At least 1.</param>
    public static double ChanceShare(IReadOnlyList<Proportion> before, IReadOnlyList<Proportion> after, int unit, ulong seed, int redraws = Redraws)
        => Of(before, after, seed, redraws)[unit].ByChance;

    /// <summary>Places gained by every unit (positive: up), each with the share of the same redraws in which it moves at least as far.</summary>
    /// <inheritdoc cref="ChanceShare"/>
    public static IReadOnlyList<(int Places, double ByChance)> Of(IReadOnlyList<Proportion> before, IReadOnlyList<Proportion> after, ulong seed, int redraws = Redraws)
    {
        if (before.Count != after.Count) throw new ArgumentException("Both rounds need the same units.", nameof(after));
        var moved = Moved([.. before.Select(r => r.P)], [.. after.Select(r => r.P)]);
        var pooled = before.Zip(after, (a, b) => ((a.P * a.N) + (b.P * b.N)) / (a.N + b.N)).ToArray();
        var first = before.Select((r, i) => new BinomialTable(pooled[i], r.N)).ToArray();
        var second = after.Select((r, i) => new BinomialTable(pooled[i], r.N)).ToArray();
        var chance = new SplitMix64(seed);
        var asLarge = new int[before.Count];
        for (var draw = 0; draw < redraws; draw++)
        {
            var by = Moved(Array.ConvertAll(first, t => t.Draw(chance)), Array.ConvertAll(second, t => t.Draw(chance)));
            for (var i = 0; i < by.Length; i++) asLarge[i] += Math.Abs(by[i]) >= Math.Abs(moved[i]) ? 1 : 0;
        }

        return [.. moved.Select((places, i) => (places, (double)asLarge[i] / redraws))];
    }

    private static int[] Moved(double[] before, double[] after) => [.. RankTable.Competition(before).Zip(RankTable.Competition(after), (then, now) => then - now)];

    // Draws shares by looking a random number up in the summed binomial probabilities.
    private sealed class BinomialTable
    {
        private readonly double[] _upTo;

        public BinomialTable(double p, double size)
        {
            var n = (int)Math.Max(1, Math.Round(size));
            _upTo = new double[n + 1];
            var mode = (int)Math.Min(n, Math.Floor((n + 1) * p));
            // Relative to the mode, so that nothing underflows where it matters.
            _upTo[mode] = 1;
            for (var k = mode; k < n && p < 1; k++) _upTo[k + 1] = _upTo[k] * (n - k) / (k + 1) * (p / (1 - p));
            for (var k = mode; k > 0 && p > 0; k--) _upTo[k - 1] = _upTo[k] * k / (n - k + 1) * ((1 - p) / p);
            for (var k = 1; k <= n; k++) _upTo[k] += _upTo[k - 1];
        }

        public double Draw(SplitMix64 chance)
        {
            var target = chance.Share() * _upTo[^1];
            int low = 0, high = _upTo.Length - 1;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_upTo[middle] > target) high = middle;
                else low = middle + 1;
            }

            return (double)low / (_upTo.Length - 1);
        }
    }
}
