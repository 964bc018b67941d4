using System.Net;
using SurveyDialer.Simulator;

namespace SurveyDialer.EndToEnd;

/// <summary>
/// What a carrier can do to a dialler, case by case: R to requests, C to callbacks. The simulator's own faults make each happen, so that a person can
/// rehearse them too; its log is the witness.
/// </summary>
public sealed class FaultMatrixTests
{
    private static readonly string[] Answers = [FaultRound.Answers];

    [Fact]
    public async Task R1_a_call_whose_answer_was_lost_is_found_and_not_placed_again()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.DropResponse, Count = 1 }], Answers)).FinishAsync();
        Assert.Equal((1, 1), (round.Seen(WitnessKind.CallAccepted).Count, round.Seen(WitnessKind.Rang).Count));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

    [Fact]
    public async Task R1_a_second_call_for_one_attempt_is_ended_and_the_first_one_counts()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.Duplicate, Count = 1 }], [FaultRound.Answers, FaultRound.Answers])).FinishAsync();
        Assert.Equal(2, round.Seen(WitnessKind.CallAccepted).Count);
        Assert.Empty(round.Run.Witness.AttemptsRungTwice);
        Assert.Equal(["Complete Completed"], round.All("SELECT outcome || ' ' || carrier_status FROM attempt;"));
        var own = round.One<string>("SELECT carrier_id FROM attempt;");
        Assert.DoesNotContain(round.Seen(WitnessKind.Step), step => step.Sid != own);
        Assert.Equal(1, round.One<long>("SELECT count(*) FROM carrier_event WHERE kind = 'duplicate-call';"));
    }

    [Theory]
    [InlineData(FaultKind.DropRequest)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.BadGateway)]
    public async Task R2_R3_what_was_never_created_is_tried_once_more_after_the_grace_period(FaultKind kind)
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = kind, Count = 1 }], Answers)).FinishAsync();
        Assert.Single(round.Seen(WitnessKind.CallAccepted));
        Assert.Equal(["Fault", "Complete"], round.All("SELECT outcome FROM attempt ORDER BY ordinal;"));
        Assert.True(round.One<long>("SELECT ended_at - placing_at FROM attempt WHERE ordinal = 1;") >= TimeSpan.FromMinutes(10).TotalMilliseconds);
    }

    [Fact]
    public async Task R4_too_many_requests_lead_to_one_call_in_the_end()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.TooManyRequests, Count = 4 }], Answers)).FinishAsync();
        Assert.Single(round.Seen(WitnessKind.CallAccepted));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
        Assert.Equal(4, round.One<long>("SELECT count(*) FROM carrier_event WHERE kind = 'not-processed';"));
    }

    [Fact]
    public async Task R9_a_round_that_is_closed_takes_back_what_waits_in_the_carriers_queue_though_nothing_is_reported()
    {
        await using var round = await FaultRound.StartAsync([new Fault { Kind = FaultKind.StuckInQueue }], Answers);
        await round.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(["placed"], round.All("SELECT state FROM attempt;"));
        Assert.Null(await round.Run.Office.Control.CloseAsync(1, "test", TestContext.Current.CancellationToken));
        Assert.Equal("canceled", Assert.Single(round.Seen(WitnessKind.EndedUnrung)).Detail);
        Assert.Equal(["ended Canceled"], round.All("SELECT state || ' ' || carrier_status FROM attempt;"));
        Assert.Equal(0, round.One<long>("SELECT count(*) FROM sample_member WHERE final_code IS NULL;"));
    }

    [Fact]
    public async Task R8_R10_a_call_that_waits_a_day_in_the_carriers_queue_is_left_alone_and_tried_again_after_it_expired()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.StuckInQueue, Count = 1 }], Answers)).FinishAsync();
        Assert.Equal(2, round.Seen(WitnessKind.CallAccepted).Count);
        Assert.Equal(["Fault Canceled", "Complete Completed"], round.All("SELECT outcome || ' ' || carrier_status FROM attempt ORDER BY ordinal;"));
        Assert.True(round.One<long>("SELECT ended_at - placing_at FROM attempt WHERE ordinal = 1;") >= TimeSpan.FromHours(24).TotalMilliseconds);
    }

    [Theory]
    [InlineData(21211)]
    [InlineData(21217)]
    [InlineData(13224)]
    public async Task R12_a_number_that_the_carrier_refuses_for_good_is_never_dialled_again(int code)
    {
        await using var round = await (await FaultRound.StartAsync([Refusal(400, code, 1)], Answers)).FinishAsync();
        Assert.Empty(round.Seen(WitnessKind.CallAccepted));
        Assert.Equal(["NotExisting"], round.All("SELECT outcome FROM attempt;"));
        Assert.Equal(1, round.One<long>("SELECT bad FROM phone;"));
    }

    [Theory]
    [InlineData(400, 21215)]
    [InlineData(400, 13227)]
    [InlineData(401, 20003)]
    [InlineData(400, 21210)]
    public async Task R12_what_a_person_has_to_mend_pauses_the_round(int status, int code)
    {
        await using var round = await FaultRound.StartAsync([Refusal(status, code, null)], Answers, Answers, Answers);
        await round.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("paused", round.One<string>("SELECT state FROM campaign;"));
        Assert.Contains(code.ToString(System.Globalization.CultureInfo.InvariantCulture), round.One<string>("SELECT reason FROM campaign_history ORDER BY id DESC LIMIT 1;"), StringComparison.Ordinal);
        Assert.Empty(round.Seen(WitnessKind.CallAccepted));
    }

    [Theory]
    [InlineData(202, "{}", "application/json")]
    [InlineData(302, "http://127.0.0.1:9/", "text/html")]
    [InlineData(200, "<html><body>Welcome to the hotel's network</body></html>", "text/html")]
    [InlineData(201, "", "application/json")]
    [InlineData(201, "{\"sid\":", "application/json")]
    public async Task R14_an_answer_that_says_nothing_is_looked_into_and_nothing_is_placed_again(int status, string body, string type)
    {
        var odd = new Fault { Kind = FaultKind.Answer, Status = status, Body = body, ContentType = type, Accept = true, Count = 1 };
        await using var round = await (await FaultRound.StartAsync([odd], Answers)).FinishAsync();
        Assert.Equal((1, 1), (round.Seen(WitnessKind.CallAccepted).Count, round.Seen(WitnessKind.Rang).Count));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

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

    [Theory]
    [MemberData(nameof(Callbacks))]
    public async Task C_the_interview_is_stored_once_and_the_call_counts_once_when(string what, Fault[] faults)
    {
        Assert.NotEmpty(what);
        await using var round = await (await FaultRound.StartAsync(faults, Answers, ["no-answer", FaultRound.Answers])).FinishAsync();
        Assert.Equal(["Complete Completed", "Complete Completed", "NoAnswer NoAnswer"], round.All("SELECT outcome || ' ' || carrier_status AS said FROM attempt ORDER BY said;"));
        Assert.Equal(3, round.Seen(WitnessKind.CallAccepted).Count);
        Assert.Empty(round.Run.Witness.AttemptsRungTwice);
        Assert.Equal(2, round.One<long>("SELECT count(*) FROM interview WHERE outcome = 'complete';"));
        Assert.Equal(0, round.One<long>("SELECT count(*) FROM answer WHERE replays > 0 OR key <> '1' OR how <> 'given';"));
    }

    [Fact]
    public async Task C7_reports_of_nobody_s_call_change_nothing_and_break_nothing()
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

    [Fact]
    public async Task C14_a_text_that_is_delivered_twice_is_one_answer()
    {
        string[] replies = ["1", "2", "3", "1", "0", "4"];
        await using var round = await (await FaultRound.StartAsync("text", [new Fault { Kind = FaultKind.DuplicateCallback, On = "text" }], replies)).FinishAsync();
        Assert.Equal(["Q1=2", "Q2=3", "Q3=1"], round.All("SELECT question_id || '=' || key FROM answer WHERE question_id <> 'Q4' ORDER BY question_id;"));
        Assert.Empty(round.Run.Witness.TextsAcceptedTwice);
    }

    [Theory]
    [InlineData("退订")]
    [InlineData(" stop ")]
    [InlineData("ＴＤ")]
    [InlineData("拒收")]
    public async Task C15_a_stop_word_ends_it_and_nobody_calls_or_texts_again(string word)
    {
        await using var round = await (await FaultRound.StartAsync("text", [], [word])).FinishAsync();
        Assert.Equal(1, round.One<long>("SELECT count(*) FROM do_not_call;"));
        Assert.Equal("2.111", round.One<string>("SELECT final_code FROM sample_member;"));
        Assert.InRange(round.Seen(WitnessKind.TextAccepted).Count, 1, 2);
    }

    private static Fault Refusal(int status, int code, int? times) => new()
    {
        Kind = FaultKind.Answer, Status = status, ContentType = "application/json", Count = times,
        Body = $$"""{"code":{{code}},"message":"refused","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}""",
    };
}
