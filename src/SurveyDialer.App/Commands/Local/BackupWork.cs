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
        var file = Path.GetFullPath(command.File ?? Path.Combine(
            office.Installation.Folder.BackupsPath, $"surveydialer-{now.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db"));
        if (File.Exists(file)) return sheet.Refuse(ExitCodes.WrongUse, "file_exists", file);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);

        // Only a copy that was read through bears the name of a backup.
        var unread = file + ".part";
        File.Delete(unread);
        var damage = await Task.Run(
            () =>
            {
                office.Database.CopyTo(unread);
                return Database.Damage(unread);
            },
            cancellation);
        if (damage.Count > 0)
        {
            File.Delete(unread);
            return sheet.Refuse(ExitCodes.Failed, "backup_damaged", string.Join("; ", damage));
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(unread, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(unread, file);
        var at = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await office.Database.WriteAsync(connection => SettingStore.Save(connection, SettingStore.LastBackupAt, at), cancellation);
        sheet.Say("backup_done", file, new FileInfo(file).Length / 1024);
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
