using System.Text.RegularExpressions;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed partial class WrongUseTests
{
    [Theory]
    [InlineData("", "后面要写做什么，其中之一：demo, ", "Say what SurveyDialer is to do")]
    [InlineData("campaign", "SurveyDialer campaign 后面要写做什么", "Say what SurveyDialer campaign is to do")]
    [InlineData("bogus", "不认识“bogus”", "“bogus” is not known")]
    [InlineData("import list.csv --nope x", "不认识“--nope”", "“--nope” is not known")]
    [InlineData("import", "缺少 <file>：", "<file> is missing: ")]
    [InlineData("import list.csv", "缺少 --legal-basis：", "--legal-basis is missing: ")]
    [InlineData("demo --respondents", "--respondents 后面要写一个值：", "--respondents needs a value")]
    [InlineData("demo --seed 1 --seed 2", "--seed 只能写一次", "--seed can be written once")]
    [InlineData("demo --seed abc", "--seed 读不懂“abc”", "--seed cannot be read")]
    [InlineData("campaign launch first", "<id> 读不懂“first”", "<id> cannot be read")]
    [InlineData("calc wilson", "第 1 行不是正确的 JSON", "line 1 is no proper JSON")]
    public async Task What_is_wrong_with_a_command_line_is_told_in_the_language_asked_for(string line, string chinese, string english)
    {
        var arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var told = await CommandLine.RunAsync(arguments);
        var inEnglish = await CommandLine.RunAsync(["--language", "en", .. arguments]);
        Assert.Equal((2, 2, "", ""), (told.Code, inEnglish.Code, told.Out, inEnglish.Out));
        Assert.Contains(chinese, told.Problems, StringComparison.Ordinal);
        Assert.Contains(english, inEnglish.Problems, StringComparison.Ordinal);
        Assert.DoesNotMatch(ParserWords(), told.Problems);
    }

    [Theory]
    [InlineData("import --json", "缺少 <file>")]
    [InlineData("campaign status 1 --json --data /nowhere/at/all", "/nowhere/at/all")]
    public async Task A_script_gets_the_problems_of_a_refused_command_as_JSON(string line, string problem)
    {
        var told = await CommandLine.RunAsync(line.Split(' '));
        Assert.Equal(2, told.Code);
        Assert.Contains(problem, told.Json.GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains(problem, told.Problems, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?i)required|option|argument|cannot|provided|expected")]
    private static partial Regex ParserWords();
}
