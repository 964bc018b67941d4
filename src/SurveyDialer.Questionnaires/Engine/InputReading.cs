using System.Text;

namespace SurveyDialer.Questionnaires;

/// <summary>What an input means at a step.</summary>
internal abstract record Meaning
{
    private Meaning()
    {
    }

    /// <summary>An offered key, in the template's own (unreversed) numbering; 98 and 99 from a live interviewer.</summary>
    public sealed record Choice(string Key) : Meaning;

    /// <summary>Own words; both null: none.</summary>
    public sealed record Words(string? Text, TimeSpan? Length) : Meaning;

    public sealed record Nothing : Meaning;

    /// <summary>Not one of the offered keys, or unclear.</summary>
    public sealed record Unclear : Meaning;

    public sealed record Repeat : Meaning;

    public sealed record Explain : Meaning;

    public sealed record OtherLanguage : Meaning;

    public sealed record Stop : Meaning;

    public sealed record Human : Meaning;
}

/// <summary>Reads keys, texts and recordings as a <see cref="Meaning"/>. Reserved keys win over anything that a template might offer.</summary>
internal sealed class InputReading(Template template, Channel channel, Route route, Prompter prompter)
{
    private static readonly string[] NoWords = ["0", "没有", "没有了", "没了", "没什么", "没有什么", "无", "没", "不用", "不用了", "none", "no", "nothing"];

    public Meaning Read(InterviewPosition at, InterviewInput input)
    {
        var words = prompter.IsWords(at);
        return (input, channel) switch
        {
            (InterviewInput.Silence, _) => new Meaning.Nothing(),
            (InterviewInput.Recorded recorded, _) when words
                => recorded.Length > TimeSpan.Zero ? new Meaning.Words(null, recorded.Length) : new Meaning.Words(null, null),
            (InterviewInput.Recorded, _) => new Meaning.Nothing(),
            (InterviewInput.Typed typed, Channel.Text) => ReadText(at, typed.Body, words),
            (InterviewInput.Keys keys, Channel.Text) => ReadText(at, keys.Pressed, words),
            (InterviewInput.Typed typed, _) when words => new Meaning.Words(Trimmed(typed.Body), null),
            (InterviewInput.Typed typed, _) => ReadKeys(at, typed.Body, words),
            (InterviewInput.Keys keys, _) => ReadKeys(at, keys.Pressed, words),
            _ => new Meaning.Unclear(),
        };
    }

    private static string? Trimmed(string words) => words.Trim() is { Length: > 0 } text ? text : null;

    private Meaning ReadText(InterviewPosition at, string body, bool words)
    {
        if (StopWords.IsStop(body))
            return new Meaning.Stop();
        if (words)
            return NoWords.Contains(StopWords.Plain(body)) ? new Meaning.Words(null, null) : new Meaning.Words(Trimmed(body), null);
        return TextReply.Choose(body, Choices(at)) is { } key ? new Meaning.Choice(key) : new Meaning.Unclear();
    }

    /// <summary>The keys that answer at this position, with their texts.</summary>
    public IReadOnlyList<(string Key, string Text)> Choices(InterviewPosition at)
    {
        string In(LocalText text) => text.In(at.Language);
        return at switch
        {
            { End: not null } => [],
            { Step: StepKind.Introduction } => [("1", ""), ("2", "")],
            { Step: StepKind.Question } => QuestionChoices(at, route.Find(at.QuestionId)),
            { Step: StepKind.Consent } => [.. prompter.ConsentOptions.Select(o => (o.Key, In(o.Text)))],
            { Step: StepKind.Topic } => [.. template.FollowUp.Topics.Select(t => (t.Key, In(t.Text)))],
            _ => [],
        };
    }

    private IReadOnlyList<(string Key, string Text)> QuestionChoices(InterviewPosition at, Question question)
        => [.. Prompter.Offered(question, at.Reversed)
            .SelectMany(o => channel == Channel.Live && o.Option.Pole == OptionPole.CannotSay ? new[] { "98", "99" } : [o.Pressed],
                (o, key) => (key, key == "99" ? "" : o.Option.Text.In(at.Language)))];

    private Meaning ReadKeys(InterviewPosition at, string pressed, bool words)
    {
        var keys = Keys(pressed);
        if (keys.Length == 0)
            return words && pressed.Contains('#', StringComparison.Ordinal) ? new Meaning.Words(null, null)
                : pressed.Length == 0 ? new Meaning.Nothing() : new Meaning.Unclear();
        if (channel == Channel.Live && at.Step == StepKind.Question && ReadLive(route.Find(at.QuestionId), keys) is { } live)
            return live;
        if (keys.Any(k => k != keys[0]))
            return new Meaning.Unclear();
        return keys[0] switch
        {
            '*' => new Meaning.Repeat(),
            '7' => new Meaning.Explain(),
            '9' => new Meaning.Stop(),
            '0' => new Meaning.Human(),
            '3' when at.Step == StepKind.Introduction => new Meaning.OtherLanguage(),
            _ => ReadChoice(at, $"{keys[0]}"),
        };
    }

    // A trailing # ends an entry on many telephones; a key held too long arrives twice.
    private static string Keys(string pressed)
    {
        try
        {
            return pressed.Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal).Trim().TrimEnd('#');
        }
        catch (ArgumentException)
        {
            return "?";
        }
    }

    private Meaning ReadChoice(InterviewPosition at, string pressed)
    {
        if (at.Step != StepKind.Question)
            return Choices(at).Any(c => c.Key == pressed) ? new Meaning.Choice(pressed) : new Meaning.Unclear();
        var offered = Prompter.Offered(route.Find(at.QuestionId), at.Reversed).FirstOrDefault(o => o.Pressed == pressed).Option;
        if (offered is null)
            return new Meaning.Unclear();
        return new Meaning.Choice(channel == Channel.Live && offered.Pole == OptionPole.CannotSay ? "98" : offered.Key);
    }

    private static Meaning? ReadLive(Question question, string keys)
    {
        var cannotSay = question.Options.Any(o => o.Pole == OptionPole.CannotSay);
        if (keys is "98" or "99")
            return cannotSay ? new Meaning.Choice(keys) : new Meaning.Unclear();
        if (question.Kind != QuestionKind.Multi)
            return null;
        var several = keys.Where(k => k != ',').Distinct().Order().Select(k => $"{k}").ToArray();
        var substantive = question.Options.Where(o => o.Pole is not (OptionPole.CannotSay or OptionPole.NotApplicable)).Select(o => o.Key).ToArray();
        return several.Length > 1 && several.All(substantive.Contains) ? new Meaning.Choice(string.Join(',', several)) : null;
    }
}
