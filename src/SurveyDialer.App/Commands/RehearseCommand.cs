using System.CommandLine;
using System.Text;
using System.Text.Json;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands;

/// <summary><c>rehearse</c>: a whole round against the simulator, in a folder that is deleted afterwards. Reaches nothing but loopback.</summary>
internal sealed class RehearseCommand
{
    private readonly Option<FileInfo?> frame = new("--frame") { Description = Words.Say("rehearse_frame") };
    private readonly Option<long?> frameId = new("--frame-id") { Description = Words.Say("rehearse_frame_id") };
    private readonly Option<string?> areaCode = CommonOptions.AreaCode();
    private readonly Option<string?> template = new("--template") { Description = Words.Say("demo_template") };
    private readonly Option<decimal?> price = new("--price-per-minute") { Description = Words.Say("rehearse_price") };
    private readonly Option<int?> target = new("--target") { Description = Words.Say("create_target") };
    private readonly Option<double?> starts = new("--calls-per-second") { Description = Words.Say("demo_starts") };
    private readonly Option<int?> lines = new("--lines") { Description = Words.Say("demo_lines") };
    private readonly Option<long?> seed = new("--seed") { Description = Words.Say("demo_seed") };
    private readonly Option<DateTimeOffset?> start = new("--start") { Description = Words.Say("rehearse_start") };
    private readonly Option<string?> data = CommonOptions.Data("option_data");
    private readonly Option<bool> json = CommonOptions.Json();

    internal static Command Make(TimeProvider clock) => new RehearseCommand().Build(clock);

    private Command Build(TimeProvider clock)
    {
        var command = new Command("rehearse", Words.Say("rehearse")) { frame, frameId, areaCode, template, price, target, starts, lines, seed, start, data, json };
        command.Check(result =>
        {
            if (result.GetValue(frame) is null == result.GetValue(frameId) is null) result.AddError(Words.Say("rehearse_one_frame"));
            if (result.GetValue(price) is < 0) result.AddError(Words.Say("rehearse_price_range"));
            if (result.GetValue(target) is < 1) result.AddError(Words.Say("rehearse_target_range"));
            if (result.GetValue(starts) is <= 0 or > 1000) result.AddError(Words.Say("demo_starts_range"));
            if (result.GetValue(lines) is < 1 or > 10_000) result.AddError(Words.Say("demo_lines_range"));
        });
        command.SetAction((parsed, cancellation) => RunAsync(parsed, clock, cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, TimeProvider clock, CancellationToken cancellation)
    {
        var report = new Report(parsed.GetValue(json));
        var folder = PracticeRun.Temporary();
        try
        {
            var list = parsed.GetValue(frame)?.FullName;
            if (parsed.GetValue(frameId) is { } id)
            {
                var answer = await LocalCall.AskAsync(parsed.GetValue(data), new SketchFrame(id), report, clock, cancellation);
                if (answer.Json is null)
                {
                    report.Answer(answer);
                    return answer.ExitCode;
                }

                list = Path.Combine(folder.FullName, "list.csv");
                var sketch = JsonSerializer.Deserialize(answer.Json, LocalJson.Plain.FrameSketch)!;
                await File.WriteAllTextAsync(list, sketch.Csv, Encoding.UTF8, cancellation);
            }

            return await RunAsync(Options(parsed, Path.Combine(folder.FullName, "data"), list, clock), parsed.GetValue(price), report, clock, cancellation);
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report.Problem(FaultWords.Of(fault));
            return ExitCodes.Failed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private PracticeOptions Options(ParseResult parsed, string folder, string? list, TimeProvider clock)
    {
        var options = new PracticeOptions
        {
            Folder = folder, FrameFile = list, AreaCode = parsed.GetValue(areaCode) ?? ServerSettings.Read(Path.GetFullPath(parsed.GetValue(data) ?? LocalCall.DefaultFolder())).Dial.AreaCode, Target = parsed.GetValue(target), Start = parsed.GetValue(start) ?? clock.GetUtcNow(),
            OfficeTemplates = TemplateCommand.OfficeFolder(parsed.GetValue(data)),
            DaysFrom = Path.GetFullPath(parsed.GetValue(data) ?? LocalCall.DefaultFolder()), WithoutLastDay = true,
        };
        return options with
        {
            TemplateId = parsed.GetValue(template) ?? options.TemplateId,
            Seed = parsed.GetValue(seed) ?? options.Seed,
            StartsPerSecond = parsed.GetValue(starts) ?? options.StartsPerSecond,
            Lines = parsed.GetValue(lines) ?? options.Lines,
        };
    }

    private static async Task<int> RunAsync(PracticeOptions options, decimal? price, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        using var folder = DataFolder.TryOwn(options.Folder)!;
        await using var run = await PracticeRun.StartAsync(options, folder, clock, (key, fault) => Report.Problem($"{key}: {fault}"), cancellation);
        var code = await PracticeShow.RunAsync(run, report, clock, cancellation);
        if (code != ExitCodes.Done) return code;
        var outcome = RehearsalOutcome.Of(run, price);
        outcome.Print(report);
        report.Json(JsonSerializer.Serialize(outcome, LocalJson.Plain.RehearsalOutcome));
        return outcome.RowsRejected > 0 ? ExitCodes.DoneWithFindings : ExitCodes.Done;
    }
}
