using Spectre.Console;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>The way of every command to its installation: open the folder; or, when a server owns it, ask that server; or say who has it.</summary>
internal static class LocalCall
{
    /// <summary>Carries a command out and prints what it answers.</summary>
    /// <param name="data">As given; null: the default folder.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string? data, LocalCommand command, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        var answer = await AskAsync(data, command, report, clock, cancellation);
        report.Answer(answer);
        return answer.ExitCode;
    }

    /// <summary>Carries a command out.</summary>
    internal static async Task<LocalAnswer> AskAsync(string? data, LocalCommand command, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        command = command with { Language = Words.Culture.Name, Who = Environment.UserName };
        var root = Path.GetFullPath(data ?? DefaultFolder());
        var sheet = new AnswerSheet(command.Language);

        // A mistyped folder must not become a new, empty installation with keys of its own; only a first list makes one.
        if (command is not ImportList && !File.Exists(Path.Combine(root, DataFolder.DatabaseName))) return sheet.Refuse(ExitCodes.WrongUse, "installation_missing", root);
        var (installation, problem) = Installation.Open(root, clock);
        if (installation is null)
        {
            if (problem!.Key == InstallationProblem.InUse && DataFolder.RunningServer(root) is { } server)
                return await WatchedAsync(report, _ => LocalClient.SendAsync(server, root, command, cancellation));
            sheet.ProblemLine(problem.InWords(sheet.Culture));
            return sheet.End(problem.ExitCode);
        }

        await using (installation)
        {
            var desk = new LocalDesk(installation.WithoutServer());
            return await WatchedAsync(report, progress => desk.RunAsync(command, progress, cancellation));
        }
    }

    /// <summary>Where the data lie when nobody says otherwise.</summary>
    internal static string DefaultFolder() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "SurveyDialer", "data");

    /// <summary>Shows a bar while the work reports how far it is.</summary>
    private static async Task<LocalAnswer> WatchedAsync(Report report, Func<IProgress<double>, Task<LocalAnswer>> work)
    {
        LocalAnswer? answer = null;
        await report.People.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask? bar = null;
                answer = await work(new Share(share => (bar ??= context.AddTask(Words.Say("working"), maxValue: 1)).Value = share));
            });
        return answer!;
    }

    private sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
