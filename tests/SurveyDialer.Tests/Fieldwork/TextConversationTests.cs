using SurveyDialer.Calls;

namespace SurveyDialer.Tests.Fieldwork;

public sealed class TextConversationTests : IAsyncLifetime
{
    private readonly TextOffice office = new();

    public ValueTask InitializeAsync() => new(office.LaunchAsync("text", [[TextOffice.Mobile]]));

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task An_interview_goes_from_the_invitation_to_its_end_one_question_a_message()
    {
        Assert.Contains("模拟民意调查", Assert.Single(office.Bodies), StringComparison.Ordinal);
        await office.RepliesAsync("1", "１", "5", "一", "路灯不亮", "2", "5");

        Assert.Equal(8, office.Carrier.Sent.Count);
        Assert.Equal(8, office.Carrier.Sent.Select(order => order.Token).Distinct().Count());
        Assert.Contains("1/4", office.Bodies[1], StringComparison.Ordinal);
        Assert.Contains("谢谢参与", office.Bodies[7], StringComparison.Ordinal);
        Assert.Equal(["Q1=1given", "Q2=5given", "Q3=1given"], office.Answers);
        Assert.Equal(("1.1", "complete"), (office.Code, office.Interview));
        Assert.Equal("路灯不亮", office.Words("follow_up_case"));
        Assert.Equal("visit services", office.One<string>("SELECT preferred_way || ' ' || topic FROM follow_up_case;"));
        Assert.Equal("closed", office.One<string>("SELECT state FROM campaign;"));
        Assert.Equal(1, office.One<long>("SELECT sum(times) FROM contact_cap WHERE kind = 'text';"));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM contact_cap WHERE kind = 'attempt';"));
    }

    [Fact]
    public async Task A_delivery_that_is_repeated_answers_once()
    {
        await office.ReplyAsync("1", id: "IN-a");
        await office.ReplyAsync("1", id: "IN-a");
        Assert.Empty(office.Answers);
        Assert.Equal(2, office.Carrier.Sent.Count);
    }

