using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Copies of the database, and the one copy of the keys without which they are worth nothing.</summary>
internal sealed class BackupWork(OpenInstallation office, AnswerSheet sheet)
{
    internal async Task<LocalAnswer> WriteAsync(WriteBackup command, CancellationToken cancellation)
    {
        if (!office.Installation.Keys.SavedApart) return sheet.Refuse(ExitCodes.Failed, "backup_keys_first");
        var backups = office.Installation.Backups ?? throw new InvalidOperationException("Nobody keeps backups of a demonstration.");
        var file = Path.GetFullPath(command.File ?? backups.Shelf.FileAt(office.Clock.GetUtcNow()));
        foreach (var there in (string[])[file, BackupShelf.FilesBeside(file)])
        {
            if (File.Exists(there)) return sheet.Refuse(ExitCodes.WrongUse, "file_exists", there);
        }

        var made = await Task.Run(() => backups.RunAsync(file, cancellation), cancellation);
        sheet.Say("backup_done", made.File, made.Bytes / 1024);
        if (made.Files > 0) sheet.Say("backup_files", made.Beside, made.Files);
        if (office.Installation.Keys.RoundsSavedNowhere is > 0 and var rounds) sheet.Say("backup_keys_again", rounds);
        return Done(made.File);
    }

    internal async Task<LocalAnswer> SaveKeysAsync(SaveKeys command, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(command.File);
        if (File.Exists(file)) return sheet.Refuse(ExitCodes.WrongUse, "file_exists", file);
        var root = Path.TrimEndingDirectorySeparator(office.Installation.Folder.Root) + Path.DirectorySeparatorChar;
        if (file.StartsWith(root, StringComparison.Ordinal)) return sheet.Refuse(ExitCodes.WrongUse, "keys_in_data", file);
        var keys = new KeyCopy(office.Installation);
        await using (var copy = OwnFile.Create(file))
        {
            copy.Write(keys.Read());
            copy.Flush(flushToDisk: true);
        }

        KeyRing.Open(file);
        await keys.TakenAsync(command.Who, cancellation);
        sheet.Say("keys_saved", file);
        return Done(file);
    }

    private LocalAnswer Done(string file)
        => sheet.End(ExitCodes.Done, JsonSerializer.Serialize(new FileOutcome(file, new FileInfo(file).Length), LocalJson.Plain.FileOutcome));
}
