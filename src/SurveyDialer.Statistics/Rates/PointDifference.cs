using System.Globalization;

namespace SurveyDialer.Statistics.Rates;

/// <summary>What a figure is compared with.</summary>
public enum Benchmark
{
    /// <summary>The year before.</summary>
    LastYear,

    /// <summary>The round before.</summary>
    LastRound,

    /// <summary>Average of the province.</summary>
    Province,

    /// <summary>Average of the city.</summary>
    City,

    /// <summary>Average of the county.</summary>
    County,
}

/// <summary>Differences of printed percentages, in percentage points, never as a relative per cent.</summary>
public static class PointDifference
{
    /// <summary>round(x, 2) − round(y, 2), half away from zero; null where either is missing.</summary>
    /// <param name="x">Per cent.</param>
    /// <param name="y">Per cent.</param>
    public static decimal? Of(decimal? x, decimal? y) => x is { } a && y is { } b ? Rounded(a) - Rounded(b) : null;

    /// <summary>The comparison in one sentence, in the wording of official notices: 比上年提升0.32个百分点，低于全市平均水平1.27个百分点。</summary>
    /// <param name="differences">Comparisons in the order in which they are told; a null difference is left out.</param>
    /// <param name="culture">zh-CN or en.</param>
    public static string Sentence(IEnumerable<(Benchmark With, decimal? Points)> differences, CultureInfo culture)
        => Sentence(differences.Select(one => (one.With, one.Points, (string?)null)), culture);

    /// <summary>The same where several sources speak of one level: each is told apart, with its source behind it.</summary>
    /// <param name="differences">The source is null where there is only one.</param>
    /// <param name="culture">zh-CN or en.</param>
    public static string Sentence(IEnumerable<(Benchmark With, decimal? Points, string? Source)> differences, CultureInfo culture)
    {
        var parts = differences.Where(d => d.Points is not null).Select(d => Part(d.With, d.Points!.Value, culture) is var part && d.Source is { } source ? Say("DeltaBySource", culture, part, source) : part).ToList();
        return parts.Count == 0 ? "" : Say("DeltaSentence", culture, string.Join(StatisticsTexts.Get("DeltaComma", culture), parts));
    }

    /// <summary>A pooled half-year lies between its two quarters; a published figure that does not is questioned.</summary>
    public static bool HalfYearIsPlausible(double firstQuarter, double secondQuarter, double halfYear) =>
        halfYear >= Math.Min(firstQuarter, secondQuarter) - 1e-9 && halfYear <= Math.Max(firstQuarter, secondQuarter) + 1e-9;

    private static decimal Rounded(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);

    private static string Part(Benchmark with, decimal points, CultureInfo culture)
    {
        var overTime = with is Benchmark.LastYear or Benchmark.LastRound ? "Time" : "Level";
        var direction = points == 0 ? "Same" : points > 0 ? "Up" : "Down";
        var pattern = StatisticsTexts.Get($"Delta{overTime}{direction}", culture);
        return string.Format(culture, pattern, StatisticsTexts.Get($"Benchmark{with}", culture), Math.Abs(points).ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static string Say(string key, CultureInfo culture, params object[] arguments) => string.Format(culture, StatisticsTexts.Get(key, culture), arguments);
}
