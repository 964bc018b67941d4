namespace SurveyDialer.Questionnaires.Tests;

public sealed class StopWordsTests
{
    [Theory]
    [InlineData("T")]
    [InlineData("t")]
    [InlineData("ＴＤ")]
    [InlineData(" td。")]
    [InlineData("R")]
    [InlineData("退订")]
    [InlineData("拒收！")]
    [InlineData("回复T")]
    [InlineData("回T")]
    [InlineData("Stop.")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("不要再发了")]
    public void Stop_word_alone_stops(string body) => Assert.True(StopWords.IsStop(body));

    [Theory]
    [InlineData("2")]
    [InlineData("２")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("公交站台T字路口没有路灯")]
    [InlineData("please stop the noise at night")]
    [InlineData("希望拒收红包的干部多一点")]
    [InlineData("\ud800")]
    public void Other_messages_do_not(string body) => Assert.False(StopWords.IsStop(body));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("１", "1")]
    [InlineData("①", "1")]
    [InlineData("2。", "2")]
    [InlineData("选 2", "2")]
    [InlineData("回复2，谢谢", "2")]
    [InlineData("二", "2")]
    [InlineData("2、安全", "2")]
    [InlineData("很安全", "1")]
    [InlineData("8", "8")]
    [InlineData("1很安全还是2安全", null)]
    [InlineData("12", null)]
    [InlineData("7", null)]
    [InlineData("我家有2个人觉得不安全", null)]
    [InlineData("2很安全", null)]
    [InlineData("不安全", null)]
    [InlineData("", null)]
    public void Reply_is_taken_only_where_it_can_mean_nothing_else(string body, string? key)
        => Assert.Equal(key, TextReply.Choose(body, [("1", "很安全"), ("2", "安全"), ("3", "基本安全"), ("4", "不太安全"), ("5", "很不安全"), ("8", "说不清或不想回答")]));
}
