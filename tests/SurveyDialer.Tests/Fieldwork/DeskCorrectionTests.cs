using SurveyDialer.Fieldwork;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A wrong key at a desk telephone is taken back while the interview goes on.</summary>
public sealed class DeskCorrectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_is_replaced_with_its_flag_and_nothing_is_left_of_the_first()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.AgreedAsync("王芳"), "5");
        Assert.Equal((1L, 1L), office.One<(long, long)>("SELECT flagged, (SELECT count(*) FROM flag) FROM interview"));
        at = await BackAsync(office, at);
        Assert.True(at.Card!.TakenBack);
        Assert.Equal((0L, 0L, 0L), office.One<(long, long, long)>("SELECT flagged, (SELECT count(*) FROM flag), (SELECT count(*) FROM answer WHERE question_id = 'Q1') FROM interview"));
        await office.KeysAsync(at, "1");
        Assert.Equal((0L, "1"), office.One<(long, string)>("SELECT flagged, (SELECT key FROM answer WHERE question_id = 'Q1') FROM interview"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM audit_log WHERE action = 'answer-taken-back' AND who = '王芳' AND detail = 'round 1, attempt 1'"));
    }

    [Fact]
    public async Task A_power_cut_in_between_loses_only_the_question_that_is_being_asked_again()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.KeysAsync(await office.AgreedAsync("王芳"), "1"), "2");
        var answers = office.One<long>("SELECT count(*) FROM answer");
        at = await BackAsync(office, at);
        await office.RestartAsync();
        var back = office.Desk.Find("王芳")!;
        Assert.Equal((at.Turn, at.Card!.Asked, true), (back.Turn, back.Card!.Asked, back.Card.TakenBack));
        Assert.Equal(answers - 1, office.One<long>("SELECT count(*) FROM answer"));
        at = await office.ToConsentAsync(back);
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(at, new DeskEntry.Keys("4"))));
    }

    [Fact]
    public async Task The_same_press_twice_takes_one_step_back()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.KeysAsync(await office.AgreedAsync("王芳"), "1"), "2");
        var back = await BackAsync(office, at);
        var again = Assert.IsType<DeskReply.Going>(await office.EnterAsync(at, new DeskEntry.Back()));
        Assert.Equal((false, back.Turn), (again.Taken, again.Case.Turn));
    }

    [Fact]
    public async Task A_consent_that_nobody_gave_leaves_no_case()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.ToConsentAsync(await office.AgreedAsync("王芳")), "2");
        at = await office.KeysAsync(at, "5");
        Assert.Equal(CardPart.Comment, at.Card!.Part);
        at = await BackAsync(office, at);
        Assert.Equal((CardPart.Topic, null), (at.Card!.Part, office.One<string?>("SELECT topic FROM follow_up_case")));
        at = await BackAsync(office, at);
        Assert.Equal(CardPart.Consent, at.Card!.Part);
        Assert.Equal((0L, 0L), office.One<(long, long)>("SELECT (SELECT count(*) FROM follow_up_case), (SELECT count(*) FROM follow_up_case_history)"));
        Assert.Equal((null, null, null, 1L), office.One<(string?, string?, string?, long)>("SELECT consent, topic, next_step, asked FROM interview"));
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(at, new DeskEntry.Keys("4"))));
        Assert.Equal(("no", 0L), office.One<(string, long)>("SELECT consent, (SELECT count(*) FROM follow_up_case) FROM interview"));
    }

    [Fact]
    public async Task Before_the_question_for_consent_it_counts_as_not_asked()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await BackAsync(office, await office.ToConsentAsync(await office.AgreedAsync("王芳")));
        Assert.Equal((CardPart.Question, 0L), (at.Card!.Part, office.One<long>("SELECT asked FROM interview")));
    }

    [Theory]
    [InlineData("UPDATE interview SET topic = 'sealed'")]
    [InlineData("UPDATE follow_up_case SET state = 'taken', worker = '李雷'")]
    public async Task What_was_sealed_or_taken_up_by_somebody_stays(string meanwhile)
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.KeysAsync(await office.ToConsentAsync(await office.AgreedAsync("王芳")), "1"), "1");
        await office.ExecuteAsync(meanwhile);
        var reply = Assert.IsType<DeskReply.Going>(await office.EnterAsync(at, new DeskEntry.Back()));
        Assert.Equal((false, at.Turn), (reply.Taken, reply.Case.Turn));
        Assert.Equal((1L, 0L), office.One<(long, long)>("SELECT (SELECT count(*) FROM follow_up_case), (SELECT count(*) FROM audit_log WHERE action = 'answer-taken-back')"));
    }

    [Fact]
    public async Task A_wrong_yes_at_the_introduction_can_become_a_no()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.AnsweredAsync("王芳"), "1");
        at = await BackAsync(office, at);
        Assert.Equal((CardPart.Introduction, false), (at.Card!.Part, at.Card.MayGoBack));
        var none = Assert.IsType<DeskReply.Going>(await office.EnterAsync(at, new DeskEntry.Back()));
        Assert.False(none.Taken);
        Assert.Equal("2.111", DeskOffice.Code(await office.EndAsync(at, DeskOutcome.Refused)));
    }

    [Fact]
    public async Task After_the_end_nothing_can_be_taken_back()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.ToConsentAsync(await office.AgreedAsync("王芳"));
        await office.EnterAsync(at, new DeskEntry.Keys("4"));
        Assert.IsType<DeskReply.Gone>(await office.EnterAsync(at, new DeskEntry.Back()));
        Assert.Equal("complete", office.One<string>("SELECT outcome FROM interview"));
    }

    [Fact]
    public async Task Danger_stands_with_the_call_until_it_is_over()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2);
        var at = await office.AgreedAsync("王芳");
        Assert.False(at.Danger);
        await office.Desk.UrgentAsync(at.Hold, Cancellation);
        Assert.True(office.Desk.Find("王芳")!.Danger);
        await office.EndAsync(at, DeskOutcome.HungUp);
        Assert.False((await office.TakeAsync("王芳")).Danger);
    }

    private static async Task<DeskCase> BackAsync(DeskOffice office, DeskCase at)
    {
        var reply = Assert.IsType<DeskReply.Going>(await office.EnterAsync(at, new DeskEntry.Back()));
        Assert.True(reply.Taken);
        return reply.Case;
    }
}
