namespace SurveyDialer.Statistics.Weighting;

/// <summary>Weights cut at a multiple of their mean, the excess spread over the others in proportion, the total kept.</summary>
/// <param name="Weights">In the order given.</param>
/// <param name="Rounds">Rounds that cut something.</param>
/// <param name="Capped">Whether no weight exceeds the cap; false after 50 rounds that did not get there, or where no weight below the cap is left to take the excess.</param>
public sealed record Trimming(IReadOnlyList<double> Weights, int Rounds, bool Capped)
{
    /// <summary>Most rounds.</summary>
    public const int MostRounds = 50;

    /// <summary>Cuts and spreads until nothing exceeds the cap.</summary>
    /// <param name="weights">Not negative.</param>
    /// <param name="capTimesMean">At least 1: below it the total could not be kept.</param>
    /// <param name="units">How many units have each weight; null: one each.</param>
    public static Trimming Of(IReadOnlyList<double> weights, double capTimesMean, IReadOnlyList<double>? units = null)
    {
        if (!(capTimesMean >= 1)) throw new ArgumentOutOfRangeException(nameof(capTimesMean), capTimesMean, "A cap below the mean cannot keep the total.");
        var w = weights.ToArray();
        var n = units ?? [.. w.Select(_ => 1.0)];
        var cap = w.Length == 0 ? 0 : capTimesMean * w.Zip(n, (x, many) => x * many).Sum() / n.Sum();
        // What exceeds the cap only by rounding is at the cap.
        var limit = cap * (1 + 1e-12);
        for (var round = 0; ; round++)
        {
            if (!w.Any(x => x > limit)) return new Trimming(w, round, true);
            if (round == MostRounds) return new Trimming(w, round, false);
            double excess = 0, rest = 0;
            for (var i = 0; i < w.Length; i++)
            {
                if (w[i] > cap) excess += (w[i] - cap) * n[i];
                if (w[i] < cap) rest += w[i] * n[i];
            }

            // Nobody is left to take the excess: cutting further would lose it.
            if (rest <= 0) return new Trimming(w, round, false);
            var factor = 1 + (excess / rest);
            for (var i = 0; i < w.Length; i++) w[i] = w[i] >= cap ? cap : w[i] * factor;
        }
    }
}
