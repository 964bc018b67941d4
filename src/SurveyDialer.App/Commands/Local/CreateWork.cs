using System.Text.Json;
using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Makes a campaign: fills the blanks of its texts from what is given, what the draft itself says and what the office said before.</summary>
internal sealed class CreateWork(OpenInstallation office, CreateCampaign command, AnswerSheet sheet)
{
    private const string SelectFrames = """
        SELECT id, name, source, rows_imported AS respondents, imported_at AS imported_at FROM frame ORDER BY id;
        """;

    private const string BlankMissing = "blank_missing";

    internal async Task<LocalAnswer> RunAsync(CancellationToken cancellation)
    {
        var (frames, townships, remembered) = office.Database.Read(connection => (
            connection.Query<FrameRow>(SelectFrames).AsList(),
            connection.Query<(long Id, string Name)>("SELECT id, name FROM area WHERE parent_id = 0;").ToDictionary(row => row.Name, row => row.Id, StringComparer.Ordinal),
            OfficeBlankStore.All(connection)));
        var template = office.Installation.Templates.Read(command.Template)?.Template;
        if (ReadGiven(townships) is not { } given || !FramesKnown(frames)) return sheet.End(ExitCodes.WrongUse);
        var draft = Draft(given);
        var (blanks, used) = DraftBlanks.Fill(draft, frames.Where(frame => command.Frames.Contains(frame.Id)).Select(frame => frame.Source), remembered);
        draft = draft with { Blanks = blanks };
        if (office.Launch.Missing(draft) is { Count: > 0 } missing) return TellMissing(missing, template, frames);
        var id = await office.Launch.CreateAsync(draft, cancellation);
        await office.Launch.RememberAsync(given, template!, cancellation);
        sheet.Say("campaign_created", id, draft.Name);
        if (office.Launch.Outlook(draft) is { } outlook)
            sheet.Say("campaign_sample", outlook.Drawn, outlook.Eligible, outlook.Strata.Count, outlook.Interviewed, outlook.WithCase, outlook.NeverAgain);
        if (office.Launch.Unspoken(draft) is { Count: > 0 } unspoken)
            sheet.Say("campaign_unspoken", unspoken.Sum(one => one.People), string.Join("、", unspoken.Select(one => $"{Languages.Name(one.Language, sheet.Culture)} {one.People}")), Languages.Name(template!.Languages[0], sheet.Culture));
        foreach (var (name, value) in used) sheet.Say("campaign_remembered", name, value);
        sheet.Say("campaign_created_next", id);
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(new CampaignOutcome(id, "draft", null, used), LocalJson.Plain.CampaignOutcome));
    }

    private CampaignDraft Draft(Dictionary<string, string> blanks) => new()
    {
        Name = command.Name,
        TemplateId = command.Template,
        IndexSet = command.IndexSet,
        Carrier = command.Carrier,
        Organiser = command.Organiser,
        OrganiserKind = command.OrganiserKind,
        OrganiserUnit = command.OrganiserUnit,
        Approval = command.Approval,
        ApprovalSignedBy = command.SignedBy,
        CountyKey = command.CountyKey,
        Blanks = blanks,
        Frames = command.Frames,
        Seed = command.Seed,
        Target = command.Target,
        Sample = command.Sample,
        MaxLines = command.MaxLines,
        MaxStarts = command.MaxStarts,
        LastDay = command.LastDay,
        LiveCallers = command.LiveCallers,
    };

    /// <summary>The given blanks with the ids of their townships; null when one names a township that no list has.</summary>
    private Dictionary<string, string>? ReadGiven(Dictionary<string, long> townships)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (blank, value) in command.Blanks)
        {
            var at = blank.IndexOf('@', StringComparison.Ordinal);
            if (at < 0)
            {
                given[blank] = value;
            }
            else if (townships.TryGetValue(blank[(at + 1)..], out var id))
            {
                given[$"{blank[..at]}@{id}"] = value;
            }
            else
            {
                sheet.Problem("blank_township_unknown", blank[(at + 1)..], string.Join("、", townships.Keys));
                return null;
            }
        }

        return given;
    }

    private bool FramesKnown(List<FrameRow> frames)
    {
        foreach (var wanted in command.Frames.Where(wanted => !frames.Exists(frame => frame.Id == wanted && frame.ImportedAt > 0)))
            sheet.Problem(frames.Exists(frame => frame.Id == wanted) ? "frame_unfinished" : "frame_unknown", wanted, Lists(frames));
        return command.Frames.All(wanted => frames.Exists(frame => frame.Id == wanted && frame.ImportedAt > 0));
    }

    private LocalAnswer TellMissing(IReadOnlyList<LaunchProblem> missing, Template? template, List<FrameRow> frames)
    {
        var words = missing.Select(problem => problem.InWords(sheet.Culture)).ToList();
        foreach (var (problem, sentence) in missing.Zip(words))
        {
            sheet.ProblemLine(sentence);
            var blank = problem.Key == BlankMissing ? template?.Blanks.FirstOrDefault(known => known.Name == problem.Arguments[0]) : null;
            if (problem.Key == BlankMissing) sheet.Problem("blank_how", problem.Arguments[0], In(blank?.Meaning), In(blank?.Example));
            if (problem.Key == "frame_missing" && frames.Count > 0) sheet.Problem("frame_how", Lists(frames));
        }

        return sheet.End(ExitCodes.WrongUse, JsonSerializer.Serialize(new CampaignMissing(words), LocalJson.Plain.CampaignMissing));
    }

    private string In(LocalText? text) => text is null ? "" : text.Find(sheet.Culture.Name) ?? text.In("zh-CN");

    private static string Lists(List<FrameRow> frames) => string.Join("、", frames.Select(frame => $"{frame.Id} {frame.Name} ({frame.Respondents})"));

    private sealed record FrameRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Source { get; init; } = "";

        public long Respondents { get; init; }

        public long ImportedAt { get; init; }
    }
}
