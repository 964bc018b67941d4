using System.Collections.Immutable;

namespace SurveyDialer.Questionnaires;

/// <summary>The transitions: (position, meaning) to (position, events). Every path ends, since each step gives its prompt only so often.</summary>
internal sealed class Steps(Template template, Channel channel, Route route, Prompter prompter)
{
    /// <summary>Silences at one prompt after which it is left.</summary>
    private const int MostSilences = 3;

    /// <summary>Wrong keys at one question after which it is left; the introduction bears one more, since leaving it ends the call.</summary>
    private const int MostWrongs = 2;

    /// <summary>Prompts of one step, whatever they were asked for.</summary>
    public const int MostReplays = 8;

    public (InterviewPosition Next, ImmutableArray<InterviewEvent> Events) Take(InterviewPosition at, Meaning meaning)
    {
        var events = ImmutableArray.CreateBuilder<InterviewEvent>();
        var next = meaning switch
        {
            Meaning.Stop => Stop(at, events),
            Meaning.Human => End(at, InterviewEnd.HumanWanted, events, new InterviewEvent.HumanWanted()),
            _ => at.Step switch
            {
                StepKind.Introduction => TakeIntroduction(at, meaning, events),
                StepKind.Question => TakeQuestion(at, route.Find(at.QuestionId), meaning, events),
                StepKind.Consent => TakeConsent(at, meaning, events),
                StepKind.Topic => TakeTopic(at, meaning, events),
                StepKind.Comment => TakeComment(at, meaning, events),
                StepKind.Offer => TakeOffer(at, meaning, events),
                _ => throw new InvalidOperationException($"Step {at.Step} is unknown."),
            },
        };
        return (next, events.DrainToImmutable());
    }

    /// <summary>The step that is open by the answers so far, for an interview taken up again.</summary>
    public (InterviewPosition Next, ImmutableArray<InterviewEvent> Events) Open(InterviewPosition at, PromptForm form)
    {
        var events = ImmutableArray.CreateBuilder<InterviewEvent>();
        var question = route.First(at);
        while (question is not null && at.Answers.FirstOrDefault(a => a.QuestionId == question.Id) is { } answer)
            question = route.After(question, answer.Key, at).Next;
        var next = question is null ? ToFollowUp(at, form, events) : at.At(StepKind.Question, question.Id, form);
        return (next, events.DrainToImmutable());
    }

    private InterviewPosition TakeIntroduction(InterviewPosition at, Meaning meaning, ImmutableArray<InterviewEvent>.Builder events)
    {
        switch (meaning)
        {
            case Meaning.Choice { Key: "1" }:
                events.Add(new InterviewEvent.Agreed());
                var agreed = at with { Agreed = true };
                return template.FollowUp.Place == ConsentPlace.Start ? ToConsent(agreed, PromptForm.Full, events) : ToFirstQuestion(agreed, events);
            case Meaning.Choice:
                return End(at, InterviewEnd.Declined, events, new InterviewEvent.Declined());
            case Meaning.OtherLanguage when prompter.NextLanguage(at.Language) is { } other && at.Replays < MostReplays:
                events.Add(new InterviewEvent.LanguageChosen(other));
                return Again(at with { Language = other }, PromptForm.Full);
            default:
                return Stay(at, meaning, template.Introduction.Notice, MostWrongs + 1)
                    ?? End(at, InterviewEnd.Unanswered, events);
        }
    }

    private InterviewPosition TakeQuestion(
        InterviewPosition at, Question question, Meaning meaning, ImmutableArray<InterviewEvent>.Builder events)
    {
        switch (meaning)
        {
            case Meaning.Choice choice:
                return Leave(at with { Unheard = 0 }, question, choice.Key, AnswerHow.Given, events);
            case Meaning.Words words:
                return GoOn(Told(at, words, events), question, "", PromptForm.Full, events);
        }

        if (channel == Channel.Text && meaning is Meaning.Nothing && at.Reminded)
            return End(Withdrawn(at, events), InterviewEnd.Unanswered, events);
        if (Stay(at, meaning, question.Explanation, MostWrongs) is { } stayed)
            return stayed;
        var how = meaning is Meaning.Unclear ? AnswerHow.Invalid : AnswerHow.NoInput;
        return Unanswered(at with { Unheard = how == AnswerHow.NoInput ? at.Unheard + 1 : 0 }, question, how, events);
    }

