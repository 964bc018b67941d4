using SurveyDialer.Fieldwork;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>An interview held at a desk telephone: turns, repeats, interruptions, follow-up.</summary>
public sealed class DeskInterviewTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_interview_ends_complete_with_a_case_and_own_words_on_the_side_of_the_case()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.ToConsentAsync(await office.AgreedAsync("王芳"));
        at = await office.KeysAsync(at, "2");
        Assert.Equal(CardPart.Topic, at.Card!.Part);
        at = await office.KeysAsync(at, "5");
        Assert.True(at.Card!.Words);
        var over = Assert.IsType<DeskReply.Over>(await office.EnterAsync(at, new DeskEntry.Words("村口没有路灯")));
        Assert.Equal("1.1", over.Code);
        Assert.Contains("谢谢您", over.Says[0].Text);
        Assert.Null(office.Desk.Find("王芳"));

        Assert.Equal(("visit", "services", "open"), office.One<(string, string, string)>("SELECT preferred_way, topic, state FROM follow_up_case"));
        Assert.Equal("村口没有路灯", office.Cipher.Decrypt("case.words", office.One<byte[]>("SELECT words_enc FROM follow_up_case")));
        Assert.Equal(("live", "complete", "case"), office.One<(string, string, string)>("SELECT channel, outcome, next_step FROM interview"));
        Assert.Equal(("1.1", "王芳"), office.One<(string, string)>("SELECT m.final_code, a.lease_owner FROM sample_member m JOIN attempt a USING (respondent_id)"));
        Assert.Equal(1, office.One<long>("SELECT times FROM contact_cap WHERE kind = 'interview'"));
        Assert.Equal("closed", office.One<string>("SELECT state FROM campaign"));
        foreach (var table in (string[])["interview", "answer", "flag"])
            Assert.DoesNotContain("路灯", office.Text(table));
    }

    [Fact]
    public async Task Nobody_works_on_the_case_of_an_interview_of_ones_own()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.ToConsentAsync(await office.AgreedAsync("王芳")), "1");
        await office.EnterAsync(await office.KeysAsync(at, "6"), new DeskEntry.Words(""));
        var cases = new SurveyDialer.FollowUps.CaseDesk(office.Database, office.Cipher, office.Time.Clock);
        SurveyDialer.FollowUps.CaseStep By(string who) => new() { CaseId = 1, Event = SurveyDialer.FollowUps.CaseEvent.Take, Who = who };
        Assert.Equal(SurveyDialer.FollowUps.CaseProblem.OwnInterview, await cases.TakeStepAsync(By("王芳"), Cancellation));
        Assert.Null(await cases.TakeStepAsync(By("李雷"), Cancellation));
    }

    [Fact]
    public async Task A_double_click_and_the_back_button_are_repeats_not_answers()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var first = await office.AgreedAsync("王芳");
        var second = await office.KeysAsync(first, "1");
        var again = Assert.IsType<DeskReply.Going>(await office.EnterAsync(first, new DeskEntry.Keys("5")));
        Assert.False(again.Taken);
        Assert.Equal((second.Turn, second.Card!.Asked), (again.Case.Turn, again.Case.Card!.Asked));
        Assert.Equal("1", office.One<string>("SELECT key FROM answer WHERE question_id = 'Q1'"));
        Assert.Equal(4, office.One<long>("SELECT count(*) FROM answer"));
    }

    [Fact]
    public async Task Cannot_say_and_refused_are_two_answers()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AgreedAsync("王芳");
        at = await office.KeysAsync(at, "98");
        await office.KeysAsync(at, "99");
        Assert.Equal(["98", "99"], office.All<string>("SELECT key FROM answer ORDER BY turn DESC LIMIT 2").Order());
    }

    [Fact]
    public async Task Several_options_are_one_answer()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AgreedAsync("王芳");
        while (!at.Card!.Several) at = await office.KeysAsync(at, at.Card.Options[^1].Key);
        Assert.False(at.Card.Takes("1,6"));
        await office.KeysAsync(at, "3,1");
        Assert.Equal("1,3", office.One<string>("SELECT key FROM answer ORDER BY turn DESC LIMIT 1"));
    }

    [Fact]
    public async Task A_key_that_the_question_does_not_offer_changes_nothing_however_often_it_is_pressed()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AgreedAsync("王芳");
        foreach (var key in (string[])["6", "0", "77", "1,2", "", "x", "6", "6"])
        {
            var reply = Assert.IsType<DeskReply.Going>(await office.EnterAsync(at, new DeskEntry.Keys(key)));
            Assert.Equal((false, at.Turn), (reply.Taken, reply.Case.Turn));
        }

        Assert.Equal(3, office.One<long>("SELECT count(*) FROM answer"));
    }

    [Fact]
    public async Task The_explanation_is_remembered_with_the_answer_and_repeats_never_use_up_the_question()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AgreedAsync("王芳");
        var asked = at.Card!.Asked;
        at = await office.KeysAsync(at, "7");
        Assert.True(at.Card!.Explained);
        for (var i = 0; i < 12; i++) at = await office.KeysAsync(at, i % 3 == 0 ? "7" : "*");
        Assert.Equal(asked, at.Card!.Asked);
        await office.KeysAsync(at, "4");
        Assert.Equal(("4", 1L, "given"), office.One<(string, long, string)>("SELECT key, explained, how FROM answer WHERE question_id = 'Q1'"));
    }

    [Fact]
    public async Task The_language_can_be_changed_at_any_question()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1, language: "en");
        var at = await office.AgreedAsync("王芳");
        Assert.Equal("en", at.Language);
        Assert.Contains("safe", at.Card!.Options[0].Text);
        at = DeskOffice.Going(await office.EnterAsync(at, new DeskEntry.OtherLanguage()));
        Assert.Equal("很安全", at.Card!.Options[0].Text);
        await office.KeysAsync(at, "1");
        Assert.Equal("zh-CN", office.One<string>("SELECT language FROM interview"));
    }

    [Fact]
    public async Task A_power_cut_loses_nothing_but_the_question_on_the_screen()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.AgreedAsync("王芳"), "3");
        await office.RestartAsync();
        var back = office.Desk.Find("王芳")!;
        Assert.Equal((at.Hold, at.Turn, DeskStage.Asking, at.Card!.Asked), (back.Hold, back.Turn, back.Stage, back.Card!.Asked));
        at = await office.ToConsentAsync(back);
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(at, new DeskEntry.Keys("4"))));
    }

    [Theory]
    [InlineData(0, "2.12")]
    [InlineData(7, "1.2")]
    public async Task An_interview_that_nobody_ends_counts_for_what_was_answered(int answers, string code)
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AgreedAsync("王芳");
        for (var i = 0; i < answers; i++) at = await office.KeysAsync(at, at.Card!.Options[0].Key);
        await office.Time.AdvanceAsync(HandOut.Talk, Cancellation);
        await office.RunJobAsync("desk");
        Assert.Equal((code, 0L), office.One<(string, long)>("SELECT code, our_fault FROM attempt WHERE state = 'ended'"));
        Assert.IsType<DeskReply.Gone>(await office.EnterAsync(at, new DeskEntry.Keys("1")));
    }

    [Fact]
    public async Task A_broken_off_interview_goes_on_in_a_later_call_of_somebody_else()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.AgreedAsync("王芳"), "2");
        var asked = at.Card!.Asked;
        Assert.Equal("2.12", DeskOffice.Code(await office.EndAsync(at, DeskOutcome.HungUp)));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromHours(10), Cancellation);
        var again = await office.AnsweredAsync("李雷");
        Assert.Equal(asked, again.Card!.Asked);
        Assert.Contains(again.Card.Opening, line => line.Contains("上次的调查", StringComparison.Ordinal));
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(await office.ToConsentAsync(again), new DeskEntry.Keys("4"))));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM interview"));
    }

    [Fact]
    public async Task The_adult_chosen_of_a_household_is_called_for_once_more_and_asked_from_the_beginning()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AnsweredAsync("王芳");
        foreach (var key in (string[])["1", "1", "3"]) at = await office.KeysAsync(at, key);
        Assert.Equal("2.21", DeskOffice.Code(await office.EnterAsync(at, new DeskEntry.Keys("3"))));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'pending' AND channel = 'live'"));
        // In the evening, when other people are at home.
        await office.Time.AdvanceAsync(TimeSpan.FromHours(10), Cancellation);
        at = await office.AnsweredAsync("李雷");
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM answer"));
        foreach (var key in (string[])["1", "1", "2", "2", "1", "1"]) at = await office.KeysAsync(at, key);
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(await office.ToConsentAsync(at), new DeskEntry.Keys("4"))));
        Assert.Equal("2/2", office.One<string>("SELECT (SELECT key FROM answer WHERE question_id = 'H1') || '/' || (SELECT key FROM answer WHERE question_id = 'H2')"));
    }

    [Fact]
    public async Task Who_was_chosen_and_declined_may_be_asked_once_more_and_then_counts_in_full()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AnsweredAsync("王芳");
        foreach (var key in (string[])["1", "1", "3", "2"]) at = await office.KeysAsync(at, key);
        Assert.Equal("2.111", DeskOffice.Code(await office.EnterAsync(at, new DeskEntry.Keys("2"))));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromHours(10), Cancellation);
        at = await office.AnsweredAsync("李雷");
        foreach (var key in (string[])["1", "1"]) at = await office.KeysAsync(at, key);
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(await office.ToConsentAsync(at), new DeskEntry.Keys("4"))));
        Assert.Equal("1", office.One<string>("SELECT key FROM answer WHERE question_id = 'H3'"));
    }

    [Fact]
    public async Task Danger_is_written_down_without_anything_that_was_answered()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.AgreedAsync("王芳"), "5");

        // The number at which residents check us is no supervisor's line.
        Assert.Null(at.SupervisorLine);
        await office.Desk.UrgentAsync(at.Hold, Cancellation);
        await office.Desk.UrgentAsync(at.Hold with { Caller = "别人" }, Cancellation);
        var entry = office.One<string>("SELECT who || ' ' || detail FROM audit_log WHERE action = 'urgent'");
        Assert.StartsWith("王芳 ", entry);
        Assert.DoesNotContain("Q1", entry);
        await office.Desk.UrgentAsync(at.Hold, Cancellation);
        Assert.Equal((1L, "王芳"), office.One<(long, string)>("SELECT count(*), max(caller) FROM danger_notice"));
        Assert.Equal(at.Turn, office.Desk.Find("王芳")!.Turn);
    }
}
