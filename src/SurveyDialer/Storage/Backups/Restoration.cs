namespace SurveyDialer.Storage;

/// <summary>From a backup to a database of this version: the copy is read through, brought to today's schema and opened with the keys.</summary>
public static class Restoration
{
    private const string Unfinished = ".restoring";

    /// <summary>Restores a backup into the place of a database.</summary>
    /// <param name="path">Full path; must not exist, and does not until everything is done.</param>
    /// <param name="settle">What is to be put in order before the database is used.</param>
    /// <exception cref="StorageException">The backup is damaged, from a newer version or under other keys, or the disk is full: nothing was changed.</exception>
    public static async Task<T> IntoAsync<T>(string file, string path, KeyRing keys, TimeProvider clock, Func<Database, Task<T>> settle)
    {
        ArgumentNullException.ThrowIfNull(settle);
        var unfinished = path + Unfinished;
        Database.Delete(unfinished);
        try
        {
            File.Copy(file, unfinished);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (Database.Damage(unfinished) is { Count: > 0 } damage) throw StorageException.Damaged(file, damage);
            T settled;
            await using (var database = Database.Open(new DatabaseOptions { Path = unfinished, Keys = keys }, clock)) settled = await settle(database);
            File.Move(unfinished, path);
            return settled;
        }
        finally
        {
            Database.Delete(unfinished);
        }
    }

    /// <summary>Restores a backup beside itself, and deletes what came of it.</summary>
    /// <exception cref="StorageException">It cannot be restored.</exception>
    public static async Task TryAsync(string file, KeyRing keys, TimeProvider clock)
    {
        var trial = file + ".trial";
        Database.Delete(trial);
        try
        {
            await IntoAsync(file, trial, keys, clock, _ => Task.FromResult(true));
        }
        finally
        {
            Database.Delete(trial);
        }
    }
}
