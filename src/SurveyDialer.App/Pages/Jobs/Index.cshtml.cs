using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Scheduling;

namespace SurveyDialer.App.Pages.Jobs;

/// <summary>What runs by itself: when it last ran, when it runs next, by how much it was late, and why it failed.</summary>
[Needs(PageRight.Rounds, ToChange = PageRight.RunRounds)]
internal sealed class IndexModel(IJobHost host, CampaignQueries campaigns) : SurveyPage("Jobs")
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(30);

    private TimeZoneInfo zone = TimeZoneInfo.Utc;

    public IReadOnlyList<JobState> Jobs { get; private set; } = [];

    public void OnGet()
    {
        Title = T["Title"];
        Jobs = host.States;
        zone = Show.Zone(campaigns.List().Select(summary => summary.Campaign.TimeZone).FirstOrDefault() ?? "Asia/Shanghai");
        if (Jobs.FirstOrDefault(job => job.Last.Failures > 0) is { } failed) NextIs(T["Next_Failed", Name(failed.Job.Name)]);
        else if (Jobs.FirstOrDefault(job => job.OverdueBy > Noticeable && !job.Running) is { } overdue)
            NextIs(T["Next_Overdue", Name(overdue.Job.Name), Show.Span(overdue.OverdueBy)]);
        else NextIs(T["Next_Well"]);
    }

    public async Task<IActionResult> OnPostRunAsync(string? job, CancellationToken cancellation)
    {
        job ??= "";
        var outcome = await host.RunNowAsync(job, cancellation);
        if (outcome == RunNowOutcome.Started) Done = T["Run_Started", Name(job)];
        else NotDone = T[$"Run_{outcome}", Name(job)];
        return RedirectToPage();
    }

    public string Name(string job) => T.Find($"Job_{job}") ?? job;

    public string At(DateTimeOffset instant) => Show.Time(instant.ToUnixTimeMilliseconds(), zone, Now);

    /// <summary>Part of a key and of a style.</summary>
    public static string State(JobState job) => job switch
    {
        { Running: true } => "running",
        { Last.Failures: > 0 } => "failed",
        _ when job.OverdueBy > Noticeable => "late",
        _ => "idle",
    };

    public string Late(JobState job)
    {
        if (job.OverdueBy > Noticeable) return T["OverdueBy", Show.Span(job.OverdueBy)];
        return job.LateBy > Noticeable ? Show.Span(job.LateBy) : T["OnTime"];
    }
}