    private InterviewPosition Unanswered(InterviewPosition at, Question question, AnswerHow how, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (route.IsScreening(question))
            return ToOffer(at, events);
        var cannotSay = question.Options.FirstOrDefault(o => o.Pole == OptionPole.CannotSay);
        var marked = cannotSay is null ? at : Marked(at, question, channel == Channel.Live ? "98" : cannotSay.Key, how, events);
        return at.Unheard >= 2 ? ToOffer(marked, events) : GoOn(marked, question, cannotSay?.Key ?? "", PromptForm.MovedOn, events);
    }

    private InterviewPosition Leave(
        InterviewPosition at, Question question, string key, AnswerHow how, ImmutableArray<InterviewEvent>.Builder events)
        => GoOn(Marked(at, question, key, how, events), question, key, PromptForm.Full, events);

    private static InterviewPosition Marked(
        InterviewPosition at, Question question, string key, AnswerHow how, ImmutableArray<InterviewEvent>.Builder events)
    {
        events.Add(new InterviewEvent.Answered(question.Id, question.Tag, key, how, at.Explained, at.Replays));

        // Whoever is asked again, having declined, has one answer: the later.
        return at with { Answers = at.Answers.RemoveAll(answer => answer.QuestionId == question.Id).Add(new StoredAnswer(question.Id, key, how)) };
    }

    private InterviewPosition GoOn(
        InterviewPosition at, Question question, string key, PromptForm form, ImmutableArray<InterviewEvent>.Builder events)
    {
        var (next, target) = route.After(question, key, at);
        if (next is not null)
            return at.At(StepKind.Question, next.Id, form);
        if (target == SkipTarget.Declined)
            return End(at, InterviewEnd.Declined, events, new InterviewEvent.Declined());
        if (target == SkipTarget.Appointment)
            return End(at, InterviewEnd.SelectedAway, events, new InterviewEvent.SelectedAway());
        return target == SkipTarget.FollowUp
            ? ToFollowUp(at, form, events)
            : End(at, InterviewEnd.ScreenedOut, events, new InterviewEvent.ScreenedOut(target[SkipTarget.EndPrefix.Length..]));
    }

