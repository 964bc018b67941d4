using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Exports;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Brings a list in and tells what was rejected.</summary>
internal sealed class ImportWork(OpenInstallation office, ImportList command, AnswerSheet sheet)
{
    private const int RejectionsShown = 10;

    internal async Task<LocalAnswer> RunAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        if (command.RejectedFile is { } taken && File.Exists(taken)) return sheet.Refuse(ExitCodes.WrongUse, "file_exists", taken);
        var mapping = command.Map.Count == 0 && command.HeaderRow is null ? null : new ColumnMapping
        {
            Columns = command.Map.ToDictionary(pair => pair.Key, pair => ColumnRoles.Find(pair.Value) ?? ColumnRole.Unused, StringComparer.Ordinal),
            HeaderRow = command.HeaderRow,
        };
        var (file, problem) = FrameReader.Open(command.File, mapping);
        if (file is null)
        {
            sheet.ProblemLine(problem!.InWords(sheet.Culture));
            return sheet.End(problem.Fault == FrameFault.FileMissing ? ExitCodes.WrongUse : ExitCodes.Failed);
        }

        using (file)
        {
            TellLayout(file.Layout);
            var request = new FrameImportRequest
            {
                Name = command.Name,
                Source = command.Source,
                LegalBasis = command.LegalBasis,
                Township = command.Township,
                Population = string.IsNullOrWhiteSpace(command.Population) ? FrameStore.Residents : command.Population,
                Dial = office.Dial.For(command.AreaCode),
            };
            var import = new FrameImport(office.Database, office.Installation.Cipher, office.Clock);
            var result = await import.RunAsync(file, request, new Shares(progress), cancellation);
            return await TellAsync(result, cancellation);
        }
    }

    private void TellLayout(FrameLayout layout)
    {
        foreach (var column in layout.Unknown) sheet.Say("import_column_unknown", column.Label);
        if (layout.OtherSheets.Count > 0) sheet.Say("import_other_sheets", layout.Sheet ?? "", string.Join("、", layout.OtherSheets));
    }

    private async Task<LocalAnswer> TellAsync(FrameImportResult result, CancellationToken cancellation)
    {
        sheet.Say(result.Repeated ? "import_repeated" : "import_done", result.FrameId, command.Name, result.Read, result.Imported, result.Known, result.Rejected);
        var rejections = RejectedRows.Of(office.Database, office.Installation.Cipher, result.FrameId, sheet.Culture).Rows
            .Take(RejectionsShown).Select(row => new RejectionLine(row.RowNumber, row.Column, row.Reason, row.Fatal)).ToList();
        foreach (var row in rejections.Where(row => row.Column.Length == 0)) sheet.Say("import_rejected_whole", row.Row, row.Reason);
        foreach (var row in rejections.Where(row => row.Column.Length > 0)) sheet.Say(row.Fatal ? "import_rejected_row" : "import_flawed_row", row.Row, row.Column, row.Reason);
        if (rejections.Count > 0 && command.RejectedFile is null) sheet.Say("import_rejected_hint");
        if (command.RejectedFile is { } path && rejections.Count > 0) await WriteRejectedAsync(result.FrameId, path, cancellation);
        if (result.Failure is { } failure)
        {
            sheet.Problem("import_cut_short", result.Read);
            sheet.ProblemLine(failure.InWords(sheet.Culture));
        }

        var outcome = new ImportOutcome(
            result.FrameId, result.Read, result.Imported, result.Rejected, result.Known, result.Repeated, result.Failure?.Fault.ToString(), rejections,
            rejections.Count > 0 ? command.RejectedFile : null);
        var code = result.Failure is not null ? ExitCodes.Failed : result.Rejected > 0 ? ExitCodes.DoneWithFindings : ExitCodes.Done;
        return sheet.End(code, JsonSerializer.Serialize(outcome, LocalJson.Plain.ImportOutcome));
    }

    private async Task WriteRejectedAsync(long frameId, string path, CancellationToken cancellation)
    {
        await using var stream = OwnFile.Create(path);
        var workbook = Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase);
        var desk = new ExportDesk(new ExportCatalog(office.Database, office.Installation.Cipher, office.Clock), office.Database, office.Clock);
        await desk.WriteRejectedRowsAsync(frameId, workbook, command.Who, stream, sheet.Culture.Name, cancellation);
        sheet.Say("import_rejected_written", path);
    }

    private sealed class Shares(IProgress<double>? progress) : IProgress<FrameProgress>
    {
        public void Report(FrameProgress value) => progress?.Report(value.Share);
    }
}
