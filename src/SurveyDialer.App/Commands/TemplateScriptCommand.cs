using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Commands;

/// <summary>
/// <c>template script</c>: what has to be read aloud and recorded, as the manifest that says which file holds which words. Only what has no recording yet.
/// </summary>
internal sealed class TemplateScriptCommand(Func<string?, TemplateLibrary> library)
{
    private readonly Argument<string> which = new("template") { Description = Words.Say("template_which_name") };
    private readonly Argument<string> spoken = new("tongue") { Description = Words.Say("script_tongue") };
    private readonly Option<string[]> blanks = new("--blank") { Description = Words.Say("create_blank") };
    private readonly Option<string?> township = new("--township") { Description = Words.Say("script_township") };
    private readonly Option<bool> write = new("--write") { Description = Words.Say("script_write") };
    private readonly Option<string?> data = CommonOptions.Data("option_data");
    private readonly Option<bool> json = CommonOptions.Json();

    internal Command Make()
    {
        var command = new Command("script", Words.Say("script")) { which, spoken, blanks, township, write, data, json };
        command.Check(result =>
        {
            foreach (var pair in (result.GetValue(blanks) ?? []).Where(pair => Pairs.Split(pair).Value is not { Length: > 0 }))
                result.AddError(Words.Say("create_blank_form", pair));
            if (result.GetValue(township)?.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars().AsSpan()) >= 0) result.AddError(Words.Say("script_township_name"));
        });
        command.SetAction(parsed =>
        {
            try
            {
                return Run(parsed);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Report.Problem(FaultWords.Of(fault));
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (name, language, folder) = (parsed.GetRequiredValue(which), parsed.GetRequiredValue(spoken), parsed.GetValue(data));
        var templates = library(folder);
        if (templates.Read(name) is not { } reading) return Refuse("template_unknown", name, string.Join(", ", templates.Ids));
        if (reading.Template is not { } template) return Refuse("script_broken", name);
        if (!template.Languages.Contains(language)) return Refuse("script_no_language", name, language, string.Join(", ", template.Languages));
        var values = Pairs.Read(parsed.GetValue(blanks));
        if (parsed.GetValue(township) is { } place) values.TryAdd("township", place);
        var lines = PromptSheet.Of(template, values).Where(line => line.Language == language).ToList();
        var open = template.Blanks.Where(blank => lines.Exists(line => line.Text.Contains($"{{{blank.Name}}}", StringComparison.Ordinal))).ToList();
        foreach (var blank in open) Report.Problem(Words.Say("script_blank", blank.Name, In(blank.Meaning, template), In(blank.Example, template)));
        if (open.Count > 0) return ExitCodes.WrongUse;

        var recordings = templates.Recordings(name);
        var entries = lines.Where(line => recordings.Find(language, line.Text) is null).DistinctBy(line => line.Text)
            .Select(line => new ScriptLine(FileOf(line, template, parsed.GetValue(township)), line.Text, Math.Ceiling(PromptSeconds.Of(line.Text)))).ToList();
        return Tell(parsed, Path.Combine(TemplateCommand.OfficeFolder(folder), name, "audio", language), entries);
    }

    private int Tell(ParseResult parsed, string folder, List<ScriptLine> lines)
    {
        var report = new Report(parsed.GetValue(json));
        var sheet = new StringBuilder();
        foreach (var line in lines) sheet.Append(line.File).Append(": \"").Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(line.Words)).AppendLine("\"");
        var manifest = Path.Combine(folder, RecordingReader.ManifestName);
        if (parsed.GetValue(write) && lines.Count > 0)
        {
            if (File.Exists(manifest)) return Refuse("script_exists", manifest);
            Directory.CreateDirectory(folder);
            File.WriteAllText(manifest, sheet.ToString());
            report.Line(Words.Say("script_written", manifest, lines.Count));
        }
        else
        {
            foreach (var line in sheet.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)) report.Line(line);
            if (lines.Count == 0) report.Line(Words.Say("script_complete"));
        }

        report.Json(JsonSerializer.Serialize(new TemplateScript(manifest, lines), Local.LocalJson.Plain.TemplateScript));
        return ExitCodes.Done;
    }

    /// <summary>A sentence that names the township, or what else differs between townships, is recorded for each of them under a name of its own.</summary>
    private static string FileOf(PromptLine line, Template template, string? township)
    {
        var local = township is not null && PromptSheet.Of(template, new Dictionary<string, string>())
            .Where(open => (open.Step, open.Language) == (line.Step, line.Language))
            .Any(open => template.Blanks.Any(blank => blank.Scope == BlankScope.Area && open.Text.Contains($"{{{blank.Name}}}", StringComparison.Ordinal)));
        return local ? $"{line.Step}@{township}.wav" : $"{line.Step}.wav";
    }

    private static string In(LocalText text, Template template) => text.Find(Words.Culture.Name) ?? text.In(template.Languages[0]);

    private static int Refuse(string key, params object[] arguments)
    {
        Report.Problem(Words.Say(key, arguments));
        return ExitCodes.WrongUse;
    }
}

/// <summary>What has to be recorded, for <c>template script --json</c>.</summary>
/// <param name="Manifest">Full path of the file in which the words belong.</param>
internal sealed record TemplateScript(string Manifest, IReadOnlyList<ScriptLine> Lines);

/// <summary>One sentence to read.</summary>
/// <param name="Seconds">Roughly, when read calmly.</param>
internal sealed record ScriptLine(string File, string Words, double Seconds);
