using SurveyDialer.Simulator;

namespace SurveyDialer.EndToEnd.FaultMatrix;

/// <summary>
/// What a carrier can do to our requests, case by case. The simulator's own faults make each happen, so that a person can rehearse them too; its
/// log is the witness.
/// </summary>
public sealed class RequestCasesTests
{
    private static readonly string[] Answers = [FaultRound.Answers];

    [Fact, Trait("case", "R1")]
    public async Task A_call_whose_answer_was_lost_is_found_and_not_placed_again()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.DropResponse, Count = 1 }], Answers)).FinishAsync();
        Assert.Equal((1, 1), (round.Seen(WitnessKind.CallAccepted).Count, round.Seen(WitnessKind.Rang).Count));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

    [Fact, Trait("case", "R1")]
    public async Task A_second_call_for_one_attempt_is_ended_and_the_first_one_counts()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.Duplicate, Count = 1 }], [FaultRound.Answers, FaultRound.Answers])).FinishAsync();
        Assert.Equal(2, round.Seen(WitnessKind.CallAccepted).Count);
        Assert.Empty(round.Run.Witness.AttemptsRungTwice);
        Assert.Equal(["Complete Completed"], round.All("SELECT outcome || ' ' || carrier_status FROM attempt;"));
        var own = round.One<string>("SELECT carrier_id FROM attempt;");
        Assert.DoesNotContain(round.Seen(WitnessKind.Step), step => step.Sid != own);
        Assert.Equal(1, round.One<long>("SELECT count(*) FROM carrier_event WHERE kind = 'duplicate-call';"));
    }

    [Theory, Trait("case", "R2"), Trait("case", "R3")]
    [InlineData(FaultKind.DropRequest)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.BadGateway)]
    public async Task What_was_never_created_is_tried_once_more_after_the_grace_period(FaultKind kind)
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = kind, Count = 1 }], Answers)).FinishAsync();
        Assert.Single(round.Seen(WitnessKind.CallAccepted));
        Assert.Equal(["Fault", "Complete"], round.All("SELECT outcome FROM attempt ORDER BY ordinal;"));
        Assert.True(round.One<long>("SELECT ended_at - placing_at FROM attempt WHERE ordinal = 1;") >= TimeSpan.FromMinutes(10).TotalMilliseconds);
    }

    [Fact, Trait("case", "R4")]
    public async Task Too_many_requests_lead_to_one_call_in_the_end()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.TooManyRequests, Count = 4 }], Answers)).FinishAsync();
        Assert.Single(round.Seen(WitnessKind.CallAccepted));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
        Assert.Equal(4, round.One<long>("SELECT count(*) FROM carrier_event WHERE kind = 'not-processed';"));
    }

    [Fact, Trait("case", "R9")]
    public async Task A_round_that_is_closed_takes_back_what_waits_in_the_carriers_queue_though_nothing_is_reported()
    {
        await using var round = await FaultRound.StartAsync([new Fault { Kind = FaultKind.StuckInQueue }], Answers);
        await round.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(["placed"], round.All("SELECT state FROM attempt;"));
        Assert.Null(await round.Run.Office.Control.CloseAsync(1, "test", TestContext.Current.CancellationToken));
        Assert.Equal("canceled", Assert.Single(round.Seen(WitnessKind.EndedUnrung)).Detail);
        Assert.Equal(["ended Canceled"], round.All("SELECT state || ' ' || carrier_status FROM attempt;"));
        Assert.Equal(0, round.One<long>("SELECT count(*) FROM sample_member WHERE final_code IS NULL;"));
    }

    [Fact, Trait("case", "R8"), Trait("case", "R10")]
    public async Task A_call_that_waits_a_day_in_the_carriers_queue_is_left_alone_and_tried_again_after_it_expired()
    {
        await using var round = await (await FaultRound.StartAsync([new Fault { Kind = FaultKind.StuckInQueue, Count = 1 }], Answers)).FinishAsync();
        Assert.Equal(2, round.Seen(WitnessKind.CallAccepted).Count);
        Assert.Equal(["Fault Canceled", "Complete Completed"], round.All("SELECT outcome || ' ' || carrier_status FROM attempt ORDER BY ordinal;"));
        Assert.True(round.One<long>("SELECT ended_at - placing_at FROM attempt WHERE ordinal = 1;") >= TimeSpan.FromHours(24).TotalMilliseconds);
    }

    [Theory, Trait("case", "R12")]
    [InlineData(21211)]
    [InlineData(21217)]
    [InlineData(13224)]
    public async Task A_number_that_the_carrier_refuses_for_good_is_never_dialled_again(int code)
    {
        await using var round = await (await FaultRound.StartAsync([Refusal(400, code, 1)], Answers)).FinishAsync();
        Assert.Empty(round.Seen(WitnessKind.CallAccepted));
        Assert.Equal(["NotExisting"], round.All("SELECT outcome FROM attempt;"));
        Assert.Equal(1, round.One<long>("SELECT bad FROM phone;"));
    }

    [Theory, Trait("case", "R12")]
    [InlineData(400, 21215)]
    [InlineData(400, 13227)]
    [InlineData(401, 20003)]
    [InlineData(400, 21210)]
    public async Task What_a_person_has_to_mend_pauses_the_round(int status, int code)
    {
        await using var round = await FaultRound.StartAsync([Refusal(status, code, null)], Answers, Answers, Answers);
        await round.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("paused", round.One<string>("SELECT state FROM campaign;"));
        Assert.Contains(code.ToString(System.Globalization.CultureInfo.InvariantCulture), round.One<string>("SELECT reason FROM campaign_history ORDER BY id DESC LIMIT 1;"), StringComparison.Ordinal);
        Assert.Empty(round.Seen(WitnessKind.CallAccepted));
    }

    [Theory, Trait("case", "R14")]
    [InlineData(202, "{}", "application/json")]
    [InlineData(302, "http://127.0.0.1:9/", "text/html")]
    [InlineData(200, "<html><body>Welcome to the hotel's network</body></html>", "text/html")]
    [InlineData(201, "", "application/json")]
    [InlineData(201, "{\"sid\":", "application/json")]
    public async Task An_answer_that_says_nothing_is_looked_into_and_nothing_is_placed_again(int status, string body, string type)
    {
        var odd = new Fault { Kind = FaultKind.Answer, Status = status, Body = body, ContentType = type, Accept = true, Count = 1 };
        await using var round = await (await FaultRound.StartAsync([odd], Answers)).FinishAsync();
        Assert.Equal((1, 1), (round.Seen(WitnessKind.CallAccepted).Count, round.Seen(WitnessKind.Rang).Count));
        Assert.Equal(["Complete"], round.All("SELECT outcome FROM attempt;"));
    }

    [Theory, Trait("case", "R11")]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 0.5)]
    public async Task Neither_the_lines_nor_the_starts_a_second_are_ever_exceeded(int lines, double starts)
    {
        var residents = Enumerable.Range(0, 12).Select(_ => Answers).ToArray();
        await using var round = await (await FaultRound.StartAsync(new FaultPlan(Lines: lines, StartsPerSecond: starts), [], residents)).FinishAsync();
        var begun = round.Seen(WitnessKind.CallAccepted).Select(call => call.At).Order().ToList();
        Assert.Equal(12, begun.Count);
        Assert.All(begun, at => Assert.InRange(begun.Count(other => other >= at && other < at.AddSeconds(1 / Math.Min(starts, 1))), 1, (int)Math.Max(starts, 1)));
        var open = 0;
        var most = round.Seen(WitnessKind.CallAccepted).Select(call => (call.At, Change: 1)).Concat(round.Seen(WitnessKind.Freed).Select(call => (call.At, Change: -1)))
            .OrderBy(change => change.At).ThenBy(change => change.Change).Max(change => open += change.Change);
        Assert.Equal(lines, most);
    }

    private static Fault Refusal(int status, int code, int? times) => new()
    {
        Kind = FaultKind.Answer, Status = status, ContentType = "application/json", Count = times,
        Body = $$"""{"code":{{code}},"message":"refused","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}""",
    };
}
