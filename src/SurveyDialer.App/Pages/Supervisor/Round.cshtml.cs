using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Pages.Campaigns;
using SurveyDialer.App.Pages.Dangers;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Supervisor;

/// <summary>One round for its supervisor: how far each township is, what it still has to bring, and by when.</summary>
[Needs(PageRight.Results)]
internal sealed class RoundModel(CampaignQueries queries, AreaProgressQueries areas, DangerDesk dangers) : SurveyPage("Supervisor")
{
    public RoundAtAGlance Round { get; private set; } = null!;

    public Countdown Countdown { get; private set; } = null!;

    public DangerView Dangers { get; private set; } = null!;

    public string WithoutWords => VillagesWithout.InWords(Countdown.Townships.Select(one => one.Township));

    public IActionResult OnGet(long id)
    {
        if (!Load(id)) return NotFound();
        Dangers = DangerView.Of(dangers, Now);
        Decide();
        return Page();
    }

    /// <summary>The part that changes, for a page that is already open.</summary>
    public IActionResult OnGetProgress(long id) => Load(id) ? Partial("_Round", this) : NotFound();

    /// <summary>A contact rate, or what stands in its place.</summary>
    public static string Rate(ContactRate rate) => rate.Percent is { } percent ? $"{percent}%" : rate.Display switch
    {
        SurveyDialer.Statistics.Disclosure.CellDisplay.Shown => "—",
        SurveyDialer.Statistics.Disclosure.CellDisplay.Small => PageWords.Of("Supervisor")["Contact_Few"],
        SurveyDialer.Statistics.Disclosure.CellDisplay.Withheld => Show.Withheld,
    };

    private bool Load(long id)
    {
        if (queries.Find(id) is not { } found) return false;
        Round = new RoundAtAGlance(found, Now);
        Countdown = Countdown.For(areas.ByTownship(id), found.Campaign.Target, Round.Forecast?.DaysLeft);
        Title = found.Campaign.Name;
        return true;
    }

    private void Decide()
    {
        if (Dangers.Unseen.Count > 0) NextIs(T["Next_Danger", Dangers.Unseen[0].Caller]);
        else if (Round.Campaign.State == "closed") NextIs(T["Next_Closed", Round.Campaign.Name], T["Nav_Exports"], $"/exports?campaign={Round.Campaign.Id}");
        else if (Round.Forecast is null) NextIs(T["Next_Draft", Round.Campaign.Name]);
        else if (Round.Forecast.Remaining == 0) NextIs(T["Next_Reached", Round.Campaign.Name]);
        else if (Countdown.Behind is { PerDay: { } perDay } behind) NextIs(T[behind.Share is null ? "Next_BehindOpen" : "Next_Behind", behind.Township.Name, Show.Count(behind.Wanted), Show.Count(perDay)]);
        else if (Round.Forecast.DaysLeft == 0) NextIs(T["Next_TooLate", Round.Campaign.Name, 0]);
        else NextIs(T["Next_OnTime"]);
    }
}
