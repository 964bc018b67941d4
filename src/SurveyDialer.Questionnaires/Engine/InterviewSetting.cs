namespace SurveyDialer.Questionnaires;

/// <summary>Finds a recorded prompt.</summary>
/// <param name="step">File name without ending, for example <c>identity</c>, <c>question.Q1</c>, <c>options.Q1</c>, <c>explain.Q1</c>.</param>
/// <param name="language">BCP 47.</param>
/// <param name="text">The words to be said, blanks filled.</param>
/// <returns>Lower-case hexadecimal SHA-256 of the file, or null where the text is to be synthesised.</returns>
public delegate string? AudioLookup(string step, string language, string text);

/// <summary>What one interview is held with. Everything that may differ between respondents; the template is shared.</summary>
public sealed record InterviewSetting
{
    public required Channel Channel { get; init; }

    /// <summary>Language of the first prompt; one of the template's.</summary>
    public required string Language { get; init; }

    /// <summary>Values by name; <c>name.language</c> wins over <c>name</c> in that language.</summary>
    public required IReadOnlyDictionary<string, string> Blanks { get; init; }

    /// <summary>Same seed, number and template: same modules and order.</summary>
    public ulong DrawSeed { get; init; }

    /// <summary>
    /// Running number of the respondent within <see cref="DrawSeed"/>. Each consecutive block of as many numbers as there are modules draws
    /// every module equally often. With a seed of one's own for each respondent it may stay 0.
    /// </summary>
    public long DrawNumber { get; init; }

    /// <summary>A landline was dialled: its questions are asked, and eight seconds are given for a key instead of six.</summary>
    public bool Landline { get; init; }

    /// <summary>Recorded prompts; null where everything is synthesised or read aloud.</summary>
    public AudioLookup? Audio { get; init; }
}
