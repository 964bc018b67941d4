namespace SurveyDialer.Questionnaires.Tests;

public sealed class InterviewEngineTests
{
    private static readonly string[][] WaysToEachStep =
    [
        [], ["1"], ["1", "2"], ["1", "2", "1"], ["1", "1"], ["1", "1", "1"], ["1", "1", "1", "1"], ["1", "1", "1", "1", "1"],
        ["1", "1", "1", "1", "1", "1"], ["1", "1", "1", "1", "1", "1", "1"], ["1", "1", "1", "1", "1", "1", "1", "1"],
        ["1", "1", "1", "1", "1", "1", "1", "1", "2"], ["1", "1", "1", "1", "1", "1", "1", "1", "2", "1"],
        ["1", "1", "1", "-", "-", "-", "-", "-", "-"],
    ];

    public static TheoryData<string> Steps => [.. WaysToEachStep.Select(w => string.Join(' ', w))];

    private static Turn After(InterviewEngine engine, string way)
        => way.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(engine.Start(), (turn, key) => engine.Continue(turn.Position, Input(key)));

    private static InterviewInput Input(string key) => key == "-" ? new InterviewInput.Silence() : new InterviewInput.Keys(key);

    [Theory]
    [MemberData(nameof(Steps))]
    public void Nine_stops_for_ever_at_every_step(string way)
    {
        var engine = Shipped.Engine("short-keys", Channel.Voice);
        var turn = engine.Continue(After(engine, way).Position, Input("9"));
        Assert.Equal(InterviewEnd.OptedOut, turn.End);
        Assert.Single(turn.Events.OfType<InterviewEvent.OptedOut>());
        Assert.Contains("不会再", turn.Says[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Zero_asks_for_a_person_at_every_step(string way)
    {
        var engine = Shipped.Engine("short-keys", Channel.Voice);
        var turn = engine.Continue(After(engine, way).Position, Input("0"));
        Assert.Equal(InterviewEnd.HumanWanted, turn.End);
        Assert.Single(turn.Events.OfType<InterviewEvent.HumanWanted>());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Star_repeats_at_every_step(string way)
    {
        var engine = Shipped.Engine("short-keys", Channel.Voice);
        var before = After(engine, way);
        var turn = engine.Continue(before.Position, Input("*"));
        Assert.Null(turn.End);
        Assert.Empty(turn.Events);
        Assert.Equal(before.Says[^1], turn.Says[^1]);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Seven_is_never_an_answer(string way)
    {
        var engine = Shipped.Engine("short-keys", Channel.Voice);
        var turn = engine.Continue(After(engine, way).Position, Input("7"));
        Assert.Empty(turn.Events);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("- -", false)]
    [InlineData("- - -", false)]
    [InlineData("7", true)]
    [InlineData("*", true)]
    [InlineData("3", true)]
    [InlineData("5", true)]
    [InlineData("- 7 - -", true)]
    [InlineData("5 5 5", true)]
    [InlineData("2", true)]
    [InlineData("9", true)]
    [InlineData("1", true)]
    public void Any_key_shows_that_somebody_is_there_and_silence_does_not(string way, bool heard)
    {
        var at = After(Shipped.Engine("short-keys", Channel.Voice), way).Position;
        Assert.Equal(heard, at.Heard);
        Assert.Equal(heard, InterviewPosition.Parse(at.ToText()).Heard);
    }

    [Fact]
    public void A_reminder_by_text_is_no_reply()
    {
        var engine = Shipped.Engine("text", Channel.Text);
        var reminded = engine.Continue(engine.Start().Position, new InterviewInput.Silence()).Position;
        Assert.False(reminded.Heard);
        Assert.True(engine.Continue(reminded, new InterviewInput.Typed("?")).Position.Heard);
    }

    [Fact]
    public void Three_changes_the_language_only_in_the_introduction()
    {
        var engine = Shipped.Engine("short-keys", Channel.Voice);
        Assert.Equal("en", engine.Continue(engine.Start().Position, Input("3")).Position.Language);
        var turn = engine.Continue(After(engine, "1 1 1").Position, Input("3"));
        Assert.Equal("zh-CN", turn.Position.Language);
        Assert.Equal("3", Assert.Single(turn.Events.OfType<InterviewEvent.Answered>()).Key);
    }

    [Fact]
    public void Only_the_identity_cannot_be_interrupted()
    {
        var says = Shipped.Engine("short-keys", Channel.Voice).Start().Says;
        Assert.False(says[0].Interruptible);
        Assert.True(says.Count > 1);
        Assert.All(says.Skip(1), u => Assert.True(u.Interruptible));
    }

    [Fact]
    public void Landlines_have_eight_seconds()
    {
        Assert.Equal(new Expectation.Key(TimeSpan.FromSeconds(6)), Shipped.Engine("short-keys", Channel.Voice).Start().Expects);
        Assert.Equal(new Expectation.Key(TimeSpan.FromSeconds(8)), Shipped.Engine("short-keys", Channel.Voice, landline: true).Start().Expects);
    }

    [Fact]
    public void Nobody_is_chosen_of_a_household_on_a_mobile_nor_when_a_later_call_goes_to_the_other_kind_of_number()
    {
        var (mobile, landline) = (Shipped.Engine("short-keys", Channel.Voice), Shipped.Engine("short-keys", Channel.Voice, landline: true));
        Assert.Equal("S1", After(mobile, "1 1").Position.Asking);
        Assert.Equal("Q2", landline.Resume(After(mobile, "1 1 1 2").Position).Position.Asking);
        Assert.Equal("H2", mobile.Resume(After(landline, "1 1 3").Position).Position.Asking);
        Assert.Equal("Q2", mobile.Resume(After(landline, "1 1 3 1 1 2").Position).Position.Asking);
    }

    [Fact]
    public void Whoever_is_chosen_and_away_is_asked_for_anew_on_whatever_number()
    {
        var landline = Shipped.Engine("short-keys", Channel.Voice, landline: true);
        var away = After(landline, "1 1 2 3");
        Assert.Equal(InterviewEnd.SelectedAway, away.End);
        Assert.IsType<InterviewEvent.SelectedAway>(away.Events[^1]);
        Assert.Equal(InterviewOutcome.None, landline.Outcome(away.Position));
        var later = Shipped.Engine("short-keys", Channel.Voice);
        var again = later.Resume(away.Position).Position;
        Assert.False(again.Agreed);
        Assert.Equal("S1", later.Continue(later.Continue(again, Input("1")).Position, Input("1")).Position.Asking);
    }

    [Fact]
    public void Recorded_prompts_are_named_by_step_and_language()
    {
        var asked = new List<string>();
        var engine = Shipped.Engine("short-keys", Channel.Voice, audio: (step, language, _) =>
        {
            asked.Add($"{language}/{step}");
            return step == "identity" ? "abc123" : null;
        });
        var turn = engine.Start();
        Assert.Equal("abc123", turn.Says[0].Audio);
        Assert.Null(turn.Says[1].Audio);
        Assert.Equal(["zh-CN/identity", "zh-CN/about", "zh-CN/ask", "en/language"], asked);
        asked.Clear();
        After(engine, "1 1 1");
        Assert.Contains("zh-CN/question.Q1", asked);
        Assert.Contains("zh-CN/options.Q1", asked);
    }

    [Fact]
    public void Modules_are_drawn_equally_often_in_every_block()
    {
        var template = Shipped.Template("standard");
        for (var block = 0; block < 50; block++)
        {
            var drawn = Enumerable.Range(block * 9, 9).SelectMany(number => ModuleDrawing.Modules(template, 42, number)).ToArray();
            Assert.Equal(36, drawn.Length);
            Assert.All(drawn.GroupBy(m => m), g => Assert.Equal(4, g.Count()));
        }
    }

    [Fact]
    public void Modules_are_drawn_about_equally_often_over_seeds_of_ones_own()
    {
        var template = Shipped.Template("standard");
        var drawn = Enumerable.Range(0, 9000).SelectMany(seed => ModuleDrawing.Modules(template, (ulong)seed, 0)).GroupBy(m => m).ToArray();
        Assert.Equal(9, drawn.Length);
        Assert.All(drawn, g => Assert.InRange(g.Count(), 3800, 4200));
    }

    [Fact]
    public void Reversed_scale_is_stored_by_the_unreversed_key()
    {
        var template = Shipped.Template("short-keys") with { Draw = new ModuleDraw(1, ReverseHalf: true) };
        var turns = Enumerable.Range(0, 20).Select(seed => Shipped.Engine(template, Channel.Voice, seed: (ulong)seed))
            .Select(engine => (Engine: engine, Turn: After(engine, "1 1 1"))).ToArray();
        Assert.Contains(turns, t => t.Turn.Position.Reversed);
        Assert.Contains(turns, t => !t.Turn.Position.Reversed);
        foreach (var (engine, turn) in turns)
        {
            var answer = engine.Continue(turn.Position, Input("1")).Events.OfType<InterviewEvent.Answered>().Single();
            Assert.Equal(turn.Position.Reversed ? "5" : "1", answer.Key);
            Assert.StartsWith(turn.Position.Reversed ? "很不安全，请按1。" : "很安全，请按1。", turn.Says[^1].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Silence_is_no_answer_for_complete_but_an_explicit_eight_is()
    {
        var engine = Shipped.Engine("short-keys", Channel.Voice);
        Assert.Equal(InterviewOutcome.Complete, engine.Outcome(After(engine, "1 1 1 8 8 8 8 8").Position));
        Assert.Equal(InterviewOutcome.Partial, engine.Outcome(After(engine, "1 1 1 1 1 1 - - - 1 4").Position));
        Assert.Equal(InterviewOutcome.Partial, engine.Outcome(After(engine, "1 1 1 1 2").Position));
        Assert.Equal(InterviewOutcome.BreakOff, engine.Outcome(After(engine, "1 1 1 1").Position));
        Assert.Equal(InterviewOutcome.None, engine.Outcome(engine.Start().Position));
        Assert.Equal(InterviewOutcome.Refused, engine.Outcome(After(engine, "2").Position));
        Assert.Equal(InterviewOutcome.ScreenedOut, engine.Outcome(After(engine, "1 1 2").Position));
    }

    [Fact]
    public void Consent_at_the_start_comes_before_the_questions_and_is_asked_once()
    {
        var template = Shipped.Template("short-keys");
        template = template with { FollowUp = template.FollowUp with { Place = ConsentPlace.Start } };
        var engine = Shipped.Engine(template, Channel.Voice);
        var turn = After(engine, "1");
        Assert.Single(turn.Events.OfType<InterviewEvent.ConsentAsked>());
        turn = After(engine, "1 1 5 1 1 1 1 1 1 1");
        Assert.IsType<Expectation.Words>(turn.Expects);
        turn = engine.Continue(turn.Position, new InterviewInput.Recorded(TimeSpan.FromSeconds(9)));
        Assert.Equal(InterviewEnd.Finished, turn.End);
        Assert.Equal(InterviewOutcome.Complete, engine.Outcome(turn.Position));
    }

    [Fact]
    public void Engine_refuses_a_setting_that_the_template_cannot_serve()
    {
        var template = Shipped.Template("short-keys");
        Assert.Throws<ArgumentException>(() => Shipped.Engine(template, Channel.Text));
        Assert.Throws<ArgumentException>(() => Shipped.Engine(template, Channel.Voice, "cmn-x-pingan"));
        Assert.Throws<ArgumentException>(() => new InterviewEngine(template, new InterviewSetting
        {
            Channel = Channel.Voice, Language = "en", Blanks = new Dictionary<string, string> { ["org"] = "x" },
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2;l=en")]
    [InlineData("1;l=en;a=Q1")]
    [InlineData("1;l=en;s=77")]
    [InlineData("1;l=en;l=en")]
    public void Damaged_position_is_refused(string text) => Assert.Throws<FormatException>(() => InterviewPosition.Parse(text));
}
