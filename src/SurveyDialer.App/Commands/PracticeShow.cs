using System.Globalization;
using Spectre.Console;
using SurveyDialer.App.Hosting;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Commands;

/// <summary>Import, launch and run of a demonstration or rehearsal, with progress for whoever watches.</summary>
internal static class PracticeShow
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <returns>An exit code; 0 once the campaign has closed.</returns>
    internal static async Task<int> RunAsync(PracticeRun run, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        var code = ExitCodes.Done;
        await report.People.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                code = await ImportAsync(run, context, cancellation);
                if (code == ExitCodes.Done) code = await LaunchAsync(run, cancellation);
                if (code == ExitCodes.Done) code = await CallAsync(run, context, clock, cancellation);
            });
        return code;
    }

    private static async Task<int> ImportAsync(PracticeRun run, ProgressContext context, CancellationToken cancellation)
    {
        var bar = context.AddTask(Words.Say("progress_import"), maxValue: 1);
        var problem = await run.ImportAsync(new Reporter<FrameProgress>(progress => bar.Value = progress.Share), cancellation);
        bar.Value = 1;
        if (problem is null) return ExitCodes.Done;
        Report.Problem(problem.InWords(Words.Culture));
        return ExitCodes.Failed;
    }

    private static async Task<int> LaunchAsync(PracticeRun run, CancellationToken cancellation)
    {
        var missing = await run.LaunchAsync(cancellation);
        foreach (var problem in missing) Report.Problem(problem.InWords(Words.Culture));
        return missing.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> CallAsync(PracticeRun run, ProgressContext context, TimeProvider clock, CancellationToken cancellation)
    {
        var bar = context.AddTask(Words.Say("progress_calls", "", 0), maxValue: 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = Task.Run(() => run.RunAsync(stop.Token), cancellation);
        while (!running.IsCompleted)
        {
            Show(run, bar);
            await Task.WhenAny(running, Task.Delay(BetweenLooks, clock, cancellation));
        }

        Show(run, bar);
        if (await running && run.IsClosed()) return ExitCodes.Done;
        Report.Problem(Words.Say("run_stalled"));
        return ExitCodes.Failed;
    }

    private static void Show(PracticeRun run, ProgressTask bar)
    {
        var now = run.Progress();
        bar.MaxValue = Math.Max(1, now.Everybody);
        bar.Value = now.Done;
        var local = run.Timeline.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        bar.Description = Words.Say("progress_calls", local, now.Completes);
    }

    private sealed class Reporter<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
