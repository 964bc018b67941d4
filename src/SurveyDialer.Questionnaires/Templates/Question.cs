namespace SurveyDialer.Questionnaires;

/// <summary>What kind of answer a question takes.</summary>
public enum QuestionKind
{
    /// <summary>One of several options.</summary>
    Single,

    /// <summary>A scale; its scored options may be read from either end.</summary>
    Rating,

    /// <summary>One option by key or text, several for a live interviewer (stored as <c>1,3</c>).</summary>
    Multi,

    /// <summary>Own words; by text only, <c>0</c> for none. Never kept with the answers.</summary>
    Words,
}

/// <summary>Where an option stands on its scale.</summary>
public enum OptionPole
{
    /// <summary>Not a scale.</summary>
    None,
    Positive,
    Middle,
    Negative,

    /// <summary>Never dealt with it, nothing of the kind here: outside the base.</summary>
    NotApplicable,

    /// <summary>Cannot say or prefers not to; always key 8. Announced once, not read with every question.</summary>
    CannotSay,
}

/// <param name="Key">1 to 6, or 8 for "cannot say".</param>
/// <param name="Text">As read: "很安全".</param>
/// <param name="Score">0 to 100; null outside the scale.</param>
public sealed record AnswerOption(string Key, LocalText Text, int? Score, OptionPole Pole);

/// <summary>What is asked next after some answers.</summary>
/// <param name="To">Id of a later question, or one of <see cref="SkipTarget"/>.</param>
public sealed record SkipRule(IReadOnlyList<string> Keys, string To);

/// <summary>Targets of a skip that are no question.</summary>
public static class SkipTarget
{
    /// <summary>Over all further questions to the follow-up consent.</summary>
    public const string FollowUp = "follow-up";

    /// <summary>A soft refusal; the interview ends.</summary>
    public const string Declined = "end:declined";

    /// <summary>
    /// The adult whom the household's choice fell on is not there; the interview ends without having begun, and the next call asks again.
    /// </summary>
    public const string Appointment = "end:appointment";

    /// <summary>Screened out; the AAPOR code follows, for example <c>end:4.70</c>.</summary>
    public const string EndPrefix = "end:";
}

/// <summary>A conditional item: asked only after one of these answers to an earlier question.</summary>
public sealed record AskedWhen(string Question, IReadOnlyList<string> Keys);

/// <summary>A question of a template.</summary>
public sealed record Question
{
    /// <summary>Letters, digits, underscore; unique in the template.</summary>
    public required string Id { get; init; }

    /// <summary>The index item, the same in every template: SAFE, LAW, …</summary>
    public required string Tag { get; init; }

    public required QuestionKind Kind { get; init; }

    /// <summary>As spoken, without the options.</summary>
    public LocalText Text { get; init; } = LocalText.Empty;

    /// <summary>The whole text message, options included.</summary>
    public LocalText Message { get; init; } = LocalText.Empty;

    /// <summary>Fixed neutral explanation, on 7.</summary>
    public LocalText Explanation { get; init; } = LocalText.Empty;

    public required IReadOnlyList<AnswerOption> Options { get; init; }

    /// <summary>The first rule with the answer's key decides; without one the next question follows.</summary>
    public IReadOnlyList<SkipRule> Skips { get; init; } = [];

    public AskedWhen? When { get; init; }

    /// <summary>Drawn together; null: always asked.</summary>
    public string? Module { get; init; }

    /// <summary>Counts towards complete and partial.</summary>
    public bool Core { get; init; }

    /// <summary>Null: in every channel of the template.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>True: only where a landline was dialled, which a household shares. Null in stored forms of before there was such a question.</summary>
    public bool? Landline { get; init; }
}
