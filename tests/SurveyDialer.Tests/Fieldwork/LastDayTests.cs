using SurveyDialer.CallingHours;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>Monday 2026-03-02 at 09:30, calls that nobody answers.</summary>
public sealed class LastDayTests
{
    [Fact]
    public async Task A_round_calls_until_its_last_day_and_then_closes_by_itself()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile], [TextOffice.OtherMobile]], draft: draft => draft with { LastDay = new DateOnly(2026, 3, 3) });
        await office.EndCallAsync(0, CallStatus.NoAnswer);
        await office.EndCallAsync(1, CallStatus.NoAnswer);
        await office.PassAsync(TimeSpan.FromHours(10));
        Assert.Equal(4, office.Carrier.Called.Count);
        await office.JobAsync("campaigns");
        Assert.Equal("running", office.One<string>("SELECT state FROM campaign;"));

        // The evening's call goes unanswered by the carrier too; the next would be another day's.
        await office.EndCallAsync(2, CallStatus.NoAnswer);
        await office.PassAsync(TimeSpan.FromHours(30));
        await office.JobAsync("campaigns");
        Assert.Equal("closed last-day-over SurveyDialer", office.One<string>("SELECT to_state || ' ' || reason || ' ' || who FROM campaign_history ORDER BY id DESC LIMIT 1;"));
        Assert.All(office.All("SELECT datetime(placing_at / 1000 + 8 * 3600, 'unixepoch') FROM attempt WHERE placing_at IS NOT NULL;"), at => Assert.True(string.CompareOrdinal(at, "2026-03-04") < 0, at));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'pending';"));
    }

    [Fact]
    public async Task A_running_round_goes_on_to_a_later_last_day_and_a_closed_one_is_not_changed()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]], draft: draft => draft with { LastDay = new DateOnly(2026, 3, 2) });
        var problems = await ChangeAsync(office, new CampaignChange { LastDay = new DateOnly(2026, 3, 1) });
        Assert.Equal("last_day_past", Assert.Single(problems!).Key);
        Assert.Empty((await ChangeAsync(office, new CampaignChange { LastDay = new DateOnly(2026, 3, 4), Target = 7 }))!);
        Assert.Equal((new DateOnly(2026, 3, 4), 7L), (office.Progress.Campaign.LastDayDate, office.Progress.Campaign.Target));
        Assert.Equal("campaign 1, last day 2026-03-04, target 7", office.One<string>("SELECT detail FROM audit_log WHERE action = 'campaign-changed';"));
        await office.EndCallAsync(0, CallStatus.NoAnswer);
        await office.PassAsync(TimeSpan.FromHours(24));
        await office.JobAsync("campaigns");
        Assert.Equal("running", office.One<string>("SELECT state FROM campaign;"));
        Assert.Equal(2, office.Carrier.Called.Count);
        await office.Office.Control.CloseAsync(1, "test", TestContext.Current.CancellationToken);
        Assert.Null(await ChangeAsync(office, new CampaignChange { Target = 8 }));
    }

    [Fact]
    public async Task A_draft_that_is_changed_keeps_its_days_open_until_the_launch()
    {
        await using var office = new TextOffice();
        await office.PrepareAsync([[TextOffice.Mobile]]);
        var id = await office.Launch.CreateAsync(office.Draft("short-keys"), TestContext.Current.CancellationToken);
        Assert.Empty((await ChangeAsync(office, new CampaignChange { Target = 3 }))!);
        await office.Launch.LaunchAsync(id, "test", null, TestContext.Current.CancellationToken);
        Assert.Equal((new DateOnly(2026, 3, 16), 3L), (office.Progress.Campaign.LastDayDate, office.Progress.Campaign.Target));
    }

    private static Task<IReadOnlyList<LaunchProblem>?> ChangeAsync(TextOffice office, CampaignChange change)
        => office.Office.Change.ChangeAsync(1, change, "test", TestContext.Current.CancellationToken);

    [Fact]
    public async Task Without_a_choice_the_last_day_is_set_by_the_launch()
    {
        await using var office = new TextOffice();
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        Assert.Equal(new DateOnly(2026, 3, 16), office.Progress.Campaign.LastDayDate);
    }

    [Fact]
    public async Task Nobody_is_called_while_an_official_survey_runs_and_everybody_after_it()
    {
        await using var office = new TextOffice(officialSurveys: [new NamedDays(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 4), "省测评", "Provincial survey")]);
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        await office.PassAsync(TimeSpan.FromHours(62));
        Assert.Empty(office.Carrier.Called);
        await office.PassAsync(TimeSpan.FromHours(12));
        Assert.Single(office.Carrier.Called);
        Assert.Equal("2026-03-05 09:00", office.One<string>("SELECT strftime('%Y-%m-%d %H:%M', placing_at / 1000 + 8 * 3600, 'unixepoch') FROM attempt WHERE ordinal = 1;"));
    }

    [Fact]
    public async Task A_round_whose_days_have_passed_since_it_was_made_is_not_launched()
    {
        await using var office = new TextOffice();
        await office.PrepareAsync([[TextOffice.Mobile]]);
        var id = await office.Launch.CreateAsync(office.Draft("short-keys") with { LastDay = new DateOnly(2026, 3, 3) }, TestContext.Current.CancellationToken);
        Assert.Empty(office.Launch.MissingNow(id));
        await office.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal("last_day_past", Assert.Single(office.Launch.MissingNow(id)).Key);
        Assert.Null(await office.Launch.LaunchAsync(id, "test", null, TestContext.Current.CancellationToken));
        Assert.Equal("draft", office.One<string>("SELECT state FROM campaign;"));
    }
}
