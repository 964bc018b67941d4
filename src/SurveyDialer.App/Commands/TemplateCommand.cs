using System.CommandLine;
using System.Text.Json;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Commands;

/// <summary><c>template</c>: lists questionnaires, says what is wrong with one and what has to be recorded for it. Reads files only, so it works beside a running server.</summary>
internal static class TemplateCommand
{
    internal static Command Make() => new("template", Words.Say("template")) { Check(), List(), Population(), new TemplateScriptCommand(Library).Make() };

    private static Command Check()
    {
        var which = new Argument<string>("template") { Description = Words.Say("template_which") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("check", Words.Say("template_check")) { which, data, json };
        command.SetAction(parsed =>
        {
            var name = FileOf(parsed.GetRequiredValue(which));
            var library = Library(parsed.GetValue(data));
            TemplateReading? reading;
            RecordingSet recordings;
            try
            {
                reading = File.Exists(name) ? TemplateLibrary.ReadFile(name) : library.Read(name);
                recordings = File.Exists(name) ? TemplateLibrary.RecordingsBeside(name) : library.Recordings(name);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Report.Problem(FaultWords.Of(fault));
                return ExitCodes.Failed;
            }

            if (reading is not null) return Tell(reading, recordings, new Report(parsed.GetValue(json)));
            Report.Problem(Words.Say("template_unknown", name, string.Join(", ", library.Ids)));
            return ExitCodes.WrongUse;
        });
        return command;
    }

    /// <summary>A template's folder stands for the file in it.</summary>
    private static string FileOf(string name) => Path.Combine(name, "template.yaml") is var inside && File.Exists(inside) ? inside : name;

    private static int Tell(TemplateReading reading, RecordingSet recordings, Report report)
    {
        var findings = TemplateCheck.Check(reading, recordings);
        foreach (var finding in findings) report.Line(finding.InWords(Words.Culture));
        var errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        report.Line(findings.Count == 0 ? Words.Say("template_fine", reading.File) : Words.Say("template_findings", reading.File, errors, findings.Count - errors));
        var lines = findings.Select(finding => new TemplateFinding(
            finding.Severity.ToString().ToLowerInvariant(), finding.File, finding.Line, finding.Key, finding.Problem, finding.What(Words.Culture), finding.Mend(Words.Culture)));
        report.Json(JsonSerializer.Serialize(new TemplateOutcome(reading.File, errors, [.. lines]), LocalJson.Plain.TemplateOutcome));
        return findings.Count == 0 ? ExitCodes.Done : ExitCodes.DoneWithFindings;
    }

    private static Command List()
    {
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("list", Words.Say("template_list")) { data, json };
        command.SetAction(parsed =>
        {
            var report = new Report(parsed.GetValue(json));
            var library = Library(parsed.GetValue(data));
            var lines = new List<TemplateLine>();
            foreach (var id in library.Ids)
            {
                var template = library.Read(id)?.Template;
                var name = template is null ? Words.Say("template_broken") : template.Name.Find(Words.Culture.Name) ?? template.Name.In(template.Languages[0]);
                lines.Add(new TemplateLine(id, template?.Version, name, template?.Languages ?? []));
                report.Line(Words.Say("template_line", id, template?.Version ?? 0, name, string.Join(", ", template?.Languages ?? [])));
            }

            report.Json(JsonSerializer.Serialize(new TemplateList(lines), LocalJson.Plain.TemplateList));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Population()
    {
        var which = new Argument<string>("template") { Description = Words.Say("template_which_name") };
        var seed = new Option<long?>("--seed") { Description = Words.Say("template_seed") };
        var data = CommonOptions.Data("option_data");
        var command = new Command("population", Words.Say("template_people")) { which, seed, data };
        command.SetAction(parsed =>
        {
            var (name, library) = (parsed.GetRequiredValue(which), Library(parsed.GetValue(data)));
            if (library.Read(name)?.Template is { } template)
            {
                Console.Out.WriteLine(PracticePopulation.For(template, library.Recordings(name), parsed.GetValue(seed) ?? 1).ToJson());
                return ExitCodes.Done;
            }

            Report.Problem(Words.Say("template_unknown", name, string.Join(", ", library.Ids)));
            return ExitCodes.WrongUse;
        });
        return command;
    }

    /// <summary>The office's own templates win over those of the product.</summary>
    private static TemplateLibrary Library(string? data)
        => new(OfficeFolder(data), ContentFolders.Templates());

    /// <summary>Where the office keeps templates and recordings of its own.</summary>
    internal static string OfficeFolder(string? data) => Path.Combine(Path.GetFullPath(data ?? LocalCall.DefaultFolder()), "templates");
}

/// <summary>What is wrong with a template, for <c>template check --json</c>.</summary>
internal sealed record TemplateOutcome(string File, int Errors, IReadOnlyList<TemplateFinding> Findings);

/// <summary>One finding.</summary>
internal sealed record TemplateFinding(string Severity, string File, int Line, string Key, string Problem, string What, string Mend);

/// <summary>All templates, for <c>template list --json</c>.</summary>
internal sealed record TemplateList(IReadOnlyList<TemplateLine> Templates);

/// <summary>One template; version null: it cannot be read.</summary>
internal sealed record TemplateLine(string Id, int? Version, string Name, IReadOnlyList<string> Languages);
