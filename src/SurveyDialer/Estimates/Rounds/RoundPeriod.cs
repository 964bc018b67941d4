using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SurveyDialer.Estimates;

/// <summary>How long a period is.</summary>
public enum PeriodKind
{
    Year,
    Half,
    Quarter,
    Month,
}

/// <summary>The time that a round or an official result speaks of: a year, half-year, quarter or month; always one that exists.</summary>
public readonly partial record struct RoundPeriod : IComparable<RoundPeriod>
{
    private const string Numerals = "一二三四五六七八九";

    private RoundPeriod(int year, PeriodKind kind, int part) => (Year, Kind, Part) = (year, kind, part);

    /// <summary>1990 to 2199.</summary>
    public int Year { get; }

    public PeriodKind Kind { get; }

    /// <summary>Which half, quarter or month of the year, from 1; 1 for a year.</summary>
    public int Part { get; }

    /// <summary>First day, included.</summary>
    public DateOnly From => new(Year, ((Part - 1) * Months) + 1, 1);

    /// <summary>Last day, included.</summary>
    public DateOnly To => From.AddMonths(Months).AddDays(-1);

    private int Months => Kind switch { PeriodKind.Year => 12, PeriodKind.Half => 6, PeriodKind.Quarter => 3, PeriodKind.Month => 1 };

    [GeneratedRegex(@"^(?<year>(?:19|20|21)\d\d)-?(?:(?<half>[hH][12]|[上下]半)|[qQ](?<quarter>[1-4])|第?(?<quarter>[1-4一二三四])季度?|(?<month>1[0-2]|0?[1-9])月?|度)?$")]
    private static partial Regex Written { get; }

    /// <summary>The period of that length in which a day lies.</summary>
    public static RoundPeriod Containing(DateOnly day, PeriodKind kind)
    {
        var whole = new RoundPeriod(day.Year, kind, 1);
        return new RoundPeriod(day.Year, kind, ((day.Month - 1) / whole.Months) + 1);
    }

    /// <summary>Reads 2026, 2026-H1, 2026-Q3 and 2026-11, and what people write: 2026年上半年, 2026年三季度, 2026年11月, 2026Q3.</summary>
    public static bool TryRead(string? text, out RoundPeriod period)
    {
        period = default;
        var plain = string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter)))
            .Replace('/', '-').Replace('.', '-').Replace("年", "-", StringComparison.Ordinal).TrimEnd('-');
        if (Written.Match(plain) is not { Success: true } match) return false;
        var year = int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        if (year is < 1990 or > 2199) return false;
        period = match switch
        {
            _ when match.Groups["half"] is { Success: true, Value: var half } => new RoundPeriod(year, PeriodKind.Half, half is "上半" or "H1" or "h1" ? 1 : 2),
            _ when match.Groups["quarter"] is { Success: true, Value: [var quarter] } => new RoundPeriod(year, PeriodKind.Quarter, char.IsAsciiDigit(quarter) ? quarter - '0' : Numerals.IndexOf(quarter, StringComparison.Ordinal) + 1),
            _ when match.Groups["month"] is { Success: true, ValueSpan: var month } => new RoundPeriod(year, PeriodKind.Month, int.Parse(month, CultureInfo.InvariantCulture)),
            _ => new RoundPeriod(year, PeriodKind.Year, 1),
        };
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is no period.</exception>
    public static RoundPeriod Read(string text) => TryRead(text, out var period) ? period : throw new FormatException($"'{text}' is no period.");

    /// <summary>The same period one year earlier.</summary>
    public RoundPeriod YearBefore() => new(Year - 1, Kind, Part);

    /// <summary>The period of the same length just before.</summary>
    public RoundPeriod Before() => Containing(From.AddDays(-1), Kind);

    /// <summary>Whether another period lies wholly in this one.</summary>
    public bool Holds(RoundPeriod other) => other.From >= From && other.To <= To;

    /// <summary>By the first day, the longer one first.</summary>
    public int CompareTo(RoundPeriod other) => From.CompareTo(other.From) is var first and not 0 ? first : other.To.CompareTo(To);

    /// <summary>As stored.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Year => $"{Year}",
        PeriodKind.Half => $"{Year}-H{Part}",
        PeriodKind.Quarter => $"{Year}-Q{Part}",
        PeriodKind.Month => $"{Year}-{Part:00}",
    };

    /// <summary>2026年第三季度; in English Q3 2026.</summary>
    public string InWords(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var english = culture.TwoLetterISOLanguageName == "en";
        return Kind switch
        {
            PeriodKind.Year => english ? $"{Year}" : $"{Year}年",
            PeriodKind.Half => english ? $"{(Part == 1 ? "first" : "second")} half of {Year}" : $"{Year}年{(Part == 1 ? "上" : "下")}半年",
            PeriodKind.Quarter => english ? $"Q{Part} {Year}" : $"{Year}年第{Numerals[Part - 1]}季度",
            PeriodKind.Month => english ? From.ToString("MMMM yyyy", CultureInfo.InvariantCulture) : $"{Year}年{Part}月",
        };
    }

    public static bool operator <(RoundPeriod one, RoundPeriod other) => one.CompareTo(other) < 0;

    public static bool operator >(RoundPeriod one, RoundPeriod other) => one.CompareTo(other) > 0;

    public static bool operator <=(RoundPeriod one, RoundPeriod other) => one.CompareTo(other) <= 0;

    public static bool operator >=(RoundPeriod one, RoundPeriod other) => one.CompareTo(other) >= 0;
}
