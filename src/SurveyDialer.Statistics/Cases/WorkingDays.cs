namespace SurveyDialer.Statistics.Cases;

/// <summary>Counts working days on calendar data: Monday to Friday without holidays, and make-up days.</summary>
/// <param name="Holidays">Days off besides weekends, checked against the yearly notice of the State Council.</param>
/// <param name="MakeUpDays">Saturdays and Sundays that are worked.</param>
public sealed record WorkingDays(IReadOnlySet<DateOnly> Holidays, IReadOnlySet<DateOnly> MakeUpDays)
{
    /// <summary>Whether offices work on the day. A make-up day wins over a holiday.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        MakeUpDays.Contains(day) || (!Holidays.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>The day on which a clock of so many working days runs out: day 1 is the first working day after <paramref name="start"/>.</summary>
    /// <param name="start">Local day on which the clock starts.</param>
    /// <param name="days">0 (the start itself) or more.</param>
    /// <returns>Null where the calendar has no such day before the year 9999 ends.</returns>
    public DateOnly? Due(DateOnly start, int days)
    {
        var day = start;
        while (days > 0)
        {
            if (day == DateOnly.MaxValue) return null;
            day = day.AddDays(1);
            if (IsWorkingDay(day)) days--;
        }

        return day;
    }
}
