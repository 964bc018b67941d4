using SurveyDialer.Calls;
using SurveyDialer.Dispositions;

namespace SurveyDialer.Fieldwork;

/// <summary>How a call from a desk telephone ended, in the words of the caller's keys. An interview that reaches its end needs none of them.</summary>
internal enum DeskOutcome
{
    NoAnswer,
    Busy,

    /// <summary>An announcement: switched off or out of reach.</summary>
    SwitchedOff,

    /// <summary>An announcement: suspended.</summary>
    Suspended,

    /// <summary>An announcement: no such number.</summary>
    NotExisting,

    /// <summary>An answering machine or assistant.</summary>
    Machine,
    Fax,

    /// <summary>Somebody says that the number is not, or no longer, that of anybody on the list.</summary>
    WrongNumber,

    /// <summary>A business or an office.</summary>
    Business,

    /// <summary>A soft no, before the interview began.</summary>
    Refused,

    /// <summary>The line dropped, or the respondent does not want to go on.</summary>
    HungUp,

    /// <summary>Not now: at an agreed time.</summary>
    Later,

    /// <summary>Never again.</summary>
    NeverAgain,

    /// <summary>No language in common.</summary>
    LanguageMissing,

    /// <summary>Ill, deaf or otherwise not able to be interviewed.</summary>
    Unable,
    Deceased,
}

/// <summary>What a caller's key is evidence of; <see cref="DispositionRules"/> makes the code of it, as of a carrier's report.</summary>
internal static class DeskEvidence
{
    /// <summary>Possible only while nobody has agreed to the interview.</summary>
    internal static bool IsBeforeConsent(DeskOutcome outcome) => outcome
        is not (DeskOutcome.HungUp or DeskOutcome.Later or DeskOutcome.NeverAgain or DeskOutcome.LanguageMissing or DeskOutcome.Unable);

    /// <summary>A person spoke.</summary>
    internal static bool SomebodySpoke(DeskOutcome outcome) => outcome
        is DeskOutcome.WrongNumber or DeskOutcome.Business or DeskOutcome.Refused or DeskOutcome.HungUp or DeskOutcome.Later or DeskOutcome.NeverAgain
            or DeskOutcome.LanguageMissing or DeskOutcome.Unable or DeskOutcome.Deceased;

    /// <param name="known">What is known without the outcome.</param>
    /// <param name="interview">What the interview has come to; null when none was begun in this call.</param>
    internal static AttemptEvidence Of(DeskOutcome outcome, AttemptEvidence known, InterviewEvidence? interview)
    {
        var heard = (interview ?? new InterviewEvidence()) with { Heard = true };
        var rang = known with { Rang = true };
        var spoken = rang with { Call = CallStatus.Completed, AnsweredBy = AnsweredBy.Human, Interview = heard };
        return outcome switch
        {
            DeskOutcome.NoAnswer => rang with { Call = CallStatus.NoAnswer },
            DeskOutcome.Busy => known with { Call = CallStatus.Busy },
            DeskOutcome.SwitchedOff => known with { Announcement = Announcement.SwitchedOff },
            DeskOutcome.Suspended => known with { Announcement = Announcement.Suspended },
            DeskOutcome.NotExisting => known with { Announcement = Announcement.NotExisting },
            DeskOutcome.Machine => rang with { Call = CallStatus.Completed, AnsweredBy = AnsweredBy.Machine },
            DeskOutcome.Fax => rang with { Call = CallStatus.Completed, AnsweredBy = AnsweredBy.Fax },
            DeskOutcome.WrongNumber => rang with { Announcement = Announcement.NumberChanged },
            DeskOutcome.Business => spoken with { Interview = heard with { NotResidential = true } },
            DeskOutcome.Refused => spoken with { Interview = heard with { Refused = true } },
            DeskOutcome.HungUp => spoken,
            DeskOutcome.Later => spoken with { Interview = heard with { HumanWanted = true } },
            DeskOutcome.NeverAgain => spoken with { Interview = heard with { NeverAgain = true } },
            DeskOutcome.LanguageMissing => spoken with { Interview = heard with { LanguageMissing = true } },
            DeskOutcome.Unable => spoken with { Interview = heard with { Incapacity = Incapacity.Unable } },
            DeskOutcome.Deceased => spoken with { Interview = heard with { Incapacity = Incapacity.Deceased } },
        };
    }
}
