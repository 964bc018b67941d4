using SurveyDialer.Estimates;

namespace SurveyDialer.Tests.Estimates;

public sealed class StrungAnswerTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("Q1:4", "Q1=4 Given")]
    [InlineData("Q1:4|Q2:1,3!|S1:8?|Q3:8#!|Q4:98", "Q1=4 Given; Q2=1,3 Given explained; S1=8 NoInput; Q3=8 Invalid explained; Q4=98 Given")]
    [InlineData("||Q1:2|no colon|", "Q1=2 Given")]
    public void Every_answer_is_read_with_its_marks(string? answers, string expected)
    {
        var read = new List<string>();
        foreach (var answer in StrungAnswer.In(answers)) read.Add($"{answer.QuestionId}={answer.Keys} {answer.How}{(answer.Explained ? " explained" : "")}");
        Assert.Equal(expected, string.Join("; ", read));
    }
}
