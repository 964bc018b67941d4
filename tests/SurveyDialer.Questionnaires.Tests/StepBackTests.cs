using FsCheck;
using FsCheck.Fluent;

namespace SurveyDialer.Questionnaires.Tests;

/// <summary>A live interviewer goes back after a wrong key.</summary>
public sealed class StepBackTests
{
    private static readonly Template Standard = Shipped.Template("standard");

    private static readonly InterviewEngine Engine = Shipped.Engine(Standard, Channel.Live);

    private static readonly Arbitrary<string[]> Walks = Gen.Elements("1", "1", "1", "2", "3", "4", "5", "98", "99", "1,3", "words").ArrayOf(40).ToArbitrary();

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void Whoever_goes_back_and_enters_the_same_again_is_where_she_was()
    {
        var steps = 0;
        Prop.ForAll(Walks, walk =>
        {
            var at = Engine.Start().Position;
            foreach (var input in walk.Select(Input))
            {
                var next = Engine.Continue(at, input);
                if (next.End is not null) return true;
                if (Moves(next))
                {
                    var back = Engine.Back(next.Position, _ => false);
                    if (back is null || Engine.Continue(back.Position, input).Position != next.Position) return false;
                    steps++;
                }

                at = next.Position;
            }

            return true;
        }).Check(Thorough);
        Assert.True(steps > 400, $"Only {steps} steps were taken back.");
    }

    [Fact]
    public void Step_by_step_one_comes_to_the_introduction_and_nothing_is_left_of_the_answers()
        => Prop.ForAll(Walks, walk =>
        {
            var at = Engine.Start().Position;
            foreach (var input in walk.Select(Input))
            {
                var next = Engine.Continue(at, input);
                if (next.End is not null) break;
                at = next.Position;
            }

            var taken = new List<string>();
            for (var most = 60; Engine.Back(at, _ => false) is { } back; at = back.Position)
            {
                taken.AddRange(back.Events.OfType<InterviewEvent.AnswerTakenBack>().Select(one => one.QuestionId));
                Assert.True(most-- > 0, at.ToText());
            }

            Assert.Empty(at.Answers);
            Assert.Equal((false, false, null, false), (at.Agreed, at.ConsentAsked, at.Consent, at.WordsGiven));
            Assert.Equal(taken.Distinct(), taken);
            Assert.Equal((CardPart.Introduction, false), (Engine.Card(at).Part, Engine.Card(at).MayGoBack));
            return true;
        }).Check(Thorough);

    [Fact]
    public void The_new_answer_decides_which_question_follows()
    {
        var at = Walk("1", "1", "1", "5");
        Assert.Equal("Q2", at.Asking);
        var back = Engine.Back(at, _ => false)!;
        Assert.Equal([new InterviewEvent.AnswerTakenBack("Q1")], back.Events);
        Assert.Equal("Q1", back.Position.Asking);
        Assert.True(Engine.Card(back.Position).TakenBack);
        Assert.Equal("Q3", Engine.Continue(back.Position, Input("1")).Position.Asking);
    }

    [Fact]
    public void An_explanation_that_was_heard_counts_for_the_new_answer_too()
    {
        var at = Walk("1", "1", "1", "7", "5");
        var back = Engine.Back(at, question => question == "Q1")!;
        Assert.True(Engine.Card(back.Position).Explained);
        var answered = Assert.IsType<InterviewEvent.Answered>(Assert.Single(Engine.Continue(back.Position, Input("1")).Events));
        Assert.True(answered.Explained);
    }

    [Fact]
    public void There_is_no_way_back_before_the_beginning_after_the_end_and_on_other_channels()
    {
        Assert.Null(Engine.Back(Engine.Start().Position, _ => false));
        Assert.Null(Engine.Back(Walk("2"), _ => false));
        var voice = Shipped.Engine("short-keys", Channel.Voice);
        Assert.Null(voice.Back(voice.Continue(voice.Start().Position, Input("1")).Position, _ => false));
    }

    /// <summary>Something was entered, and did not only change how the same step stands there.</summary>
    private static bool Moves(Turn turn)
        => turn.Events.Any(one => one is InterviewEvent.Agreed or InterviewEvent.Answered { How: AnswerHow.Given } or InterviewEvent.ConsentGiven or InterviewEvent.TopicNamed);

    private static InterviewPosition Walk(params string[] keys) => keys.Aggregate(Engine.Start().Position, (at, key) => Engine.Continue(at, Input(key)).Position);

    private static InterviewInput Input(string key) => key == "words" ? new InterviewInput.Typed("路灯坏了") : new InterviewInput.Keys(key);
}
