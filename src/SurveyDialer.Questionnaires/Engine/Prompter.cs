using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SurveyDialer.Questionnaires;

/// <summary>What a position says and expects. A function of the position alone, so that a repeated webhook hears the same.</summary>
internal sealed class Prompter(Template template, InterviewSetting setting, Route route)
{
    private static readonly TimeSpan TextPatience = TimeSpan.FromHours(24);

    // Every introduction names them, and working them out costs more than a whole turn.
    private static readonly ConditionalWeakTable<Template, ConcurrentDictionary<(Channel Channel, string Language), string>> SpokenMinutes = [];

    public IReadOnlyList<Utterance> Says(InterviewPosition at) => setting.Channel == Channel.Text ? Message(at) : [.. Spoken(at)];

    public Expectation Expects(InterviewPosition at)
    {
        if (at.End is not null)
            return new Expectation.Nothing();
        if (setting.Channel == Channel.Text)
            return IsWords(at) ? new Expectation.Words(TextPatience) : new Expectation.Key(TextPatience);
        return IsWords(at)
            ? new Expectation.Words(template.FollowUp.MaximumComment)
            : new Expectation.Key(TimeSpan.FromSeconds(setting.Landline ? 8 : 6));
    }

    public bool IsWords(InterviewPosition at)
        => at.Step == StepKind.Comment || (at.Step == StepKind.Question && route.Find(at.QuestionId).Kind == QuestionKind.Words);

    /// <summary>The options as this interview offers them: the keys to press with the template's options behind them.</summary>
    public static IReadOnlyList<(string Pressed, AnswerOption Option)> Offered(Question question, bool reversed)
    {
        var scale = question.Options.Where(o => o.Score is not null).ToArray();
        if (!reversed || question.Kind != QuestionKind.Rating || scale.Length < 2)
            return [.. question.Options.Select(o => (o.Key, o))];
        var turned = scale.Reverse().Select((option, i) => (scale[i].Key, option));
        return [.. turned, .. question.Options.Where(o => o.Score is null).Select(o => (o.Key, o))];
    }

    /// <summary>A text of the template with its blanks filled.</summary>
    public string Fill(LocalText text, string language) => BlankFilling.Fill(text.In(language), language, setting.Blanks, () => Minutes(language));

    private string Minutes(string language) => SpokenMinutes.GetOrCreateValue(template).GetOrAdd(
        (setting.Channel, language),
        static (key, of) => PromptSeconds.Of(of, key.Channel, key.Language).Minutes.ToString(CultureInfo.InvariantCulture),
        template);

    private IEnumerable<Utterance> Spoken(InterviewPosition at)
    {
        if (at.End is { } end)
            return Said(at, ($"end.{(end == InterviewEnd.QuotaFull ? InterviewEnd.Finished : end)}", Last(end)));
        var resumed = at.Form == PromptForm.Resumed && at.Step != StepKind.Introduction
            ? Identity(at).Concat(Said(at, ("resume", template.Introduction.ResumeBy(setting.Channel))))
            : [];
        return resumed.Concat(at.Step switch
        {
            StepKind.Introduction => SpokenIntroduction(at),
            StepKind.Question => SpokenQuestion(at, route.Find(at.QuestionId)),
            StepKind.Consent => SpokenConsent(at),
            StepKind.Topic => SpokenTopic(at),
            StepKind.Comment => Said(at, ("comment", setting.Channel == Channel.Live ? template.FollowUp.CommentLive : template.FollowUp.Comment)),
            StepKind.Offer => Said(at, ("offer", template.Phrases.OfferHuman)),
            _ => throw new InvalidOperationException($"Step {at.Step} is unknown."),
        });
    }

    private IEnumerable<Utterance> Identity(InterviewPosition at)
        => Said(at, ("identity", template.Introduction.Identity)).Select(u => u with { Interruptible = false });

    private IEnumerable<Utterance> SpokenIntroduction(InterviewPosition at)
    {
        var intro = template.Introduction;
        var opening = at.Form switch
        {
            PromptForm.Explained => Said(at, ("notice", intro.Notice)),
            PromptForm.Wrong => Said(at, ("wrong", template.Phrases.NoSuchKey)),
            _ => Identity(at).Concat(Said(at, ("about", intro.About))),
        };
        var asked = opening.Concat(Said(at, ("ask", setting.Channel == Channel.Live ? intro.AskLive : intro.Ask)));
        if (setting.Channel == Channel.Live || NextLanguage(at.Language) is not { } other)
            return asked;
        return asked.Concat(Said(at with { Language = other }, ("language", intro.LanguageOffer)));
    }

    /// <summary>The language that key 3 leads to; null where the template has only one.</summary>
    public string? NextLanguage(string language)
    {
        if (template.Languages.Count < 2)
            return null;
        var index = template.Languages.ToList().IndexOf(language);
        return template.Languages[(index + 1) % template.Languages.Count];
    }

