namespace SurveyDialer.Questionnaires;

/// <summary>How an answer came about.</summary>
public enum AnswerHow
{
    Given,

    /// <summary>8, since nothing was heard.</summary>
    NoInput,

    /// <summary>8, since only keys or words came that the question does not offer.</summary>
    Invalid,
}

/// <param name="Key">A key of the question's options; <c>98</c> (cannot say) or <c>99</c> (refused) from a live interviewer; several as <c>1,3</c>.</param>
public sealed record StoredAnswer(string QuestionId, string Key, AnswerHow How);

/// <summary>How an interview ended, where it did not simply break off.</summary>
public enum InterviewEnd
{
    /// <summary>The close was reached.</summary>
    Finished,

    /// <summary>A soft no.</summary>
    Declined,

    /// <summary>Never again.</summary>
    OptedOut,

    ScreenedOut,

    /// <summary>A person is to call back.</summary>
    HumanWanted,

    /// <summary>Nothing could be understood for too long.</summary>
    Unanswered,

    /// <summary>The adult chosen of the household is not there.</summary>
    SelectedAway,

    /// <summary>Eligible, but no interview is needed of such a person any more.</summary>
    QuotaFull,
}

/// <summary>What became of the interview so far (survey-method: AAPOR 1.1, 1.2, 2.12, 4.70, 2.11…).</summary>
public enum InterviewOutcome
{
    /// <summary>Nobody agreed or refused.</summary>
    None,
    Complete,
    Partial,

    /// <summary>Agreed, but below partial.</summary>
    BreakOff,
    ScreenedOut,
    Refused,
    OptedOut,
}

/// <summary>What a turn brought; the caller stores each before the next prompt leaves.</summary>
public abstract record InterviewEvent
{
    private InterviewEvent()
    {
    }

    /// <summary>Agreed to take part (key 1).</summary>
    public sealed record Agreed : InterviewEvent;

    /// <summary>A soft refusal: not now.</summary>
    public sealed record Declined : InterviewEvent;

    /// <summary>A hard refusal: never call or text again.</summary>
    public sealed record OptedOut : InterviewEvent;

    /// <summary>A person is to call back.</summary>
    public sealed record HumanWanted : InterviewEvent;

    public sealed record LanguageChosen(string Language) : InterviewEvent;

    /// <param name="Code">AAPOR, for example 4.70.</param>
    public sealed record ScreenedOut(string Code) : InterviewEvent;

    /// <summary>The adult chosen of the household is not there; whoever answered is not interviewed.</summary>
    public sealed record SelectedAway : InterviewEvent;

    /// <param name="Explained">The respondent heard the explanation before answering.</param>
    /// <param name="Replays">How often the prompt was given again, for whatever reason.</param>
    public sealed record Answered(string QuestionId, string Tag, string Key, AnswerHow How, bool Explained, int Replays) : InterviewEvent;

    /// <summary>Follow-up consent was asked.</summary>
    public sealed record ConsentAsked : InterviewEvent;

    /// <summary>Counts at once, also when the line drops right after.</summary>
    public sealed record ConsentGiven(ConsentChoice Choice) : InterviewEvent;

    public sealed record TopicNamed(string TopicId) : InterviewEvent;

    /// <summary>Own words, typed or recorded; they go to the case or the area visit, never to the answers.</summary>
    /// <param name="Text">Null for a recording.</param>
    /// <param name="Length">Null for typed words.</param>
    public sealed record WordsGiven(string? Text, TimeSpan? Length) : InterviewEvent;

    /// <summary>A live interviewer has gone back over this question, or another person is interviewed in its place: its stored answer is to be deleted.</summary>
    public sealed record AnswerTakenBack(string QuestionId) : InterviewEvent;

    /// <summary>A live interviewer has gone back over own words: they are to be deleted, wherever they are.</summary>
    public sealed record WordsTakenBack : InterviewEvent;

    /// <summary>A live interviewer has gone back before the question for consent: it counts as not asked.</summary>
    public sealed record ConsentUnasked : InterviewEvent;

    /// <summary>A live interviewer has gone back over the consent: nobody has agreed or declined, and nothing that followed from it is left.</summary>
    public sealed record ConsentTakenBack : InterviewEvent;

    /// <summary>A live interviewer has gone back over the topic: none is named.</summary>
    public sealed record TopicTakenBack : InterviewEvent;

    /// <summary>Words given earlier are to be deleted: no consent covers them.</summary>
    public sealed record WordsWithdrawn : InterviewEvent;
}

/// <summary>One exchange.</summary>
/// <param name="Position">To be stored before anything is said.</param>
/// <param name="Says">In order; empty when a text needs no reply.</param>
/// <param name="Events">Only what this turn brought; empty for <see cref="InterviewEngine.Repeat"/>.</param>
/// <param name="End">Null while the interview goes on.</param>
public sealed record Turn(
    InterviewPosition Position, IReadOnlyList<Utterance> Says, Expectation Expects, IReadOnlyList<InterviewEvent> Events, InterviewEnd? End);
