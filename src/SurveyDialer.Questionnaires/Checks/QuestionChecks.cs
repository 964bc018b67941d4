namespace SurveyDialer.Questionnaires;

/// <summary>Options, keys, explanations, flags, topics and what counts as complete.</summary>
internal static class QuestionChecks
{
    private static readonly string[] OptionKeys = ["1", "2", "3", "4", "5", "6"];

    public static void Check(Template template, CheckLog log)
    {
        foreach (var question in template.Screening)
            CheckQuestion(template, question, $"screening.{question.Id}", screening: true, log);
        foreach (var question in template.Questions)
            CheckQuestion(template, question, $"questions.{question.Id}", screening: false, log);
        if (template.Languages.Count == 0)
            log.Error("languages", "empty_list", "languages");
        if (template.Channels.Count == 0)
            log.Error("channels", "empty_list", "channels");
        if (template.Questions.Count == 0)
            log.Error("questions", "empty_list", "questions");
        CheckCompletion(template, log);
        CheckFlags(template, log);
        CheckTopics(template, log);
        CheckDraw(template, log);
    }

    private static void CheckQuestion(Template template, Question question, string key, bool screening, CheckLog log)
    {
        var spoken = template.Channels.Any(c => c != Channel.Text && (question.Channels is null || question.Channels.Contains(c)));
        if (spoken && question.Explanation.IsEmpty && question.Kind != QuestionKind.Words)
            log.Error(key, "no_explanation", question.Id);
        if (question.Kind == QuestionKind.Words)
        {
            if (question.Core)
                log.Error($"{key}.core", "words_cannot_be_core", question.Id);
            return;
        }

        if (question.Options.Count(o => o.Pole != OptionPole.CannotSay) < 2)
            log.Error($"{key}.options", "too_few_options", question.Id);
        foreach (var option in question.Options)
        {
            var right = option.Pole == OptionPole.CannotSay ? option.Key == "8" : OptionKeys.Contains(option.Key);
            if (!right)
                log.Error($"{key}.options.{option.Key}", "reserved_key", option.Key, question.Id);
            if (option.Score is null && option.Pole is OptionPole.Positive or OptionPole.Negative or OptionPole.Middle)
                log.Error($"{key}.options.{option.Key}", "pole_without_score", option.Key);
            if (option.Score is not null && option.Pole is OptionPole.NotApplicable or OptionPole.CannotSay)
                log.Error($"{key}.options.{option.Key}", "score_outside_scale", option.Key);
        }

        if (!screening && question.Options.All(o => o.Pole != OptionPole.CannotSay))
            log.Error($"{key}.options", "no_cannot_say", question.Id);
        CheckOrder(question, key, log);
    }

    // People count along: 1, 2, 3, … without a hole. 6 for "does not apply" may follow any scale, since it means the same everywhere.
    private static void CheckOrder(Question question, string key, CheckLog log)
    {
        var read = question.Options.Where(o => o.Pole is not (OptionPole.CannotSay or OptionPole.NotApplicable)).Select(o => o.Key).ToArray();
        if (!read.SequenceEqual(Enumerable.Range(1, read.Length).Select(i => $"{i}")))
            log.Error($"{key}.options", "skipped_key", string.Join(", ", read));
        var scores = question.Options.Where(o => o.Score is not null).Select(o => o.Score!.Value).ToArray();
        if (question.Kind == QuestionKind.Rating && !scores.SequenceEqual(scores.Distinct().OrderDescending()))
            log.Error($"{key}.options", "scale_not_falling", question.Id);
    }

    private static void CheckCompletion(Template template, CheckLog log)
    {
        if (template.Questions.All(q => q.Id != template.Completion.KeyQuestion || q.Module is not null || q.Kind == QuestionKind.Words))
            log.Error("completion.key_question", "key_question_not_asked", template.Completion.KeyQuestion);
        if (!template.Questions.Any(q => q.Core))
            log.Error("questions", "no_core", "core: true");
    }

    private static void CheckFlags(Template template, CheckLog log)
    {
        foreach (var flag in template.Flags)
        {
            var questions = template.AllQuestions.Where(q => q.Tag == flag.Tag).ToArray();
            if (questions.Length == 0)
                log.Error($"flags.{flag.Id}.tag", "flag_without_question", flag.Tag);
            foreach (var missing in flag.Keys.Where(k => questions.Length > 0 && !questions.Any(q => q.Options.Any(o => o.Key == k))))
                log.Error($"flags.{flag.Id}.keys", "key_without_option", missing, questions[0].Id);
        }
    }

    private static void CheckTopics(Template template, CheckLog log)
    {
        if (template.FollowUp.Topics.Count == 0)
            log.Error("follow_up.topics", "empty_list", "topics");
        foreach (var topic in template.FollowUp.Topics.Where(t => !OptionKeys.Contains(t.Key)))
            log.Error($"follow_up.topics.{topic.Id}", "reserved_key", topic.Key, topic.Id);
    }

    private static void CheckDraw(Template template, CheckLog log)
    {
        var modules = template.Questions.Select(q => q.Module).OfType<string>().Distinct().Count();
        if (template.Draw is { } draw && draw.Modules > modules)
            log.Error("draw.modules", "too_few_modules", $"{draw.Modules}", $"{modules}");
        if (template.Draw is null && modules > 0)
            log.Error("questions", "modules_without_draw", $"{modules}");
    }
}