    private IEnumerable<Utterance> SpokenQuestion(InterviewPosition at, Question question)
    {
        var before = at.Form switch
        {
            PromptForm.WithHelp when setting.Channel == Channel.Voice => Said(at, ("help", template.Phrases.Help)),
            PromptForm.MovedOn => Said(at, ("move-on", template.Phrases.MoveOn)),
            PromptForm.Wrong => Said(at, ("wrong", template.Phrases.NoSuchKey)),
            PromptForm.Explained => Said(at, ($"explain.{question.Id}", question.Explanation)),
            _ => [],
        };
        var asked = at.Form is PromptForm.Wrong or PromptForm.Explained ? [] : Said(at, ($"question.{question.Id}", question.Text));
        var read = Offered(question, at.Reversed).Where(o => o.Option.Pole != OptionPole.CannotSay);
        var options = Options(at, $"options.{question.Id}{(at.Reversed ? ".reversed" : "")}", read.Select(o => (o.Pressed, o.Option.Text)));
        return before.Concat(asked).Concat(options).Concat(Hint(at));
    }

    private IEnumerable<Utterance> SpokenConsent(InterviewPosition at)
    {
        var consent = template.FollowUp;
        var opening = at.Form switch
        {
            PromptForm.Explained => Said(at, ("consent-notice", consent.Notice)),
            PromptForm.Wrong => Said(at, ("wrong", template.Phrases.NoSuchKey)),
            PromptForm.MovedOn => Said(at, ("move-on", template.Phrases.MoveOn), ("consent", consent.Text)),
            _ => Said(at, ("consent", consent.Text)),
        };
        var offer = setting.Channel == Channel.Live ? [] : new[] { ("7", consent.NoticeOffer) };
        return opening.Concat(Options(at, "options.consent", ConsentOptions.Concat(offer)));
    }

    public IEnumerable<(string Key, LocalText Text)> ConsentOptions =>
        [("1", template.FollowUp.Phone), ("2", template.FollowUp.Visit), ("3", template.FollowUp.Report), ("4", template.FollowUp.No)];

    private IEnumerable<Utterance> SpokenTopic(InterviewPosition at)
    {
        var opening = at.Form == PromptForm.Wrong
            ? Said(at, ("wrong", template.Phrases.NoSuchKey))
            : Said(at, ("topic", template.FollowUp.TopicText));
        return opening.Concat(Options(at, "options.topic", template.FollowUp.Topics.Select(t => (t.Key, t.Text))));
    }

    private IEnumerable<Utterance> Hint(InterviewPosition at)
        => at.Form == PromptForm.Hint && setting.Channel == Channel.Voice ? Said(at, ("hint", template.Phrases.Hint)) : [];

    private IEnumerable<Utterance> Options(InterviewPosition at, string step, IEnumerable<(string Key, LocalText Text)> options)
    {
        var phrase = (setting.Channel == Channel.Live ? template.Phrases.OptionLive : template.Phrases.Option).In(at.Language);
        var text = string.Concat(options.Select(o => phrase
            .Replace("{option}", Fill(o.Text, at.Language), StringComparison.Ordinal)
            .Replace("{key}", o.Key, StringComparison.Ordinal))).Trim().TrimEnd('；', ';');
        return text.Length == 0 ? [] : [new Utterance(at.Language, text, setting.Audio?.Invoke(step, at.Language, text), Interruptible: true)];
    }

    private IEnumerable<Utterance> Said(InterviewPosition at, params (string Step, LocalText Text)[] parts)
        => parts
            .Select(part => (part.Step, Text: Fill(part.Text, at.Language)))
            .Where(part => part.Text.Length > 0)
            .Select(part => new Utterance(at.Language, part.Text, setting.Audio?.Invoke(part.Step, at.Language, part.Text), Interruptible: true));

    private LocalText Last(InterviewEnd end) => end switch
    {
        InterviewEnd.Finished or InterviewEnd.QuotaFull => template.Closing.Close,
        InterviewEnd.Declined => template.Closing.Declined,
        InterviewEnd.OptedOut => template.Closing.OptOut,
        InterviewEnd.ScreenedOut => template.Closing.ScreenedOut,
        InterviewEnd.HumanWanted => template.Closing.HumanWanted,
        InterviewEnd.Unanswered => template.Closing.Unanswered,
        InterviewEnd.SelectedAway => template.Closing.SelectedAway ?? LocalText.Empty,
        _ => throw new InvalidOperationException($"End {end} is unknown."),
    };

    private IReadOnlyList<Utterance> Message(InterviewPosition at)
    {
        var body = at switch
        {
            { End: InterviewEnd.Finished or InterviewEnd.ScreenedOut or InterviewEnd.QuotaFull } => template.Closing.CloseMessage,
            { End: InterviewEnd.Declined } => template.Closing.DeclinedMessage,
            { End: InterviewEnd.OptedOut } => template.Closing.OptOutMessage,
            { End: not null } => LocalText.Empty,
            { Step: StepKind.Introduction } => template.Introduction.Message,
            { Step: StepKind.Question } => route.Find(at.QuestionId).Message,
            { Step: StepKind.Consent } => template.FollowUp.Message,
            { Step: StepKind.Topic } => template.FollowUp.TopicMessage,
            _ => LocalText.Empty,
        };
        var before = at switch
        {
            { End: not null } => LocalText.Empty,
            { Form: PromptForm.Wrong } => template.Phrases.ReAsk,
            { Form: PromptForm.Again } => template.Phrases.Reminder,
            _ => LocalText.Empty,
        };
        var text = Fill(before, at.Language) + Fill(body, at.Language);
        return text.Length == 0 ? [] : [new Utterance(at.Language, text, null, Interruptible: true)];
    }
}