    [Fact]
    public async Task A_reply_sent_twice_before_the_next_question_has_left_answers_once()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.NotProcessed("busy", TimeSpan.FromMinutes(1)));
        await office.RepliesAsync("1", "1");
        Assert.Empty(office.Answers);
        await office.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(3, office.Carrier.Sent.Count);
        Assert.Equal(office.Bodies[1], office.Bodies[2]);
        await office.ReplyAsync("3");
        Assert.Equal(["Q1=3given"], office.Answers);
    }

    [Fact]
    public async Task A_reply_after_the_end_changes_nothing()
    {
        await office.RepliesAsync("1", "1", "1", "1", "0", "4");
        var sent = office.Carrier.Sent.Count;
        await office.ReplyAsync("5");
        Assert.Equal(sent, office.Carrier.Sent.Count);
        Assert.Equal(["Q1=1given", "Q2=1given", "Q3=1given"], office.Answers);
        Assert.Equal(7, office.One<long>("SELECT count(*) FROM incoming_message;"));
    }

    [Fact]
    public async Task Two_declines_the_invitation_softly_and_is_an_answer_elsewhere()
    {
        await office.ReplyAsync("２");
        Assert.Equal("2.111", office.Code);
        Assert.False(office.IsDoNotCall(TextOffice.Mobile));
        Assert.Single(office.Carrier.Sent);
    }

    [Fact]
    public async Task Two_is_an_answer_to_a_question()
    {
        await office.RepliesAsync("1", "2");
        Assert.Equal(["Q1=2given"], office.Answers);
        Assert.Equal("", office.Code);
    }

    [Fact]
    public async Task Silence_brings_one_reminder_and_then_the_end()
    {
        await office.RepliesAsync("1", "4");
        await office.PassAsync(TimeSpan.FromHours(23));
        Assert.Equal(3, office.Carrier.Sent.Count);
        await office.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(4, office.Carrier.Sent.Count);
        Assert.Contains("还在等您的回复", office.Bodies[3], StringComparison.Ordinal);
        Assert.Contains("2/4", office.Bodies[3], StringComparison.Ordinal);
        await office.PassAsync(TimeSpan.FromHours(25));
        Assert.Equal(4, office.Carrier.Sent.Count);
        Assert.Equal("break_off", office.Interview);
        Assert.Equal("2.12", office.Code);
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM flag;"));
        Assert.Equal("voice", office.One<string>("SELECT next_step FROM interview;"));
    }

    [Fact]
    public async Task An_invitation_without_a_reply_is_no_contact()
    {
        await office.PassAsync(TimeSpan.FromHours(25));
        await office.PassAsync(TimeSpan.FromHours(25));
        Assert.Equal(2, office.Carrier.Sent.Count);
        Assert.Equal("3.13", office.Code);
    }

    [Fact]
    public async Task A_reply_to_the_reminder_goes_on_with_the_interview()
    {
        await office.PassAsync(TimeSpan.FromHours(25));
        await office.RepliesAsync("1", "1", "1", "1", "0", "4");
        Assert.Equal("1.1", office.Code);
    }

    [Fact]
    public async Task Over_lunch_a_reply_is_answered_at_once_and_a_reminder_waits_for_the_afternoon()
    {
        await office.PassAsync(TimeSpan.FromHours(3));
        await office.ReplyAsync("1");
        Assert.Equal(2, office.Carrier.Sent.Count);
        await office.PassAsync(TimeSpan.FromHours(24.1));
        Assert.Equal(2, office.Carrier.Sent.Count);
        await office.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(3, office.Carrier.Sent.Count);
    }

    [Fact]
    public async Task A_paused_campaign_reminds_nobody_until_it_goes_on()
    {
        await office.PauseAsync();
        await office.PassAsync(TimeSpan.FromHours(25));
        Assert.Single(office.Carrier.Sent);
        await office.ResumeAsync();
        await office.PassAsync(TimeSpan.FromHours(4.5));
        Assert.Equal(2, office.Carrier.Sent.Count);
    }

    [Fact]
    public async Task Words_are_gone_when_no_consent_covers_them()
    {
        await office.RepliesAsync("1", "1", "1", "1", "巷子里有人偷电瓶");
        Assert.Equal("巷子里有人偷电瓶", office.Words("area_words"));
        await office.ReplyAsync("4");
        Assert.Null(office.Words("area_words"));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM follow_up_case;"));
        Assert.Equal("1.1", office.Code);
    }

    [Fact]
    public async Task Words_are_gone_when_the_conversation_breaks_off()
    {
        await office.RepliesAsync("1", "1", "1", "1", "巷子里有人偷电瓶");
        await office.ReportAsync(TextStatus.Undelivered);
        Assert.Null(office.Words("area_words"));
    }

    [Fact]
    public async Task An_undeliverable_invitation_ends_the_attempt()
    {
        await office.ReportAsync(TextStatus.Sent);
        await office.ReportAsync(TextStatus.Failed);
        Assert.Equal("TextUndeliverable", office.One<string>("SELECT outcome FROM attempt WHERE ordinal = 1;"));
    }

    [Fact, Trait("case", "C13")]
    public async Task A_status_never_goes_back()
    {
        await office.ReportAsync(TextStatus.Delivered);
        await office.ReportAsync(TextStatus.Sent);
        await office.ReportAsync(TextStatus.Failed);
        Assert.Equal("Delivered ended", office.One<string>("SELECT status || ' ' || state FROM message;"));
        Assert.Equal("placed", office.One<string>("SELECT state FROM attempt;"));
    }

    [Fact]
    public async Task A_reply_at_night_is_answered_in_the_morning()
    {
        await office.Time.AdvanceAsync(TimeSpan.FromHours(13), TestContext.Current.CancellationToken);
        await office.ReplyAsync("1");
        Assert.Single(office.Carrier.Sent);
        await office.Time.AdvanceAsync(TimeSpan.FromHours(11), TestContext.Current.CancellationToken);
        Assert.Equal(2, office.Carrier.Sent.Count);
        await office.ReplyAsync("2");
        Assert.Equal(["Q1=2given"], office.Answers);
    }

    [Fact]
    public async Task What_the_carrier_put_off_into_the_night_waits_for_the_morning()
    {
        await office.Time.AdvanceAsync(TimeSpan.FromHours(11), TestContext.Current.CancellationToken);
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.NotProcessed("429", TimeSpan.FromHours(3)));
        await office.ReplyAsync("1");
        Assert.Equal(2, office.Carrier.Sent.Count);
        await office.Time.AdvanceAsync(TimeSpan.FromHours(8), TestContext.Current.CancellationToken);
        Assert.Equal(2, office.Carrier.Sent.Count);
        await office.Time.AdvanceAsync(TimeSpan.FromHours(5), TestContext.Current.CancellationToken);
        Assert.Equal(3, office.Carrier.Sent.Count);
    }

    [Fact]
    public async Task What_was_answered_is_blanked_at_the_carrier()
    {
        await office.RepliesAsync("1", "1");
        await office.JobAsync("redact-texts");
        await office.JobAsync("redact-texts");
        Assert.Equal(["IN1", "IN2", "SM1", "SM2"], office.Carrier.Redacted);
    }
}
