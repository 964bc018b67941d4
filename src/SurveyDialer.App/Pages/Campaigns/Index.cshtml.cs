using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Pages.Campaigns;

/// <summary>All campaigns with their state, progress and next step.</summary>
[Needs(PageRight.Rounds)]
internal sealed class IndexModel(CampaignQueries queries) : SurveyPage("Campaigns")
{
    public IReadOnlyList<CampaignSummary> Campaigns { get; private set; } = [];

    public void OnGet()
    {
        Title = T["List_Title"];
        Campaigns = [.. queries.List().OrderBy(summary => Order(summary.Campaign.State))];
        var first = Campaigns.Select(summary => summary.Campaign).FirstOrDefault();
        if (first is null) NextIs(T["Next_NoCampaign"], T["Nav_DialPad"], "/dial-pad");
        else if (first is { Carrier: "desk-phone", State: "running" } && May(PageRight.FollowUp)) NextIs(T["Next_Desk"], T["Nav_Interview"], "/interview");
        else if (first is { Carrier: "desk-phone", State: "running" }) NextIs(T["ListNext_Desk", first.Name], T["Details"], $"/campaigns/{first.Id}");
        else NextIs(T[$"ListNext_{first.State}", first.Name], T["Details"], $"/campaigns/{first.Id}");
    }

    /// <summary>What goes on stands before what is prepared, and that before what is over; each the newest first.</summary>
    private static int Order(string state) => state switch { "running" => 0, "paused" => 1, "ready" => 2, "draft" => 3, _ => 4 };
}
