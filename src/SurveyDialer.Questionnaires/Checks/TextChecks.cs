using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Questionnaires;

/// <summary>Every text where it is needed, in every language, with known blanks.</summary>
internal static class TextChecks
{
    public static void Check(Template template, CheckLog log)
    {
        var used = new HashSet<string>();
        var known = template.Blanks.Select(b => b.Name).Append(BlankFilling.Minutes).ToHashSet();
        foreach (var text in TemplateTexts.All(template))
        {
            Languages(template, text, log);
            foreach (var (language, words) in text.Text)
            {
                var allowed = text.Key switch
                {
                    "phrases.option" => known.Append("option").Append("key"),
                    "phrases.option_live" => known.Append("option"),
                    _ when text.Use == TextUse.Notice => known.Concat(Notices.Blanks),
                    _ => known,
                };
                foreach (var blank in BlankFilling.In(words).Distinct())
                {
                    used.Add(blank);
                    if (!allowed.Contains(blank))
                        log.Error($"{text.Key}.{language}", "unknown_blank", blank, string.Join(", ", known.Order()));
                }
            }
        }

        foreach (var blank in template.Blanks.Where(b => !used.Contains(b.Name)))
            log.Warning($"blanks.{blank.Name}", "unused_blank", blank.Name);
        Announced(template, log);
        Readable(template, log);
    }

    private static void Languages(Template template, TemplateText text, CheckLog log)
    {
        var needed = text.Use switch
        {
            TextUse.Spoken => template.Channels.Contains(Channel.Voice) || template.Channels.Contains(Channel.Live),
            TextUse.Voice => template.Channels.Contains(Channel.Voice),
            TextUse.Live => template.Channels.Contains(Channel.Live),
            TextUse.Message => template.Channels.Contains(Channel.Text),
            TextUse.Part => true,
            TextUse.Announcement => template.Policy.Channels.Any(step => step.Kind == ContactKind.AdvanceNotice),
            TextUse.Optional or TextUse.OptionalMessage or TextUse.Notice => false,
            _ => throw new InvalidOperationException($"Use {text.Use} is unknown."),
        };
        if (text.Text.IsEmpty && !needed)
            return;
        // A language without a notice of its own has none; nobody is spoken to in it.
        foreach (var language in template.Languages.Where(l => text.Use != TextUse.Notice && string.IsNullOrWhiteSpace(text.Text.Find(l))))
            log.Error(text.Key, "missing_translation", text.Key, language);
        foreach (var (language, _) in text.Text.Where(t => !template.Languages.Contains(t.Key)))
            log.Error($"{text.Key}.{language}", "undeclared_language", language, string.Join(", ", template.Languages));
    }

    /// <summary>The keys that the engine understands in the introduction must be told there, stop words in the invitation.</summary>
    private static void Announced(Template template, CheckLog log)
    {
        if (template.Channels.Contains(Channel.Voice))
        {
            foreach (var (language, words) in template.Introduction.Ask)
            {
                foreach (var key in "1279".Where(k => !words.Contains(k, StringComparison.Ordinal)))
                    log.Error($"introduction.ask.{language}", "key_not_told", $"{key}");
            }
        }

        if (template.Channels.Contains(Channel.Text))
        {
            foreach (var (language, words) in template.Introduction.Message.Where(m => !m.Value.Contains('T', StringComparison.Ordinal)))
                log.Error($"introduction.message.{language}", "key_not_told", "T");
        }
    }

    private static void Readable(Template template, CheckLog log)
    {
        foreach (var (language, words) in template.Phrases.Option)
        {
            if (!words.Contains("{option}", StringComparison.Ordinal) || !words.Contains("{key}", StringComparison.Ordinal))
                log.Error($"phrases.option.{language}", "phrase_without_blank", "{option}, {key}");
        }

        foreach (var (language, _) in template.Phrases.OptionLive.Where(p => !p.Value.Contains("{option}", StringComparison.Ordinal)))
            log.Error($"phrases.option_live.{language}", "phrase_without_blank", "{option}");
    }
}
