using System.Collections.Immutable;

namespace SurveyDialer.Questionnaires;

/// <summary>
/// Holds one interview, by telephone keys, text messages or a live interviewer. Pure: the same template, setting, position and input always
/// give the same turn; nothing is remembered between calls. Safe for several threads.
/// </summary>
public sealed class InterviewEngine
{
    /// <summary>Stored with each campaign; raised when the same template and inputs would give other answers than before.</summary>
    public const int Version = 1;

    private readonly Template template;
    private readonly InterviewSetting setting;
    private readonly Route route;
    private readonly Prompter prompter;
    private readonly InputReading reading;
    private readonly Steps steps;
    private readonly CardMaker cards;
    private readonly StepBack stepBack;

    /// <exception cref="ArgumentException">The template lacks the language or channel, or a blank has no value (<see cref="BlankFilling.Missing"/>).</exception>
    public InterviewEngine(Template template, InterviewSetting setting)
    {
        if (!template.Languages.Contains(setting.Language))
            throw new ArgumentException($"The template {template.Id} has no texts in {setting.Language}.", nameof(setting));
        if (!template.Channels.Contains(setting.Channel))
            throw new ArgumentException($"The template {template.Id} is not made for {setting.Channel}.", nameof(setting));
        if (BlankFilling.Missing(template, setting.Blanks) is [var first, ..])
            throw new ArgumentException($"The blank {first} of the template {template.Id} has no value.", nameof(setting));
        this.template = template;
        this.setting = setting;
        route = new Route(template, setting.Channel);
        prompter = new Prompter(template, setting, route);
        reading = new InputReading(template, setting.Channel, route, prompter);
        steps = new Steps(template, setting.Channel, route, prompter);
        cards = new CardMaker(template, route, prompter);
        stepBack = new StepBack(template, route);
    }

    /// <summary>The first prompt. Modules are drawn here, for the voice channel, and kept in the position.</summary>
    public Turn Start()
    {
        var voice = setting.Channel == Channel.Voice;
        return Show(new InterviewPosition
        {
            Language = setting.Language,
            Landline = setting.Landline,
            Modules = voice ? ModuleDrawing.Modules(template, setting.DrawSeed, setting.DrawNumber) : [],
            Reversed = voice && ModuleDrawing.Reversed(template, setting.DrawSeed, setting.DrawNumber),
        });
    }

    /// <summary>What follows an input. Input at an ended interview changes nothing, except that a stop word by text still stops everything.</summary>
    public Turn Continue(InterviewPosition position, InterviewInput input)
    {
        if (position.End is not null)
            return AfterEnd(position, input);
        var (next, events) = steps.Take(position, reading.Read(position, input));
        return Show(next, events);
    }

    /// <summary>The prompt of a stored position once more, for a repeated webhook. No events.</summary>
    public Turn Repeat(InterviewPosition position) => Show(position);

    /// <summary>
    /// Takes up a broken-off interview in a later call or text: says who is calling, then the open question. Where the household's choice fell
    /// on somebody who was not there, it begins anew, since anybody may take the telephone, and what this one said is taken back. An interview that came to a real end (finished,
    /// refused, screened out) stays ended.
    /// </summary>
    public Turn Resume(InterviewPosition position)
    {
        if (position.End == InterviewEnd.SelectedAway)
            return Begun(position with { Agreed = false, Answers = [] }, [.. position.Answers.Select(answer => new InterviewEvent.AnswerTakenBack(answer.QuestionId))]);
        if (position.End is not (null or InterviewEnd.HumanWanted or InterviewEnd.Unanswered))
            return Show(position);
        if (!position.Agreed)
            return Begun(position);
        var open = position with { End = null, Unheard = 0 };
        if (open.Step != StepKind.Offer)
            return Show(open.At(open.Step, open.QuestionId, PromptForm.Resumed));
        var (next, events) = steps.Open(open, PromptForm.Resumed);
        return Show(next, events);
    }

    /// <summary>
    /// The same step in another of the template's languages, for a live interviewer who speaks both; possible at every step, since answers
    /// are kept by key.
    /// </summary>
    public Turn InLanguage(InterviewPosition position, string language)
        => position.End is null && position.Language != language && template.Languages.Contains(language)
            ? Show(position with { Language = language }, [new InterviewEvent.LanguageChosen(language)])
            : Show(position);

