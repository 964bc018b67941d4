using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.CallingHours;

/// <summary>Days that are named in a calendar file.</summary>
/// <param name="First">Inclusive.</param>
/// <param name="Last">Inclusive; the same day for a single one.</param>
/// <param name="Chinese">Its name.</param>
/// <param name="English">Its name in English.</param>
internal sealed record NamedDays(DateOnly First, DateOnly Last, string Chinese, string English)
{
    public bool Contains(DateOnly day) => First <= day && day <= Last;
}

/// <summary>Holidays, make-up working days and days on which nobody is called, as a file names them.</summary>
/// <param name="Name">As policies refer to it, for example <c>cn</c>.</param>
/// <param name="Source">Where the days come from, in words.</param>
/// <param name="FirstDay">First day covered.</param>
/// <param name="LastDay">Last day covered; no call is made on a later day, since nobody knows what day it is.</param>
/// <param name="Holidays">Days off.</param>
/// <param name="MakeUpWorkdays">Saturdays and Sundays that are worked.</param>
/// <param name="Silent">Days without calls, whatever the windows say.</param>
internal sealed record Calendar(
    string Name,
    string Source,
    DateOnly FirstDay,
    DateOnly LastDay,
    IReadOnlyList<NamedDays> Holidays,
    IReadOnlyList<NamedDays> MakeUpWorkdays,
    IReadOnlyList<NamedDays> Silent)
{
    public bool Covers(DateOnly day) => FirstDay <= day && day <= LastDay;

    public DayKind KindOf(DateOnly day)
    {
        if (MakeUpWorkdays.Any(days => days.Contains(day)))
            return DayKind.Workday;
        if (Holidays.Any(days => days.Contains(day)))
            return DayKind.Restday;
        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Restday : DayKind.Workday;
    }

    /// <summary>Why nobody is called that day; null when it is no such day.</summary>
    public NamedDays? SilentOn(DateOnly day) => Silent.FirstOrDefault(days => days.Contains(day));
}
