using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Questionnaires;

/// <summary>Skips lead forward, conditions can come true, and every question can be reached in some channel.</summary>
internal static class PathChecks
{
    public static void Check(Template template, CheckLog log)
    {
        var questions = template.AllQuestions.ToArray();
        for (var i = 0; i < questions.Length; i++)
        {
            var key = $"{(i < template.Screening.Count ? "screening" : "questions")}.{questions[i].Id}";
            CheckSkips(questions, i, key, log);
            CheckWhen(questions, i, key, log);
        }

        if (template.ChoosesOfHousehold && template.Policy.Retries.All(rule => rule.Outcome != AttemptOutcome.RespondentAway))
            log.Error("policy.retries", "no_second_call");
        var reached = template.Channels.SelectMany(c => Reachable(questions, c)).ToHashSet();
        foreach (var lost in template.Screening.Where(q => !reached.Contains(q)))
            log.Error($"screening.{lost.Id}", "unreachable", lost.Id);
        foreach (var lost in template.Questions.Where(q => !reached.Contains(q)))
            log.Error($"questions.{lost.Id}", "unreachable", lost.Id);
    }

    private static bool IsEnd(string target) => target == SkipTarget.FollowUp || target.StartsWith(SkipTarget.EndPrefix, StringComparison.Ordinal);

    private static void CheckSkips(Question[] questions, int index, string key, CheckLog log)
    {
        var question = questions[index];
        for (var s = 0; s < question.Skips.Count; s++)
        {
            var (keys, to) = question.Skips[s];
            foreach (var missing in keys.Where(k => question.Options.All(o => o.Key != k)))
                log.Error($"{key}.skip.{s}.keys", "key_without_option", missing, question.Id);
            if (IsEnd(to))
            {
                if (!IsKnownEnd(to))
                    log.Error($"{key}.skip.{s}.to", "unknown_end", to);
                continue;
            }

            var target = Array.FindIndex(questions, q => q.Id == to);
            if (target < 0)
                log.Error($"{key}.skip.{s}.to", "skip_to_nowhere", to);
            else if (target <= index)
                log.Error($"{key}.skip.{s}.to", "skip_back", question.Id, to);
        }
    }

    private static bool IsKnownEnd(string target)
        => target is SkipTarget.FollowUp or SkipTarget.Declined or SkipTarget.Appointment
            || target[SkipTarget.EndPrefix.Length..] is "4.70" or "4.10" or "4.51" or "4.54" or "4.80";

    private static void CheckWhen(Question[] questions, int index, string key, CheckLog log)
    {
        if (questions[index].When is not { } when)
            return;
        var asked = Array.FindIndex(questions, q => q.Id == when.Question);
        if (asked < 0 || asked >= index)
        {
            log.Error($"{key}.when.question", "condition_not_before", when.Question, questions[index].Id);
            return;
        }

        foreach (var missing in when.Keys.Where(k => questions[asked].Options.All(o => o.Key != k)))
            log.Error($"{key}.when.keys", "key_without_option", missing, when.Question);
        if (questions[asked].Module is { } module && module != questions[index].Module)
            log.Error($"{key}.module", "condition_in_other_module", questions[index].Id, when.Question, module);
    }

    /// <summary>Over every option of every reachable question; modules count as drawn, both kinds of number as dialled, conditions as met where their question and key can be.</summary>
    private static HashSet<Question> Reachable(Question[] questions, Channel channel)
    {
        var reached = new HashSet<Question>();
        var open = new Queue<int>([0]);
        var seen = new HashSet<int>();
        while (open.TryDequeue(out var index))
        {
            if (index >= questions.Length || !seen.Add(index))
                continue;
            var question = questions[index];
            var asked = (question.Channels is null || question.Channels.Contains(channel))
                && (question.When is not { } when || reached.Any(q => q.Id == when.Question && q.Options.Any(o => when.Keys.Contains(o.Key))));
            if (!asked || question.When is not null || question.Module is not null || question.Landline is true)
                open.Enqueue(index + 1);
            if (!asked)
                continue;
            reached.Add(question);
            foreach (var key in question.Options.Count == 0 ? [""] : question.Options.Select(o => o.Key))
            {
                var target = question.Skips.FirstOrDefault(s => s.Keys.Contains(key))?.To;
                if (target is null || !IsEnd(target))
                    open.Enqueue(Math.Max(index + 1, target is null ? 0 : Array.FindIndex(questions, q => q.Id == target)));
            }
        }

        return reached;
    }
}
