using SurveyDialer.CallingHours;

namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>No call and no text outside the windows, on silent days or while an official survey runs; appointments neither.</summary>
internal sealed class CallingHoursRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts)
    {
        if (facts.Campaign.Schedule.Verdict(facts.Now) is not CallingVerdict.Closed closed)
            return null;
        if (closed.NextOpening is not { } opening)
            return Veto.For(VetoReason.CalendarEnded, AwaitedEvent.CalendarExtended);
        return Veto.Until(ReasonFor(closed.Why), opening);
    }

    private static VetoReason ReasonFor(ClosedReason why) => why switch
    {
        ClosedReason.OfficialSurvey => VetoReason.OfficialSurvey,
        ClosedReason.SilentDay => VetoReason.SilentDay,
        ClosedReason.OutsideWindows or ClosedReason.Break or ClosedReason.LastMinutes or ClosedReason.NeverAtThisHour => VetoReason.OutsideHours,
        // Before the calendar's first day there is an opening to wait for.
        ClosedReason.CalendarEnded => VetoReason.CalendarEnded,
    };
}
