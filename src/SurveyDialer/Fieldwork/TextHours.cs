using SurveyDialer.CallingHours;

namespace SurveyDialer.Fieldwork;

/// <summary>When a further text of a conversation may leave.</summary>
internal static class TextHours
{
    private static readonly TimeSpan BeyondCalendar = TimeSpan.FromDays(1);

    /// <summary>
    /// What answers a text of the respondent's goes at once, also over lunch: he or she holds the telephone. The hours that no window can widen,
    /// silent days and official surveys stop it all the same.
    /// </summary>
    internal static DateTimeOffset ForReply(CallingSchedule schedule, DateTimeOffset now)
        => schedule.Verdict(now) is CallingVerdict.Closed
        {
            Why: ClosedReason.NeverAtThisHour or ClosedReason.OfficialSurvey or ClosedReason.SilentDay or ClosedReason.CalendarEnded,
        } closed
            ? closed.NextOpening ?? now + BeyondCalendar
            : now;

    /// <summary>Nobody has asked for a reminder: it keeps to the same windows as a call.</summary>
    internal static DateTimeOffset ForReminder(CallingSchedule schedule, DateTimeOffset now) => schedule.NextOpening(now) ?? now + BeyondCalendar;
}
