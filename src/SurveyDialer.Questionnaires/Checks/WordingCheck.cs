namespace SurveyDialer.Questionnaires;

/// <summary>Words that steer answers, found once an office has filled the blanks.</summary>
/// <param name="Blank">The blank whose value they stand in, as given (<c>org</c>, <c>org@3</c>); null: they arise where text and value meet.</param>
/// <param name="Key">Path of the text in the template; empty for a value alone.</param>
/// <param name="Language">BCP 47.</param>
public sealed record WordingFinding(string? Blank, string Key, string Language, CoachingHit Hit);

/// <summary>The wording check of what residents really hear: the texts of a template with an office's values in their blanks.</summary>
public static class WordingCheck
{
    /// <summary>Findings of the values; where they have none, of the filled texts. What the template says by itself is <see cref="TemplateCheck"/>'s.</summary>
    /// <param name="values">Name of a blank, with or without <c>.language</c> or <c>@township</c>, to its value.</param>
    public static IReadOnlyList<WordingFinding> Check(Template template, IReadOnlyDictionary<string, string> values)
    {
        WordingFinding[] ofValues = [.. values.SelectMany(pair => Of(pair.Value, LanguageOf(pair.Key, template)).Select(hit => new WordingFinding(pair.Key, "", LanguageOf(pair.Key, template), hit)))];
        if (ofValues.Length > 0) return ofValues;
        return
        [
            .. from text in TemplateTexts.All(template)
               from words in text.Text
               where words.Value.Contains('{', StringComparison.Ordinal) && Of(words.Value, words.Key).Count == 0
               from hit in Of(BlankFilling.Fill(text.Text, words.Key, values), words.Key)
               select new WordingFinding(null, text.Key, words.Key, hit),
        ];
    }

    private static IReadOnlyList<CoachingHit> Of(string text, string language) => CoachingLint.Check(text, language);

    private static string LanguageOf(string blank, Template template)
        => template.Languages.FirstOrDefault(language => blank.EndsWith("." + language, StringComparison.Ordinal)) ?? template.Languages[0];
}
