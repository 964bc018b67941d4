using SurveyDialer.Phones;

namespace SurveyDialer.Attempts.Planning;

/// <summary>The answer to "may this respondent be contacted now?".</summary>
internal abstract record PlanDecision
{
    private PlanDecision()
    {
    }

    /// <summary>Yes, at this number.</summary>
    public sealed record Contact(long PhoneId, PhoneKind Kind, AttemptChannel Channel) : PlanDecision;

    /// <summary>Not now.</summary>
    /// <param name="Decisive">The one that holds longest: the row's waiting reason.</param>
    /// <param name="All">Every no, the decisive one first, those about numbers with the number.</param>
    /// <param name="NotBefore">Later than now, in whole milliseconds, at a time when calls may start; null when <paramref name="Awaited"/> is set.</param>
    /// <param name="Awaited">What must happen first; null when <paramref name="NotBefore"/> is set.</param>
    public sealed record Wait(Veto Decisive, IReadOnlyList<Veto> All, DateTimeOffset? NotBefore, AwaitedEvent? Awaited) : PlanDecision;

    /// <summary>Nothing more will be tried by this channel in this campaign.</summary>
    public sealed record Finish(Veto Decisive, IReadOnlyList<Veto> All) : PlanDecision;
}
