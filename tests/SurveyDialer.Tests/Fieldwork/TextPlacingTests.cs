using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Tests.Fieldwork;

public sealed class TextPlacingTests : IAsyncDisposable
{
    private readonly TextOffice office = new();

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task An_unclear_invitation_that_the_carrier_has_is_found_and_never_sent_again()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.Unclear("timeout"));
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        Assert.Equal("unknown", office.One<string>("SELECT state FROM attempt;"));
        office.Carrier.Listed.Add(new CarrierText("SM-found", TextOffice.Mobile, TextStatus.Sent, office.Time.Now, null));
        await office.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("placed SM-found", office.One<string>("SELECT a.state || ' ' || m.carrier_id FROM attempt a JOIN message m ON m.attempt_id = a.id;"));
        await office.ReplyAsync("1");
        Assert.Equal(2, office.Carrier.Sent.Count);
        Assert.Single(office.Bodies, office.Bodies[0]);
    }

    [Fact]
    public async Task An_unclear_invitation_that_never_shows_ends_by_our_fault_after_the_grace_period()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.Unclear("timeout"));
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("unknown", office.One<string>("SELECT state FROM attempt;"));
        await office.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Equal("ended Fault 1", office.One<string>("SELECT state || ' ' || outcome || ' ' || our_fault FROM attempt WHERE ordinal = 1;"));
        Assert.Single(office.Carrier.Sent);
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM contact_cap;"));
    }

    [Fact]
    public async Task A_reply_proves_that_an_unclear_invitation_arrived()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.Unclear("timeout"));
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.ReplyAsync("1");
        await office.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Equal("placed", office.One<string>("SELECT state FROM attempt;"));
        Assert.Equal(2, office.Carrier.Sent.Count);
    }

    [Fact]
    public async Task An_unclear_question_is_never_sent_twice_for_its_turn()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.Unclear("timeout"));
        await office.ReplyAsync("1");
        for (var i = 0; i < 8; i++) await office.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, office.Carrier.Sent.Count);
        Assert.Equal("cancelled", office.One<string>("SELECT state FROM message WHERE turn = 2;"));
        await office.PassAsync(TimeSpan.FromHours(25));
        Assert.Equal(3, office.Carrier.Sent.Count);
        Assert.Contains("还在等您的回复", office.Bodies[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_before_the_intent_of_a_text_has_sent_nothing()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.Unclear("timeout"));
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.RestartAfterAsync("DELETE FROM message; UPDATE attempt SET state = 'placing';");
        Assert.Single(office.Carrier.Sent);
        await office.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, office.Carrier.Sent.Count);
        Assert.Equal("placed 1", office.One<string>("SELECT state || ' ' || ordinal FROM attempt;"));
    }

    [Fact]
    public async Task A_crash_while_a_question_was_sent_leads_to_a_look_at_the_carrier_and_no_second_text()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.ReplyAsync("1");
        await office.RestartAfterAsync("UPDATE message SET state = 'placing', carrier_id = NULL WHERE turn = 2;");
        await office.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("placed SM2", office.One<string>("SELECT state || ' ' || carrier_id FROM message WHERE turn = 2;"));
        Assert.Equal(2, office.Carrier.Sent.Count);
    }

    [Fact]
    public async Task What_the_carrier_did_not_process_is_sent_later_once()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.NotProcessed("429", TimeSpan.FromSeconds(30)));
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, office.Carrier.Sent.Count);
        Assert.NotEqual(office.Carrier.Sent[0].Token, office.Carrier.Sent[1].Token);
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM message;"));
        Assert.Equal("placed", office.One<string>("SELECT state FROM attempt;"));
    }

    [Fact]
    public async Task A_report_before_the_answer_to_the_request_counts()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.Unclear("timeout"));
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.ReportAsync(TextStatus.Delivered);
        Assert.Equal("placed SM1", office.One<string>("SELECT state || ' ' || carrier_id FROM attempt;"));
        Assert.Equal(1, office.One<long>("SELECT sum(times) FROM contact_cap WHERE kind = 'text';"));
    }

    [Fact, Trait("case", "C15")]
    public async Task A_number_that_has_blocked_us_at_the_carrier_is_never_contacted_again()
    {
        office.Carrier.Outcomes.Enqueue(new PlaceOutcome.Rejected(Rejection.OptedOut, 21610, "blocked"));
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        Assert.True(office.IsDoNotCall(TextOffice.Mobile));
        Assert.Equal("2.111", office.Code);
    }

    [Fact]
    public async Task A_landline_is_never_texted()
    {
        await office.LaunchAsync("text", [[TextOffice.Landline], [TextOffice.Landline, TextOffice.Mobile]]);
        Assert.Equal([TextOffice.Mobile], office.Carrier.Sent.Select(order => order.To));
        Assert.Equal("3.11", office.Code);
    }

    [Fact]
    public async Task A_notice_goes_out_once_and_the_call_follows_after_the_wait()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile], [TextOffice.Landline]], WithNotice);
        var notice = Assert.Single(office.Carrier.Sent);
        Assert.Equal(TextOffice.Mobile, notice.To);
        Assert.StartsWith("【", notice.Body, StringComparison.Ordinal);

        // Nobody can text a landline: its call does not wait for a notice.
        Assert.Equal([TextOffice.Landline], office.Carrier.Called.Select(call => call.To));
        await office.ReportAsync(TextStatus.Sent);
        await office.ReportAsync(TextStatus.Delivered);
        await office.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(office.Carrier.Called);
        await office.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal([TextOffice.Landline, TextOffice.Mobile], office.Carrier.Called.Select(call => call.To));
        Assert.Single(office.Carrier.Sent);
        Assert.Equal("3.11", office.One<string>("SELECT code FROM attempt WHERE channel = 'notice' AND state = 'ended';"));
    }

    [Fact]
    public async Task A_notice_of_which_nothing_is_reported_does_not_hold_up_the_call()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]], WithNotice);
        await office.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("ended", office.One<string>("SELECT state FROM attempt WHERE channel = 'notice';"));
        await office.PassAsync(TimeSpan.FromHours(2));
        Assert.Single(office.Carrier.Called);
    }

    [Fact]
    public async Task A_stop_word_in_reply_to_a_notice_prevents_the_call()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]], WithNotice);
        await office.ReportAsync(TextStatus.Sent);
        await office.ReplyAsync("退订");
        await office.PassAsync(TimeSpan.FromHours(3));
        Assert.Empty(office.Carrier.Called);
        Assert.True(office.IsDoNotCall(TextOffice.Mobile));
        Assert.NotEqual("", office.Code);
    }

    [Fact]
    public async Task Texts_go_out_while_all_lines_are_taken()
    {
        string[][] respondents = [.. Enumerable.Range(0, 12).Select(i => new[] { $"+86851012345{i:D2}" }), [TextOffice.Mobile]];
        await office.LaunchAsync("short-keys", respondents, WithNotice);
        Assert.Equal(5, office.Carrier.Called.Count);
        Assert.Single(office.Carrier.Sent);
    }

    private static Template WithNotice(Template template) => template with
    {
        AdvanceNotice = new LocalText(template.Languages.Select(language => KeyValuePair.Create(language, "【平安】今天会给您打电话，核实{verify_phone}"))),
        Policy = template.Policy with
        {
            Channels = [new ChannelStep(ContactKind.AdvanceNotice, TimeSpan.FromMinutes(90)), .. template.Policy.Channels],
        },
    };
}
