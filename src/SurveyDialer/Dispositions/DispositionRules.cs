using SurveyDialer.Attempts.Planning;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Dispositions;

/// <summary>From one attempt's evidence to its outcome and provisional code; the first rule that matches wins.</summary>
internal static class DispositionRules
{
    public static AttemptVerdict Judge(AttemptEvidence evidence)
    {
        var verdict = (evidence.Rejected is { } rejection ? Rejected(rejection) : null)
            ?? Interviewed(evidence)
            ?? (evidence.Channel.IsTexted() ? UnansweredText(evidence) : IsAnswered(evidence) ? Answered(evidence) : UnansweredCall(evidence));
        return verdict with
        {
            Rang = !evidence.Channel.IsTexted() && (evidence.Rang || IsAnswered(evidence) || verdict.Rang),
            NeverAgain = verdict.NeverAgain || evidence.Interview is { NeverAgain: true },
        };
    }

    private static bool IsAnswered(AttemptEvidence evidence) =>
        evidence.Interview is not null || evidence.Call is CallStatus.Completed or CallStatus.InProgress;

    /// <summary>The carrier would not place it.</summary>
    private static AttemptVerdict Rejected(Rejection rejection) => rejection switch
    {
        Rejection.OptedOut => Never("2.111"),
        // Only this carrier says so, and it cannot be asked again on another day: not enough for "does not exist".
        Rejection.BadNumber => Is(AttemptOutcome.NotExisting, "3.16") with { NumberIsBad = true },
        Rejection.NotMobile => Is(AttemptOutcome.TextUndeliverable, "3.16"),
        Rejection.RegionNotAllowed or Rejection.Configuration or Rejection.BadRequest => Fault("3.16"),
    };

    /// <summary>
    /// What the respondent said or did. What ends an interview stands before "consent given and broken off", since it mostly comes after
    /// consent.
    /// </summary>
    private static AttemptVerdict? Interviewed(AttemptEvidence evidence) => evidence.Interview switch
    {
        { CoreDone: true } => Is(AttemptOutcome.Complete, "1.1"),
        { PartialDone: true } => Is(AttemptOutcome.Partial, "1.2"),
        { NeverAgain: true, ConsentGiven: true } => Never("2.112"),
        { NeverAgain: true } => Never("2.111"),
        { Refused: true } => Is(AttemptOutcome.SoftRefusal, "2.111") with { Refusal = RefusalKind.Soft },
        { ScreenedOut: true } => Is(AttemptOutcome.ScreenedOut, "4.70"),
        { NotResidential: true } => Is(AttemptOutcome.ScreenedOut, "4.51"),
        { QuotaFull: true } => Is(AttemptOutcome.ScreenedOut, "4.80"),
        { RespondentAway: true } => Is(AttemptOutcome.RespondentAway, "2.21"),
        { LanguageMissing: true, ConsentGiven: true } => Is(AttemptOutcome.LanguageMissing, "2.333"),
        { LanguageMissing: true } => Is(AttemptOutcome.LanguageMissing, "3.90"),
        { Incapacity: Incapacity.Deceased } => Is(AttemptOutcome.ScreenedOut, "2.31"),
        { Incapacity: Incapacity.Unable } => Is(AttemptOutcome.ScreenedOut, "2.32"),
        { HumanWanted: true, ConsentGiven: true } => Is(AttemptOutcome.HumanWanted, "2.36"),
        { HumanWanted: true } => Is(AttemptOutcome.HumanWanted, "3.21"),
        { ConsentGiven: true } => Is(AttemptOutcome.BreakOff, "2.12"),
        _ => null,
    };

