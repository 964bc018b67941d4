using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SurveyDialer.Sample;

namespace SurveyDialer.Exports;

/// <summary>A day, and mostly a time, as people write it on a list: 2026-12-31 19:00, 12月31日, 星期四 19:00, Thursday 7:00.</summary>
/// <param name="Day">A whole date; null where only part of one was said.</param>
/// <param name="DayOfYear">A day without its year.</param>
/// <param name="Weekday">The next such day.</param>
/// <param name="Time">Null where only a day was said.</param>
internal sealed partial record SaidTime(DateOnly? Day, (int Month, int Day)? DayOfYear, DayOfWeek? Weekday, TimeOnly? Time)
{
    /// <summary>A day so long ago was meant for the next year; one less long ago is a mistake.</summary>
    private const int LongAgoDays = 180;

    private const string ChineseDays = "日一二三四五六";

    // Excel counts days from here, for every date that a list can hold.
    private static readonly DateTime Day0 = new(1899, 12, 30);

    private static readonly string[] Forms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];

    [GeneratedRegex(@"^(?<day>.*?)[ ,]*(?:(?<part>上午|早上|中午|下午|晚上)? *(?<hour>[0-9]{1,2}) *(?::(?<minute>[0-9]{2})(?::00)?|[点时](?:(?<minute>[0-9]{1,2})分?|(?<half>半))?))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Parts { get; }

    [GeneratedRegex("^(?<month>[0-9]{1,2})月(?<day>[0-9]{1,2})[日号]$", RegexOptions.ExplicitCapture)]
    private static partial Regex MonthDay { get; }

    [GeneratedRegex("^(?:星期|周|礼拜)(?<day>[一二三四五六日天])$", RegexOptions.ExplicitCapture)]
    private static partial Regex ChineseWeekday { get; }

    /// <summary>Null where it cannot be understood.</summary>
    internal static SaidTime? Read(FrameCell cell)
    {
        if (cell.Number is { } number) return number is > 36_526 and < 73_050 ? Of(Day0.AddDays(number).AddSeconds(30)) : null;
        var match = Parts.Match(cell.ToString().Normalize(NormalizationForm.FormKC));
        var (understood, time) = TimeOf(match);
        if (!understood) return null;
        var said = match.Groups["day"].Value.Trim();
        if (DateOnly.TryParseExact(said, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return new SaidTime(day, null, null, time);
        if (MonthDay.Match(said) is { Success: true } inYear)
        {
            var (month, number2) = (int.Parse(inYear.Groups["month"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(inYear.Groups["day"].ValueSpan, CultureInfo.InvariantCulture));
            // 29 February is a day of some years.
            return month is >= 1 and <= 12 && number2 >= 1 && number2 <= DateTime.DaysInMonth(2024, month) ? new SaidTime(null, (month, number2), null, time) : null;
        }

        return WeekdayOf(said) is { } weekday ? new SaidTime(null, null, weekday, time) : null;
    }

    /// <summary>The day that is meant.</summary>
    /// <param name="now">Where the resident lives.</param>
    internal DateOnly On(DateTime now)
    {
        var today = DateOnly.FromDateTime(now);
        if (Day is { } day) return day;
        if (DayOfYear is { } date)
        {
            var thisYear = In(today.Year, date);
            return thisYear.DayNumber < today.DayNumber - LongAgoDays ? In(today.Year + 1, date) : thisYear;
        }

        var ahead = ((int)Weekday!.Value - (int)today.DayOfWeek + 7) % 7;
        return today.AddDays(ahead == 0 && (Time is null || Time <= TimeOnly.FromDateTime(now)) ? 7 : ahead);
    }

    private static DateOnly In(int year, (int Month, int Day) date) => new(year, date.Month, Math.Min(date.Day, DateTime.DaysInMonth(year, date.Month)));

    private static SaidTime Of(DateTime moment)
        => new(DateOnly.FromDateTime(moment), null, null, moment is { Hour: 0, Minute: 0 } ? null : new TimeOnly(moment.Hour, moment.Minute));

    private static (bool Understood, TimeOnly? Time) TimeOf(Match match)
    {
        if (!match.Groups["hour"].Success) return (true, null);
        var hour = int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = match.Groups["half"].Success ? 30 : match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["part"].Value is "下午" or "晚上" && hour < 12) hour += 12;
        return hour < 24 && minute < 60 ? (true, new TimeOnly(hour, minute)) : (false, null);
    }

    private static DayOfWeek? WeekdayOf(string said)
    {
        if (ChineseWeekday.Match(said) is { Success: true } chinese) return (DayOfWeek)Math.Max(0, ChineseDays.IndexOf(chinese.Groups["day"].Value, StringComparison.Ordinal));
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        return Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(day => string.Equals(said, names.GetDayName(day!.Value), StringComparison.OrdinalIgnoreCase)
            || string.Equals(said, names.GetAbbreviatedDayName(day.Value), StringComparison.OrdinalIgnoreCase));
    }
}
