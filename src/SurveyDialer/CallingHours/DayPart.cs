namespace SurveyDialer.CallingHours;

/// <summary>The three occasions over which the attempts to one respondent are spread.</summary>
internal enum DayPart
{
    /// <summary>A working day before 18:00, respondent's time.</summary>
    WorkdayDay,

    /// <summary>A working day from 18:00.</summary>
    WorkdayEvening,

    /// <summary>Saturday, Sunday or a holiday, at any hour.</summary>
    Restday,
}

/// <summary>The stored form of <see cref="DayPart"/>.</summary>
internal static class DayParts
{
    public static string ToColumn(this DayPart part) => part switch
    {
        DayPart.WorkdayDay => "workday-day",
        DayPart.WorkdayEvening => "workday-evening",
        DayPart.Restday => "restday",
    };

    public static DayPart FromColumn(string text) => text switch
    {
        "workday-day" => DayPart.WorkdayDay,
        "workday-evening" => DayPart.WorkdayEvening,
        "restday" => DayPart.Restday,
        _ => throw new InvalidDataException($"Unknown part of the day '{text}'."),
    };
}
