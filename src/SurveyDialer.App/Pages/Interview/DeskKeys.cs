using SurveyDialer.Fieldwork;

namespace SurveyDialer.App.Pages.Interview;

/// <summary>Which key of the keyboard ends a call in which way. Digits are left to the answers, so that a finger that slips enters no outcome.</summary>
internal static class DeskKeys
{
    /// <summary>Nobody was reached, in the order of how often it happens.</summary>
    public static IReadOnlyList<DeskKey> NotReached { get; } =
    [
        new(DeskOutcome.NoAnswer, "Q"), new(DeskOutcome.Busy, "W"), new(DeskOutcome.SwitchedOff, "E"), new(DeskOutcome.NotExisting, "Y"),
        new(DeskOutcome.Suspended, "T"), new(DeskOutcome.Machine, "I"), new(DeskOutcome.Fax, "F"),
    ];

    /// <summary>Somebody spoke and has not agreed.</summary>
    public static IReadOnlyList<DeskKey> BeforeConsent { get; } =
        [new(DeskOutcome.Refused, "J"), new(DeskOutcome.WrongNumber, "K"), new(DeskOutcome.Business, "O"), new(DeskOutcome.Deceased, "Z")];

    /// <summary>Somebody spoke, whether an interview goes on or not.</summary>
    public static IReadOnlyList<DeskKey> AnyTime { get; } =
        [new(DeskOutcome.HungUp, "H"), new(DeskOutcome.LanguageMissing, "U"), new(DeskOutcome.Unable, "X"), new(DeskOutcome.NeverAgain, "N")];
}

/// <summary>One outcome and the key that enters it.</summary>
internal sealed record DeskKey(DeskOutcome Outcome, string Key);

/// <summary>Outcomes side by side on the page.</summary>
internal sealed record OutcomeKeys(DeskPage On, IReadOnlyList<DeskKey> Keys);

/// <summary>The ways to end a conversation.</summary>
/// <param name="BeforeConsent">Nobody has agreed to the interview yet.</param>
internal sealed record Endings(DeskPage On, bool BeforeConsent);
