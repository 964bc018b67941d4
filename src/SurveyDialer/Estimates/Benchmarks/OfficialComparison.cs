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
        return
        [
            .. results.Where(result => result.Tag == tag && result.Period.From <= period.To)
                .GroupBy(result => result.Series)
                .Select(series => series.MaxBy(result => result.Period)!)
                .OrderBy(result => result.Level).ThenBy(result => result.Name, StringComparer.Ordinal).ThenBy(result => result.Source, StringComparer.Ordinal)
                .Select(result => new OfficialComparison(result, Difference(figure, result.Percent), figure.Value is null ? null : Lies(result.Percent, figure))),
        ];
    }

    /// <summary>
    /// The comparison in one sentence in the wording of official notices: against the round before, against averages, against this area's own official
    /// result; empty where there is nothing to compare.
    /// </summary>
    public static string Sentence(Figure figure, Change? change, IReadOnlyCollection<OfficialComparison> comparisons, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var points = new List<(Benchmark, decimal?)> { (Benchmark.LastRound, change is { } moved ? (decimal)moved.Points : null) };
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

    // Whole per cents minus two decimals would look more exact than they are.
    private static decimal? Difference(Figure figure, decimal percent)
        => figure is { Value: { } value, Decimals: > 0 } ? PointDifference.Of((decimal)value * 100, percent) : null;

    private static bool Lies(decimal percent, Figure figure) => (double)percent / 100 >= figure.Low && (double)percent / 100 <= figure.High;
}
