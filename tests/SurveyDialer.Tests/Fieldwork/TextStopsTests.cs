namespace SurveyDialer.Tests.Fieldwork;

public sealed class TextStopsTests : IAsyncDisposable
{
    private readonly TextOffice office = new();

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Theory]
    [InlineData("T", 0)]
    [InlineData("退订", 1)]
    [InlineData("ＴＤ", 2)]
    [InlineData("STOP", 3)]
    [InlineData("t", 4)]
    [InlineData("拒收", 5)]
    public async Task A_stop_word_counts_at_every_step_and_is_confirmed_once(string word, int step)
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile, TextOffice.Landline]]);
        string[] replies = ["1", "1", "1", "1", "巷子里有人偷电瓶"];
        await office.RepliesAsync(replies[..step]);
        await office.ReplyAsync(word);
        await office.ReplyAsync(word);

        Assert.True(office.IsDoNotCall(TextOffice.Mobile));
        Assert.True(office.IsDoNotCall(TextOffice.Landline));
        Assert.Single(office.Bodies, body => body.Contains("今后不再", StringComparison.Ordinal));
        Assert.Equal(step + 2, office.Carrier.Sent.Count);
        Assert.NotEqual("", office.Code);
        Assert.Null(office.Words("area_words"));
    }

    [Fact]
    public async Task A_stop_word_after_the_end_counts_and_is_confirmed_once()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.RepliesAsync("1", "1", "1", "1", "0", "4");
        var sent = office.Carrier.Sent.Count;
        await office.RepliesAsync("退订", "退订");
        Assert.True(office.IsDoNotCall(TextOffice.Mobile));
        Assert.Equal(sent + 1, office.Carrier.Sent.Count);
        Assert.Contains("今后不再", office.Bodies[^1], StringComparison.Ordinal);
        Assert.Equal("1.1", office.Code);
    }

    [Fact]
    public async Task A_stop_word_from_a_stranger_counts_without_a_reply()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.ReplyAsync("TD", from: TextOffice.OtherMobile);
        Assert.True(office.IsDoNotCall(TextOffice.OtherMobile));
        Assert.False(office.IsDoNotCall(TextOffice.Mobile));
        Assert.Single(office.Carrier.Sent);
    }

    [Fact, Trait("case", "C15")]
    public async Task What_the_carrier_takes_for_a_stop_word_counts_and_is_left_to_the_carrier_to_confirm()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.ReplyAsync("REVOKE", optOut: true);
        Assert.True(office.IsDoNotCall(TextOffice.Mobile));
        Assert.Equal("2.111", office.Code);
        Assert.Single(office.Carrier.Sent);
    }

    [Fact]
    public async Task Nobody_who_stopped_is_texted_again_even_with_a_question_on_its_way()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.Time.AdvanceAsync(TimeSpan.FromHours(13), TestContext.Current.CancellationToken);
        await office.RepliesAsync("1", "别再发了");
        await office.Time.AdvanceAsync(TimeSpan.FromHours(12), TestContext.Current.CancellationToken);
        Assert.Equal(2, office.Carrier.Sent.Count);
        Assert.Contains("今后不再", office.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_sender_is_taken_and_left_alone()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.ReplyAsync("T", from: "10086x");
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM do_not_call;"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM incoming_message;"));
    }
}
