using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Tests.Pages;

public sealed class ForecastTests
{
    private static readonly DateTimeOffset Launch = new(2026, 3, 2, 8, 30, 0, TimeSpan.FromHours(8));

    private static readonly DateOnly LastDay = new(2026, 3, 16);

    [Fact]
    public void A_round_that_is_not_running_has_none()
    {
        Assert.Null(Forecast.For(Progress(Campaign(100) with { LaunchedAt = null }, Tally(0, 0, 10)), Launch));
        Assert.Null(Forecast.For(Progress(Campaign(100) with { ClosedAt = 1 }, Tally(1, 1, 10)), Launch));
    }

    [Fact]
    public void The_target_is_reached_at_the_pace_so_far()
    {
        var forecast = Forecast.For(Progress(Campaign(100), Tally(completes: 40, others: 40, open: 400)), Launch.AddDays(4))!;
        Assert.Equal(60, forecast.Remaining);
        Assert.Equal(10, forecast.PerDay);
        Assert.Equal(6, forecast.NeededPerDay);
        Assert.Equal(Launch.AddDays(10), forecast.ReadyAt);
        Assert.False(forecast.SampleTooSmall);
    }

    [Fact]
    public void The_first_hours_count_as_a_whole_day()
        => Assert.Equal(8, Forecast.For(Progress(Campaign(100), Tally(8, 0, 400)), Launch.AddHours(2))!.PerDay);

    [Fact]
    public void A_sample_that_yields_too_little_is_told_and_not_promised()
    {
        var forecast = Forecast.For(Progress(Campaign(100), Tally(completes: 20, others: 80, open: 100)), Launch.AddDays(2))!;
        Assert.True(forecast.SampleTooSmall);
        Assert.Equal(40, forecast.ExpectedCompletes);
        Assert.Null(forecast.ReadyAt);
    }

    [Fact]
    public void A_few_finished_respondents_say_nothing_about_the_sample()
        => Assert.False(Forecast.For(Progress(Campaign(100), Tally(completes: 0, others: 5, open: 400)), Launch.AddHours(1))!.SampleTooSmall);

    [Fact]
    public void Without_a_target_the_sample_is_what_remains()
    {
        var forecast = Forecast.For(Progress(Campaign(null), Tally(completes: 10, others: 30, open: 60)), Launch.AddDays(4))!;
        Assert.Equal(60, forecast.Remaining);
        Assert.Equal(6, forecast.NeededPerDay);
        Assert.Equal(Launch.AddDays(10), forecast.ReadyAt);
    }

    [Fact]
    public void The_end_never_lies_before_the_next_call()
    {
        // Ninety of a hundred in the first four days; the others wait for the weekend after next.
        var next = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.FromHours(8));
        var tally = Tally(completes: 30, others: 60, open: 10);
        Assert.Equal(Launch.AddDays(4).AddDays(40 / 90d), Forecast.For(Progress(Campaign(null), tally), Launch.AddDays(4))!.ReadyAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(next, Forecast.For(Progress(Campaign(null), tally, next), Launch.AddDays(4))!.ReadyAt);
        var soon = Launch.AddDays(4).AddHours(1);
        Assert.True(Forecast.For(Progress(Campaign(null), tally, soon), Launch.AddDays(4))!.ReadyAt > soon);
    }

    [Fact]
    public void What_cannot_be_done_by_the_last_day_is_told_and_not_promised()
    {
        var forecast = Forecast.For(Progress(Campaign(100), Tally(completes: 10, others: 10, open: 400)), Launch.AddDays(4))!;
        Assert.True(forecast.TooLate);
        Assert.Null(forecast.ReadyAt);
        Assert.Equal(LastDay, forecast.LastDay);
        Assert.Equal(9, forecast.NeededPerDay);
    }

    [Fact]
    public void On_the_last_day_all_that_is_left_is_needed_that_day()
        => Assert.Equal(60, Forecast.For(Progress(Campaign(100), Tally(40, 40, 400)), new DateTimeOffset(2026, 3, 16, 20, 0, 0, TimeSpan.FromHours(8)))!.NeededPerDay);

    [Fact]
    public void Nothing_is_needed_a_day_once_the_planned_time_is_over()
        => Assert.Null(Forecast.For(Progress(Campaign(100), Tally(10, 10, 400)), Launch.AddDays(RoundDays.PlannedDays + 1))!.NeededPerDay);

    [Theory]
    [InlineData("1.1", OutcomeGroup.Complete)]
    [InlineData("1.2", OutcomeGroup.Partial)]
    [InlineData("2.12", OutcomeGroup.BreakOff)]
    [InlineData("2.111", OutcomeGroup.Refused)]
    [InlineData("2.20", OutcomeGroup.NotReached)]
    [InlineData("2.33", OutcomeGroup.OtherReason)]
    [InlineData("3.13", OutcomeGroup.NotReached)]
    [InlineData("3.21", OutcomeGroup.OtherReason)]
    [InlineData("4.31", OutcomeGroup.NotEligible)]
    public void A_final_code_belongs_to_one_group(string code, OutcomeGroup group) => Assert.Equal(group, OutcomeTally.GroupOf(code));

    private static CampaignView Campaign(long? target) => new()
    {
        Target = target, LaunchedAt = Launch.ToUnixTimeMilliseconds(), LastDay = LastDay.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber, TimeZone = "Asia/Shanghai",
    };

    private static CampaignProgress Progress(CampaignView campaign, OutcomeTally tally, DateTimeOffset? nextDue = null) => new()
    {
        Campaign = campaign, Tally = tally, CallsInProgress = 0, CallsUnclear = 0, NextDueAt = nextDue?.ToUnixTimeMilliseconds(),
    };

    private static OutcomeTally Tally(long completes, long others, long open) => OutcomeTally.Of([("1.1", completes), ("3.13", others), (null, open)]);
}
