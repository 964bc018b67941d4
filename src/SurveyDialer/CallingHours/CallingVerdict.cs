namespace SurveyDialer.CallingHours;

/// <summary>Why no call may start at a time.</summary>
internal enum ClosedReason
{
    /// <summary>An official survey runs: rehearsals and notices stop.</summary>
    OfficialSurvey,

    /// <summary>A day on which nobody is called (New Year's eve, mourning, examinations).</summary>
    SilentDay,

    /// <summary>In none of the day's windows.</summary>
    OutsideWindows,

    /// <summary>Between two windows of the same day, for example over lunch.</summary>
    Break,

    /// <summary>In the last minutes of a window, in which no call starts.</summary>
    LastMinutes,

    /// <summary>Before or after the hours that no window can widen.</summary>
    NeverAtThisHour,

    /// <summary>The calendar data do not cover the day.</summary>
    CalendarEnded,
}

/// <summary>May a call start at a time?</summary>
internal abstract record CallingVerdict
{
    private CallingVerdict()
    {
    }

    public sealed record Open(DayPart Part) : CallingVerdict;

    /// <param name="Why">The first cause; there may be more.</param>
    /// <param name="NextOpening">The first instant after the asked one at which a call may start; null when the calendar names none.</param>
    public sealed record Closed(ClosedReason Why, DateTimeOffset? NextOpening) : CallingVerdict;
}
