using SurveyDialer.Simulator;

namespace SurveyDialer.EndToEnd.FaultMatrix;

/// <summary>What a resident and a carrier can do to a conversation, case by case, from the ringing to what is stored.</summary>
public sealed class ConversationCasesTests
{
    private static readonly string[] Answers = [FaultRound.Answers];

    [Theory, Trait("case", "G1"), Trait("case", "G2"), Trait("case", "G3")]
    [InlineData("answer: 1 1 1 12# 1 1 1 1 4", "1 1 1 1 1")]
    [InlineData("answer: 1 1 1 !2 1 1 1 1 4", "2 1 1 1 1")]
    [InlineData("answer: 1 1 1 * 3 1 1 1 1 4", "3 1 1 1 1")]
    [InlineData("answer: 1 1 1 # 3 1 1 1 1 4", "3 1 1 1 1")]
    [InlineData("answer: 1 1 1 - 3 1 1 1 1 4", "3 1 1 1 1")]
    [InlineData("answer: 1 1 1 7 4 1 1 1 1 4", "4 1 1 1 1")]
    public async Task Each_question_takes_one_key_whatever_else_is_pressed(string resident, string keys)
    {
        await using var round = await (await FaultRound.StartAsync([], [resident])).FinishAsync();
        Assert.Equal(keys.Split(' '), round.All("SELECT key FROM answer WHERE question_id LIKE 'Q%' ORDER BY question_id;"));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

    [Theory, Trait("case", "G4"), Trait("case", "G7")]
    [InlineData("- - -", "no_input")]
    [InlineData("5 5", "invalid")]
    public async Task A_question_that_gets_no_answer_is_left_after_a_few_prompts_and_the_next_one_asked(string keys, string how)
    {
        // The third question knows 1, 2 and 8.
        await using var round = await (await FaultRound.StartAsync([], [$"answer: 1 1 1 1 1 {keys} 1 1 4 4 4 4"])).FinishAsync();
        Assert.Equal(how, round.One<string>("SELECT how FROM answer WHERE question_id = 'Q3';"));
        Assert.Equal("1", round.One<string>("SELECT key FROM answer WHERE question_id = 'Q4';"));
    }

    [Fact, Trait("case", "G7")]
    public async Task Nothing_but_silence_ends_politely_and_stores_no_answer()
    {
        await using var round = await (await FaultRound.StartAsync([], ["answer: - - - - - - - -"])).FinishAsync();
        Assert.Equal(0, round.One<long>("SELECT count(*) FROM answer WHERE how = 'given';"));
        Assert.All(round.Seen(WitnessKind.Freed), call => Assert.Equal("completed", call.Detail));
        Assert.Equal(["NothingHeard 3.90"], round.All("SELECT DISTINCT outcome || ' ' || code FROM attempt WHERE outcome IS NOT NULL;"));
    }

    [Theory, Trait("case", "G8")]
    [InlineData("answer: 7 hangup", "HungUpBeforeConsent 2.111")]
    [InlineData("answer: * hangup", "HungUpBeforeConsent 2.111")]
    [InlineData("answer: - hangup", "NothingHeard 3.90")]
    [InlineData("answer: hangup", "NothingHeard 3.90")]
    [InlineData("answer: 1 hangup", "BreakOff 2.12")]
    public async Task Whoever_hangs_up_before_agreeing_has_refused_only_where_a_key_showed_that_somebody_was_there(string resident, string verdict)
    {
        await using var round = await FaultRound.StartAsync([], [resident]);
        await round.AdvanceAsync(FaultRound.Opening + TimeSpan.FromMinutes(20));
        Assert.Equal(verdict, round.One<string>("SELECT outcome || ' ' || code FROM attempt WHERE ordinal = 1;"));
    }

    [Theory, Trait("case", "G8")]
    [InlineData("answer: hangup", 0)]
    [InlineData("answer: 1 hangup", 0)]
    [InlineData("answer: 1 1 1 hangup@1", 0)]
    [InlineData("answer: 1 1 1 2 hangup", 1)]
    [InlineData("answer: 1 1 1 2+hangup", 1)]
    [InlineData("answer: 1 1 1 2 2 hangup@0.2", 2)]
    [InlineData("answer: 1 1 1 2 2 1 2 2+hangup", 5)]
    public async Task Whoever_hangs_up_has_given_the_answers_that_were_pressed_and_no_other(string resident, int answers)
    {
        await using var round = await FaultRound.StartAsync([], [resident]);
        await round.AdvanceAsync(FaultRound.Opening + TimeSpan.FromMinutes(20));
        Assert.Equal(answers, round.One<long>("SELECT count(*) FROM answer WHERE question_id LIKE 'Q%' AND how = 'given';"));
        Assert.Equal(1, round.One<long>("SELECT count(*) FROM attempt WHERE ordinal = 1 AND state = 'ended' AND carrier_status = 'Completed';"));
    }

    [Fact, Trait("case", "G9")]
    public async Task Hanging_up_into_the_recording_keeps_what_was_said_and_the_case()
    {
        await using var round = await (await FaultRound.StartAsync([], ["answer: 1 1 1 1 1 1 1 1 2 5 say8+hangup"])).FinishAsync();
        await round.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(["visit services"], round.All("SELECT preferred_way || ' ' || topic FROM follow_up_case;"));
        Assert.Equal(["fetched"], round.All("SELECT state FROM recording;"));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

    [Fact, Trait("case", "G12")]
    public async Task A_call_whose_first_document_never_came_is_nobodys_refusal_and_is_made_again()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.DropCallback, On = "voice", Count = 2 }], Answers)).FinishAsync();
        Assert.Equal(["Fault 1", "Complete 0"], round.All("SELECT outcome || ' ' || our_fault FROM attempt ORDER BY ordinal;"));
        Assert.Empty(round.Run.Witness.AttemptsRungTwice);
    }

    [Fact, Trait("case", "G16")]
    public async Task The_end_of_the_longest_time_keeps_what_was_answered()
    {
        var plan = new FaultPlan(Edit: yaml => yaml.Replace("maximum_call: 600s", "maximum_call: 120s", StringComparison.Ordinal));
        await using var round = await FaultRound.StartAsync(plan, [], ["answer: 1 1 1 2 7 * * * * * * * * * * *"]);
        await round.AdvanceAsync(FaultRound.Opening + TimeSpan.FromMinutes(10));
        Assert.InRange(round.One<long>("SELECT duration_s FROM attempt WHERE ordinal = 1;"), 100, 125);
        Assert.Equal("2", round.One<string>("SELECT key FROM answer WHERE question_id = 'Q1';"));
        Assert.Equal("BreakOff", round.One<string>("SELECT outcome FROM attempt WHERE ordinal = 1;"));
    }

    [Fact, Trait("case", "G17")]
    public async Task Every_start_falls_into_the_hours_of_the_respondents_own_zone_and_keeps_its_distance()
    {
        await using var round = await (await FaultRound.StartAsync([], ["no-answer"], ["busy"], ["no-answer", "busy"])).FinishAsync();
        var starts = round.Seen(WitnessKind.CallAccepted).Select(call => (call.Number, At: call.At.ToOffset(TimeSpan.FromHours(8)).DateTime)).ToList();
        Assert.True(starts.Count >= 9, $"{starts.Count} calls");
        Assert.All(starts, call => Assert.True(call.At.Hour is >= 9 and < 12 or >= 14 and < 21, $"{call.At}"));
        foreach (var calls in starts.GroupBy(call => call.Number))
        {
            var times = calls.Select(call => call.At).Order().ToList();
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMinutes(20), $"{pair}"));
            Assert.All(times.GroupBy(at => at.Date), day => Assert.InRange(day.Count(), 1, 2));
        }
    }
}
