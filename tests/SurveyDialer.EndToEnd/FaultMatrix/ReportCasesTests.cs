using System.Net;
using SurveyDialer.Simulator;

namespace SurveyDialer.EndToEnd.FaultMatrix;

/// <summary>What a carrier can do with its reports, case by case; its log is the witness.</summary>
public sealed class ReportCasesTests
{
    private const string Comment = "answer: 1 1 1 1 1 1 1 1 1 1 say8";

    private static readonly string[] Answers = [FaultRound.Answers];

    public static TheoryData<string, Fault[]> Callbacks => new()
    {
        { "C1 every report comes twice", [new Fault { Kind = FaultKind.DuplicateCallback }] },
        { "C2 reports come in reverse", [new Fault { Kind = FaultKind.ReorderCallbacks }] },
        { "C3 the first report comes before the answer to the create", [new Fault { Kind = FaultKind.EarlyCallback }] },
        { "C4 the report of the end is lost", [new Fault { Kind = FaultKind.DropCallback, On = "completed" }] },
        { "C4 all reports are lost", [new Fault { Kind = FaultKind.DropCallback }] },
        { "C5 ringing is reported after the end", [new Fault { Kind = FaultKind.DelayCallback, On = "ringing", Seconds = 900 }] },
        { "C6 another status under the same number", [new Fault { Kind = FaultKind.SameSequence, On = "ringing", CallStatus = "initiated" }] },
        { "C12 every request of the call comes twice", [new Fault { Kind = FaultKind.DuplicateCallback, On = "voice" }, new Fault { Kind = FaultKind.DuplicateCallback, On = "action" }] },
    };

    [Theory, Trait("case", "C1"), Trait("case", "C2"), Trait("case", "C3"), Trait("case", "C4"), Trait("case", "C5"), Trait("case", "C6"), Trait("case", "C12")]
    [MemberData(nameof(Callbacks))]
    public async Task The_interview_is_stored_once_and_the_call_counts_once_when(string what, Fault[] faults)
    {
        Assert.NotEmpty(what);
        await using var round = await (await FaultRound.StartAsync(faults, Answers, ["no-answer", FaultRound.Answers])).FinishAsync();
        Assert.Equal(["Complete Completed", "Complete Completed", "NoAnswer NoAnswer"], round.All("SELECT outcome || ' ' || carrier_status AS said FROM attempt ORDER BY said;"));
        Assert.Equal(3, round.Seen(WitnessKind.CallAccepted).Count);
        Assert.Empty(round.Run.Witness.AttemptsRungTwice);
        Assert.Equal(2, round.One<long>("SELECT count(*) FROM interview WHERE outcome = 'complete';"));
        Assert.Equal(0, round.One<long>("SELECT count(*) FROM answer WHERE replays > 0 OR key <> '1' OR how <> 'given';"));
    }

