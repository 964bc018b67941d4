namespace SurveyDialer.Questionnaires;

/// <summary>What a live interviewer has before her at one position: the fixed words to read aloud, and what may be entered.</summary>
public sealed record InterviewCard
{
    /// <summary>BCP 47, of every text of the card.</summary>
    public required string Language { get; init; }

    /// <summary>Which part of the interview it is.</summary>
    public required CardPart Part { get; init; }

    /// <summary>Read before the question: who is calling and what it is, or that an earlier interview goes on. Mostly empty.</summary>
    public required IReadOnlyList<string> Opening { get; init; }

    /// <summary>The question, read word for word.</summary>
    public required string Asked { get; init; }

    /// <summary>The fixed explanation or notice; null where the template has none for this step.</summary>
    public string? Explanation { get; init; }

    /// <summary>The respondent has asked for the explanation at this step.</summary>
    public bool Explained { get; init; }

    /// <summary>The options in the order in which they are read; empty for own words. At the introduction 1 is yes and 2 is no, without a text.</summary>
    public required IReadOnlyList<CardOption> Options { get; init; }

    /// <summary>"Cannot say" (<c>98</c>) and "refused" (<c>99</c>) are taken too.</summary>
    public bool CannotSay { get; init; }

    /// <summary>Several options may be entered together, as <c>1,3</c>.</summary>
    public bool Several { get; init; }

    /// <summary>Own words are typed.</summary>
    public bool Words { get; init; }

    /// <summary>The template's next language; null where it has only one.</summary>
    public string? OtherLanguage { get; init; }

    /// <summary>The prompt may be asked for again; after eight times the engine would go on by itself.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>One can go back a step, where a wrong key was pressed.</summary>
    public bool MayGoBack { get; init; }

    /// <summary>The step stands here anew, since what was entered has just been taken back.</summary>
    public bool TakenBack { get; init; }

    /// <summary>Questions answered so far.</summary>
    public int Answered { get; init; }

    /// <summary>Whether keys answer this card. Anything else would count as a mistake of the respondent's, who pressed nothing.</summary>
    public bool Takes(string keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys is "98" or "99") return CannotSay;
        var chosen = keys.Split(',').Select(key => Options.FirstOrDefault(option => option.Key == key)).ToArray();
        return chosen.Distinct().Count() == chosen.Length && Array.TrueForAll(chosen, option => option is not null && (chosen.Length == 1 || (Several && !option.Alone)));
    }
}

/// <param name="Key">The key that enters it.</param>
/// <param name="Alone">Never together with others.</param>
public sealed record CardOption(string Key, string Text, bool Alone);

/// <summary>The parts of an interview, as an interviewer sees them.</summary>
public enum CardPart
{
    /// <summary>Who calls and why; does the respondent agree?</summary>
    Introduction,
    Question,

    /// <summary>May somebody get in touch?</summary>
    Consent,

    /// <summary>What it is about.</summary>
    Topic,

    /// <summary>Own words.</summary>
    Comment,

    /// <summary>A call-back is offered.</summary>
    Offer,
}

/// <summary>Makes the card of a position; a function of the position alone.</summary>
internal sealed class CardMaker(Template template, Route route, Prompter prompter)
{
    public InterviewCard Make(InterviewPosition at)
    {
        var resumed = at.Form == PromptForm.Resumed && at.Step != StepKind.Introduction;
        var card = at.Step switch
        {
            StepKind.Introduction => Introduction(at),
            StepKind.Question => Asking(at, route.Find(at.QuestionId)),
            StepKind.Consent => Card(at, CardPart.Consent, template.FollowUp.Text, template.FollowUp.Notice) with
            {
                Options = [.. prompter.ConsentOptions.Select(option => new CardOption(option.Key, In(option.Text, at), Alone: true))],
            },
            StepKind.Topic => Card(at, CardPart.Topic, template.FollowUp.TopicText, LocalText.Empty) with
            {
                Options = [.. template.FollowUp.Topics.Select(topic => new CardOption(topic.Key, In(topic.Text, at), Alone: true))],
            },
            StepKind.Comment => Card(at, CardPart.Comment, template.FollowUp.CommentLive, LocalText.Empty) with { Words = true },
            StepKind.Offer => Card(at, CardPart.Offer, template.Phrases.OfferHuman, LocalText.Empty),
            _ => throw new InvalidOperationException($"Step {at.Step} is unknown."),
        };
        return resumed ? card with { Opening = Lines(at, template.Introduction.Identity, template.Introduction.ResumeBy(Channel.Live)) } : card;
    }

    private InterviewCard Introduction(InterviewPosition at)
        => Card(at, CardPart.Introduction, template.Introduction.AskLive, template.Introduction.Notice) with
        {
            Opening = Lines(at, template.Introduction.Identity, template.Introduction.About),
            Options = [new CardOption("1", "", Alone: true), new CardOption("2", "", Alone: true)],
        };

    private InterviewCard Asking(InterviewPosition at, Question question)
    {
        var offered = Prompter.Offered(question, at.Reversed);
        return Card(at, CardPart.Question, question.Text, question.Explanation) with
        {
            Options =
            [
                .. offered.Where(o => o.Option.Pole != OptionPole.CannotSay)
                    .Select(o => new CardOption(o.Pressed, In(o.Option.Text, at), question.Kind != QuestionKind.Multi || o.Option.Pole == OptionPole.NotApplicable)),
            ],
            CannotSay = offered.Any(o => o.Option.Pole == OptionPole.CannotSay),
            Several = question.Kind == QuestionKind.Multi,
            Words = question.Kind == QuestionKind.Words,
        };
    }

    private InterviewCard Card(InterviewPosition at, CardPart part, LocalText asked, LocalText explanation) => new()
    {
        Language = at.Language,
        Part = part,
        Opening = [],
        Asked = In(asked, at),
        Explanation = explanation.IsEmpty ? null : In(explanation, at),
        Explained = at.Explained,
        Options = [],
        OtherLanguage = prompter.NextLanguage(at.Language),
        MayRepeat = at.Replays < Steps.MostReplays,
        MayGoBack = StepBack.IsPossible(at),
        TakenBack = at.Form == PromptForm.TakenBack,
        Answered = at.Answers.Length,
    };

    private string[] Lines(InterviewPosition at, params LocalText[] texts) => [.. texts.Select(text => In(text, at)).Where(line => line.Length > 0)];

    private string In(LocalText text, InterviewPosition at) => prompter.Fill(text, at.Language);
}
