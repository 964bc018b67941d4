using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;
using SurveyDialer.Scheduling;

namespace SurveyDialer.App.Pages.Home;

/// <summary>Three doors, and what is most urgent behind any of them.</summary>
[Needs(PageRight.None)]
internal sealed class IndexModel(CampaignQueries campaigns, CaseQueries cases, AreaVisitQueries visits, AreaWordsQueries words, IJobHost jobs) : SurveyPage("Home")
{
    public int Running { get; private set; }

    public int Closed { get; private set; }

    public CaseLoad Load { get; private set; } = new(0, 0, 0);

    public long PlannedVisits { get; private set; }

    /// <summary>Recordings and texts that wait to be written down, of cases and of areas.</summary>
    public long ToWriteDown { get; private set; }

    public void OnGet()
    {
        Title = T["Title"];
        var all = campaigns.List().Select(summary => summary.Campaign).ToList();
        Running = all.Count(campaign => campaign.State is "running" or "paused");
        Closed = all.Count(campaign => campaign.State == "closed");
        Load = cases.Load(Now.ToUnixTimeMilliseconds());
        PlannedVisits = visits.CountPlanned();
        ToWriteDown = words.CountWaiting() + cases.CountToWriteDown();
        Decide(all);
    }

    private void Decide(List<CampaignView> all)
    {
        if (!(May(PageRight.FollowUp) && DecideFollowUp()) && !(May(PageRight.Rounds) && DecideRounds(all)))
            NextIs(T[May(PageRight.Rounds) || May(PageRight.FollowUp) || May(PageRight.Results) ? "Next_Rest" : "Next_Stranger"]);
    }

    private bool DecideFollowUp()
    {
        if (Load.Overdue > 0) NextIs(T["Next_Overdue", Load.Overdue], T["OpenCases"], "/cases");
        else if (Load.Untaken > 0) NextIs(T["Next_Waiting", Load.Untaken], T["OpenCases"], "/cases?state=open");
        else return false;
        return true;
    }

    private bool DecideRounds(List<CampaignView> all)
    {
        if (jobs.States.Any(job => job.Last.Failures > 0)) NextIs(T["Next_JobFailed"], T["OpenJobs"], "/jobs");
        else if (Find("paused") is { } paused) NextIs(T["Next_Paused", paused.Name], T["OpenCampaign"], $"/campaigns/{paused.Id}");
        else if (Find("ready") is { } ready) NextIs(T["Next_Ready", ready.Name], T["OpenCampaign"], $"/campaigns/{ready.Id}");
        else if (Find("running") is { } running) NextIs(T["Next_Running", running.Name], T["OpenCampaign"], $"/campaigns/{running.Id}");
        else if (all.Count == 0) NextIs(T["Next_NoCampaign"], T["OpenDialPad"], "/dial-pad");
        else return false;
        return true;

        CampaignView? Find(string state) => all.Find(campaign => campaign.State == state);
    }
}
