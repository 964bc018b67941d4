namespace SurveyDialer.Questionnaires.Policy;

/// <summary>When, how often and how long a campaign may ring. Every value is data of the template; the code has no other.</summary>
public sealed record DiallingPolicy
{
    /// <summary>IANA zone of the respondents, for example <c>Asia/Shanghai</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Windows of the days; a time in none of them is closed.</summary>
    public required IReadOnlyList<CallingWindow> Windows { get; init; }

    /// <summary>No window and no role can widen these limits (inclusive start).</summary>
    public required TimeOnly NeverBefore { get; init; }

    /// <summary>Exclusive.</summary>
    public required TimeOnly NeverFrom { get; init; }

    /// <summary>No call starts in the last minutes of a window.</summary>
    public required TimeSpan NoStartInLast { get; init; }

    /// <summary>Name of the calendar data (holidays, make-up working days, silent days), for example <c>cn</c>.</summary>
    public required string Calendar { get; init; }

    /// <summary>Attempts that rang or were answered, a number and a day, all campaigns together.</summary>
    public required int AttemptsPerDay { get; init; }

    /// <summary>Between two attempts to one number, counted from one that rang or was answered.</summary>
    public required TimeSpan MinimumGap { get; init; }

    /// <summary>Attempts to one landline number in one round.</summary>
    public required int AttemptsPerRoundLandline { get; init; }

    /// <summary>Attempts to one mobile number in one round.</summary>
    public required int AttemptsPerRoundMobile { get; init; }

    /// <summary>Attempts to one number in any 30 consecutive days, all campaigns together; null: no such cap.</summary>
    public int? AttemptsPer30Days { get; init; }

    /// <summary>At most one completed interview of a number in this time.</summary>
    public required TimeSpan InterviewRest { get; init; }

    /// <summary>Rounds a number may be called for in 365 days.</summary>
    public required int RoundsPerYear { get; init; }

    /// <summary>At most so many interviews of one household (a shared landline) in a round.</summary>
    public required int InterviewsPerHousehold { get; init; }

    /// <summary>How long it may ring.</summary>
    public required TimeSpan RingTime { get; init; }

    /// <summary>Hard end of a call.</summary>
    public required TimeSpan MaximumCall { get; init; }

    /// <summary>Ask the carrier whether a person answered. Off in China: ring-back tunes and assistants mislead it.</summary>
    public bool DetectMachines { get; init; }

    /// <summary>What is done after each outcome of an attempt; an outcome without a rule ends the respondent's attempts.</summary>
    public required IReadOnlyList<RetryRule> Retries { get; init; }

    /// <summary>Channels in order, for example a notice by text first, then calls.</summary>
    public required IReadOnlyList<ChannelStep> Channels { get; init; }
}

/// <summary>Which days a window belongs to.</summary>
public enum DayKind
{
    /// <summary>Monday to Friday without holidays, and make-up working days.</summary>
    Workday,

    /// <summary>Saturday, Sunday and holidays.</summary>
    Restday,
}

/// <summary>Part of a day in which calls may start.</summary>
/// <param name="From">Inclusive, local time.</param>
/// <param name="To">Exclusive, local time, after <paramref name="From"/>.</param>
public sealed record CallingWindow(DayKind Days, TimeOnly From, TimeOnly To);

/// <summary>How one attempt ended, as far as the next one is concerned.</summary>
public enum AttemptOutcome
{
    Complete,
    Partial,
    BreakOff,
    HardRefusal,
    SoftRefusal,
    HungUpBeforeConsent,
    ScreenedOut,
    LanguageMissing,
    HumanWanted,
    NothingHeard,
    AnsweringMachine,
    Fax,
    Busy,
    NoAnswer,
    SwitchedOff,
    Blocked,
    Suspended,
    NotExisting,
    NumberChanged,
    Fault,
    NoReplyToText,
    TextUndeliverable,

    /// <summary>The adult chosen of the household was not there.</summary>
    RespondentAway,
}

/// <summary>What is done after one outcome.</summary>
/// <param name="After">Earliest time until the next attempt.</param>
/// <param name="Times">How often this rule may be used for one respondent in one round.</param>
/// <param name="OtherDayPart">The next attempt falls into another of: working day by day, working day evening, rest day.</param>
/// <param name="OtherDay">The next attempt falls on another day.</param>
/// <param name="OtherNumber">Try the respondent's next number first, where there is one.</param>
/// <param name="ByHuman">Only a live interviewer may make the next attempt.</param>
public sealed record RetryRule(
    AttemptOutcome Outcome, TimeSpan After, int Times, bool OtherDayPart = false, bool OtherDay = false, bool OtherNumber = false, bool ByHuman = false);

/// <summary>One step of a campaign's sequence of channels.</summary>
public enum ContactKind
{
    /// <summary>A text that announces the call; never to a landline.</summary>
    AdvanceNotice,

    /// <summary>The interview by telephone keys.</summary>
    Call,

    /// <summary>The interview by text message.</summary>
    Text,
}

/// <param name="Kind">What is done.</param>
/// <param name="Wait">Time until the next step may begin.</param>
public sealed record ChannelStep(ContactKind Kind, TimeSpan Wait);
