using System.Globalization;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Estimates;

/// <summary>A published figure that cannot well be right, or not with those beside it; asked about, never refused.</summary>
/// <param name="Ids">Of the results that it is about.</param>
public sealed record OfficialDoubt(IReadOnlyList<long> Ids, string Key, params IReadOnlyList<string> Arguments)
{
    /// <summary>One sentence that asks for another look.</summary>
    public string InWords(CultureInfo culture) => RoundTexts.Say(Key, culture, [.. Arguments]);
}

/// <summary>Looks for implausible figures among official results.</summary>
public static class OfficialDoubts
{
    /// <summary>Percentage points from one period to the next above which a change is asked about.</summary>
    public const decimal LargestJump = 10;

    /// <summary>All doubts, in the order of the results.</summary>
    /// <param name="today">A period that has not begun yet has no result.</param>
    /// <param name="culture">Of the periods in the sentences.</param>
    public static IReadOnlyList<OfficialDoubt> Of(IReadOnlyCollection<OfficialResult> results, DateOnly today, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(results);
        var doubts = new List<OfficialDoubt>();
        foreach (var series in results.GroupBy(result => result.Series))
        {
            var byPeriod = series.ToDictionary(result => result.Period);
            foreach (var result in series.OrderBy(result => result.Period))
            {
                doubts.AddRange(Alone(result, today, culture));
                if (Parts(result, byPeriod) is { } parts) doubts.AddRange(Pooled(result, parts.First, parts.Second, culture));
                if (byPeriod.GetValueOrDefault(result.Period.Before()) is { } before && Math.Abs(result.Percent - before.Percent) > LargestJump)
                    doubts.Add(new OfficialDoubt([result.Id, before.Id], "doubt_jump", Named(before, culture), Percent(before), Named(result, culture), Percent(result), Points(result.Percent - before.Percent)));
            }
        }

        return doubts;
    }

    private static IEnumerable<OfficialDoubt> Alone(OfficialResult result, DateOnly today, CultureInfo culture)
    {
        if (result.Percent > 100) yield return new OfficialDoubt([result.Id], "doubt_above_100", Named(result, culture), Percent(result));
        if (result.Percent is > 0 and <= 1) yield return new OfficialDoubt([result.Id], "doubt_share", Named(result, culture), Percent(result), (result.Percent * 100).ToString("0.##", CultureInfo.InvariantCulture));
        if (result.Period.From > today) yield return new OfficialDoubt([result.Id], "doubt_future", Named(result, culture), Percent(result));
    }

    /// <summary>The two periods that a year or half-year is made of, where both have a result.</summary>
    private static (OfficialResult First, OfficialResult Second)? Parts(OfficialResult whole, Dictionary<RoundPeriod, OfficialResult> byPeriod)
    {
        PeriodKind? half = whole.Period.Kind switch { PeriodKind.Year => PeriodKind.Half, PeriodKind.Half => PeriodKind.Quarter, PeriodKind.Quarter or PeriodKind.Month => null };
        return half is { } kind
            && byPeriod.GetValueOrDefault(RoundPeriod.Containing(whole.Period.From, kind)) is { } first
            && byPeriod.GetValueOrDefault(RoundPeriod.Containing(whole.Period.To, kind)) is { } second ? (first, second) : null;
    }

    /// <summary>What is pooled lies between its parts, whatever their sizes.</summary>
    private static IEnumerable<OfficialDoubt> Pooled(OfficialResult whole, OfficialResult first, OfficialResult second, CultureInfo culture)
    {
        if (!PointDifference.HalfYearIsPlausible((double)first.Percent, (double)second.Percent, (double)whole.Percent))
            yield return new OfficialDoubt([whole.Id, first.Id, second.Id], "doubt_pooled", Named(whole, culture), Percent(whole), Named(first, culture), Percent(first), Named(second, culture), Percent(second));
    }

    private static string Named(OfficialResult result, CultureInfo culture) => result.Period.InWords(culture);

    private static string Percent(OfficialResult result) => result.Percent.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Points(decimal points) => Math.Abs(points).ToString("0.00", CultureInfo.InvariantCulture);
}
