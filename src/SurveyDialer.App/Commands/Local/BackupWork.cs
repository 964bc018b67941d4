using System.Globalization;
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
        var now = office.Clock.GetUtcNow();
        var file = Path.GetFullPath(command.File ?? new BackupShelf(office.Installation.Folder.BackupsPath).FileAt(now));
        var beside = Path.ChangeExtension(file, ".files.zip");
        foreach (var there in (string[])[file, beside])
        {
            if (File.Exists(there)) return sheet.Refuse(ExitCodes.WrongUse, "file_exists", there);
        }

        if (await Task.Run(() => BackupShelf.Write(office.Database, file), cancellation) is { Count: > 0 } damage)
            return sheet.Refuse(ExitCodes.Failed, "backup_damaged", string.Join("; ", damage));
        var at = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await office.Database.WriteAsync(connection => SettingStore.Save(connection, SettingStore.LastBackupAt, at), cancellation);
        sheet.Say("backup_done", file, new FileInfo(file).Length / 1024);
        if (OfficeFiles.Write(office.Installation.Folder.Root, beside) is > 0 and var files) sheet.Say("backup_files", beside, files);
        return Done(file);
    }

    internal LocalAnswer SaveKeys(SaveKeys command)
    {
        var file = Path.GetFullPath(command.File);
        if (File.Exists(file)) return sheet.Refuse(ExitCodes.WrongUse, "file_exists", file);
        var root = Path.TrimEndingDirectorySeparator(office.Installation.Folder.Root) + Path.DirectorySeparatorChar;
        if (file.StartsWith(root, StringComparison.Ordinal)) return sheet.Refuse(ExitCodes.WrongUse, "keys_in_data", file);
        using (var copy = OwnFile.Create(file))
        {
            using var keys = File.OpenRead(office.Installation.KeyPath);
            keys.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }

        KeyRing.Open(file);
        office.Installation.Keys.MarkSavedApart();
        sheet.Say("keys_saved", file);
        return Done(file);
    }

    private LocalAnswer Done(string file)
        => sheet.End(ExitCodes.Done, JsonSerializer.Serialize(new FileOutcome(file, new FileInfo(file).Length), LocalJson.Plain.FileOutcome));
}
