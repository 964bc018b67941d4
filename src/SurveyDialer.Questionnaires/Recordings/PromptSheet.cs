namespace SurveyDialer.Questionnaires;

/// <summary>One sentence of the reading sheet.</summary>
/// <param name="Step">File name without ending, for example <c>question.Q1</c>.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Text">What is spoken, as one piece; a blank without a value stands as <c>{name}</c>.</param>
public sealed record PromptLine(string Step, string Language, string Text);

/// <summary>Everything that a call can say: what has to be read aloud where no voice can be synthesised.</summary>
public static class PromptSheet
{
    private static readonly PromptForm[] Forms =
        [PromptForm.Full, PromptForm.WithHelp, PromptForm.MovedOn, PromptForm.Hint, PromptForm.Wrong, PromptForm.Explained, PromptForm.Resumed];

    /// <summary>False for a dialect (a private subtag such as <c>cmn-x-huangping</c>): no carrier has a voice for it, and Mandarin instead would be a wrong voice.</summary>
    public static bool HasVoice(string language)
        => !language.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && !language.Contains("-x-", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Every prompt of a call, language by language in the order of a call. The same words may stand under several steps: one recording serves all.
    /// Empty where the template is not asked by keys.
    /// </summary>
    /// <param name="blanks">As <see cref="InterviewSetting.Blanks"/>.</param>
    public static IReadOnlyList<PromptLine> Of(Template template, IReadOnlyDictionary<string, string> blanks)
    {
        if (!template.Channels.Contains(Channel.Voice)) return [];
        var lines = new List<PromptLine>();
        var route = new Route(template, Channel.Voice);
        foreach (var language in template.Languages)
        {
            // The prompter itself says what it would say, so that the sheet cannot differ from the call.
            var prompter = new Prompter(template, new InterviewSetting { Channel = Channel.Voice, Language = language, Blanks = blanks, Audio = Note }, route);
            foreach (var position in Positions(template, language)) prompter.Says(position);
        }

        return [.. lines.Distinct().OrderBy(line => template.Languages.TakeWhile(language => language != line.Language).Count())];

        string? Note(string step, string language, string text)
        {
            lines.Add(new PromptLine(step, language, text));
            return null;
        }
    }

    private static IEnumerable<InterviewPosition> Positions(Template template, string language)
    {
        var start = new InterviewPosition { Language = language };
        InterviewPosition At(StepKind step, PromptForm form, string question = "") => start with { Step = step, Form = form, QuestionId = question };
        foreach (var form in Forms) yield return At(StepKind.Introduction, form);
        foreach (var question in template.AllQuestions.Where(q => q.Kind != QuestionKind.Words && (q.Channels is null || q.Channels.Contains(Channel.Voice))))
        {
            foreach (var form in Forms)
            {
                yield return At(StepKind.Question, form, question.Id);
                if (template.Draw is { ReverseHalf: true }) yield return At(StepKind.Question, form, question.Id) with { Reversed = true };
            }
        }

        foreach (var step in (StepKind[])[StepKind.Consent, StepKind.Topic, StepKind.Comment, StepKind.Offer])
            foreach (var form in Forms)
                yield return At(step, form);
        foreach (var end in Enum.GetValues<InterviewEnd>()) yield return start with { End = end };
    }
}
