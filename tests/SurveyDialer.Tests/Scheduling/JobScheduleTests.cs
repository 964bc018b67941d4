using Quartz;
using SurveyDialer.Scheduling;

namespace SurveyDialer.Tests.Scheduling;

public sealed class JobScheduleTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static TheoryData<int> GoodSeconds => [1, 2, 30, 60, 300, 1800, 3600, 6 * 3600, 86_400];

    [Theory]
    [MemberData(nameof(GoodSeconds))]
    public void The_next_tick_of_an_interval_is_what_Quartz_makes_of_its_cron(int seconds) => AgreesWithQuartz(JobSchedule.Every(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(3, 0)]
    [InlineData(23, 59)]
    [InlineData(0, 0)]
    public void The_next_tick_of_a_day_is_what_Quartz_makes_of_its_cron(int hour, int minute) =>
        AgreesWithQuartz(JobSchedule.DailyAt(new TimeOnly(hour, minute), Shanghai));

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(0.5)]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(7 * 60)]
    [InlineData(5 * 3600)]
    [InlineData(2 * 86_400)]
    public void An_interval_whose_ticks_would_wander_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_tick_never_falls_on_the_instant_itself()
    {
        var six = new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal(six.AddDays(1), JobSchedule.DailyAt(new TimeOnly(6, 0), Shanghai).NextAfter(six));
        Assert.Equal(six.AddMinutes(5), JobSchedule.Every(TimeSpan.FromMinutes(5)).NextAfter(six));
    }

    [Fact]
    public void A_time_that_the_zone_skips_is_taken_an_hour_later()
    {
        var before = new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)), JobSchedule.DailyAt(new TimeOnly(2, 30), Berlin).NextAfter(before));
    }

    private static void AgreesWithQuartz(JobSchedule schedule)
    {
        var quartz = new CronExpression(schedule.Cron, schedule.Zone);
        var instant = VirtualTimeline.DefaultStart;
        for (var i = 0; i < 200; i++)
        {
            var next = schedule.NextAfter(instant);
            Assert.Equal(quartz.GetNextValidTimeAfter(instant), next);
            instant = i % 2 == 0 ? next : next.AddSeconds(7919 * i);
        }
    }
}
