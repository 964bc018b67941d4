using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Estimates;

/// <summary>An index over some cells, exact; what of it may be shown decides <see cref="Figure"/>.</summary>
internal sealed record Estimate
{
    /// <summary>Answers counted over, unweighted.</summary>
    public required long Base { get; init; }

    /// <summary>Null where the base is empty.</summary>
    public required double? Share { get; init; }

    public required double? Unweighted { get; init; }

    /// <summary>Of the answers counted over.</summary>
    public required double EffectiveSize { get; init; }

    public required bool IsMean { get; init; }

    /// <summary>Standard deviation of the points, over 100; of a mean only.</summary>
    public double Deviation { get; init; }

    public double? DontKnowShare { get; init; }

    public double? NoContactShare { get; init; }

    public double? RefusedShare { get; init; }

    public double? Coverage { get; init; }

    /// <summary>Wilson for a rate, normal for a mean of points; at 95 %.</summary>
    public Interval Interval
    {
        get
        {
            if (!IsMean) return Wilson.Of(Math.Clamp(Share!.Value, 0, 1), EffectiveSize);
            var half = Normal.TwoSided(0.95) * Deviation / Math.Sqrt(EffectiveSize);
            return new Interval(Math.Max(0, Share!.Value - half), Math.Min(1, Share.Value + half));
        }
    }
}

/// <summary>How one index is counted in the cells of one template.</summary>
internal sealed class IndexCounter
{
    private readonly List<CellLayout.Place> places;
    private readonly SurveyIndex index;

    private IndexCounter(SurveyIndex index, List<CellLayout.Place> places) => (this.index, this.places) = (index, places);

    /// <summary>Null where the template does not ask it, or none of its answers would count.</summary>
    internal static IndexCounter? For(SurveyIndex index, CellLayout layout)
    {
        var places = layout.Questions.Where(place => place.Question.Tag == index.Tag && Scale(place).Any()).ToList();
        var counter = new IndexCounter(index, places);
        return places.Count > 0 && (index.Points is not null || places.TrueForAll(place => counter.Positive(place).Count > 0)) ? counter : null;
    }

    internal IReadOnlyList<CellLayout.Place> Places => places;

    /// <summary>The same index in another round's cells; null where it is not asked there.</summary>
    internal IndexCounter? In(CellLayout layout) => For(index, layout);

    /// <summary>Keys that count as positive at a question.</summary>
    internal IReadOnlyList<string> Positive(CellLayout.Place place) => index.Positive.Count > 0
        ? [.. index.Positive.Where(key => Scale(place).Any(option => option.Key == key))]
        : [.. place.Question.Options.Where(option => option.Pole == OptionPole.Positive).Select(option => option.Key)];

    /// <summary>Counts the index over cells.</summary>
    /// <param name="weights">Of each cell; null: unweighted.</param>
    /// <param name="explained">Only answers after the explanation, or only without it; null: all.</param>
    internal Estimate Over(IReadOnlyList<ResultCell> cells, IReadOnlyList<double>? weights, bool? explained = null)
    {
        var weighted = new Sums(places);
        var plain = new Sums(places);
        double baseSum = 0, baseSquares = 0, baseUnits = 0;
        for (var c = 0; c < cells.Count; c++)
        {
            var weight = index.Weighted && weights is not null ? weights[c] : 1;
            double inBase = 0;
            for (var p = 0; p < places.Count; p++)
            {
                var place = places[p];
                for (var k = 0; k < place.Keys.Count; k++)
                {
                    var slot = place.Slot(k, explained ?? false);
                    long count = cells[c].Counts[slot];
                    if (explained is null) count += cells[c].Counts[slot + 1];
                    if (count == 0) continue;
                    weighted.Add(p, k, weight * count);
                    plain.Add(p, k, count);
                    if (CountsInBase(weighted.KindOf(p, k))) inBase += count;
                }
            }

            baseUnits += inBase;
            baseSum += weight * inBase;
            baseSquares += weight * weight * inBase;
        }

        return Make(weighted, plain, baseUnits, baseSquares > 0 ? baseSum * baseSum / baseSquares : 0);
    }

