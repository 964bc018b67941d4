using System.Globalization;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;

namespace SurveyDialer.Tests.CallingHours;

public sealed class OfficialSurveysFileTests
{
    private const string Good = """
        official_surveys:
          - { from: 2026-05-10, to: 2026-05-20, zh: 省测评, en: Provincial survey }
          - { from: 2026-05-18, to: 2026-05-25, zh: 市测评, en: City survey }
          - { from: 2026-05-26, to: 2026-05-26, zh: 补测, en: Second look }
        """;

    [Fact]
    public void Surveys_are_read_in_order_and_may_overlap()
        => Assert.Equal(["省测评 2026-05-10 2026-05-20", "市测评 2026-05-18 2026-05-25", "补测 2026-05-26 2026-05-26"], OfficialSurveysFile.Read(Good).Surveys!
            .Select(survey => string.Create(CultureInfo.InvariantCulture, $"{survey.Chinese} {survey.First:yyyy-MM-dd} {survey.Last:yyyy-MM-dd}")));

    [Fact]
    public void The_delivered_sample_holds_no_survey_and_its_examples_are_right()
    {
        var sample = SourceTree.Read("campaign-templates", "calendars", "official-surveys.yaml");
        Assert.Empty(OfficialSurveysFile.Read(sample).Surveys!);
        var examples = sample.Split('\n').Where(line => line.StartsWith("# official_surveys:", StringComparison.Ordinal) || line.StartsWith("#   - {", StringComparison.Ordinal));
        Assert.Equal(2, OfficialSurveysFile.Read(string.Join('\n', examples.Select(line => line[2..]))).Surveys!.Count);
    }

    [Theory]
    [InlineData("to: 2026-05-20", "to: 2026-04-20", "第2行：结束日期 2026-04-20 早于开始日期 2026-05-10。")]
    [InlineData("from: 2026-05-18", "from: 18.5.2026", "第3行：“18.5.2026”不是日期。请写成 2026-02-16 的样子。")]
    [InlineData(", en: Provincial survey", "", "第2行：缺少“en”。请补上这一项。")]
    [InlineData("zh: 补测", "name: 补测, zh: 补测", "第4行：不认识的项目“name”。请改正拼写或删除。")]
    [InlineData("official_surveys:", "surveys:", "第1行：不认识的项目“surveys”。请改正拼写或删除。")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string told)
    {
        var reading = OfficialSurveysFile.Read(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(reading.Surveys);
        Assert.Equal(told, Assert.Single(reading.Problems).Describe(CultureInfo.GetCultureInfo("zh-CN")));
    }

    [Theory]
    [InlineData("", "official-surveys.yaml")]
    [InlineData("official_surveys: none", "official-surveys.yaml")]
    [InlineData("official_surveys: [", "")]
    public void What_holds_no_list_is_told_with_the_sample_to_copy(string text, string sample)
    {
        var problem = Assert.Single(OfficialSurveysFile.Read(text).Problems);
        foreach (var culture in (string[])["zh-CN", "en"])
        {
            var told = problem.Describe(CultureInfo.GetCultureInfo(culture));
            Assert.Contains(sample, told, StringComparison.Ordinal);
            Assert.DoesNotContain("{", told, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-05-09", null, null)]
    [InlineData("2026-05-10", "省测评", "2026-05-26")]
    [InlineData("2026-05-22", "市测评", "2026-05-26")]
    [InlineData("2026-05-26", "补测", "2026-05-26")]
    [InlineData("2026-05-27", null, null)]
    public void It_runs_until_no_other_follows_without_a_gap(string day, string? name, string? until)
    {
        var book = new CalendarBook([], OfficialSurveysFile.Read(Good).Surveys!);
        var running = book.OfficialSurveyOn(DateOnly.Parse(day, CultureInfo.InvariantCulture));
        Assert.Equal(name, running?.Survey.Chinese);
        Assert.Equal(until, running?.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