    [Fact, Trait("case", "C7")]
    public async Task Reports_of_nobody_s_call_change_nothing_and_break_nothing()
    {
        await using var round = await (await FaultRound.StartAsync([], Answers)).FinishAsync();
        var before = round.All("SELECT group_concat(state || outcome || carrier_status) FROM attempt UNION ALL SELECT count(*) FROM carrier_event;");
        var token = round.One<string>("SELECT token FROM attempt;");
        var own = round.One<string>("SELECT carrier_id FROM attempt;");
        Assert.Equal(HttpStatusCode.NoContent, (await round.PostAsync("carrier/status/unknown", ("CallSid", own), ("CallStatus", "completed"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await round.PostAsync($"carrier/status/{token}", ("CallSid", own), ("CallStatus", "completed"), ("SequenceNumber", "3"))).Status);
        var spoken = await round.PostAsync($"carrier/voice/{token}", ("CallSid", own), ("CallStatus", "in-progress"));
        Assert.Contains("Hangup", spoken.Body, StringComparison.Ordinal);
        Assert.Equal(before, round.All("SELECT group_concat(state || outcome || carrier_status) FROM attempt UNION ALL SELECT count(*) FROM carrier_event;"));
    }

    [Fact, Trait("case", "C14")]
    public async Task A_text_that_is_delivered_twice_is_one_answer()
    {
        string[] replies = ["1", "2", "3", "1", "0", "4"];
        await using var round = await (await FaultRound.StartAsync(new FaultPlan("text"), [new Fault { Kind = FaultKind.DuplicateCallback, On = "text" }], replies)).FinishAsync();
        Assert.Equal(["Q1=2", "Q2=3", "Q3=1"], round.All("SELECT question_id || '=' || key FROM answer WHERE question_id <> 'Q4' ORDER BY question_id;"));
        Assert.Empty(round.Run.Witness.TextsAcceptedTwice);
    }

    [Theory, Trait("case", "C15")]
    [InlineData("退订")]
    [InlineData(" stop ")]
    [InlineData("ＴＤ")]
    [InlineData("拒收")]
    public async Task A_stop_word_ends_it_and_nobody_calls_or_texts_again(string word)
    {
        await using var round = await (await FaultRound.StartAsync(new FaultPlan("text"), [], [word])).FinishAsync();
        Assert.Equal(1, round.One<long>("SELECT count(*) FROM do_not_call;"));
        Assert.Equal("2.111", round.One<string>("SELECT final_code FROM sample_member;"));
        Assert.InRange(round.Seen(WitnessKind.TextAccepted).Count, 1, 2);
    }

    public static TheoryData<string, Fault[], string> Recordings => new()
    {
        { "the report comes late", [new Fault { Kind = FaultKind.DelayCallback, On = "recording", Seconds = 900 }], "fetched" },
        { "the report comes twice", [new Fault { Kind = FaultKind.DuplicateCallback, On = "recording" }], "fetched" },
        { "the file is not there at first", [new Fault { Kind = FaultKind.RecordingLate, Seconds = 1200, Count = 3 }], "fetched" },
        { "there is no file", [new Fault { Kind = FaultKind.RecordingAbsent }], "absent" },
    };

    [Theory, Trait("case", "C10")]
    [MemberData(nameof(Recordings))]
    public async Task Own_words_reach_the_case_once_or_are_said_to_be_missing_when(string what, Fault[] faults, string state)
    {
        Assert.NotEmpty(what);
        await using var round = await (await FaultRound.StartAsync(faults, [Comment])).FinishAsync();
        await round.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.Equal([state], round.All("SELECT state FROM recording;"));
        Assert.Equal(1, round.One<long>("SELECT count(*) FROM follow_up_case;"));
        Assert.Equal(state == "fetched" ? 1 : 0, round.Seen(WitnessKind.RecordingDeleted).Count);
    }

    [Fact, Trait("case", "C10")]
    public async Task A_recording_of_which_nothing_is_ever_reported_leaves_a_case_without_one()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.DropCallback, On = "recording" }], [Comment])).FinishAsync();
        Assert.Equal(1, round.One<long>("SELECT count(*) FROM follow_up_case WHERE topic = 'order';"));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

    public static TheoryData<string, Fault[], string> Machines => new()
    {
        { "machine", [], "AnsweringMachine" },
        { "fax", [], "Fax" },
        { "machine", [new Fault { Kind = FaultKind.DropCallback, On = "amd" }], "NothingHeard" },
        { "machine", [new Fault { Kind = FaultKind.WrongStatus, On = "amd", CallStatus = "unknown" }], "NothingHeard" },
    };

    [Theory, Trait("case", "C11")]
    [MemberData(nameof(Machines))]
    public async Task A_machine_never_gives_an_interview_whenever_the_carrier_says_so(string answers, Fault[] faults, string outcome)
    {
        var plan = new FaultPlan(Edit: yaml => yaml.Replace("detect_machines: false", "detect_machines: true", StringComparison.Ordinal));
        await using var round = await (await FaultRound.StartAsync(plan, faults, [answers, FaultRound.Answers])).FinishAsync();
        Assert.Equal(outcome, round.One<string>("SELECT outcome FROM attempt WHERE ordinal = 1;"));
        Assert.Equal(0, round.One<long>("SELECT count(*) FROM answer WHERE how = 'given' AND key <> '1';"));
        Assert.Empty(round.Run.Witness.AttemptsRungTwice);
    }

    [Theory, Trait("case", "C11")]
    [InlineData("machine_start")]
    [InlineData("fax")]
    [InlineData("unknown")]
    public async Task Whoever_presses_keys_is_a_person_whatever_the_carrier_thinks(string verdict)
    {
        var plan = new FaultPlan(Edit: yaml => yaml.Replace("detect_machines: false", "detect_machines: true", StringComparison.Ordinal));
        await using var round = await (await FaultRound.StartAsync(plan, [new Fault { Kind = FaultKind.WrongStatus, On = "amd", CallStatus = verdict }], Answers)).FinishAsync();
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

    [Theory, Trait("case", "C13")]
    [InlineData(FaultKind.ReorderCallbacks)]
    [InlineData(FaultKind.DropCallback)]
    [InlineData(FaultKind.DuplicateCallback)]
    public async Task A_conversation_by_text_does_not_depend_on_what_is_reported_of_its_texts(FaultKind kind)
    {
        string[] replies = ["1", "2", "3", "1", "0", "4"];
        await using var round = await (await FaultRound.StartAsync(new FaultPlan("text"), [new Fault { Kind = kind, On = "text-status" }], replies)).FinishAsync();
        Assert.Equal(["Q1=2", "Q2=3", "Q3=1"], round.All("SELECT question_id || '=' || key FROM answer WHERE question_id <> 'Q4' ORDER BY question_id;"));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
        await round.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(round.All("SELECT turn || ' ' || state FROM message WHERE state NOT IN ('ended', 'cancelled', 'placed');"));
    }
}
