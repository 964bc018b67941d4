using System.Globalization;
using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Tests.CallingHours;

public sealed class CalendarFileTests
{
    private const string Good = """
        calendar: test
        source: a notice
        first_day: 2026-01-01
        last_day: 2026-12-31
        holidays:
          - { from: 2026-05-01, to: 2026-05-05, zh: 劳动节, en: Labour Day }
        make_up_workdays:
          - { from: 2026-05-09, to: 2026-05-09, zh: 调休, en: make-up }
        silent:
          - { from: 2026-04-05, to: 2026-04-05, zh: 清明, en: Tomb-Sweeping Day }
        """;

    [Fact]
    public void The_shipped_calendar_names_its_source_and_covers_two_years()
    {
        var calendar = Policies.China;
        Assert.Equal(("cn", new DateOnly(2025, 1, 1), new DateOnly(2026, 12, 31)), (calendar.Name, calendar.FirstDay, calendar.LastDay));
        Assert.Contains("国办发明电〔2025〕7号", calendar.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void The_shipped_calendar_has_the_working_days_of_the_notices(int year, int expected)
    {
        var days = Enumerable.Range(0, 365).Select(offset => new DateOnly(year, 1, 1).AddDays(offset)).ToList();
        Assert.Equal(expected, days.Count(day => Policies.China.KindOf(day) == DayKind.Workday));
    }

    [Fact]
    public void Every_make_up_day_of_the_shipped_calendar_is_a_weekend_day()
    {
        Assert.Equal(11, Policies.China.MakeUpWorkdays.Count);
        Assert.All(Policies.China.MakeUpWorkdays, days => Assert.True(days.First.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, days.First.ToString("O")));
    }

    [Theory]
    [InlineData("2026-05-01", DayKind.Restday)]
    [InlineData("2026-05-09", DayKind.Workday)]
    [InlineData("2026-05-10", DayKind.Restday)]
    [InlineData("2026-05-11", DayKind.Workday)]
    public void Days_are_told_apart(string day, DayKind kind) =>
        Assert.Equal(kind, CalendarFile.Read(Good).Calendar!.KindOf(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("first_day: 2026-01-01", "first_day: 1.1.2026", "第3行：“1.1.2026”不是日期。请写成 2026-02-16 的样子。")]
    [InlineData("source: a notice\n", "", "第1行：缺少“source”。请补上这一项。")]
    [InlineData("silent:", "quiet:", "第9行：不认识的项目“quiet”。请改正拼写或删除。")]
    [InlineData("to: 2026-05-05", "to: 2026-04-05", "第6行：结束日期 2026-04-05 早于开始日期 2026-05-01。")]
    [InlineData("from: 2026-04-05", "from: 2025-04-05", "第10行：2025-04-05 不在本文件覆盖的范围（2026-01-01 至 2026-12-31）内。请修改日期或 first_day、last_day。")]
    [InlineData("from: 2026-05-09, to: 2026-05-09", "from: 2026-05-05, to: 2026-05-05", "第8行：2026-05-05 既列为放假又列为上班。请删去一处。")]
    [InlineData("calendar: test", "calendar: [test]", "第1行：“calendar”的写法不对。请参照随软件提供的 cn.yaml。")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string told)
    {
        var reading = CalendarFile.Read(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(reading.Calendar);
        Assert.Equal(told, Assert.Single(reading.Problems).Describe(CultureInfo.GetCultureInfo("zh-CN")));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("calendar: {", "Line 2: not readable as YAML")]
    [InlineData("- a\n- b", "Line 1: \"calendar\" has the wrong form.")]
    public void What_is_no_calendar_is_told_in_English_too(string text, string told) =>
        Assert.StartsWith(told, Assert.Single(CalendarFile.Read(text).Problems).Describe(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);

    [Fact]
    public void Every_fault_has_a_text_in_both_languages()
    {
        var faults = Enum.GetValues<CalendarFault>();
        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            var problem = new CalendarProblem(fault, 1L, "a", "b", "c");
            Assert.NotEqual(problem.Describe(CultureInfo.GetCultureInfo("zh-CN")), problem.Describe(CultureInfo.GetCultureInfo("en")));
        });
    }
}
