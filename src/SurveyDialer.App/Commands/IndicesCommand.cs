using System.CommandLine;
using System.Text.Json;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Commands;

/// <summary><c>indices</c>: lists the sets of indices, says what is wrong with one and what a questionnaire lacks for it. Reads files only.</summary>
internal static class IndicesCommand
{
    internal static Command Make() => new("indices", Words.Say("indices")) { Check(), List() };

    private static Command Check()
    {
        var which = new Argument<string>("set") { Description = Words.Say("indices_which") };
        var template = new Option<string?>("--template") { Description = Words.Say("indices_template") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("check", Words.Say("indices_check")) { which, template, data, json };
        command.SetAction(parsed =>
        {
            var (name, folder) = (parsed.GetRequiredValue(which), parsed.GetValue(data));
            var library = Library(folder);
            IndexSetReading? reading;
            Template? against = null;
            try
            {
                reading = File.Exists(name) ? IndexSetLibrary.ReadFile(name) : library.Read(name);
                if (parsed.GetValue(template) is { } id && (against = Templates(folder).Read(id)?.Template) is null)
                {
                    Report.Problem(Words.Say("template_unknown", id, string.Join(", ", Templates(folder).Ids)));
                    return ExitCodes.WrongUse;
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Report.Problem(FaultWords.Of(fault));
                return ExitCodes.Failed;
            }

            if (reading is not null) return Tell(reading, against, new Report(parsed.GetValue(json)));
            Report.Problem(Words.Say("indices_unknown", name, string.Join(", ", library.Ids)));
            return ExitCodes.WrongUse;
        });
        return command;
    }

    private static int Tell(IndexSetReading reading, Template? against, Report report)
    {
        foreach (var finding in reading.Findings) report.Line(finding.InWords(Words.Culture));
        var lacks = reading.Set is { } set && against is not null ? IndexFit.Check(set, against) : [];
        foreach (var problem in lacks) report.Line(problem.InWords(Words.Culture));
        var errors = reading.Findings.Count(finding => finding.Severity == FindingSeverity.Error);
        if (reading.Findings.Count == 0 && lacks.Count == 0) report.Line(Words.Say("indices_fine", reading.File));
        else report.Line(Words.Say("indices_findings", reading.File, errors, lacks.Count));
        var lines = reading.Findings.Select(finding => new TemplateFinding(
            finding.Severity.ToString().ToLowerInvariant(), finding.File, finding.Line, finding.Key, finding.Problem, finding.What(Words.Culture), finding.Mend(Words.Culture)));
        report.Json(JsonSerializer.Serialize(
            new IndicesOutcome(reading.File, errors, [.. lines], [.. lacks.Select(problem => problem.InWords(Words.Culture))]), LocalJson.Plain.IndicesOutcome));
        return reading.Findings.Count == 0 && lacks.Count == 0 ? ExitCodes.Done : ExitCodes.DoneWithFindings;
    }

    private static Command List()
    {
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("list", Words.Say("indices_list")) { data, json };
        command.SetAction(parsed =>
        {
            var report = new Report(parsed.GetValue(json));
            var library = Library(parsed.GetValue(data));
            var lines = new List<IndicesLine>();
            foreach (var id in library.Ids)
            {
                var set = library.Read(id)?.Set;
                var name = set is null ? Words.Say("template_broken") : IndexWords.Name(set.Name, Words.Culture);
                string[] tags = [.. set?.Indices.Select(index => index.Tag) ?? []];
                lines.Add(new IndicesLine(id, set?.Version, name, tags));
                report.Line(Words.Say("indices_line", id, set?.Version ?? 0, name, string.Join(", ", tags)));
            }

            report.Json(JsonSerializer.Serialize(new IndicesList(lines), LocalJson.Plain.IndicesList));
            return ExitCodes.Done;
        });
        return command;
    }

    private static TemplateLibrary Templates(string? data) => new(TemplateCommand.OfficeFolder(data), ContentFolders.Templates());

    /// <summary>The office's own sets win over those of the product.</summary>
    private static IndexSetLibrary Library(string? data) => new(Templates(data).Roots);
}

/// <summary>What is wrong with a set of indices, for <c>indices check --json</c>.</summary>
/// <param name="Lacks">What the questionnaire that it was held against does not give.</param>
internal sealed record IndicesOutcome(string File, int Errors, IReadOnlyList<TemplateFinding> Findings, IReadOnlyList<string> Lacks);

/// <summary>All sets of indices, for <c>indices list --json</c>.</summary>
internal sealed record IndicesList(IReadOnlyList<IndicesLine> Sets);

/// <summary>One set; version null: it cannot be read.</summary>
internal sealed record IndicesLine(string Id, int? Version, string Name, IReadOnlyList<string> Tags);
