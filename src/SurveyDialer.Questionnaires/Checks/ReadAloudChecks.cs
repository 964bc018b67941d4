using System.Text.RegularExpressions;

namespace SurveyDialer.Questionnaires;

/// <summary>What a person at a desk telephone reads aloud tells nobody to press a key: the resident's keys do nothing there.</summary>
internal static partial class ReadAloudChecks
{
    private static readonly HashSet<string> ByMachineOnly =
        ["introduction.ask", "introduction.language_offer", "introduction.incoming", "follow_up.notice_offer", "follow_up.comment"];

    [GeneratedRegex(@"[按摁]\s*(?:一下|数字|键)?\s*(?:[0-9０-９]|星号|井号|[*#])|\bpress(?:ing)?\s+(?:the\s+)?(?:key\s+|number\s+)?(?:[0-9]|star\b|hash\b|pound\b|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|zero\b)", RegexOptions.IgnoreCase)]
    private static partial Regex KeyToPress { get; }

    public static void Check(Template template, CheckLog log)
    {
        if (!template.Channels.Contains(Channel.Live)) return;
        var byMachine = template.AllQuestions.Where(question => question.Channels?.Contains(Channel.Live) == false).Select(question => $".{question.Id}.").ToList();
        foreach (var text in TemplateTexts.All(template).Where(text => IsReadAloud(text, template) && !byMachine.Exists(id => text.Key.Contains(id, StringComparison.Ordinal))))
        {
            foreach (var (language, words) in text.Text)
            {
                if (KeyToPress.Match(words) is { Success: true } hit) log.Error($"{text.Key}.{language}", "key_read_aloud", hit.Value, language);
            }
        }
    }

    private static bool IsReadAloud(TemplateText text, Template template)
    {
        if (text.Use is TextUse.Voice or TextUse.Message or TextUse.OptionalMessage || ByMachineOnly.Contains(text.Key)) return false;
        if (text.Key == "introduction.resume") return template.Introduction.ResumeLive is null;
        return text.Key.Split('.')[0] is "introduction" or "screening" or "questions" or "follow_up" or "closing";
    }
}
