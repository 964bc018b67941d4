namespace SurveyDialer.Questionnaires;

/// <summary>The way through the questions: which come in this interview, and which is next.</summary>
internal sealed class Route(Template template, Channel channel)
{
    private readonly Question[] questions = [.. template.AllQuestions];

    public Question Find(string id) => Array.Find(questions, q => q.Id == id)
        ?? throw new ArgumentException($"The template {template.Id} has no question {id}.", nameof(id));

    public bool IsScreening(Question question) => template.Screening.Contains(question);

    /// <summary>The first question of the interview, or null when there is none.</summary>
    public Question? First(InterviewPosition position) => From(0, position);

    /// <summary>What follows an answer: a question, or null with the target where the questions end.</summary>
    public (Question? Next, string Target) After(Question question, string key, InterviewPosition position)
    {
        var target = question.Skips.FirstOrDefault(rule => key.Split(',').Any(rule.Keys.Contains))?.To;
        if (target == SkipTarget.FollowUp || target?.StartsWith(SkipTarget.EndPrefix, StringComparison.Ordinal) == true)
            return (null, target);
        var index = Array.IndexOf(questions, question) + 1;
        if (target is not null)
            index = Math.Max(index, Array.FindIndex(questions, q => q.Id == target));
        return (From(index, position), SkipTarget.FollowUp);
    }

    /// <summary>
    /// The question before the step that is open: the one that was answered last, or own words asked for since then, of which no answer stands with
    /// the others. Null when there is none.
    /// </summary>
    public Question? Before(InterviewPosition position)
    {
        var answered = position.Answers.Reverse().Select(answer => Find(answer.QuestionId)).FirstOrDefault(question => Applies(question, position));
        var before = answered;
        var next = answered is null ? First(position) : After(answered, KeyOf(answered, position), position).Next;
        for (; next is { Kind: QuestionKind.Words } && next.Id != position.QuestionId; next = After(next, "", position).Next)
            before = next;
        return before;
    }

    /// <summary>Core items that were, or still would be, asked in this interview as far as it has come.</summary>
    public IReadOnlyList<Question> ApplicableCore(InterviewPosition position)
    {
        var applicable = new List<Question>();
        var next = First(position);
        while (next is not null)
        {
            if (next.Core)
                applicable.Add(next);
            next = After(next, KeyOf(next, position), position).Next;
        }

        return applicable;
    }

    private static string KeyOf(Question question, InterviewPosition position) => position.Answers.FirstOrDefault(a => a.QuestionId == question.Id)?.Key ?? "";

    private Question? From(int index, InterviewPosition position)
    {
        for (; index < questions.Length; index++)
        {
            if (Applies(questions[index], position))
                return questions[index];
        }

        return null;
    }

    private bool Applies(Question question, InterviewPosition position)
        => (question.Channels is null || question.Channels.Contains(channel))
            && (position.Landline || question.Landline is not true)
            && (question.Kind != QuestionKind.Words || channel != Channel.Voice)
            && (question.Module is null || position.Modules.IsEmpty || position.Modules.Contains(question.Module))
            && (question.When is not { } when || position.Answers.Any(a =>
                a.QuestionId == when.Question && a.How == AnswerHow.Given && a.Key.Split(',').Any(when.Keys.Contains)));
}
