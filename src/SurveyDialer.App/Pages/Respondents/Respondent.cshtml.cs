using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Dispositions;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Pages.Respondents;

/// <summary>One respondent of one campaign: why waiting, and what was tried.</summary>
[Needs(PageRight.Rounds)]
internal sealed class RespondentModel(CampaignQueries campaigns, RespondentQueries queries, CalendarBook calendars) : SurveyPage("Respondents")
{
    public CampaignView Campaign { get; private set; } = null!;

    public RespondentDetail Detail { get; private set; } = null!;

    public IActionResult OnGet(long id, long respondent)
    {
        if (campaigns.Find(id) is not { } found || queries.Find(id, respondent) is not { } detail) return NotFound();
        Campaign = found.Campaign;
        Detail = detail;
        Title = T["One_Title", respondent, Show.MaskedName(detail.Item.Name)];
        Decide(detail.Item.Facts);
        return Page();
    }

    public string At(long millis) => Show.Time(millis, Show.Zone(Campaign.TimeZone), Now);

    private void Decide(RespondentSummary facts)
    {
        var culture = CultureInfo.CurrentUICulture;
        switch (facts.State)
        {
            case RespondentState.Waiting when Campaign.State == "running" && calendars.OfficialSurveyAt(Campaign, Now) is { } official:
                NextIs(T["NextOne_OfficialSurvey", Show.Name(official.Survey), Show.Day(official.Until, Show.Zone(Campaign.TimeZone), Now)]);
                break;
            case RespondentState.Waiting when facts.DueAt is { } due && due > Now.ToUnixTimeMilliseconds():
                NextIs(T["NextOne_Waiting", facts.WaitingInWords(culture) ?? T[facts.Appointment == 1 ? "Appointment" : "Turn"], At(due)]);
                break;
            case RespondentState.Waiting:
                NextIs(facts.WaitingInWords(culture) is { } reason ? T["NextOne_Held", reason] : T["NextOne_Due"]);
                break;
            default:
                NextIs(T[$"NextOne_{facts.State}"]);
                break;
        }
    }
}