    private static IEnumerable<AnswerOption> Scale(CellLayout.Place place)
        => place.Question.Options.Where(option => option.Pole is OptionPole.Positive or OptionPole.Middle or OptionPole.Negative);

    private bool CountsInBase(AnswerKind kind) => kind == AnswerKind.Scale || (index.Points is null && index.Base switch
    {
        RateBase.All => true,
        RateBase.ValidAndDontKnow => kind == AnswerKind.DontKnow,
        _ => false,
    });

    private Estimate Make(Sums weighted, Sums plain, double units, double effective)
    {
        var (value, deviation) = Value(weighted);
        var all = weighted.Of(null);
        double? Share(AnswerKind kind) => all > 0 ? weighted.Of(kind) / all : null;
        return new Estimate
        {
            Base = (long)units, Share = value, Unweighted = Value(plain).Value, EffectiveSize = effective, IsMean = index.Points is not null, Deviation = deviation,
            DontKnowShare = Share(AnswerKind.DontKnow), NoContactShare = Share(AnswerKind.NoContact), RefusedShare = Share(AnswerKind.Refused), Coverage = Share(AnswerKind.Scale),
        };
    }

    private (double? Value, double Deviation) Value(Sums sums)
    {
        double over = 0, sum = 0, squares = 0;
        for (var p = 0; p < places.Count; p++)
        {
            var positive = Positive(places[p]);
            for (var k = 0; k < places[p].Keys.Count; k++)
            {
                var (kind, amount) = (sums.KindOf(p, k), sums[p, k]);
                if (!CountsInBase(kind)) continue;
                var key = places[p].Keys[k];
                var points = index.Points is { } table ? table.GetValueOrDefault(key) / 100 : kind == AnswerKind.Scale && positive.Contains(key, StringComparer.Ordinal) ? 1 : 0;
                over += amount;
                sum += amount * points;
                squares += amount * points * points;
            }
        }

        return over > 0 ? (sum / over, Math.Sqrt(Math.Max(0, (squares / over) - (sum / over * (sum / over))))) : (null, 0);
    }

    /// <summary>What an answer is to a rate.</summary>
    private enum AnswerKind
    {
        Scale,
        DontKnow,
        Refused,
        NoContact,

        /// <summary>An option off the scale.</summary>
        Other,
    }

    /// <summary>Amounts by question and key.</summary>
    private sealed class Sums
    {
        private readonly double[][] amounts;
        private readonly AnswerKind[][] kinds;

        internal Sums(List<CellLayout.Place> places)
        {
            amounts = [.. places.Select(place => new double[place.Keys.Count])];
            kinds = [.. places.Select(place => place.Keys.Select(key => Kind(place, key)).ToArray())];
        }

        internal double this[int place, int key] => amounts[place][key];

        internal AnswerKind KindOf(int place, int key) => kinds[place][key];

        internal void Add(int place, int key, double amount) => amounts[place][key] += amount;

        /// <summary>Of one kind; null: all.</summary>
        internal double Of(AnswerKind? kind)
        {
            double sum = 0;
            for (var p = 0; p < amounts.Length; p++)
            {
                for (var k = 0; k < amounts[p].Length; k++)
                {
                    if (kind is null || kinds[p][k] == kind) sum += amounts[p][k];
                }
            }

            return sum;
        }

        private static AnswerKind Kind(CellLayout.Place place, string key)
        {
            if (place.Question.Options.FirstOrDefault(option => option.Key == key) is not { } option) return key == "99" ? AnswerKind.Refused : AnswerKind.DontKnow;
            return option.Pole switch
            {
                OptionPole.Positive or OptionPole.Middle or OptionPole.Negative => AnswerKind.Scale,
                OptionPole.CannotSay => AnswerKind.DontKnow,
                OptionPole.NotApplicable => AnswerKind.NoContact,
                _ => AnswerKind.Other,
            };
        }
    }
}
