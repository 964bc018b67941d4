using System.Globalization;

namespace SurveyDialer.Storage;

/// <summary>The copies of the database in one folder. Only a copy that was read through bears the name of a backup.</summary>
/// <param name="folder">Full path; made when there is none.</param>
public sealed class BackupShelf(string folder)
{
    private const string Ending = ".db";

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Name of a copy made now.</summary>
    public string FileAt(DateTimeOffset now)
        => Path.Combine(folder, $"surveydialer-{now.ToOffset(China).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}{Ending}");

    /// <summary>Writes a copy and reads it through.</summary>
    /// <param name="file">Full path; must not exist.</param>
    /// <returns>What is wrong with the copy, which is deleted then; empty when nothing is.</returns>
    /// <exception cref="StorageException">The copy cannot be written.</exception>
    public static IReadOnlyList<string> Write(Database database, string file)
    {
        ArgumentNullException.ThrowIfNull(database);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unread = file + ".part";
        File.Delete(unread);
        database.CopyTo(unread);
        if (Database.Damage(unread) is { Count: > 0 } damage)
        {
            File.Delete(unread);
            return damage;
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(unread, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(unread, file);
        return [];
    }

    /// <summary>Puts one copy made now in the place of all that were made before: those hold what has been deleted since.</summary>
    /// <returns>Copies that were deleted; 0 when there were none, and then none is made.</returns>
    /// <exception cref="InvalidDataException">The copy made now is damaged; the others stay.</exception>
    public int Renew(Database database, DateTimeOffset now)
    {
        if (!Directory.Exists(folder)) return 0;
        var old = Directory.GetFiles(folder).Where(file => file.EndsWith(Ending, StringComparison.Ordinal) || file.EndsWith(Ending + ".part", StringComparison.Ordinal)).ToList();
        if (old.Count == 0) return 0;
        var fresh = FileAt(now);
        if (old.Remove(fresh)) File.Delete(fresh);
        if (Write(database, fresh) is { Count: > 0 } damage) throw new InvalidDataException(string.Join("; ", damage));
        foreach (var file in old) File.Delete(file);
        return old.Count;
    }
}
