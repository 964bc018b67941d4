using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Pages.NewRound;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Campaigns;

/// <summary>One campaign: how far it has got, what it needs, and what became of those who were dissatisfied; brings itself up to date.</summary>
[Needs(PageRight.Rounds, ToChange = PageRight.RunRounds)]
internal sealed class CampaignModel(CampaignQueries queries, AreaProgressQueries areas, ChainQueries chains, ICampaignControl control, CalendarBook calendars) : SurveyPage("Campaigns")
{
    public CampaignProgress Progress { get; private set; } = null!;

    public Forecast? Forecast { get; private set; }

    public Chain Chain { get; private set; } = new();

    public IReadOnlyList<TownshipProgress> Townships { get; private set; } = [];

    private TimeZoneInfo Zone => Show.Zone(Progress.Campaign.TimeZone);

    /// <summary>People make the calls, at desk telephones.</summary>
    public bool IsByDesk => Progress.Campaign.Carrier == "desk-phone";

    public ForecastWords Words => new(Progress.Campaign, Forecast, Now);

    public string WithoutWords => VillagesWithout.InWords(Townships);

    public string CallsWords => Progress switch
    {
        { CallsUnclear: > 0 } => T["CallsUnclear", Show.Count(Progress.CallsUnclear)],
        { Campaign.State: "running" } when calendars.OfficialSurveyAt(Progress.Campaign, Now) is { } official => T["CallsResting", Show.Day(official.Until, Zone, Now)],
        { NextDueAt: { } due } when due > Now.ToUnixTimeMilliseconds() => T["NextDue", Show.Time(due, Zone, Now)],
        { NextDueAt: not null } => T["DueNow"],
        _ => T["NothingDue"],
    };

    public IActionResult OnGet(long id)
    {
        if (!Load(id)) return NotFound();
        Decide();
        return Page();
    }

    /// <summary>The part that changes, for a page that is already open.</summary>
    public IActionResult OnGetProgress(long id) => Load(id) ? Partial("_Progress", this) : NotFound();

    public Task<IActionResult> OnPostPauseAsync(long id, CancellationToken cancellation) => Do(id, control.PauseAsync(id, Who, cancellation), "Paused");

    public Task<IActionResult> OnPostResumeAsync(long id, CancellationToken cancellation) => Do(id, control.ResumeAsync(id, Who, cancellation), "Resumed");

    public Task<IActionResult> OnPostCloseAsync(long id, CancellationToken cancellation) => Do(id, control.CloseAsync(id, Who, cancellation), "Closed");

    /// <summary>Another target, last day or number of lines; what was left empty stays as it is.</summary>
    public async Task<IActionResult> OnPostChangeAsync(long id, int? target, DateOnly? lastDay, int? maxLines, [FromServices] OpenInstallation office, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        var change = new CampaignChange
        {
            Target = target == Progress.Campaign.Target ? null : target, LastDay = lastDay == Progress.Campaign.LastDayDate ? null : lastDay, MaxLines = maxLines == Progress.Campaign.MaxLines ? null : maxLines,
        };
        if (!ModelState.IsValid || change is { Target: < 1 } or { MaxLines: < 1 })
        {
            NotDone = T["Change_NotANumber"];
        }
        else if (change == new CampaignChange())
        {
            NotDone = T["Change_Nothing"];
        }
        else if (await office.Change.ChangeAsync(id, change, Who, cancellation) is not { } problems)
        {
            NotDone = T["Problem_Other"];
        }
        else if (problems.Count > 0)
        {
            NotDone = MissingField.Of(problems, PageWords.Of("NewRound"), blank => blank)[0].Words;
        }
        else
        {
            office.Wake();
            Done = T["Changed"];
        }

        return Redirect($"/campaigns/{id}");
    }

    private async Task<IActionResult> Do(long id, Task<string?> change, string said)
    {
        if (await change is { } problem) NotDone = T.Find($"Problem_{problem}") ?? T["Problem_Other"];
        else Done = T[said];
        return RedirectToPage(new { id });
    }

    private bool Load(long id)
    {
        if (queries.Find(id) is not { } found) return false;
        Progress = found;
        Title = found.Campaign.Name;
        Forecast = Forecast.For(found, Now);
        Chain = chains.Find(id);
        Townships = areas.ByTownship(id);
        return true;
    }

    private void Decide()
    {
        var campaign = Progress.Campaign;
        switch (campaign.State)
        {
            case "running" when calendars.OfficialSurveyAt(campaign, Now) is { } official:
                NextIs(T["Next_OfficialSurvey", Show.Name(official.Survey), Show.Day(official.Until, Zone, Now)]);
                break;
            case "running" when Forecast is { SampleTooSmall: true, ExpectedCompletes: { } expected }:
                NextIs(T["Next_TooSmall", Show.Count(expected), Show.Count(campaign.Target!.Value)], May(PageRight.RunRounds) ? T["Change"] : null, May(PageRight.RunRounds) ? "#change" : null);
                break;
            case "running" when Progress.CallsInProgress == 0 && Progress.NextDueAt is { } due && due > Now.ToUnixTimeMilliseconds():
                NextIs(T["Next_Waiting", Show.Time(due, Zone, Now)], T["SeeWhy"], $"/campaigns/{campaign.Id}/respondents?state=waiting");
                break;
            case "paused" when campaign.Cause is { } cause:
                NextIs(cause.InWords(CultureInfo.CurrentUICulture));
                break;
            case "running" when IsByDesk:
                if (May(PageRight.FollowUp)) NextIs(T["Next_Desk"], T["Nav_Interview"], "/interview");
                else NextIs(T["Next_DeskOthers"]);
                break;
            case "closed" when Chain.Cases > 0 && May(PageRight.FollowUp):
                NextIs(T["Next_ClosedCases"], T["ToCases"], $"/cases?campaign={campaign.Id}");
                break;
            default:
                NextIs(T[$"Next_{campaign.State}"]);
                break;
        }
    }
}
