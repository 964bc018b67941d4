using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires.Policy;
using static SurveyDialer.Tests.CallingHours.Policies;

namespace SurveyDialer.Tests.CallingHours;

public sealed class CallingScheduleTests
{
    [Theory, Trait("case", "G17")]
    [InlineData("2026-03-02 08:59:59", false)]
    [InlineData("2026-03-02 09:00:00", true)]
    [InlineData("2026-03-02 11:54:59", true)]
    [InlineData("2026-03-02 11:55:00", false)]
    [InlineData("2026-03-02 13:00:00", false)]
    [InlineData("2026-03-02 14:29:59", false)]
    [InlineData("2026-03-02 14:30:00", true)]
    [InlineData("2026-03-02 20:24:59", true)]
    [InlineData("2026-03-02 20:25:00", false)]
    [InlineData("2026-03-07 09:30:00", false)] // Saturday
    [InlineData("2026-03-07 10:00:00", true)]
    [InlineData("2026-03-07 19:55:00", false)]
    [InlineData("2026-02-28 09:00:00", true)] // Saturday that is worked
    [InlineData("2026-02-28 20:24:59", true)]
    [InlineData("2026-05-01 09:00:00", false)] // Friday, Labour Day
    [InlineData("2026-05-01 10:00:00", true)]
    [InlineData("2026-02-17 10:30:00", false)] // first day of the year
    [InlineData("2026-06-08 10:00:00", false)] // examinations, a Monday
    public void Calls_start_in_the_windows_only(string local, bool open) => Assert.Equal(open, Schedule().IsOpen(At(local)));

    [Theory]
    [InlineData("2026-03-02 08:00", nameof(ClosedReason.NeverAtThisHour), "2026-03-02 09:00")]
    [InlineData("2026-03-02 08:45", nameof(ClosedReason.OutsideWindows), "2026-03-02 09:00")]
    [InlineData("2026-03-02 11:57", nameof(ClosedReason.LastMinutes), "2026-03-02 14:30")]
    [InlineData("2026-03-02 12:30", nameof(ClosedReason.Break), "2026-03-02 14:30")]
    [InlineData("2026-03-06 20:40", nameof(ClosedReason.OutsideWindows), "2026-03-07 10:00")]
    [InlineData("2026-03-06 21:00", nameof(ClosedReason.NeverAtThisHour), "2026-03-07 10:00")]
    [InlineData("2026-02-16 10:30", nameof(ClosedReason.SilentDay), "2026-02-20 10:00")]
    [InlineData("2026-11-02 10:00", nameof(ClosedReason.OfficialSurvey), "2026-11-11 09:00")]
    [InlineData("2024-12-30 10:00", nameof(ClosedReason.CalendarEnded), "2025-01-01 10:00")]
    public void A_closed_time_says_why_and_until_when(string local, string why, string opening)
    {
        var schedule = Schedule(officialSurveys: new NamedDays(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 10), "省测评", "Provincial survey"));
        var closed = Assert.IsType<CallingVerdict.Closed>(schedule.Verdict(At(local)));
        Assert.Equal((why, At(opening)), (closed.Why.ToString(), closed.NextOpening));
    }

    [Fact]
    public void After_the_last_day_of_the_calendar_nobody_is_called()
    {
        var closed = Assert.IsType<CallingVerdict.Closed>(Schedule().Verdict(At("2026-12-31 20:30")));
        Assert.Null(closed.NextOpening);
        Assert.False(Schedule().IsOpen(At("2027-01-04 10:00")));
    }

    [Theory]
    [InlineData("2026-03-02 17:59:59", nameof(DayPart.WorkdayDay))]
    [InlineData("2026-03-02 18:00:00", nameof(DayPart.WorkdayEvening))]
    [InlineData("2026-03-07 19:00:00", nameof(DayPart.Restday))]
    [InlineData("2026-10-10 19:00:00", nameof(DayPart.WorkdayEvening))]
    public void A_day_has_three_parts(string local, string part) => Assert.Equal(part, Schedule().PartOf(At(local)).ToString());

    [Theory]
    [InlineData(nameof(DayPart.WorkdayEvening), "2026-03-02 18:00")]
    [InlineData(nameof(DayPart.Restday), "2026-03-07 10:00")]
    public void The_next_opening_can_be_asked_for_a_part_of_the_day(string part, string opening)
    {
        var next = Schedule().NextOpening(At("2026-03-02 10:00"), (_, candidate) => candidate.ToString() == part);
        Assert.Equal(At(opening), next);
    }

    [Fact]
    public void No_window_widens_the_outer_limits()
    {
        var wide = Default with { Windows = [new CallingWindow(DayKind.Workday, new TimeOnly(0, 0), new TimeOnly(23, 59))] };
        var schedule = Schedule(wide);
        Assert.False(schedule.IsOpen(At("2026-03-02 08:29:59")));
        Assert.True(schedule.IsOpen(At("2026-03-02 08:30:00")));
        Assert.True(schedule.IsOpen(At("2026-03-02 20:54:59")));
        Assert.False(schedule.IsOpen(At("2026-03-02 20:55:00")));
    }

    [Fact, Trait("case", "G17")]
    public void A_window_that_the_change_of_clocks_skips_opens_when_the_clock_has_passed_it()
    {
        // New York, 2026-03-08: 02:00 is followed by 03:00.
        var schedule = Schedule(NewYork(new TimeOnly(2, 30), new TimeOnly(4, 0)));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 8, 7, 0, 0, TimeSpan.Zero), schedule.NextOpening(new DateTimeOffset(2026, 3, 8, 6, 0, 0, TimeSpan.Zero)));
    }

    [Fact, Trait("case", "G17")]
    public void A_window_that_the_change_of_clocks_repeats_opens_twice()
    {
        // New York, 2026-11-01: 02:00 summer time is followed by 01:00.
        var schedule = Schedule(NewYork(new TimeOnly(1, 30), new TimeOnly(1, 50)));
        var first = schedule.NextOpening(new DateTimeOffset(2026, 11, 1, 4, 0, 0, TimeSpan.Zero));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 5, 30, 0, TimeSpan.Zero), first);
        Assert.Equal(
            new DateTimeOffset(2026, 11, 1, 6, 30, 0, TimeSpan.Zero), schedule.NextOpening(new DateTimeOffset(2026, 11, 1, 5, 50, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void The_next_opening_is_open_and_nothing_before_it_is()
    {
        var schedule = Schedule();
        var minutes = Gen.Choose(0, 2 * 365 * 24 * 60 - 1).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(minutes, minute =>
        {
            var from = At("2025-01-01").AddMinutes(minute);
            if (schedule.NextOpening(from) is not { } opening)
                return from > At("2026-12-31 20:00");
            for (var before = from; before < opening; before = before.AddMinutes(7))
            {
                if (schedule.IsOpen(before))
                    return false;
            }

            return opening >= from && schedule.IsOpen(opening);
        }));
    }

    private static DiallingPolicy NewYork(TimeOnly from, TimeOnly to) => Default with
    {
        TimeZone = "America/New_York",
        NeverBefore = TimeOnly.MinValue,
        NeverFrom = new TimeOnly(23, 59),
        Windows = [new CallingWindow(DayKind.Restday, from, to)],
    };
}
