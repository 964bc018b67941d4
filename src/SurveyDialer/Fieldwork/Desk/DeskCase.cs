using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Fieldwork;

/// <summary>What a caller holds, and by which fence: whoever comes with an older one changes nothing.</summary>
/// <param name="Caller">Her name.</param>
internal sealed record DeskHold(string Caller, long AttemptId, long Fence);

/// <summary>How far a caller is with a respondent.</summary>
internal enum DeskStage
{
    /// <summary>Taken; the number is still hidden.</summary>
    Taken,

    /// <summary>The number was shown: she dials, or it rings.</summary>
    Dialling,

    /// <summary>Somebody has answered.</summary>
    Asking,
}

/// <summary>A respondent whom a caller has, as her page shows it. Never an answer, never a score.</summary>
internal sealed record DeskCase
{
    public required DeskHold Hold { get; init; }

    public required DeskStage Stage { get; init; }

    public required long CampaignId { get; init; }

    public required string Campaign { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>Null where the list has none.</summary>
    public string? Name { get; init; }

    /// <summary>E.164, with an extension where there is one. The page hides it until <see cref="DeskStage.Dialling"/>.</summary>
    public required string Number { get; init; }

    /// <summary>The village, or the township where the list names none.</summary>
    public required string Area { get; init; }

    public string? Township { get; init; }

    /// <summary>Which call to this respondent it is in this round, from 1.</summary>
    public required long Ordinal { get; init; }

    /// <summary>The respondent asked to be called at this time.</summary>
    public required bool Appointment { get; init; }

    /// <summary>How long it stays hers when nothing more is heard of her.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Language of the interview, or the one to begin in; BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>Number of the prompt that is answered next; only while asking.</summary>
    public long Turn { get; init; }

    /// <summary>What is read and entered now; only while asking.</summary>
    public InterviewCard? Card { get; init; }

    /// <summary>Danger was reported in this call.</summary>
    public bool Danger { get; init; }

    /// <summary>Where the supervisor can be reached in danger; null where the office has not said.</summary>
    public string? SupervisorLine { get; init; }
}

/// <summary>What a caller enters in one turn.</summary>
internal abstract record DeskEntry
{
    private DeskEntry()
    {
    }

    /// <summary>Somebody has answered the telephone: the interview begins, or goes on where an earlier call broke off.</summary>
    public sealed record Answered : DeskEntry;

    /// <summary>An answer's key, several as <c>1,3</c>, or <c>7</c> (explanation) or <c>*</c> (again).</summary>
    public sealed record Keys(string Pressed) : DeskEntry;

    /// <summary>Own words as the respondent says them; empty: none.</summary>
    public sealed record Words(string Said) : DeskEntry;

    /// <summary>Go on in the template's next language.</summary>
    public sealed record OtherLanguage : DeskEntry;

    /// <summary>A wrong key was pressed: the step before is asked anew, and what was entered there is taken back.</summary>
    public sealed record Back : DeskEntry;
}

/// <summary>What came of something that a caller did.</summary>
internal abstract record DeskReply
{
    private DeskReply()
    {
    }

    /// <param name="Taken">False for a repeated form or a key that the question does not offer: nothing was stored, the same question stands.</param>
    public sealed record Going(DeskCase Case, bool Taken) : DeskReply;

    /// <summary>The call is over and stored.</summary>
    /// <param name="Says">Last words to be read; empty when nobody listens.</param>
    /// <param name="Code">AAPOR code of the attempt.</param>
    public sealed record Over(IReadOnlyList<Utterance> Says, string Code) : DeskReply;

    /// <summary>Not possible as asked; nothing was stored.</summary>
    public sealed record Not(DeskCase Case, AppointmentProblem Problem) : DeskReply;

    /// <summary>It is no longer hers: over, given back, or taken by somebody else after a long silence.</summary>
    public sealed record Gone : DeskReply;
}

/// <summary>Why an appointment cannot be made.</summary>
/// <param name="Key"><c>missing</c>, <c>past</c>, <c>closed</c> or <c>too_late</c>.</param>
/// <param name="Possible">The first time after the asked one at which a call may start; only for <c>closed</c>.</param>
internal sealed record AppointmentProblem(string Key, DateTimeOffset? Possible = null);

/// <summary>Why nobody is handed out, or how many wait.</summary>
/// <param name="At">When somebody falls due; null when no time is known.</param>
/// <param name="Closed">Why nobody may be called until then; null when the respondents themselves have to wait.</param>
/// <param name="Reason">The waiting reason of the next respondent.</param>
internal sealed record DeskQueue(DeskQueueState State, long Waiting = 0, DateTimeOffset? At = null, ClosedReason? Closed = null, string? Reason = null, string TimeZone = "Asia/Shanghai");

/// <summary>What a caller without a respondent can expect.</summary>
internal enum DeskQueueState
{
    /// <summary>No round is held at desk telephones.</summary>
    NoCampaign,

    /// <summary>Such a round is paused.</summary>
    Paused,

    /// <summary>Respondents wait to be called now.</summary>
    Waiting,

    /// <summary>The next one comes at a known time.</summary>
    Later,

    /// <summary>All are with other callers.</summary>
    WithOthers,

    /// <summary>Nobody is left.</summary>
    Empty,
}
