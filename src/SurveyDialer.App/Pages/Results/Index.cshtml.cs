using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;

namespace SurveyDialer.App.Pages.Results;

/// <summary>All rounds that have been launched, the newest first, each with the way to its results.</summary>
[Needs(PageRight.Results)]
internal sealed class IndexModel(CampaignQueries queries, RoundSeries series) : SurveyPage("Results")
{
    public IReadOnlyList<(CampaignSummary Summary, Round Round)> Rounds { get; private set; } = [];

    public void OnGet()
    {
        Title = T["Title"];
        var rounds = series.All().ToDictionary(round => round.CampaignId);
        Rounds = [.. queries.List().Where(summary => summary.Campaign.LaunchedAt is not null && rounds.ContainsKey(summary.Campaign.Id)).OrderByDescending(summary => summary.Campaign.Id).Select(summary => (summary, rounds[summary.Campaign.Id]))];
        if (Rounds.Count == 0 && May(PageRight.Rounds)) NextIs(T["Next_NoRound"], T["Nav_Campaigns"], "/campaigns");
        else if (Rounds.Count == 0) NextIs(T["Next_NoRound"]);
        else NextIs(T["Next_Choose"], T["Nav_Benchmarks"], "/benchmarks");
    }
}
