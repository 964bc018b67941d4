using System.Globalization;
using SurveyDialer.CallingHours;
using Calendar = SurveyDialer.CallingHours.Calendar;

namespace SurveyDialer.Campaigns;

/// <summary>From which day to which a round calls.</summary>
public static class RoundDays
{
    /// <summary>Days from the launch to the last day where none is chosen.</summary>
    public const int PlannedDays = 14;

    /// <summary>The last day of a round that is launched at an instant.</summary>
    internal static DateOnly LastDay(CallingSchedule schedule, DateTimeOffset launch, DateOnly? chosen) => chosen ?? schedule.DayOf(launch).AddDays(PlannedDays);

    /// <summary>What keeps a round that is launched now from being held within its days; empty when nothing does.</summary>
    internal static IReadOnlyList<LaunchProblem> Problems(CallingSchedule schedule, Calendar calendar, CalendarBook book, DateOnly? chosen, DateTimeOffset now)
    {
        var today = schedule.DayOf(now);
        var last = LastDay(schedule, now, chosen);
        if (last < today) return [new LaunchProblem("last_day_past", Written(last))];
        if (last > calendar.LastDay || today < calendar.FirstDay)
            return [new LaunchProblem("last_day_beyond_calendar", Written(last), calendar.Name, Written(calendar.FirstDay), Written(calendar.LastDay), calendar.Source)];
        if (schedule.NextOpening(now) is { } opening && schedule.DayOf(opening) <= last) return [];
        var surveys = book.OfficialSurveys.Where(survey => survey.First <= last && today <= survey.Last).ToList();
        return surveys.Count == 0
            ? [new LaunchProblem("no_calling_day", Written(today), Written(last))]
            : [new LaunchProblem("official_surveys_cover", Written(today), Written(last), string.Join("、", surveys.Select(survey => $"{survey.Chinese} / {survey.English} {Written(survey.First)}–{Written(survey.Last)}")))];
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
