using System.Net;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Health;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.FollowUps;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Pages.Home;

/// <summary>Three doors, and what is most urgent behind any of them.</summary>
[Needs(PageRight.None, ToChange = PageRight.RunRounds)]
internal sealed class IndexModel(CampaignQueries campaigns, CaseQueries cases, AreaVisitQueries visits, AreaWordsQueries words, IJobHost jobs, Database database, PracticeDesk practice, CallerDesk desk, DangerDesk dangers, IHealthDesk health)
    : SurveyPage("Home")
{
    /// <summary>There is no round yet, and the visitor may make one.</summary>
    public bool First { get; private set; }

    /// <summary>The simulated township answers on this machine only.</summary>
    public bool MayTry => HttpContext.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);

    /// <summary>Where the simulated township is; null while there is none. Under this machine's other name, since browsers keep cookies by name and not by port.</summary>
    public string? Practice => practice.Port is { } port ? $"http://{(Request.Host.Host == "localhost" ? "127.0.0.1" : "localhost")}:{port}/" : null;

    /// <summary>Who is to be called from desk telephones; null for whoever has nothing to do with it.</summary>
    private DeskQueue? queue;

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
        Load = cases.Load(Now.ToUnixTimeMilliseconds(), Who);
        if (May(PageRight.FollowUp) || May(PageRight.Rounds)) queue = desk.Queue();
        PlannedVisits = visits.CountPlanned();
        ToWriteDown = words.CountWaiting() + cases.CountToWriteDown();
        First = May(PageRight.RunRounds) && all.Count == 0;
        Decide(all);
    }

    public async Task<IActionResult> OnPostPracticeAsync(CancellationToken cancellation)
    {
        if (await practice.StartAsync(cancellation) is { } problem) NotDone = T["TryFailed", problem];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostStopAsync()
    {
        await practice.StopAsync();
        return RedirectToPage();
    }

    private void Decide(List<CampaignView> all)
    {
        if (May(PageRight.Danger) && dangers.Unseen() is [var first, ..]) NextIs(T["Next_Danger", first.Caller]);
        else if (!(May(PageRight.FollowUp) && DecideFollowUp()) && !(May(PageRight.Rounds) && DecideRounds(all)) && !(May(PageRight.FollowUp) && DecideLater()))
            NextIs(T[May(PageRight.Rounds) || May(PageRight.FollowUp) || May(PageRight.Results) ? "Next_Rest" : "Next_Stranger"]);
    }

    private bool DecideFollowUp()
    {
        if (Load.Overdue > 0) NextIs(T["Next_Overdue", Load.Overdue], T["OpenCases"], "/cases");
        else if (queue is { State: DeskQueueState.Waiting }) NextIs(T["Next_Desk", Waiting()], T["GoInterview"], "/interview");
        else if (Load.Untaken > 0) NextIs(T["Next_Waiting", Load.Untaken], T["OpenCases"], "/cases?state=open");
        else return false;
        return true;
    }

    private bool DecideRounds(List<CampaignView> all)
    {
        if (jobs.States.Any(job => job.Last.Failures > 0)) NextIs(T["Next_JobFailed"], T["OpenJobs"], "/jobs");
        else if (Find("paused") is { } paused) NextIs(T["Next_Paused", paused.Name], T["OpenCampaign"], $"/campaigns/{paused.Id}");
        else if (Find("ready") is { } ready) NextIs(T["Next_Ready", ready.Name], T["OpenCampaign"], $"/campaigns/{ready.Id}");
        else if (May(PageRight.Administer) && all.Exists(campaign => campaign.LaunchedAt is not null) && health.KeysUnsaved) NextIs(T["Next_Keys"], T["OpenHealth"], "/health");
        else if (Find("running") is { } running) DecideRunning(running);
        else if (May(PageRight.RunRounds) && database.Read(RoundDraftStore.All) is [var draft, ..]) NextIs(T["Next_Draft", draft.Plan.Name], T["GoOnDraft"], $"/new-round/{draft.Id}");
        else if (First) NextIs(T["Next_First"], T["OwnGo"], "/new-round");
        else if (all.Count == 0) NextIs(T["Next_NoCampaign"], T["OpenDialPad"], "/dial-pad");
        else return false;
        return true;

        CampaignView? Find(string state) => all.Find(campaign => campaign.State == state);
    }

    private void DecideRunning(CampaignView running)
    {
        var text = running.Carrier != "desk-phone" ? T["Next_Running", running.Name]
            : queue is { State: DeskQueueState.Waiting } ? T["Next_RunningDesk", running.Name, Waiting()]
            : T["Next_RunningDeskLater", running.Name];
        NextIs(text, T["OpenCampaign"], $"/campaigns/{running.Id}");
    }

    /// <summary>Nothing now, though somebody is to be called later.</summary>
    private bool DecideLater()
    {
        if (queue is not { State: DeskQueueState.Later, At: { } at }) return false;
        NextIs(T["Next_DeskLater", Show.Time(at.ToUnixTimeMilliseconds(), Show.Zone(queue.TimeZone), Now)], T["GoInterview"], "/interview");
        return true;
    }

    private string Waiting() => queue!.Waiting >= HandOut.MostCounted ? $"{HandOut.MostCounted}+" : $"{queue.Waiting}";
}
