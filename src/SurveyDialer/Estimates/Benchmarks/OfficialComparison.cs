using System.Globalization;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Quality;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Estimates;

/// <summary>A rehearsed figure beside a published one.</summary>
/// <param name="Points">Rehearsed minus published, percentage points, each as printed; null where the figure is withheld or too small for decimals.</param>
/// <param name="WithinError">
/// Whether they differ by no more than sampling error: where it is known how many interviews the published one rests on, by the interval of the difference;
/// otherwise whether it lies in the figure's own interval, as if it had no error. Null where the figure is withheld.
/// </param>
public sealed record OfficialComparison(OfficialResult Official, decimal? Points, bool? WithinError)
{
    /// <summary>95 % interval of the difference (Newcombe), percentage points, two decimals; null without <see cref="Points"/>, for composites, and where the published one's interviews are not known.</summary>
    public (decimal Low, decimal High)? Interval { get; private init; }

    /// <summary>A figure beside each published series that speaks of its index: the newest result that its round could know.</summary>
    /// <param name="period">Of the round: what begins after it is left out.</param>
    public static IReadOnlyList<OfficialComparison> Of(IEnumerable<OfficialResult> results, string tag, RoundPeriod period, Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return [.. Newest(results, tag, period).Select(result => Of(result, figure.Value * 100, figure.Low * 100, figure.High * 100, figure.Decimals, figure.Exact))];
    }

    /// <summary>A composite beside each published series that speaks of it; its tag is the id of the composite.</summary>
    public static IReadOnlyList<OfficialComparison> Of(IEnumerable<OfficialResult> results, string tag, RoundPeriod period, CompositeFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return [.. Newest(results, tag, period).Select(result => Of(result, figure.Value, figure.Low, figure.High, figure.Decimals, null))];
    }

    private static IEnumerable<OfficialResult> Newest(IEnumerable<OfficialResult> results, string tag, RoundPeriod period)
        => results.Where(result => result.Tag == tag && result.Period.From <= period.To)
            .GroupBy(result => result.Series)
            .Select(series => series.MaxBy(result => result.Period)!)
            .OrderBy(result => result.Level).ThenBy(result => result.Name, StringComparer.Ordinal).ThenBy(result => result.Source, StringComparer.Ordinal);

    private static OfficialComparison Of(OfficialResult result, double? percent, double? low, double? high, int decimals, Proportion? exact)
    {
        if (percent is not { } value) return new OfficialComparison(result, null, null);
        // Whole per cents minus two decimals would look more exact than they are.
        var points = decimals > 0 ? PointDifference.Of((decimal)value, result.Percent) : null;
        if (exact is not { } own || result.N is not > 0) return new OfficialComparison(result, points, Lies(result.Percent, low, high));
        var difference = Difference.Between(own, new Proportion((double)result.Percent / 100, result.N.Value));
        decimal Rounded(double share) => Math.Round((decimal)share * 100, 2, MidpointRounding.AwayFromZero);
        return new OfficialComparison(result, points, !difference.Distinguishable)
        {
            Interval = points is null ? null : (Rounded(difference.Newcombe.Low), Rounded(difference.Newcombe.High)),
        };
    }

    /// <summary>The interval of the difference in words, to stand behind it; empty where there is none.</summary>
    public string IntervalInWords(CultureInfo culture)
        => Interval is { } interval ? RoundTexts.Say("official_interval", culture, Two(interval.Low), Two(interval.High)) : "";

    /// <summary>
    /// The comparison in one sentence in the wording of official notices: against the same time of the year before, the round before, averages and this
    /// area's own official result; sources of one level are told apart. Empty where there is nothing to compare.
    /// </summary>
    public static string Sentence(Change? sinceYear, Change? sinceRound, IReadOnlyCollection<OfficialComparison> comparisons, CultureInfo culture)
    {
        static decimal? Points(Change? change) => change is { Decimals: > 0 } moved ? (decimal)moved.Points : null;
        var points = new List<(Benchmark, decimal?, string?)> { (Benchmark.LastYear, Points(sinceYear), null), (Benchmark.LastRound, Points(sinceRound), null) };
        foreach (var (level, with) in new[] { (OfficialLevel.County, Benchmark.County), (OfficialLevel.City, Benchmark.City), (OfficialLevel.Province, Benchmark.Province) })
            points.AddRange(At(comparisons, level, culture).Select(one => (with, (decimal?)one.Points, one.Source)));
        var own = At(comparisons, OfficialLevel.Own, culture).Select(one => RoundTexts.Say(
            one.Points == 0 ? "own_same" : one.Points > 0 ? "own_above" : "own_below", culture,
            one.Source is { } source ? one.Official.Period.InWords(culture) + RoundTexts.Say("comma", culture) + source : one.Official.Period.InWords(culture), Two(Math.Abs(one.Points))));
        return string.Join(RoundTexts.Say("comma", culture), own.Prepend(PointDifference.Sentence(points, culture)).Where(part => part.Length > 0));
    }

    /// <summary>All that can be subtracted of one level; the source only where there are several.</summary>
    private static List<(OfficialResult Official, decimal Points, string? Source)> At(IReadOnlyCollection<OfficialComparison> comparisons, OfficialLevel level, CultureInfo culture)
    {
        var all = comparisons.Where(one => one.Official.Level == level && one.Points is not null).ToList();
        return all.ConvertAll(one => (one.Official, one.Points!.Value, all.Count == 1 ? null : one.Official.Name.Length == 0 ? one.Official.Source : one.Official.Name + RoundTexts.Say("comma", culture) + one.Official.Source));
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

    private static string Two(decimal points) => points.ToString("0.00", CultureInfo.InvariantCulture);
}
