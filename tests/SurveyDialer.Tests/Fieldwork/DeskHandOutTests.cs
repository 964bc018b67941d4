using SurveyDialer.CallingHours;
using SurveyDialer.Fieldwork;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>Who is handed to which caller, for how long, and why nobody is.</summary>
public sealed class DeskHandOutTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_callers_at_the_same_time_get_two_respondents()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(3);
        var taken = await Task.WhenAll(office.TakeAsync("王芳"), office.TakeAsync("李雷"));
        Assert.NotEqual(taken[0].Hold.AttemptId, taken[1].Hold.AttemptId);
        Assert.NotEqual(taken[0].Number, taken[1].Number);
        // Whoever asks again has hers still.
        Assert.Equal(taken[0].Hold, (await office.TakeAsync("王芳")).Hold);
        Assert.Equal(2, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'leased'"));
    }

    [Fact]
    public async Task A_household_that_is_being_called_is_not_called_by_somebody_else()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2, sharedNumber: true);
        await office.TakeAsync("王芳");
        Assert.Null(await office.Desk.TakeNextAsync("李雷", Cancellation));
        Assert.Equal("number-in-use", office.One<string>("SELECT waiting_reason FROM attempt WHERE state = 'pending'"));
    }

    [Fact]
    public async Task One_interview_of_a_household_is_enough()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2, sharedNumber: true);
        var at = await office.ToConsentAsync(await office.AgreedAsync("王芳"));
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(at, new DeskEntry.Keys("4"))));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.Null(await office.Desk.TakeNextAsync("王芳", Cancellation));
        Assert.Equal("household-interviewed", office.One<string>("SELECT waiting_reason FROM attempt WHERE state = 'cancelled'"));
        Assert.Equal("closed", office.One<string>("SELECT state FROM campaign"));
    }

    [Fact]
    public async Task Showing_the_number_is_written_down_once_and_asks_the_planner_once_more()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2);
        var taken = await office.TakeAsync("王芳");
        Assert.Equal(DeskStage.Taken, taken.Stage);
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM audit_log"));
        Assert.Equal(DeskStage.Dialling, DeskOffice.Going(await office.Desk.ShowNumberAsync(taken.Hold, Cancellation)).Stage);
        Assert.Equal(DeskStage.Dialling, DeskOffice.Going(await office.Desk.ShowNumberAsync(taken.Hold, Cancellation)).Stage);
        Assert.Equal(("王芳", "number-shown"), office.One<(string, string)>("SELECT who, action FROM audit_log"));
        Assert.DoesNotContain(taken.Number[4..], office.One<string>("SELECT detail FROM audit_log"));

        var second = await office.TakeAsync("李雷");
        await office.ExecuteAsync("INSERT INTO do_not_call (number_index, key_version, day) SELECT number_index, 1, 0 FROM phone;");
        Assert.IsType<DeskReply.Gone>(await office.Desk.ShowNumberAsync(second.Hold, Cancellation));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM audit_log"));
        Assert.Equal("do-not-call", office.One<string>("SELECT waiting_reason FROM attempt WHERE state = 'pending'"));
    }

    [Fact]
    public async Task A_respondent_whom_a_caller_forgets_goes_to_the_next_and_her_old_page_changes_nothing()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var forgotten = await office.TakeAsync("王芳");
        Assert.Null(await office.Desk.TakeNextAsync("李雷", Cancellation));
        await office.Time.AdvanceAsync(HandOut.Held, Cancellation);
        var again = await office.TakeAsync("李雷");
        Assert.Equal(forgotten.Hold.AttemptId, again.Hold.AttemptId);
        Assert.True(again.Hold.Fence > forgotten.Hold.Fence);
        Assert.IsType<DeskReply.Gone>(await office.Desk.ShowNumberAsync(forgotten.Hold, Cancellation));
        // Not even under the new owner's name.
        Assert.IsType<DeskReply.Gone>(await office.Desk.ShowNumberAsync(forgotten.Hold with { Caller = "李雷" }, Cancellation));
        Assert.False(await office.Desk.GiveBackAsync(forgotten.Hold, Cancellation));
        DeskOffice.Going(await office.Desk.ShowNumberAsync(again.Hold, Cancellation));
    }

    [Fact]
    public async Task A_number_that_was_shown_never_goes_straight_to_somebody_else()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var dialling = await office.DialAsync("王芳");
        await office.Time.AdvanceAsync(HandOut.Held + TimeSpan.FromMinutes(1), Cancellation);
        Assert.Null(await office.Desk.TakeNextAsync("李雷", Cancellation));
        // Nothing more is heard of her: it may have rung, so that it counts and the next call keeps its distance.
        await office.Time.AdvanceAsync(HandOut.Talk, Cancellation);
        await office.RunJobAsync("desk");
        Assert.IsType<DeskReply.Gone>(await office.EndAsync(dialling, DeskOutcome.Busy));
        Assert.Equal(("ended", "3.16", 1L), office.One<(string, string, long)>("SELECT state, code, our_fault FROM attempt WHERE ordinal = 1"));
        Assert.Equal(1, office.One<long>("SELECT times FROM contact_cap WHERE kind = 'attempt'"));
        Assert.Null(await office.Desk.TakeNextAsync("李雷", Cancellation));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'pending' AND ordinal = 2 AND channel = 'live'"));
    }

    [Fact]
    public async Task Giving_back_lets_others_come_first()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2);
        var first = await office.TakeAsync("王芳");
        Assert.True(await office.Desk.GiveBackAsync(first.Hold, Cancellation));
        Assert.Null(office.Desk.Find("王芳"));
        Assert.NotEqual(first.Hold.AttemptId, (await office.TakeAsync("王芳")).Hold.AttemptId);
    }

    [Fact]
    public async Task A_restart_takes_nobody_away_from_a_caller()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2);
        var taken = await office.TakeAsync("王芳");
        var dialling = await office.DialAsync("李雷");
        await office.RestartAsync();
        Assert.Equal(taken.Hold, office.Desk.Find("王芳")!.Hold);
        Assert.Equal((dialling.Hold, DeskStage.Dialling), (office.Desk.Find("李雷")!.Hold, office.Desk.Find("李雷")!.Stage));
    }

    [Fact]
    public async Task The_page_can_say_why_nobody_is_due()
    {
        await using var office = new DeskOffice();
        Assert.Equal(DeskQueueState.NoCampaign, office.Desk.Queue().State);
        await office.LaunchAsync(2);
        Assert.Equal((DeskQueueState.Waiting, 2L), (office.Desk.Queue().State, office.Desk.Queue().Waiting));

        await office.TakeAsync("王芳");
        await office.TakeAsync("李雷");
        Assert.Equal(DeskQueueState.WithOthers, office.Desk.Queue().State);
        await office.Time.AdvanceAsync(HandOut.Held, Cancellation);
        await office.RunJobAsync("desk");

        // 12:10: lunch until 14:30.
        await office.Time.AdvanceAsync(new DateTimeOffset(2026, 3, 2, 12, 10, 0, TimeSpan.FromHours(8)) - office.Time.Now, Cancellation);
        Assert.Null(await office.Desk.TakeNextAsync("王芳", Cancellation));
        var lunch = office.Desk.Queue();
        Assert.Equal((DeskQueueState.Later, ClosedReason.Break), (lunch.State, lunch.Closed));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 14, 30, 0, TimeSpan.FromHours(8)), lunch.At);

        await office.Office.Control.PauseAsync(1, "test", Cancellation);
        Assert.Equal(DeskQueueState.Paused, office.Desk.Queue().State);
        Assert.Null(await office.Desk.TakeNextAsync("王芳", Cancellation));
    }

    [Fact]
    public async Task After_a_busy_line_the_page_says_when_it_may_be_tried_again()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        Assert.Equal("3.12", DeskOffice.Code(await office.EndAsync(await office.DialAsync("王芳"), DeskOutcome.Busy)));
        var queue = office.Desk.Queue();
        Assert.Equal((DeskQueueState.Later, office.Time.Now + TimeSpan.FromMinutes(20)), (queue.State, queue.At));
    }

    [Fact]
    public async Task Rounds_of_a_carrier_hand_out_only_what_waits_for_people_and_a_simulators_list_is_for_nobody()
    {
        await using var twilio = new DeskOffice("twilio", liveCallers: true);
        await twilio.LaunchAsync(2);
        Assert.Null(await twilio.Desk.TakeNextAsync("王芳", Cancellation));
        await twilio.ExecuteAsync("UPDATE attempt SET channel = 'live' WHERE respondent_id = 2;");
        Assert.Equal(2, twilio.One<long>("SELECT respondent_id FROM attempt WHERE id = @id", new { id = (await twilio.TakeAsync("王芳")).Hold.AttemptId }));

        await using var simulated = new DeskOffice("simulator", liveCallers: true);
        await simulated.LaunchAsync(2);
        await simulated.ExecuteAsync("UPDATE attempt SET channel = 'live';");
        Assert.Null(await simulated.Desk.TakeNextAsync("王芳", Cancellation));
        Assert.Equal(DeskQueueState.NoCampaign, simulated.Desk.Queue().State);
    }

    [Fact]
    public async Task A_template_that_nobody_can_read_aloud_is_not_launched_for_desk_telephones()
    {
        await using var office = new DeskOffice();
        await Assert.ThrowsAsync<InvalidOperationException>(() => office.LaunchAsync(1, template: "short-keys"));
    }
}
