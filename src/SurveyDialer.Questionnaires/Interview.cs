namespace SurveyDialer.Questionnaires;

/// <summary>How an interview is held. The same engine serves all three.</summary>
public enum Channel
{
    /// <summary>By keys on the telephone, prompts spoken.</summary>
    Voice,

    /// <summary>By text message, one question a message.</summary>
    Text,

    /// <summary>By a live interviewer who reads the fixed texts from a page.</summary>
    Live,
}

/// <summary>One piece of what the respondent hears or reads.</summary>
/// <param name="Language">BCP 47, for example <c>zh-CN</c> or <c>cmn-x-huangping</c>.</param>
/// <param name="Text">With every blank filled; what a synthesiser speaks, an interviewer reads or a text carries.</param>
/// <param name="Audio">Lower-case hexadecimal SHA-256 of a recorded prompt that is played instead; null where none is recorded.</param>
/// <param name="Interruptible">Whether a key may cut it short.</param>
public sealed record Utterance(string Language, string Text, string? Audio, bool Interruptible);

/// <summary>What the respondent may do after the utterances.</summary>
public abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>One key (0-9, * or #) within the time after the last utterance.</summary>
    public sealed record Key(TimeSpan Timeout) : Expectation;

    /// <summary>Free words: recorded after a tone in a call, typed in a text or on the interviewer's page. <c>#</c> ends a recording.</summary>
    public sealed record Words(TimeSpan Maximum) : Expectation;

    /// <summary>Nothing more: the call is hung up after the utterances.</summary>
    public sealed record Nothing : Expectation;
}

/// <summary>What came from the respondent.</summary>
public abstract record InterviewInput
{
    private InterviewInput()
    {
    }

    /// <summary>Keys as received, also several or none of the offered ones.</summary>
    public sealed record Keys(string Pressed) : InterviewInput;

    /// <summary>The time ran out without a key.</summary>
    public sealed record Silence : InterviewInput;

    /// <summary>A text message, or words typed by the interviewer.</summary>
    public sealed record Typed(string Body) : InterviewInput;

    /// <summary>A recording was made (its file may come later). Zero length: the respondent said nothing.</summary>
    public sealed record Recorded(TimeSpan Length) : InterviewInput;
}
