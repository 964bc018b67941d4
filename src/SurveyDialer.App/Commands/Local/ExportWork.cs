using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Takes tables out; what names persons is written down as in the pages.</summary>
internal sealed class ExportWork(OpenInstallation office, AnswerSheet sheet)
{
    private readonly ExportDesk desk = new(new ExportCatalog(office.Database, office.Installation.Cipher, office.Clock), office.Database, office.Clock);

    private bool IsEnglish => sheet.Culture.Name == "en";

    internal async Task<LocalAnswer> WriteAsync(WriteExport command, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (desk.Kinds.FirstOrDefault(known => known.Id == command.Kind) is not { } kind)
            return sheet.Refuse(ExitCodes.WrongUse, "export_unknown", command.Kind, string.Join(", ", desk.Kinds.Select(known => known.Id)));
        if (office.Database.Read(connection => CampaignStore.Find(connection, command.CampaignId)) is null)
            return sheet.Refuse(ExitCodes.WrongUse, "campaign_unknown", command.CampaignId);
        if (File.Exists(command.File)) return sheet.Refuse(ExitCodes.WrongUse, "file_exists", command.File);
        try
        {
            await using var stream = OwnFile.Create(command.File);
            await desk.WriteAsync(kind, command.CampaignId, command.Who, stream, sheet.Culture.Name, progress, cancellation);
        }
        catch
        {
            File.Delete(command.File);
            throw;
        }

        var bytes = new FileInfo(command.File).Length;
        sheet.Say("export_done", (IsEnglish ? kind.English : kind.Chinese).Name, command.File, (bytes + 1023) / 1024);
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(new FileOutcome(command.File, bytes), LocalJson.Plain.FileOutcome));
    }

    internal LocalAnswer List()
    {
        sheet.Columns("export_kind", "export_name", "export_about");
        foreach (var kind in desk.Kinds)
        {
            var words = IsEnglish ? kind.English : kind.Chinese;
            sheet.Row(kind.Id, words.Name, words.About);
        }

        var list = new ExportList([.. desk.Kinds.Select(kind => new ExportLine(kind.Id, kind.Extension, kind.NamesPersons))]);
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(list, LocalJson.Plain.ExportList));
    }
}

/// <summary>What can be taken out, for <c>export --json</c>.</summary>
internal sealed record ExportList(IReadOnlyList<ExportLine> Exports);

/// <summary>One kind of export.</summary>
internal sealed record ExportLine(string Kind, string Extension, bool NamesPersons);
