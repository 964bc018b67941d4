using System.Diagnostics;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.Benchmarks;

/// <summary>A rehearsal from import to closed campaign.</summary>
internal static class RehearsalFigure
{
    private const double AimSeconds = 120;

    internal static async Task RunAsync(Run run)
    {
        var respondents = run.Quick ? 1_000 : 10_000;
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var options = new PracticeOptions { Folder = run.FreshFolder("data"), Respondents = respondents };
        var (totals, virtualDays) = await Practice.RunAsync(
            run, options, practice => (practice.Totals(), (practice.Timeline.Clock.GetUtcNow() - options.Start).TotalDays));
        process.Refresh();
        var seconds = (process.TotalProcessorTime - processor).TotalSeconds;
        run.Say($"A whole campaign of {respondents:N0} respondents in virtual time: import, launch, calls over HTTP to the simulator and back, interviews, cases. Aim: 10,000 within {AimSeconds:F0} s on 2 processors.");
        run.Say("");
        run.Say("| respondents | calls placed | answers | days of virtual time | wall clock | processor time | peak memory | |");
        run.Say("|---|---|---|---|---|---|---|---|");
        run.Say($"| {totals.RespondentsImported:N0} | {totals.CallsPlaced:N0} | {totals.Answers:N0} | {virtualDays:F1} | {totals.Seconds:F1} s | {seconds:F1} s | {process.PeakWorkingSet64 / 1e6:N0} MB | "
            + $"{run.Verdict(totals.Seconds <= AimSeconds * respondents / 10_000)} |");
    }
}
