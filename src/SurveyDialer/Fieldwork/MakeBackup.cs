using System.Globalization;
using SurveyDialer.Sample;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Copies of everything that an installation holds but its keys: every night on the shelf, and whenever somebody asks, anywhere.</summary>
/// <param name="root">The data folder.</param>
public sealed class MakeBackup(Database database, KeyRing keys, string root, BackupShelf shelf, TimeProvider clock)
{
    /// <summary>Of the nightly job.</summary>
    public const string JobName = "backup";

    /// <summary>Before the jobs that delete what is no longer needed.</summary>
    internal static readonly TimeOnly Nightly = new(2, 30);

    /// <summary>The shelf.</summary>
    public BackupShelf Shelf => shelf;

    /// <summary>Writes one copy, restores it for trial, and remembers when.</summary>
    /// <param name="file">Full path, must not exist; null: on the shelf.</param>
    /// <exception cref="StorageException">It cannot be written or not be restored; the message says what to do.</exception>
    public async Task<MadeBackup> RunAsync(string? file, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        file ??= shelf.FileAt(now);
        var at = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await database.WriteAsync(connection => SettingStore.Save(connection, SettingStore.CopiedAt, at), cancellation);
        await BackupShelf.WriteAsync(database, keys, file, clock);
        var beside = BackupShelf.FilesBeside(file);
        var files = OfficeFiles.Write(root, beside);
        await database.WriteAsync(connection => SettingStore.Save(connection, SettingStore.LastBackupAt, at), cancellation);
        return new MadeBackup(file, new FileInfo(file).Length, beside, files);
    }

    /// <summary>The nightly job. It does not wait for the keys to be saved apart, as it helps on this machine, where they lie.</summary>
    internal async Task RunNightlyAsync(JobContext context, CancellationToken cancellation)
    {
        if (!database.Read(FrameStore.AnyRespondent)) return;
        await RunAsync(null, cancellation);
        shelf.Rotate(clock.GetUtcNow());
    }
}

/// <param name="Bytes">Of the database's copy.</param>
/// <param name="Beside">Zip of the office's own files.</param>
/// <param name="Files">In that zip; without any there is no zip.</param>
public sealed record MadeBackup(string File, long Bytes, string Beside, int Files);
