using SurveyDialer.Attempts.Planning;
using SurveyDialer.Calls;

namespace SurveyDialer.Dispositions;

/// <summary>Where the numbers come from.</summary>
internal enum FrameType
{
    /// <summary>A list of known residents: whoever answers is a household.</summary>
    List,

    /// <summary>Generated numbers: nothing is known of them.</summary>
    Generated,
}

/// <summary>What a network's announcement or a gateway's result says, where somebody or something heard it; more exact than a SIP code.</summary>
internal enum Announcement
{
    Busy,
    NoAnswer,

    /// <summary>Powered off or out of reach.</summary>
    SwitchedOff,

    /// <summary>Blocked, marked or turned away.</summary>
    Blocked,

    /// <summary>Suspended, mostly for an unpaid bill.</summary>
    Suspended,

    /// <summary>No such number.</summary>
    NotExisting,

    /// <summary>The number was changed.</summary>
    NumberChanged,

    /// <summary>An announcement that nobody could understand.</summary>
    Unintelligible,
}

/// <summary>Who or what the household says cannot be interviewed.</summary>
internal enum Incapacity
{
    Deceased,
    Unable,
}

/// <summary>What the interview, by keys, text or person, has come to when the attempt ended.</summary>
internal sealed record InterviewEvidence
{
    /// <summary>Every applicable core item was answered and the follow-up step reached.</summary>
    public bool CoreDone { get; init; }

    /// <summary>The template's rule for a partial interview is met.</summary>
    public bool PartialDone { get; init; }

    /// <summary>Agreed to the interview.</summary>
    public bool ConsentGiven { get; init; }

    /// <summary>A key, a voice or a text came from the respondent.</summary>
    public bool Heard { get; init; }

    /// <summary>Said "never again": 9, a stop word, or in words.</summary>
    public bool NeverAgain { get; init; }

    /// <summary>Said no this time.</summary>
    public bool Refused { get; init; }

    /// <summary>Not eligible by the screening questions, or no adult there.</summary>
    public bool ScreenedOut { get; init; }

    /// <summary>A business or an office answered.</summary>
    public bool NotResidential { get; init; }

    /// <summary>The respondent's cell was full at screening.</summary>
    public bool QuotaFull { get; init; }

    /// <summary>Asked for a language that nobody or no recording speaks.</summary>
    public bool LanguageMissing { get; init; }

    /// <summary>The person sought has died or cannot be interviewed.</summary>
    public Incapacity? Incapacity { get; init; }

    /// <summary>Asked to be called by a person.</summary>
    public bool HumanWanted { get; init; }

    /// <summary>The adult chosen of the household was not there.</summary>
    public bool RespondentAway { get; init; }
}

/// <summary>All that is known of an attempt when it has ended.</summary>
internal sealed record AttemptEvidence
{
    public required FrameType Frame { get; init; }

    public required AttemptChannel Channel { get; init; }

    /// <summary>The carrier refused to place it; null when it did not.</summary>
    public Rejection? Rejected { get; init; }

    /// <summary>The last status of the call; null when it never came to one.</summary>
    public CallStatus? Call { get; init; }

    /// <summary>Final SIP response, where told.</summary>
    public int? SipCode { get; init; }

    /// <summary>Where somebody or something heard one.</summary>
    public Announcement? Announcement { get; init; }

    /// <summary>The carrier's opinion, where it was asked.</summary>
    public AnsweredBy? AnsweredBy { get; init; }

    /// <summary>The carrier reported that it rang.</summary>
    public bool Rang { get; init; }

    /// <summary>A machine's greeting told that this is a residence.</summary>
    public bool ResidenceGreeting { get; init; }

    /// <summary>A message was left on the machine.</summary>
    public bool MessageLeft { get; init; }

    /// <summary>An attempt on another day found the same number not to exist.</summary>
    public bool NotExistingOnAnotherDay { get; init; }

    /// <summary>The last status of the text; null when none was sent.</summary>
    public TextStatus? Text { get; init; }

    /// <summary>Null when nobody answered, as far as we know.</summary>
    public InterviewEvidence? Interview { get; init; }
}
