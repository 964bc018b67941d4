using System.Collections.Immutable;

namespace SurveyDialer.Questionnaires;

/// <summary>
/// One step back on the way that this interview has come, for a live interviewer who pressed a wrong key: the step is asked anew, and what was
/// entered there holds no more. What follows is decided by the new answer, as if the old one had never been.
/// </summary>
internal sealed class StepBack(Template template, Route route)
{
    /// <param name="explained">Whether a question's explanation had been heard when it was answered: nobody forgets it by being asked again.</param>
    /// <returns>Null where nothing lies behind.</returns>
    public (InterviewPosition Next, ImmutableArray<InterviewEvent> Events)? Take(InterviewPosition at, Func<string, bool> explained)
    {
        if (!IsPossible(at))
            return null;
        var events = ImmutableArray.CreateBuilder<InterviewEvent>();
        var next = at.Step switch
        {
            StepKind.Consent => BeforeConsent(at, explained, events),
            StepKind.Topic => ToConsent(at, events),
            StepKind.Comment when template.FollowUp.Place == ConsentPlace.End => ToFollowUp(at, events),
            _ => ToQuestion(at, explained, events) ?? BeforeFirst(at, events),
        };
        return (next, events.DrainToImmutable());
    }

    /// <summary>The introduction is the first step.</summary>
    public static bool IsPossible(InterviewPosition at) => at.End is null && at.Step != StepKind.Introduction;

    private InterviewPosition? ToQuestion(InterviewPosition at, Func<string, bool> explained, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (route.Before(at) is not { } question)
            return null;
        var heard = false;
        if (at.Answers.Any(answer => answer.QuestionId == question.Id))
        {
            events.Add(new InterviewEvent.AnswerTakenBack(question.Id));
            heard = !question.Explanation.IsEmpty && explained(question.Id);
        }

        if (question.Kind == QuestionKind.Words && at.WordsGiven)
        {
            events.Add(new InterviewEvent.WordsTakenBack());
            at = at with { WordsGiven = false };
        }

        var without = at with { Answers = at.Answers.RemoveAll(answer => answer.QuestionId == question.Id), Unheard = 0 };
        return without.At(StepKind.Question, question.Id, PromptForm.TakenBack) with { Explained = heard };
    }

    private InterviewPosition BeforeFirst(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
        => template.FollowUp.Place == ConsentPlace.Start ? ToFollowUp(at, events) : ToIntroduction(at);

    private InterviewPosition BeforeConsent(InterviewPosition at, Func<string, bool> explained, ImmutableArray<InterviewEvent>.Builder events)
    {
        events.Add(new InterviewEvent.ConsentUnasked());
        var unasked = at with { ConsentAsked = false };
        return template.FollowUp.Place == ConsentPlace.Start ? ToIntroduction(unasked) : ToQuestion(unasked, explained, events) ?? ToIntroduction(unasked);
    }

    /// <summary>The last step of consent: the topic where one was asked for, else the consent itself.</summary>
    private InterviewPosition ToFollowUp(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (at.Consent is null or ConsentChoice.No || template.FollowUp.Topics.Count == 0)
            return ToConsent(at, events);
        events.Add(new InterviewEvent.TopicTakenBack());
        return at.At(StepKind.Topic, "", PromptForm.TakenBack);
    }

    private static InterviewPosition ToConsent(InterviewPosition at, ImmutableArray<InterviewEvent>.Builder events)
    {
        if (at.Consent is not null)
            events.Add(new InterviewEvent.ConsentTakenBack());
        return (at with { Consent = null }).At(StepKind.Consent, "", PromptForm.TakenBack);
    }

    private static InterviewPosition ToIntroduction(InterviewPosition at) => (at with { Agreed = false }).At(StepKind.Introduction, "", PromptForm.TakenBack);
}
