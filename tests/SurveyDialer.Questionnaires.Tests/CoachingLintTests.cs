using System.Globalization;

namespace SurveyDialer.Questionnaires.Tests;

public sealed class CoachingLintTests
{
    public static TheoryData<string, string> GoodLines => [.. Lines("coaching-good.txt").Select(l => l.Length == 2 ? (l[1], l[0]) : (l[0], "zh-CN"))];

    public static TheoryData<string, string, string> BadLines => [.. Lines("coaching-bad.txt").Select(l => l.Length == 3 ? (l[0], l[2], l[1]) : (l[0], l[1], "zh-CN"))];

    [Theory]
    [MemberData(nameof(GoodLines))]
    public void Neutral_line_is_left_alone(string line, string language)
    {
        var hits = CoachingLint.Check(line, language);
        Assert.True(hits.Count == 0, string.Join("; ", hits));
    }

    [Theory]
    [MemberData(nameof(BadLines))]
    public void Steering_line_is_caught_by_its_rule(string rule, string line, string language)
    {
        var hits = CoachingLint.Check(line, language);
        Assert.True(hits.Any(h => h.Rule == rule), $"{rule} missing; found: {string.Join("; ", hits)}");
    }

    [Fact]
    public void There_are_enough_lines_each_way()
    {
        Assert.True(GoodLines.Count >= 40);
        Assert.True(BadLines.Count >= 40);
    }

    [Theory]
    [InlineData("请 您 回 答 很 满 意")]
    [InlineData("请您回答「很满意」")]
    [InlineData("请您选１，非常满意")]
    public void Spaces_width_and_quotation_marks_do_not_hide_it(string line) => Assert.NotEmpty(CoachingLint.Check(line, "zh-CN"));

    [Fact]
    public void Every_rule_says_in_both_languages_what_to_write_instead()
    {
        foreach (var rule in CoachingRules.Chinese.Concat(CoachingRules.English).Select(r => r.Name).Distinct())
        {
            var finding = new Finding(FindingSeverity.Error, "t.yaml", 1, "x", "coaching", ["满意", $"coaching.{rule}"]);
            var zh = finding.Mend(CultureInfo.GetCultureInfo("zh-CN"));
            var en = finding.Mend(CultureInfo.GetCultureInfo("en"));
            Assert.NotEqual(zh, en);
            Assert.DoesNotContain("coaching.", zh + en, StringComparison.Ordinal);
        }
    }

    private static string[][] Lines(string file)
        => [.. File.ReadAllLines(Path.Combine(Shipped.TestFolder(), file)).Where(l => l.Length > 0).Select(l => l.Split('\t'))];
}