    private InterviewPosition ToFirstQuestion(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
        => route.First(at) is { } first ? at.At(StepKind.Question, first.Id, PromptForm.WithHelp) : ToFollowUp(at, PromptForm.Full, events);

    private InterviewPosition ToFollowUp(InterviewPosition at, PromptForm form, ImmutableArray<InterviewEvent>.Builder events)
        => template.FollowUp.Place == ConsentPlace.End && at.Consent is null ? ToConsent(at, form, events) : ToComment(at, events);

    private static InterviewPosition ToConsent(InterviewPosition at, PromptForm form, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (!at.ConsentAsked)
            events.Add(new InterviewEvent.ConsentAsked());
        return (at with { ConsentAsked = true }).At(StepKind.Consent, "", form);
    }

    private InterviewPosition TakeConsent(InterviewPosition at, Meaning meaning, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (meaning is not Meaning.Choice choice)
        {
            if (channel == Channel.Text && meaning is Meaning.Nothing && at.Reminded)
                return End(Withdrawn(at, events), InterviewEnd.Unanswered, events);
            return Stay(at, meaning, template.FollowUp.Notice, MostWrongs) ?? AfterTopic(Withdrawn(at, events), events);
        }

        var consent = (ConsentChoice)(choice.Key[0] - '0');
        events.Add(new InterviewEvent.ConsentGiven(consent));
        var given = at with { Consent = consent };
        if (consent == ConsentChoice.No)
            return AfterTopic(Withdrawn(given, events), events);
        return template.FollowUp.Topics.Count > 0 ? given.At(StepKind.Topic, "", PromptForm.Full) : AfterTopic(given, events);
    }

    private InterviewPosition TakeTopic(InterviewPosition at, Meaning meaning, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (meaning is Meaning.Choice choice)
        {
            events.Add(new InterviewEvent.TopicNamed(template.FollowUp.Topics.First(t => t.Key == choice.Key).Id));
            return AfterTopic(at, events);
        }

        if (channel == Channel.Text && meaning is Meaning.Nothing && at.Reminded)
            return End(at, InterviewEnd.Finished, events);
        return Stay(at, meaning, LocalText.Empty, MostWrongs) ?? AfterTopic(at, events);
    }

    private InterviewPosition AfterTopic(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
        => template.FollowUp.Place == ConsentPlace.Start ? ToFirstQuestion(at, events) : ToComment(at, events);

    private InterviewPosition ToComment(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
    {
        var comment = channel switch
        {
            Channel.Voice => template.FollowUp.Comment,
            Channel.Live => template.FollowUp.CommentLive,
            Channel.Text => LocalText.Empty,
            _ => throw new InvalidOperationException($"Channel {channel} is unknown."),
        };
        var welcome = at.Consent is ConsentChoice.Phone or ConsentChoice.Visit or ConsentChoice.Report;
        return welcome && !comment.IsEmpty && !at.WordsGiven
            ? at.At(StepKind.Comment, "", PromptForm.Full)
            : End(at, InterviewEnd.Finished, events);
    }

    private static InterviewPosition TakeComment(InterviewPosition at, Meaning meaning, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (meaning is Meaning.Repeat or Meaning.Explain && at.Replays < MostReplays)
            return Again(at, PromptForm.Again);
        return End(meaning is Meaning.Words words ? Told(at, words, events) : at, InterviewEnd.Finished, events);
    }

    private static InterviewPosition TakeOffer(InterviewPosition at, Meaning meaning, ImmutableArray<InterviewEvent>.Builder events)
        => meaning is Meaning.Repeat && at.Replays < MostReplays ? Again(at, PromptForm.Again) : End(at, InterviewEnd.Unanswered, events);

    // Texts cannot be called back from here; they simply end.
    private InterviewPosition ToOffer(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
        => channel == Channel.Text ? End(Withdrawn(at, events), InterviewEnd.Unanswered, events) : at.At(StepKind.Offer, "", PromptForm.Full);

    private static InterviewPosition Told(InterviewPosition at, Meaning.Words words, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (words is { Text: null, Length: null })
            return at;
        events.Add(new InterviewEvent.WordsGiven(words.Text, words.Length));
        return at with { WordsGiven = true };
    }

    private static InterviewPosition Withdrawn(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (!at.WordsGiven)
            return at;
        events.Add(new InterviewEvent.WordsWithdrawn());
        return at with { WordsGiven = false };
    }

    private static InterviewPosition Stop(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
        => End(at.Consent is null ? Withdrawn(at, events) : at, InterviewEnd.OptedOut, events, new InterviewEvent.OptedOut());

    private static InterviewPosition End(
        InterviewPosition at, InterviewEnd end, ImmutableArray<InterviewEvent>.Builder events, InterviewEvent? why = null)
    {
        if (why is not null)
            events.Add(why);
        return at with { End = end };
    }

    /// <summary>The same step with its next prompt, or null when it has been given often enough.</summary>
    private InterviewPosition? Stay(InterviewPosition at, Meaning meaning, LocalText explanation, int mostWrongs)
    {
        if (at.Replays >= MostReplays)
            return null;
        switch (meaning)
        {
            case Meaning.Repeat:
                return Again(at, PromptForm.Again);
            case Meaning.Explain when !explanation.IsEmpty:
                return Again(at with { Explained = true }, PromptForm.Explained);
            case Meaning.Nothing when channel == Channel.Text:
                return at.Reminded ? null : Again(at with { Reminded = true }, PromptForm.Again);
            case Meaning.Nothing:
                var silences = at.Silences + 1;
                return silences >= MostSilences ? null : Again(at with { Silences = silences }, silences == 1 ? PromptForm.Again : PromptForm.Hint);
            default:
                var wrongs = at.Wrongs + 1;
                return wrongs >= mostWrongs ? null : Again(at with { Wrongs = wrongs }, PromptForm.Wrong);
        }
    }

    private static InterviewPosition Again(InterviewPosition at, PromptForm form) => at with { Form = form, Replays = at.Replays + 1 };
}
