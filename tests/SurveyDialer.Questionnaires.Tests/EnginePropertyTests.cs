using FsCheck;
using FsCheck.Fluent;

namespace SurveyDialer.Questionnaires.Tests;

public sealed class EnginePropertyTests
{
    private static readonly (string Id, Channel Channel)[] Cases =
        [("short-keys", Channel.Voice), ("standard", Channel.Voice), ("standard", Channel.Live), ("text", Channel.Text)];

    private static readonly Template[] Templates = [.. Cases.Select(c => Shipped.Template(c.Id))];

    private static readonly Gen<InterviewInput> Inputs = Gen.Frequency(
        (12, Gen.Elements("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#").Select(InterviewInput (k) => new InterviewInput.Keys(k))),
        (6, Gen.Elements("1", "2", "3").Select(InterviewInput (k) => new InterviewInput.Keys(k))),
        (2, Gen.Elements("", "98", "99", "11", "12", "1,3", "13", "１", "**", "1#", "##", "abc", "\ud800").Select(InterviewInput (k) => new InterviewInput.Keys(k))),
        (2, Gen.Constant<InterviewInput>(new InterviewInput.Silence())),
        (3, Gen.Elements("1", "2", "很安全", "选2", "退订", "一般", "没有", "路灯坏了|;=a:1g", "2个人", "\udfff", "  ").Select(InterviewInput (b) => new InterviewInput.Typed(b))),
        (1, Gen.Choose(0, 60).Select(InterviewInput (s) => new InterviewInput.Recorded(TimeSpan.FromSeconds(s)))));

    private static readonly Arbitrary<(int Case, ulong Seed, InterviewInput[] Inputs)> Walks = Gen.Choose(0, Cases.Length - 1)
        .SelectMany(c => Gen.Choose(0, 10_000).SelectMany(seed => Inputs.ArrayOf(80).Select(inputs => (c, (ulong)seed, inputs)))).ToArbitrary();

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(600);

    private static InterviewEngine Engine((int Case, ulong Seed, InterviewInput[] Inputs) walk)
        => Shipped.Engine(Templates[walk.Case], Cases[walk.Case].Channel, seed: walk.Seed);

    private static IEnumerable<(Turn Before, InterviewInput Input, Turn After)> Turns(InterviewEngine engine, IEnumerable<InterviewInput> inputs)
    {
        var turn = engine.Start();
        foreach (var input in inputs)
        {
            var next = engine.Continue(turn.Position, input);
            yield return (turn, input, next);
            turn = next;
        }
    }

    [Fact]
    public void Only_answers_of_the_template_are_stored_each_once()
        => Prop.ForAll(Walks, walk =>
        {
            var template = Templates[walk.Case];
            var live = Cases[walk.Case].Channel == Channel.Live;
            var answered = Turns(Engine(walk), walk.Inputs).SelectMany(t => t.After.Events).OfType<InterviewEvent.Answered>().ToArray();
            return answered.Select(a => a.QuestionId).Distinct().Count() == answered.Length && answered.All(a =>
            {
                var question = template.AllQuestions.Single(q => q.Id == a.QuestionId);
                var keys = question.Options.Select(o => o.Key);
                if (live)
                    keys = keys.Where(k => k != "8").Concat(question.Options.Any(o => o.Key == "8") ? ["98", "99"] : []);
                var multi = live && question.Kind == QuestionKind.Multi;
                return question.Tag == a.Tag && (multi ? a.Key.Split(',') : [a.Key]).All(keys.Contains);
            });
        }).Check(Thorough);

    [Fact]
    public void Position_survives_its_text_and_a_repeated_webhook_hears_the_same()
        => Prop.ForAll(Walks, walk =>
        {
            var engine = Engine(walk);
            return Turns(engine, walk.Inputs).All(t =>
            {
                var stored = InterviewPosition.Parse(t.Before.Position.ToText());
                var again = engine.Continue(stored, t.Input);
                var repeated = engine.Repeat(again.Position);
                var silentAfterEnd = t.Before.End is not null && t.After.Says.Count == 0;
                return stored == t.Before.Position && again.Position == t.After.Position && again.Says.SequenceEqual(t.After.Says)
                    && again.Events.SequenceEqual(t.After.Events) && again.Expects == t.After.Expects
                    && (silentAfterEnd || repeated.Says.SequenceEqual(t.After.Says)) && repeated.Expects == t.After.Expects;
            });
        }).Check(Thorough);

    [Fact]
    public void Every_prompt_says_something_and_the_end_stays_the_end()
        => Prop.ForAll(Walks, walk => Turns(Engine(walk), walk.Inputs).All(t =>
            (t.After.End is not null || t.After.Says.Count > 0)
            && t.After.Says.All(u => u.Text.Length > 0 && !u.Text.Contains('{', StringComparison.Ordinal))
            && (t.Before.End is null || t.After.End == t.Before.End || t.After.End == InterviewEnd.OptedOut)
            && (t.After.End is not null == t.After.Expects is Expectation.Nothing))).Check(Thorough);

    [Fact]
    public void One_input_for_ever_ends_after_a_bounded_number_of_turns()
        => Prop.ForAll(Gen.Choose(0, Cases.Length - 1).SelectMany(c => Inputs.Select(i => (c, i))).ToArbitrary(), pick =>
        {
            var engine = Engine((pick.c, 1, []));
            var most = (Templates[pick.c].AllQuestions.Count() + 5) * 10;
            return Turns(engine, Enumerable.Repeat(pick.i, most)).Any(t => t.After.End is not null);
        }).Check(Thorough);

    [Fact]
    public void Any_inputs_end_after_a_bounded_number_of_turns()
        => Prop.ForAll(Walks, walk =>
        {
            var most = (Templates[walk.Case].AllQuestions.Count() + 5) * 10;
            var inputs = Enumerable.Range(0, most).Select(i => walk.Inputs[i % walk.Inputs.Length]);
            return walk.Inputs.Length == 0 || Turns(Engine(walk), inputs).Any(t => t.After.End is not null);
        }).Check(Thorough);

    [Fact]
    public void Own_words_never_stand_in_the_position()
        => Prop.ForAll(Walks, walk => Turns(Engine(walk), walk.Inputs).All(t =>
            !t.After.Position.ToText().Contains("路灯", StringComparison.Ordinal))).Check(Thorough);

    [Fact]
    public void Words_are_withdrawn_unless_a_consent_covers_them()
        => Prop.ForAll(Walks, walk =>
        {
            var turns = Turns(Engine(walk), walk.Inputs).ToArray();
            if (turns.Length == 0)
                return true;
            var last = turns[^1].After.Position;
            var events = turns.SelectMany(t => t.After.Events).Concat(InterviewEngine.BrokenOff(last)).ToArray();
            var given = Array.FindLastIndex(events, e => e is InterviewEvent.WordsGiven);
            var covered = events.OfType<InterviewEvent.ConsentGiven>().Any(c => c.Choice != ConsentChoice.No);
            return given < 0 || covered || Array.FindLastIndex(events, e => e is InterviewEvent.WordsWithdrawn) > given;
        }).Check(Thorough);
}
