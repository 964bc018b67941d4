using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Health;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;
using SurveyDialer.Fieldwork;
using SurveyDialer.Scheduling;

namespace SurveyDialer.App.Pages.Health;

/// <summary>What needs attention on this machine and what to do about it; and the two things that save everything: a backup, and the keys apart.</summary>
[Needs(PageRight.Rounds, ToChange = PageRight.RunRounds)]
internal sealed class IndexModel(IHealthDesk desk, IJobHost jobs) : SurveyPage("Health")
{
    public IReadOnlyList<HealthResult> Results { get; private set; } = [];

    /// <summary>False in a demonstration, of which nobody needs a copy.</summary>
    public bool BacksUp => jobs.States.Any(job => job.Job.Name == MakeBackup.JobName);

    /// <summary>The keys never leave over a network, nor through a door.</summary>
    public bool MaySaveKeys => BacksUp && May(PageRight.Administer) && DoorAccess.IsAtTheMachine(HttpContext.Connection);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Title = T["Title"];
        Results = [.. (await desk.LookAsync(quick: true, cancellation)).OrderByDescending(result => result.Finding.Level)];
        var worst = Results[0];
        NextIs(worst.Finding.Level == HealthLevel.Fine ? T["Next_Well"] : T["Next_See", Name(worst), Finding(worst)]);
    }

    public async Task<IActionResult> OnPostBackupAsync(CancellationToken cancellation)
    {
        if (await jobs.RunNowAsync(MakeBackup.JobName, cancellation) == RunNowOutcome.Started) Done = T["BackupStarted"];
        else NotDone = T["BackupNotNow"];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostKeysAsync([FromServices] KeyCopy keys, CancellationToken cancellation)
    {
        if (!MaySaveKeys) return NotFound();
        var copy = keys.Read();
        await keys.TakenAsync(Who, cancellation);
        return File(copy, "application/json", $"SurveyDialer-keys-{Now.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}.json");
    }

    public static string Name(HealthResult result) => Words.SayIn(CultureInfo.CurrentUICulture, $"health_{result.Check}");

    /// <summary>What is to be done stands on this page, as a button and not as a command.</summary>
    public string Finding(HealthResult result)
        => T.Find(result.Finding.Key.Replace("health_", "Finding_", StringComparison.Ordinal)) is { } own ? string.Format(CultureInfo.InvariantCulture, own, [.. result.Finding.Arguments]) : result.Finding.InWords(CultureInfo.CurrentUICulture);

    /// <summary>Part of a key and of a style.</summary>
    public static string Level(HealthResult result) => result.Finding.Level.ToString().ToLowerInvariant();
}
