using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Tests.Fieldwork;

public sealed class CallTests
{
    private static readonly string[][] OneMobile = [[TextOffice.Mobile]];
    private static readonly string[][] OneHousehold = [[TextOffice.Landline], [TextOffice.Landline]];

    [Fact]
    public async Task A_campaign_made_for_another_carrier_is_never_dialled()
    {
        await using var office = new TextOffice("twilio");
        await office.LaunchAsync("short-keys", OneMobile);
        await office.PassAsync(TimeSpan.FromDays(3));
        Assert.Empty(office.Carrier.Called);
    }

    [Fact]
    public async Task The_same_turn_twice_gives_the_same_prompt_and_one_answer()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        var connected = (await office.TurnAsync(0, 0, null))!;
        Assert.Equal(Text(connected), Text((await office.TurnAsync(0, 0, null))!));
        var reply = (await office.TurnAsync(0, connected.Turn, "1"))!;
        var again = (await office.TurnAsync(0, connected.Turn, "1"))!;
        Assert.Equal((reply.Turn, Text(reply)), (again.Turn, Text(again)));
        var next = (await office.TurnAsync(0, reply.Turn, "1"))!;
        Assert.Equal(Text(next), Text((await office.TurnAsync(0, reply.Turn, "5"))!));
        Assert.Equal(["S2=1given"], office.Answers);
    }

    [Fact]
    public async Task Turns_that_arrive_together_give_one_prompt_and_one_answer()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        async Task<VoiceReply> AtOnceAsync(int turn, string? keys)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => office.TurnAsync(0, turn, keys))));
            return Assert.Single(replies.OfType<VoiceReply>().DistinctBy(reply => (reply.Turn, Text(reply))));
        }

        var reply = await AtOnceAsync(0, null);
        reply = await AtOnceAsync(reply.Turn, "1");
        await AtOnceAsync(reply.Turn, "1");
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM interview;"));
        Assert.Equal(["S2=1given"], office.Answers);
    }

    [Fact]
    public async Task What_was_remembered_of_a_call_does_not_outlive_its_attempt()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        var reply = (await office.TurnAsync(0, 0, null))!;
        reply = (await office.TurnAsync(0, reply.Turn, "1"))!;
        await office.EndCallAsync(0, CallStatus.Completed);
        Assert.Null(await office.TurnAsync(0, reply.Turn, "1"));
        Assert.Empty(office.Answers);
    }

    [Fact]
    public async Task A_second_call_for_one_attempt_is_not_spoken_to()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        Assert.NotNull(await office.TurnAsync(0, 0, null));
        Assert.Null(await office.TurnAsync(0, 0, null, "CA-other"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM carrier_event WHERE kind = 'duplicate-call';"));
    }

    [Fact]
    public async Task A_second_call_is_ended_though_the_first_has_reported_the_same_before()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        await office.EndCallAsync(0, CallStatus.Ringing, 1);
        await office.EndCallAsync(0, CallStatus.Ringing, 1, "CA-other");
        Assert.Equal(["CA-other"], office.Carrier.Hungup);
    }

    [Fact]
    public async Task A_second_call_is_ended_as_soon_as_the_carrier_confirms_it()
    {
        await using var office = new TextOffice();
        office.Carrier.BeforeAnswer = () => office.EndCallAsync(0, CallStatus.Ringing, 1, "CA-first");
        await office.LaunchAsync("short-keys", OneMobile);
        Assert.Equal(["CA1"], office.Carrier.Hungup);
        Assert.Equal("CA-first", office.One<string>("SELECT carrier_id FROM attempt WHERE id = 1;"));
    }

    [Fact]
    public async Task The_end_of_a_second_call_does_not_hide_the_end_of_the_first()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        await office.EndCallAsync(0, CallStatus.Completed, 3, "CA-other");
        Assert.Equal("placed", office.One<string>("SELECT state FROM attempt WHERE id = 1;"));
        await office.EndCallAsync(0, CallStatus.Completed);
        Assert.Equal("ended", office.One<string>("SELECT state FROM attempt WHERE id = 1;"));
    }

    [Fact]
    public async Task A_call_that_was_thought_never_to_have_been_is_ended_when_it_rings()
    {
        await using var office = new TextOffice();
        office.Carrier.CallOutcomes.Enqueue(new PlaceOutcome.Unclear("no answer"));
        await office.LaunchAsync("short-keys", OneMobile);
        await office.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal("ended", office.One<string>("SELECT state FROM attempt WHERE id = 1;"));
        await office.EndCallAsync(0, CallStatus.Ringing, 1, "CA-late");
        Assert.Equal(["CA-late"], office.Carrier.Hungup);
    }

    [Fact]
    public async Task Never_again_is_written_before_the_goodbye_and_ends_the_attempts()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        var connected = (await office.TurnAsync(0, 0, null))!;
        var goodbye = (await office.TurnAsync(0, connected.Turn, "9"))!;
        Assert.IsType<Expectation.Nothing>(goodbye.Expects);
        Assert.True(office.IsDoNotCall(TextOffice.Mobile));
        await office.EndCallAsync(0, CallStatus.Completed);
        Assert.Equal("2.111", office.Code);
        await office.PassAsync(TimeSpan.FromDays(20));
        Assert.Single(office.Carrier.Called);
    }

    [Theory]
    [InlineData(TextOffice.Landline, false)]
    [InlineData(TextOffice.Landline + ";ext=802", false)]
    [InlineData(TextOffice.Landline + ";ext=803", true)]
    [InlineData(TextOffice.OtherMobile, true)]
    public async Task Never_again_at_a_switchboard_covers_its_extensions_and_at_one_extension_only_that_one(string optedOut, bool stillTried)
    {
        await using var office = new TextOffice();
        await office.NeverAgainAsync(optedOut);

        // Somebody else keeps the round going.
        await office.LaunchAsync("standard", [[TextOffice.Landline + ";ext=802"], ["+8615400000077"]], liveCallers: true);
        Assert.Equal(stillTried ? 1 : 0, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'pending' AND channel = 'live';"));
        Assert.Equal(stillTried ? 0 : 1, office.One<long>("SELECT count(*) FROM sample_member WHERE final_code IS NOT NULL;"));
    }

    [Fact]
    public async Task What_waits_for_a_person_at_a_desk_keeps_no_dispatcher_awake()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("standard", [[TextOffice.Landline + ";ext=802"]], liveCallers: true);
        Assert.Equal("live pending", office.One<string>("SELECT channel || ' ' || state FROM attempt ORDER BY id DESC LIMIT 1;"));
        Assert.Equal(office.One<long?>("SELECT min(due_at) FROM attempt WHERE state = 'pending';"), office.Progress.NextDueAt);
        Assert.Null(office.Time.Timeline.NextDue);
    }

    [Fact]
    public async Task One_extension_cannot_opt_its_switchboard_out()
    {
        await using var office = new TextOffice();
        await office.NeverAgainAsync(TextOffice.Landline + ";ext=802");
        await office.LaunchAsync("short-keys", [[TextOffice.Landline]]);
        Assert.Single(office.Carrier.Called);
    }

    [Fact]
    public async Task A_fault_of_the_account_pauses_with_the_code_and_not_with_words_that_may_quote_a_number()
    {
        await using var office = new TextOffice();
        office.Carrier.CallOutcomes.Enqueue(new PlaceOutcome.Rejected(Rejection.Configuration, 21212, "The 'From' number +8615400000001 is not valid."));
        await office.LaunchAsync("short-keys", OneMobile);
        Assert.Equal("paused Configuration 21212", office.One<string>("SELECT to_state || ' ' || reason FROM campaign_history ORDER BY id DESC LIMIT 1;"));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM carrier_event WHERE status LIKE '%+86%' OR detail LIKE '%+86%';"));
        Assert.Equal(PauseCause.Of("Configuration 21212"), office.Progress.Campaign.Cause);
    }

    [Fact]
    public async Task A_repeated_or_late_report_changes_nothing()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        await office.EndCallAsync(0, CallStatus.Busy);
        await office.EndCallAsync(0, CallStatus.Busy);
        await office.EndCallAsync(0, CallStatus.Ringing, sequence: 1);
        Assert.Equal("Busy", office.One<string>("SELECT outcome FROM attempt WHERE ordinal = 1;"));
        Assert.Equal(2, office.One<long>("SELECT count(*) FROM attempt;"));
        Assert.Equal(1, office.One<long>("SELECT times FROM contact_cap WHERE kind = 'busy';"));
    }

    [Fact, Trait("case", "R7")]
    public async Task Two_respondents_of_one_landline_are_never_called_at_the_same_time()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneHousehold);
        Assert.Single(office.Carrier.Called);
        Assert.Equal("number-in-use", office.One<string>("SELECT waiting_reason FROM attempt WHERE state = 'pending';"));
    }

    [Fact]
    public async Task Consent_opens_the_case_even_if_the_line_drops_at_once()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        var reply = (await office.TurnAsync(0, 0, null))!;
        for (var step = 0; step < 20 && office.One<long>("SELECT count(*) FROM interview WHERE asked = 1;") == 0; step++)
            reply = (await office.TurnAsync(0, reply.Turn, "1"))!;
        await office.TurnAsync(0, reply.Turn, "2");
        Assert.Equal("visit", office.One<string>("SELECT preferred_way FROM follow_up_case;"));
        await office.EndCallAsync(0, CallStatus.Completed);
        Assert.Equal("1.1", office.Code);
        Assert.Equal("case", office.One<string>("SELECT next_step FROM interview;"));
    }

    [Fact]
    public async Task A_call_in_progress_is_spoken_to_during_a_pause()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        await office.PauseAsync();
        var connected = (await office.TurnAsync(0, 0, null))!;
        Assert.NotNull(await office.TurnAsync(0, connected.Turn, "1"));
    }

    [Fact]
    public async Task A_pause_lets_the_call_in_progress_end_and_starts_no_other()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", OneMobile);
        await office.PauseAsync();
        await office.EndCallAsync(0, CallStatus.Busy);
        await office.PassAsync(TimeSpan.FromDays(2));
        Assert.Single(office.Carrier.Called);
        await office.ResumeAsync();
        await office.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, office.Carrier.Called.Count);
    }

    private static string Text(VoiceReply reply) => string.Join('|', reply.Says.Select(said => said.Text));
}
