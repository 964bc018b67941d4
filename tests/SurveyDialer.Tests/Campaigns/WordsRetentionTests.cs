using System.Globalization;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Campaigns;

/// <summary>How long words are kept that nobody has written down.</summary>
public sealed class WordsRetentionTests
{
    private const long Day = 86_400_000;

    [Theory]
    [InlineData("""{"delete_days":"3"}""", 3)]
    [InlineData("""{"delete_days":" 14 "}""", 14)]
    [InlineData("""{"delete_days":"60"}""", 30)]
    [InlineData("""{"delete_days":"三十"}""", 30)]
    [InlineData("{}", 30)]
    public void They_are_kept_as_the_office_says_and_a_month_at_most(string blanks, int days) => Assert.Equal(days, WordsRetention.Of(blanks).TotalDays);

    [Fact]
    public void The_end_is_told_by_the_day_and_never_comes_early()
    {
        var until = WordsRetention.Until(DateTimeOffset.FromUnixTimeMilliseconds((10 * Day) + 1), TimeSpan.FromDays(3));
        Assert.Equal(14 * Day, until);
        Assert.Equal(until, WordsRetention.Until(DateTimeOffset.FromUnixTimeMilliseconds((11 * Day) - 1), TimeSpan.FromDays(3)));
    }

    [Theory]
    [InlineData("30", false)]
    [InlineData("一个月", true)]
    [InlineData("0", true)]
    [InlineData("-5", true)]
    [InlineData("30天", true)]
    public void Days_that_cannot_be_read_stop_the_launch(string days, bool stopped)
    {
        var reading = TemplateLibrary.ReadFile(Path.Combine(SourceTree.Root, "campaign-templates", "short-keys", "template.yaml"));
        var draft = new CampaignDraft
        {
            Name = "测试", TemplateId = "short-keys", Carrier = "simulator", Organiser = "云溪镇人民政府", Approval = "云统〔2026〕1号", Frames = [1],
            Blanks = new Dictionary<string, string>(BlankFilling.Examples(reading.Template!), StringComparer.Ordinal) { ["delete_days"] = days },
        };
        var problem = LaunchGate.Missing(draft, new SampleFacts(true, ["台账"], [(1, "云溪镇")]), reading, RecordingSet.Empty, new CalendarBook([], []), DateTimeOffset.UnixEpoch).SingleOrDefault(found => found.Key == "delete_days_not_a_number");
        Assert.Equal(stopped, problem is not null);
        if (problem is not null) Assert.Contains(days, problem.InWords(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
    }
}
