using System.Globalization;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Tests.CallingHours;

namespace SurveyDialer.Tests.Campaigns;

public sealed class RoundDaysTests
{
    private static readonly NamedDays[] Surveys = [Days("2026-03-02", "2026-03-10", "省测评", "Provincial survey"), Days("2026-03-09", "2026-03-20", "市测评", "City survey")];

    [Fact]
    public void Without_a_choice_a_round_ends_fourteen_days_after_its_launch()
        => Assert.Equal(new DateOnly(2026, 3, 16), RoundDays.LastDay(Policies.Schedule(), Policies.At("2026-03-02 23:50"), null));

    [Theory]
    [InlineData("2026-03-02 08:30", null, "")]
    [InlineData("2026-03-02 20:00", "2026-03-02", "")]
    [InlineData("2026-03-02 08:30", "2026-12-31", "")]
    [InlineData("2026-03-02 08:30", "2027-01-01", "last_day_beyond_calendar")]
    [InlineData("2026-12-17 08:30", null, "")]
    [InlineData("2026-12-18 08:30", null, "last_day_beyond_calendar")]
    [InlineData("2027-01-05 08:30", "2027-01-06", "last_day_beyond_calendar")]
    [InlineData("2026-03-02 08:30", "2026-03-01", "last_day_past")]
    [InlineData("2026-03-02 20:40", "2026-03-02", "no_calling_day")]
    [InlineData("2026-02-16 08:30", "2026-02-19", "no_calling_day")]
    public void A_round_needs_days_on_which_somebody_may_be_called(string now, string? lastDay, string problem) => Assert.Equal(problem, Problem(now, lastDay)?.Key ?? "");

    [Theory]
    [InlineData("2026-03-15", "official_surveys_cover")]
    [InlineData("2026-03-20", "official_surveys_cover")]
    [InlineData("2026-03-21", "")]
    public void Official_surveys_may_leave_no_day(string lastDay, string problem) => Assert.Equal(problem, Problem("2026-03-02 08:30", lastDay, Surveys)?.Key ?? "");

    [Fact]
    public void What_stands_in_the_way_is_named()
    {
        var beyond = Problem("2026-03-02 08:30", "2027-01-01")!;
        foreach (var culture in (string[])["zh-CN", "en"])
        {
            var told = beyond.InWords(CultureInfo.GetCultureInfo(culture));
            Assert.All(["2027-01-01", "2026-12-31", "国办发明电〔2025〕7号", "--last-day", "calendars/cn.yaml"], part => Assert.Contains(part, told, StringComparison.Ordinal));
        }

        var covered = Problem("2026-03-02 08:30", "2026-03-15", Surveys)!.InWords(CultureInfo.GetCultureInfo("en"));
        Assert.All(["Provincial survey 2026-03-02–2026-03-10", "City survey 2026-03-09–2026-03-20"], part => Assert.Contains(part, covered, StringComparison.Ordinal));
    }

    private static LaunchProblem? Problem(string now, string? lastDay, params NamedDays[] surveys) => RoundDays.Problems(
        Policies.Schedule(officialSurveys: surveys), Policies.China, new CalendarBook([Policies.China], surveys),
        lastDay is null ? null : DateOnly.Parse(lastDay, CultureInfo.InvariantCulture), Policies.At(now)).SingleOrDefault();

    private static NamedDays Days(string first, string last, string chinese, string english)
        => new(DateOnly.Parse(first, CultureInfo.InvariantCulture), DateOnly.Parse(last, CultureInfo.InvariantCulture), chinese, english);
}