    /// <summary>
    /// One step back, for a live interviewer who pressed a wrong key: the step before is asked anew, and the events say what of it is no longer
    /// to be stored. May be taken again and again, to the introduction.
    /// </summary>
    /// <param name="explained">Whether the explanation of a question had been heard when it was answered.</param>
    /// <returns>Null at the introduction and after the end.</returns>
    public Turn? Back(InterviewPosition position, Func<string, bool> explained)
        => setting.Channel == Channel.Live && stepBack.Take(position, explained) is var (next, events) ? Show(next, events) : null;

    /// <summary>Whether a turn led from the introduction and the screening into the interview.</summary>
    public bool PassesScreening(InterviewPosition before, Turn next) => !IsBeyondScreening(before) && IsBeyondScreening(next.Position) && next.End is null;

    /// <summary>Ends an interview that came through the screening with thanks: its quota has been filled meanwhile (AAPOR 4.80). What the turn brought stays.</summary>
    public Turn StopAtQuota(Turn next)
        => Show(next.Position with { End = InterviewEnd.QuotaFull }, [.. next.Events, new InterviewEvent.ScreenedOut("4.80")]);

    private bool IsBeyondScreening(InterviewPosition position)
        => position is { Agreed: true, Step: not (StepKind.Introduction or StepKind.Offer) } && !(position.Step == StepKind.Question && route.IsScreening(route.Find(position.QuestionId)));

    /// <summary>What a live interviewer has before her at a position that has not ended.</summary>
    public InterviewCard Card(InterviewPosition position) => cards.Make(position);

    /// <summary>
    /// To be called when nothing more will come (line dropped, no reply for a day). Says what is to be stored besides: words without a
    /// consent that covers them are withdrawn.
    /// </summary>
    public static IReadOnlyList<InterviewEvent> BrokenOff(InterviewPosition position)
        => position is { WordsGiven: true, Consent: null } ? [new InterviewEvent.WordsWithdrawn()] : [];

    /// <summary>What the respondent can answer with now, for a page with buttons: key and text. Reserved keys (7, 9, 0, *) are not listed.</summary>
    public IReadOnlyList<(string Key, string Text)> Choices(InterviewPosition position) => reading.Choices(position);

    /// <summary>
    /// Complete: every applicable core item was answered, also with 6 or 8, and follow-up consent was reached. Partial: the key question and
    /// at least the template's share of the applicable core items. Only drawn items apply; an 8 for silence or wrong keys is no answer.
    /// </summary>
    public InterviewOutcome Outcome(InterviewPosition position)
    {
        var core = route.ApplicableCore(position);
        var given = position.Answers.Where(a => a.How == AnswerHow.Given).Select(a => a.QuestionId).ToHashSet();
        var answered = core.Count(q => given.Contains(q.Id));
        var reached = template.FollowUp.Place == ConsentPlace.Start ? position.End == InterviewEnd.Finished : position.ConsentAsked;
        if (core.Count > 0 && answered == core.Count && reached)
            return InterviewOutcome.Complete;
        if (given.Contains(template.Completion.KeyQuestion) && answered * 100 >= core.Count * template.Completion.PartialPercent)
            return InterviewOutcome.Partial;
        return position switch
        {
            { End: InterviewEnd.OptedOut } => InterviewOutcome.OptedOut,
            { End: InterviewEnd.ScreenedOut or InterviewEnd.QuotaFull } => InterviewOutcome.ScreenedOut,
            { End: InterviewEnd.Declined } => InterviewOutcome.Refused,
            { End: InterviewEnd.SelectedAway } => InterviewOutcome.None,
            { Agreed: true } => InterviewOutcome.BreakOff,
            _ => InterviewOutcome.None,
        };
    }

    private Turn Begun(InterviewPosition position, ImmutableArray<InterviewEvent>? events = null)
        => Show((position with { End = null, Unheard = 0, Landline = setting.Landline }).At(StepKind.Introduction, "", PromptForm.Full), events);

    private Turn AfterEnd(InterviewPosition position, InterviewInput input)
    {
        var stop = setting.Channel == Channel.Text && position.End != InterviewEnd.OptedOut && reading.Read(position, input) is Meaning.Stop;
        if (stop)
            return Show(position with { End = InterviewEnd.OptedOut }, [new InterviewEvent.OptedOut()]);
        return new Turn(position, [], new Expectation.Nothing(), [], position.End);
    }

    private Turn Show(InterviewPosition position, ImmutableArray<InterviewEvent>? events = null)
        => new(position, prompter.Says(position), prompter.Expects(position), events ?? [], position.End);
}
