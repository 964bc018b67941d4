using SurveyDialer.Phones;

namespace SurveyDialer.Fieldwork;

/// <summary>What may be told to somebody who asks about one number.</summary>
internal sealed record Enquiry
{
    public required PhoneNumber Number { get; init; }

    /// <summary>The number is on the list of those that are never called again.</summary>
    public required bool NeverAgain { get; init; }

    /// <summary>Rounds with this number, running ones first; empty when no list has it, or its data is gone.</summary>
    public required IReadOnlyList<EnquiryRound> Rounds { get; init; }

    /// <summary>What is read out: of the first of these rounds, else of the newest; null before any round.</summary>
    public required EnquirySheet? ReadOut { get; init; }
}

/// <summary>One respondent with this number in one round. Neither answers nor how a call ended.</summary>
internal sealed record EnquiryRound
{
    public required EnquiryPlace Place { get; init; }

    /// <summary>Name of the round.</summary>
    public required string Campaign { get; init; }

    /// <summary>IANA zone in which its times are shown.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Only where several people share the number, to tell them apart; pages mask it.</summary>
    public required string? Name { get; init; }

    /// <summary>Calls and texts to this number, the newest first.</summary>
    public required IReadOnlyList<EnquiryContact> Contacts { get; init; }

    /// <summary>Somebody calls at this moment.</summary>
    public required bool Now { get; init; }

    /// <summary>When the next call comes at the earliest, UTC milliseconds; null when none waits.</summary>
    public required long? Next { get; init; }

    /// <summary>That time was agreed.</summary>
    public required bool Agreed { get; init; }
}

/// <summary>Whose next call is meant.</summary>
internal sealed record EnquiryPlace(long CampaignId, long RespondentId);

/// <param name="At">UTC milliseconds.</param>
/// <param name="Texted">A text, not a call.</param>
internal sealed record EnquiryContact(long At, bool Texted);

/// <summary>Who we are, in the words of a round.</summary>
internal sealed record EnquirySheet
{
    /// <summary>Name of the round.</summary>
    public required string Campaign { get; init; }

    public required string Organiser { get; init; }

    /// <summary>Number of the approval, or the ground on which none is needed.</summary>
    public required string Approval { get; init; }

    /// <summary>Where residents can check; null where the round names none.</summary>
    public required string? VerifyPhone { get; init; }

    /// <summary>Of <see cref="Texts"/>; BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>Identity, purpose and notice, blanks filled.</summary>
    public required IReadOnlyList<string> Texts { get; init; }
}

/// <summary>Why a number was not looked up.</summary>
internal enum EnquiryProblem
{
    /// <summary>A look needs a reason.</summary>
    ReasonMissing,

    /// <summary>More than <see cref="EnquiryDesk.LongestReason"/> characters.</summary>
    TooLong,

    /// <summary>What is written down holds no number.</summary>
    HoldsNumber,
}
