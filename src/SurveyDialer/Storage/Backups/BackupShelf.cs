using System.Globalization;
using System.Text;

namespace SurveyDialer.Storage;

/// <summary>The copies of the database in one folder. Only a copy that was restored once, for trial, bears the name of a backup.</summary>
/// <param name="folder">Full path; made when there is none.</param>
public sealed class BackupShelf(string folder)
{
    /// <summary>Of the last days, one copy each is kept.</summary>
    internal const int Days = 7;

    /// <summary>Before these days, one copy a week (Monday to Sunday) is kept.</summary>
    internal const int Weeks = 4;

    private const string Beginning = "surveydialer-";
    private const string Ending = ".db";
    private const string Unread = ".part";
    private const string Stamp = "yyyyMMdd-HHmmss";
    private const string Instructions = "怎样恢复-how-to-restore.txt";

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Name of a copy made now.</summary>
    public string FileAt(DateTimeOffset now)
        => Path.Combine(folder, $"{Beginning}{now.ToOffset(China).ToString(Stamp, CultureInfo.InvariantCulture)}{Ending}");

    /// <summary>Where the office's own files of a copy lie: <see cref="OfficeFiles"/>.</summary>
    public static string FilesBeside(string file) => Path.ChangeExtension(file, ".files.zip");

    /// <summary>Writes a copy and tries to restore it; what cannot be restored is deleted.</summary>
    /// <param name="file">Full path; must not exist.</param>
    /// <exception cref="StorageException">The copy cannot be written, or not be restored.</exception>
    public static async Task WriteAsync(Database database, KeyRing keys, string file, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        var home = Directory.CreateDirectory(Path.GetDirectoryName(file)!).FullName;
        var unread = file + Unread;
        Database.Delete(unread);
        try
        {
            database.CopyTo(unread);
            await Restoration.TryAsync(unread, keys, clock);
        }
        catch
        {
            Database.Delete(unread);
            throw;
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(unread, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(unread, file);
        WriteInstructions(Path.Combine(home, Instructions));
    }

    /// <summary>Puts one copy made now in the place of all that were made before: those hold what has been deleted since.</summary>
    /// <returns>Copies that were deleted; 0 when there were none, and then none is made.</returns>
    /// <exception cref="StorageException">The copy cannot be made; the others stay.</exception>
    public async Task<int> RenewAsync(Database database, KeyRing keys, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (!Directory.Exists(folder)) return 0;
        var old = Directory.GetFiles(folder).Where(file => file.EndsWith(Ending, StringComparison.Ordinal) || file.EndsWith(Ending + Unread, StringComparison.Ordinal)).ToList();
        if (old.Count == 0) return 0;
        var fresh = FileAt(clock.GetUtcNow());
        if (old.Remove(fresh)) File.Delete(fresh);
        await WriteAsync(database, keys, fresh, clock);
        old.ForEach(File.Delete);
        return old.Count;
    }

    /// <summary>Deletes copies that newer ones stand for: of the last <see cref="Days"/> days the newest of each stays, before that the newest of each of <see cref="Weeks"/> weeks.</summary>
    /// <returns>How many were deleted. Files under other names are not touched.</returns>
    public int Rotate(DateTimeOffset now)
    {
        var made = Directory.Exists(folder) ? Directory.GetFiles(folder).Select(file => (File: file, Day: DayOf(file))).Where(copy => copy.Day is not null).ToList() : [];
        var today = DateOnly.FromDateTime(now.ToOffset(China).DateTime);
        var kept = made.OrderByDescending(copy => copy.File, StringComparer.Ordinal)
            .GroupBy(copy => Age(copy.Day!.Value, today)).Where(group => group.Key is not null).Select(group => group.First().File).ToHashSet(StringComparer.Ordinal);
        var gone = made.Select(copy => copy.File).Where(file => !kept.Contains(file)).ToList();
        foreach (var file in gone)
        {
            File.Delete(file);
            File.Delete(FilesBeside(file));
        }

        return gone.Count;
    }

    /// <summary>Copies of one age stand for each other; null: too old.</summary>
    private static (char Kind, int Number)? Age(DateOnly day, DateOnly today)
    {
        var days = today.DayNumber - day.DayNumber;
        if (days < Days) return ('d', days);
        var weeks = Week(today.AddDays(-Days)) - Week(day);
        return weeks < Weeks ? ('w', weeks) : null;

        // Day 0 was a Monday.
        static int Week(DateOnly day) => day.DayNumber / 7;
    }

    private static DateOnly? DayOf(string file)
    {
        var name = Path.GetFileName(file);
        return name.StartsWith(Beginning, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal)
            && DateTime.TryParseExact(name[Beginning.Length..^Ending.Length], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.None, out var made)
                ? DateOnly.FromDateTime(made)
                : null;
    }

    /// <summary>One page for the day on which it is needed, where it is looked for.</summary>
    private static void WriteInstructions(string path)
    {
        if (File.Exists(path)) return;
        using var page = typeof(BackupShelf).Assembly.GetManifestResourceStream("how-to-restore.txt")!;
        using var reader = new StreamReader(page);
        File.WriteAllText(path, reader.ReadToEnd().ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }
}
