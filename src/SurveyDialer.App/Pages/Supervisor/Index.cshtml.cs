using SurveyDialer.App.Pages.Campaigns;
using SurveyDialer.App.Pages.Dangers;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Supervisor;

/// <summary>All rounds at a glance, and danger that callers reported; neither numbers nor names of residents.</summary>
[Needs(PageRight.Results)]
internal sealed class IndexModel(CampaignQueries queries, DangerDesk dangers) : SurveyPage("Supervisor")
{
    public IReadOnlyList<RoundAtAGlance> Rounds { get; private set; } = [];

    public DangerView Dangers { get; private set; } = null!;

    public IReadOnlyList<DangerNotice> Seen { get; private set; } = [];

    public void OnGet()
    {
        Title = T["Title"];
        Dangers = DangerView.Of(dangers, Now);
        Seen = dangers.Seen();
        Rounds = [.. queries.List().Select(summary => summary.Campaign.Id).Select(queries.Find).OfType<CampaignProgress>().Select(progress => new RoundAtAGlance(progress, Now))];
        Decide();
    }

    private void Decide()
    {
        var open = Rounds.FirstOrDefault(round => round.Forecast is not null) ?? (Rounds.Count > 0 ? Rounds[0] : null);
        if (Dangers.Unseen.Count > 0) NextIs(T["Next_Danger", Dangers.Unseen[0].Caller]);
        else if (open is null) NextIs(T["Next_Empty"]);
        else if (open.Campaign.State == "closed") NextIs(T["Next_Closed", open.Campaign.Name], T["Nav_Exports"], $"/exports?campaign={open.Campaign.Id}");
        else if (open.Forecast is null) NextIs(T["Next_Draft", open.Campaign.Name]);
        else NextIs(T[Urgency(open.Forecast), open.Campaign.Name, open.Forecast.DaysLeft], T["ToRound"], $"/supervisor/{open.Campaign.Id}");
    }

    private static string Urgency(Forecast forecast) => forecast switch
    {
        { Remaining: 0 } => "Next_Reached",
        { SampleTooSmall: true } => "Next_TooSmall",
        { TooLate: true } or { DaysLeft: 0 } => "Next_TooLate",
        _ => "Next_Running",
    };
}

/// <summary>One round in one line.</summary>
internal sealed class RoundAtAGlance(CampaignProgress progress, DateTimeOffset now)
{
    public CampaignView Campaign => progress.Campaign;

    public OutcomeTally Tally => progress.Tally;

    public Forecast? Forecast { get; } = Forecast.For(progress, now);

    public ForecastWords Words => new(Campaign, Forecast, now);

    /// <summary>Completed interviews of the target; without one, respondents with an outcome.</summary>
    public long Part => Campaign.Target is null ? Tally.Finished : Tally.Completes;

    public long Whole => Campaign.Target ?? Tally.Members;
}
