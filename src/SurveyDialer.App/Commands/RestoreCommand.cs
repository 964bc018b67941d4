using System.CommandLine;
using System.Text.Json;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.Fieldwork;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands;

/// <summary><c>restore</c>: a backup back into an empty data folder, with the keys that were saved apart. Nothing that is there is overwritten.</summary>
internal static class RestoreCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var file = new Argument<FileInfo>("file") { Description = Words.Say("restore_file") };
        var keys = new Option<FileInfo?>("--keys") { Description = Words.Say("restore_keys") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("restore", Words.Say("restore")) { file, keys, data, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(file)!.FullName, parsed.GetValue(keys)?.FullName, parsed.GetValue(data) ?? LocalCall.DefaultFolder(), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? keys, string data, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        foreach (var given in (string?[])[file, keys])
        {
            if (given is not null && !File.Exists(given)) return Refuse(ExitCodes.WrongUse, "restore_no_file", given);
        }

        try
        {
            using var folder = DataFolder.TryOwn(data);
            if (folder is null) return Refuse(ExitCodes.FolderInUse, "folder_in_use", data);
            if (File.Exists(folder.DatabasePath)) return Refuse(ExitCodes.WrongUse, "restore_not_empty", folder.Root);
            var keyPath = DataFolder.DefaultKeyPath(folder.Root);
            if (keys is null && !File.Exists(keyPath)) return Refuse(ExitCodes.WrongUse, "restore_keys_needed", "");
            if (keys is not null && File.Exists(keyPath) && !File.ReadAllBytes(keyPath).AsSpan().SequenceEqual(File.ReadAllBytes(keys)))
                return Refuse(ExitCodes.WrongUse, "restore_other_keys", keyPath);
            var restored = await RestoreBackup.RunAsync(
                file, folder.DatabasePath, KeyRing.Open(keys ?? keyPath), Environment.UserName, () => PutKeys(keys, keyPath), clock, cancellation);
            if (BackupShelf.FilesBeside(file) is var beside && File.Exists(beside)) report.Say("restore_files", OfficeFiles.PutBack(beside, folder.Root));
            Tell(restored, folder.Root, report);
            report.Json(JsonSerializer.Serialize(
                new RestoreOutcome(folder.Root, restored.CopiedAt, restored.Rounds, restored.Respondents, restored.Paused, restored.DoorsClosed, restored.WithoutKey), LocalJson.Plain.RestoreOutcome));
            return restored.WithoutKey.Count > 0 ? ExitCodes.DoneWithFindings : ExitCodes.Done;
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report.Problem(FaultWords.Of(fault));
            return ExitCodes.Failed;
        }
    }

    /// <summary>The keys go where the data folder looks for them; the file that they come from is the copy kept apart.</summary>
    private static void PutKeys(string? saved, string keyPath)
    {
        if (saved is null) return;
        if (!File.Exists(keyPath))
        {
            using var copy = OwnFile.Create(keyPath);
            copy.Write(File.ReadAllBytes(saved));
            copy.Flush(flushToDisk: true);
        }

        KeyRing.Open(keyPath).MarkSavedApart();
    }

    private static void Tell(RestoredOffice restored, string root, Report report)
    {
        var at = restored.CopiedAt is { } copied ? $"{copied.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm}" : "?";
        report.Say("restore_done", root, at, restored.Rounds, restored.Respondents);
        if (restored.Paused.Count > 0) report.Say("restore_paused", string.Join("、", restored.Paused));
        if (restored.WithoutKey.Count > 0) report.Say("restore_without_key", string.Join("、", restored.WithoutKey));
        if (restored.DoorsClosed > 0) report.Say("restore_doors", restored.DoorsClosed);
        report.Say("restore_next");
    }

    private static int Refuse(int code, string key, string argument)
    {
        Report.Problem(Words.Say(key, argument));
        return code;
    }
}

/// <summary>For <c>restore --json</c>.</summary>
/// <param name="CopiedAt">When the backup was made; null when it does not say.</param>
/// <param name="Paused">Names of rounds that were running.</param>
/// <param name="DoorsClosed">All doors that were open.</param>
/// <param name="WithoutKey">Names of rounds whose own key the key file lacks.</param>
internal sealed record RestoreOutcome(string Folder, DateTimeOffset? CopiedAt, int Rounds, long Respondents, IReadOnlyList<string> Paused, int DoorsClosed, IReadOnlyList<string> WithoutKey);
