using System.CommandLine;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands;

/// <summary><c>demo</c>: the whole main job on the embedded default, on made-up residents, in virtual time.</summary>
internal static class DemoCommand
{
    private const string Marker = ".surveydialer-demo";

    internal static Command Make(TimeProvider clock)
    {
        var frame = new Option<FileInfo?>("--frame") { Description = Words.Say("demo_frame") };
        var areaCode = CommonOptions.AreaCode();
        var template = new Option<string?>("--template") { Description = Words.Say("demo_template") };
        var respondents = new Option<int?>("--respondents") { Description = Words.Say("demo_respondents") };
        var speed = new Option<double?>("--speed") { Description = Words.Say("demo_speed") };
        var seed = new Option<long?>("--seed") { Description = Words.Say("demo_seed") };
        var starts = new Option<double?>("--calls-per-second") { Description = Words.Say("demo_starts") };
        var lines = new Option<int?>("--lines") { Description = Words.Say("demo_lines") };
        var start = new Option<DateTimeOffset?>("--start") { Description = Words.Say("demo_start") };
        var data = CommonOptions.Data("demo_data");
        var headless = new Option<bool>("--headless") { Description = Words.Say("demo_headless") };
        var port = new Option<int?>("--port") { Description = Words.Say("demo_port") };
        var json = CommonOptions.Json();
        var command = new Command("demo", Words.Say("demo")) { frame, areaCode, template, respondents, speed, seed, starts, lines, start, data, headless, port, json };
        command.Check(result =>
        {
            if (result.GetValue(frame) is not null && result.GetValue(respondents) is not null) result.AddError(Words.Say("demo_frame_and_respondents"));
            if (result.GetValue(respondents) is < 1 or > 1_000_000) result.AddError(Words.Say("demo_respondents_range"));
            if (result.GetValue(speed) is <= 0) result.AddError(Words.Say("demo_speed_range"));
            if (result.GetValue(starts) is <= 0 or > 1000) result.AddError(Words.Say("demo_starts_range"));
            if (result.GetValue(lines) is < 1 or > 10_000) result.AddError(Words.Say("demo_lines_range"));
        });
        command.SetAction((parsed, cancellation) =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(data) ?? DefaultFolder());
            var options = new PracticeOptions
            {
                Folder = folder,
                FrameFile = parsed.GetValue(frame)?.FullName,
                Speed = parsed.GetValue(speed),
            };
            options = options with
            {
                AreaCode = parsed.GetValue(areaCode) ?? options.AreaCode,
                TemplateId = parsed.GetValue(template) ?? options.TemplateId,
                Respondents = parsed.GetValue(respondents) ?? options.Respondents,
                Seed = parsed.GetValue(seed) ?? options.Seed,
                StartsPerSecond = parsed.GetValue(starts) ?? options.StartsPerSecond,
                Lines = parsed.GetValue(lines) ?? options.Lines,
                Start = parsed.GetValue(start) ?? options.Start,
            };
            return RunAsync(options, parsed.GetValue(headless), parsed.GetValue(port) ?? 0, new Report(parsed.GetValue(json)), clock, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        PracticeOptions options, bool headless, int port, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        using var folder = Take(options.Folder, out var refused);
        if (folder is null) return refused;

        await using var run = await PracticeRun.StartAsync(options, folder, clock, (key, fault) => Report.Problem($"{key}: {fault}"), cancellation);
        await using var pages = headless ? null : await run.OpenPagesAsync(port, clock, cancellation);
        if (pages is not null) report.Say("pages_at", pages.Address);
        var outcome = await PracticeShow.RunAsync(run, report, clock, cancellation);
        if (outcome != ExitCodes.Done) return outcome;
        var totals = run.Totals();
        ResultTables.Print(report, totals);
        foreach (var file in await run.WriteExportsAsync(cancellation)) report.Say("export_written", file);
        report.Json(totals.ToJson());
        if (pages is null) return ExitCodes.Done;
        report.Say("pages_stay", pages.Address);
        await run.Timeline.RunOneToOneAsync(cancellation);
        return ExitCodes.Done;
    }

    /// <summary>Takes the folder, emptied of an earlier demo.</summary>
    /// <param name="refused">How the command ends where the folder cannot be used; the reason has been told.</param>
    private static DataFolder? Take(string path, out int refused)
    {
        refused = ExitCodes.WrongUse;
        try
        {
            var taken = Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any();
            if (taken && !File.Exists(Path.Combine(path, Marker)))
            {
                Report.Problem(Words.Say("demo_folder_not_empty", path));
                return null;
            }

            if (taken && DataFolder.TryOwn(path) is { } earlier)
            {
                earlier.Dispose();
                Directory.Delete(path, recursive: true);
            }

            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, Marker), "");
            if (DataFolder.TryOwn(path) is { } folder) return folder;
            refused = ExitCodes.FolderInUse;
            Report.Problem(Words.Say("folder_in_use", path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Report.Problem(FaultWords.Of(fault));
        }

        return null;
    }

    private static string DefaultFolder() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "SurveyDialer", "demo");
}