    /// <summary>Somebody or something answered, and there was no consent.</summary>
    private static AttemptVerdict Answered(AttemptEvidence evidence)
    {
        if (evidence.AnsweredBy == AnsweredBy.Human || evidence.Interview is { Heard: true })
        {
            return evidence.Frame switch
            {
                FrameType.List => Is(AttemptOutcome.HungUpBeforeConsent, "2.111") with { Refusal = RefusalKind.Soft },
                FrameType.Generated => Is(AttemptOutcome.HungUpBeforeConsent, "3.21"),
            };
        }

        return evidence.AnsweredBy switch
        {
            AnsweredBy.Machine when evidence.ResidenceGreeting => Is(AttemptOutcome.AnsweringMachine, evidence.MessageLeft ? "2.222" : "2.221"),
            AnsweredBy.Machine => Is(AttemptOutcome.AnsweringMachine, "3.14"),
            AnsweredBy.Fax => Is(AttemptOutcome.Fax, "4.20"),
            // The carrier never asked what to say, or was not told: whoever answered heard nothing from us.
            _ when evidence.Interview is null => Fault("3.16"),
            _ => Is(AttemptOutcome.NothingHeard, "3.90"),
        };
    }

    private static AttemptVerdict UnansweredCall(AttemptEvidence evidence)
    {
        if (Cause(evidence) is not { } cause)
            return Fault(NeverRang(evidence) ? "3.11" : "3.16");

        return cause switch
        {
            Announcement.Busy => Is(AttemptOutcome.Busy, "3.12"),
            Announcement.NoAnswer => Is(AttemptOutcome.NoAnswer, "3.13") with { Rang = true },
            Announcement.SwitchedOff => Is(AttemptOutcome.SwitchedOff, "3.13"),
            Announcement.Blocked => Is(AttemptOutcome.Blocked, "3.15"),
            Announcement.Suspended => Is(AttemptOutcome.Suspended, "4.33"),
            Announcement.NotExisting when evidence.NotExistingOnAnotherDay => Is(AttemptOutcome.NotExisting, "4.31") with { NumberIsBad = true },
            Announcement.NotExisting => Is(AttemptOutcome.NotExisting, "3.16"),
            Announcement.NumberChanged => Is(AttemptOutcome.NumberChanged, "4.41") with { NumberIsBad = true },
            Announcement.Unintelligible => Is(AttemptOutcome.Fault, "3.161"),
        };
    }

    /// <summary>The announcement where one was heard, else what status and SIP code stand for; null when the line or we failed.</summary>
    private static Announcement? Cause(AttemptEvidence evidence) => evidence switch
    {
        { Announcement: { } heard } => heard,
        { Call: CallStatus.Canceled } => null,
        { Call: CallStatus.Busy } or { SipCode: 486 or 600 } => Announcement.Busy,
        { Call: CallStatus.NoAnswer } or { SipCode: 480 } or { SipCode: 408, Rang: true } => Announcement.NoAnswer,
        { SipCode: 603 or 403 } => Announcement.Blocked,
        { SipCode: 404 or 484 or 604 } => Announcement.NotExisting,
        { SipCode: 410 or 301 } => Announcement.NumberChanged,
        _ => null,
    };

    /// <summary>Taken back before it rang, or never dialled.</summary>
    private static bool NeverRang(AttemptEvidence evidence) =>
        !evidence.Rang && evidence.Call is null or CallStatus.Queued or CallStatus.Initiated or CallStatus.Canceled;

    private static AttemptVerdict UnansweredText(AttemptEvidence evidence)
    {
        // Somebody replied, but no reply was a yes or a no.
        if (evidence.Interview is { Heard: true })
            return Is(AttemptOutcome.NoReplyToText, "3.21");

        return (evidence.Text ?? TextStatus.Canceled) switch
        {
            TextStatus.Undelivered or TextStatus.Failed => Is(AttemptOutcome.TextUndeliverable, "3.16"),
            TextStatus.Canceled => Fault("3.11"),
            // A notice asks for no reply: that it went out is no attempt at an interview.
            TextStatus.Queued or TextStatus.Sending or TextStatus.Sent or TextStatus.Delivered =>
                Is(AttemptOutcome.NoReplyToText, evidence.Channel == AttemptChannel.Notice ? "3.11" : "3.13"),
        };
    }

    private static AttemptVerdict Is(AttemptOutcome outcome, string code) => new(outcome, Disposition.Of(code));

    private static AttemptVerdict Never(string code) =>
        Is(AttemptOutcome.HardRefusal, code) with { Refusal = RefusalKind.Hard, NeverAgain = true };

    private static AttemptVerdict Fault(string code) => Is(AttemptOutcome.Fault, code) with { OurFault = true };
}
