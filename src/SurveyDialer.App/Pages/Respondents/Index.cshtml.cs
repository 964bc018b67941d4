using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Dispositions;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Pages.Respondents;

/// <summary>The sample of one campaign: where everybody stands and why; numbers and names masked, answers never.</summary>
[Needs(PageRight.Rounds)]
internal sealed class IndexModel(CampaignQueries campaigns, RespondentQueries queries, CalendarBook calendars) : SurveyPage("Respondents")
{
    private const int PageSize = 50;

    public CampaignView Campaign { get; private set; } = null!;

    public IReadOnlyList<(long Id, string Name)> Townships { get; private set; } = [];

    public IReadOnlyList<RespondentItem> Respondents { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public long? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public RespondentState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? NextAfter { get; private set; }

    public IActionResult OnGet(long id)
    {
        if (campaigns.Find(id) is not { } found) return NotFound();
        Campaign = found.Campaign;
        Title = T["Title"];
        Townships = queries.Townships(id);
        var rows = queries.Page(id, new RespondentFilter(Area, State), After, PageSize + 1);
        Respondents = [.. rows.Take(PageSize)];
        if (rows.Count > PageSize) NextAfter = Respondents[^1].Facts.Id;
        Decide(found);
        return Page();
    }

    /// <summary>What a person waits for, or how it ended.</summary>
    public string Why(RespondentSummary facts)
    {
        var culture = CultureInfo.CurrentUICulture;
        var zone = Show.Zone(Campaign.TimeZone);
        return facts.State switch
        {
            RespondentState.Waiting when Campaign.State == "running" && calendars.OfficialSurveyAt(Campaign, Now) is { } official
                => T["OfficialSurveyUntil", Show.Day(official.Until, zone, Now)],
            RespondentState.Waiting when facts.DueAt is { } due && due > Now.ToUnixTimeMilliseconds()
                => T["WaitsUntil", facts.WaitingInWords(culture) ?? T[facts.Appointment == 1 ? "Appointment" : "Turn"], Show.Time(due, zone, Now)],
            RespondentState.Waiting => facts.WaitingInWords(culture) ?? T["DueNow"],
            RespondentState.Calling => T["CallingNow"],
            RespondentState.Unclear => T["UnclearNow"],
            RespondentState.Interviewed or RespondentState.Finished => facts.CodeInWords(culture) ?? "",
            RespondentState.Idle => T["IdleNow"],
        };
    }

    public string PageAddress(long after)
        => $"/campaigns/{Campaign.Id}/respondents?area={Area}&state={State?.ToString().ToLowerInvariant()}" + (after > 0 ? $"&after={after}" : "");

    private void Decide(CampaignProgress found)
    {
        if (found.Tally.Members == 0) NextIs(T["Next_NoSample"], T["ToRound"], $"/campaigns/{Campaign.Id}");
        else if (found.CallsUnclear > 0) NextIs(T["Next_Unclear", Show.Count(found.CallsUnclear)]);
        else if (Campaign.State == "paused") NextIs(T["Next_Paused"], T["ToRound"], $"/campaigns/{Campaign.Id}");
        else NextIs(T[Campaign.State == "closed" ? "Next_Closed" : "Next_Look"]);
    }
}
