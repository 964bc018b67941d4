using System.Globalization;
using SurveyDialer.Statistics.Quality;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Estimates;

/// <summary>A rehearsed figure beside a published one.</summary>
/// <param name="Points">Rehearsed minus published, percentage points; null where the figure is withheld or too small for decimals.</param>
/// <param name="WithinError">Whether the published one lies in the figure's interval; null where that is withheld. Its own sampling error is not known.</param>
public sealed record OfficialComparison(OfficialResult Official, decimal? Points, bool? WithinError)
{
    /// <summary>A figure beside each published series that speaks of its index: the newest result that its round could know.</summary>
    /// <param name="period">Of the round: what begins after it is left out.</param>
    public static IReadOnlyList<OfficialComparison> Of(IEnumerable<OfficialResult> results, string tag, RoundPeriod period, Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Of(results, tag, period, figure.Value * 100, figure.Low * 100, figure.High * 100, figure.Decimals);
    }

    /// <summary>A composite beside each published series that speaks of it; its tag is the id of the composite.</summary>
    public static IReadOnlyList<OfficialComparison> Of(IEnumerable<OfficialResult> results, string tag, RoundPeriod period, CompositeFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Of(results, tag, period, figure.Value, figure.Low, figure.High, figure.Decimals);
    }

    private static IReadOnlyList<OfficialComparison> Of(IEnumerable<OfficialResult> results, string tag, RoundPeriod period, double? percent, double? low, double? high, int decimals)
        =>
        [
            .. results.Where(result => result.Tag == tag && result.Period.From <= period.To)
                .GroupBy(result => result.Series)
                .Select(series => series.MaxBy(result => result.Period)!)
                .OrderBy(result => result.Level).ThenBy(result => result.Name, StringComparer.Ordinal).ThenBy(result => result.Source, StringComparer.Ordinal)
                .Select(result => new OfficialComparison(
                    result,
                    // Whole per cents minus two decimals would look more exact than they are.
                    percent is { } value && decimals > 0 ? PointDifference.Of((decimal)value, result.Percent) : null,
                    percent is null ? null : Lies(result.Percent, low, high))),
        ];

    /// <summary>
    /// The comparison in one sentence in the wording of official notices: against the round before, against averages, against this area's own official
    /// result; empty where there is nothing to compare.
    /// </summary>
    public static string Sentence(Figure figure, Change? change, IReadOnlyCollection<OfficialComparison> comparisons, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var points = new List<(Benchmark, decimal?)> { (Benchmark.LastRound, change is { Decimals: > 0 } moved ? (decimal)moved.Points : null) };
        foreach (var (level, with) in new[] { (OfficialLevel.County, Benchmark.County), (OfficialLevel.City, Benchmark.City), (OfficialLevel.Province, Benchmark.Province) })
            points.Add((with, comparisons.FirstOrDefault(one => one.Official.Level == level)?.Points));
        var official = PointDifference.Sentence(points, culture);
        var own = comparisons.FirstOrDefault(one => one.Official.Level == OfficialLevel.Own) is { Points: { } difference } mine
            ? RoundTexts.Say(difference == 0 ? "own_same" : difference > 0 ? "own_above" : "own_below", culture, mine.Official.Period.InWords(culture), Math.Abs(difference).ToString("0.00", CultureInfo.InvariantCulture))
            : "";
        return official.Length > 0 && own.Length > 0 ? official + RoundTexts.Say("comma", culture) + own : official + own;
    }

    /// <summary>How far earlier rehearsals of an index were from this area's official results of the same periods.</summary>
    /// <param name="rehearsed">Period and per cent of each round, as published.</param>
    public static (RehearsalBias? Bias, int Pairs) Bias(IEnumerable<(RoundPeriod Period, double Percent)> rehearsed, IEnumerable<OfficialResult> results, string tag)
    {
        var own = results.Where(result => result.Tag == tag && result.Level == OfficialLevel.Own).GroupBy(result => result.Period).ToDictionary(group => group.Key, group => (double)group.First().Percent);
        var pairs = rehearsed.Where(one => own.ContainsKey(one.Period)).Select(one => (one.Percent, own[one.Period])).ToList();
        return (RehearsalBias.Of(pairs), pairs.Count);
    }

    private static bool Lies(decimal percent, double? low, double? high) => (double)percent >= low && (double)percent <= high;
}
