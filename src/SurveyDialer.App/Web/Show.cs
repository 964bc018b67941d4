using System.Globalization;
using SurveyDialer.CallingHours;
using SurveyDialer.Phones;
using SurveyDialer.Statistics.Disclosure;

namespace SurveyDialer.App.Web;

/// <summary>How pages and commands write counts, times and people: in one place, so that nothing is shown by mistake.</summary>
internal static class Show
{
    /// <summary>Below this a count of persons is not shown exactly where it could point at one of them.</summary>
    public const long SmallCount = CountTable.DefaultThreshold;

    /// <summary>A count with thousands separated.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count of persons in anything finer than a township, or about what they think: 1 to 4 are "&lt;5".</summary>
    public static string Persons(long count) => IsSmall(count) ? Small : Count(count);

    /// <summary>A count of persons as disclosure control lets it be shown.</summary>
    public static string Persons(long count, CellDisplay display) => display switch
    {
        CellDisplay.Shown => Count(count),
        CellDisplay.Small => Small,
        CellDisplay.Withheld => Withheld,
    };

    /// <summary>What stands in place of a count from which a small one could be worked out.</summary>
    public const string Withheld = "*";

    /// <summary>What stands in place of a small count.</summary>
    public static string Small => CountTable.SmallText;

    /// <summary>Whether a count of persons is one that is not told: from one to four.</summary>
    public static bool IsSmall(long count) => CountTable.IsSmall(count);

    /// <summary>Share of a whole in whole per cent, rounded down so that 100 means all; 0 of nothing.</summary>
    public static long Percent(long part, long whole) => whole <= 0 ? 0 : Math.Clamp(part * 100 / whole, 0, 100);

    /// <summary>A stored time where the campaign takes place: "3月2日 周一 08:30", with the year where it is not this one.</summary>
    public static string Time(long millis, TimeZoneInfo zone, DateTimeOffset now)
        => Format(millis, zone, now, PageLanguage.IsEnglish ? "ddd d MMM HH:mm" : "M月d日 ddd HH:mm");

    /// <summary>A stored time, day only.</summary>
    public static string Day(long millis, TimeZoneInfo zone, DateTimeOffset now)
        => Format(millis, zone, now, PageLanguage.IsEnglish ? "ddd d MMM" : "M月d日 ddd");

    /// <summary>A date where the campaign takes place.</summary>
    public static string Day(DateOnly day, TimeZoneInfo zone, DateTimeOffset now)
    {
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return Day(Instant(noon, zone).ToUnixTimeMilliseconds(), zone, now);
    }

    /// <summary>What a form says of the time where a campaign takes place.</summary>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));

    /// <summary>What days are called, in the visitor's language.</summary>
    public static string Name(NamedDays days) => PageLanguage.IsEnglish ? days.English : days.Chinese;

    /// <summary>A length of time in its two largest useful units.</summary>
    public static string Span(TimeSpan span)
    {
        var words = PageWords.Common;
        if (span < TimeSpan.Zero) span = -span;
        if (span.TotalMinutes < 1) return words["Span_Seconds", (long)span.TotalSeconds];
        if (span.TotalHours < 1) return words["Span_Minutes", (long)span.TotalMinutes];
        return span.TotalDays < 1
            ? words["Span_Hours", (long)span.TotalHours, span.Minutes]
            : words["Span_Days", (long)span.TotalDays, span.Hours];
    }

    /// <summary>Enough of a number to recognise it, too little to ring it.</summary>
    public static string Masked(string? canonical)
        => PhoneNumber.TryRead(canonical, out var number) ? number.Masked : canonical is null ? "—" : "****";

    /// <summary>A name of which only the first character is left: 张**.</summary>
    public static string MaskedName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return PageWords.Common["NoName"];
        var text = new StringInfo(name.Trim());
        return text.SubstringByTextElements(0, 1) + new string('*', Math.Clamp(text.LengthInTextElements - 1, 1, 3));
    }

    /// <summary>The zone of a stored IANA name.</summary>
    public static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    private static string Format(long millis, TimeZoneInfo zone, DateTimeOffset now, string pattern)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(millis), zone);
        var year = local.Year == TimeZoneInfo.ConvertTime(now, zone).Year ? "" : PageLanguage.IsEnglish ? " yyyy" : "yyyy年";
        return local.ToString(PageLanguage.IsEnglish ? pattern + year : year + pattern, CultureInfo.CurrentUICulture);
    }
}
