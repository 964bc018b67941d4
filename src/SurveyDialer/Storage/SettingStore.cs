using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>Owner of <c>setting</c>: single values of the installation by name.</summary>
internal static class SettingStore
{
    /// <summary>There when the file is to be written anew, once no round is running.</summary>
    internal const string VacuumDue = "vacuum.due";

    /// <summary>There while rounds have no kept totals yet, since an earlier version held them.</summary>
    internal const string TotalsDue = "totals.due";

    /// <summary>A word under the keys of the installation: <see cref="Storage.KeyProof"/>.</summary>
    internal const string KeyProof = "keys.proof";

    /// <summary>Only of use in a copy: when it was begun, UTC milliseconds.</summary>
    internal const string CopiedAt = "backup.copied_at";

    /// <summary>When the last backup was written, UTC milliseconds.</summary>
    internal const string LastBackupAt = "backup.last_at";

    private const string SaveOne = """
        INSERT INTO setting (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
        """;

    /// <summary>Null when nothing was ever set.</summary>
    internal static string? Find(SqliteConnection connection, string name)
        => connection.QuerySingleOrDefault<string>("SELECT value FROM setting WHERE name = @name;", new { name });

    internal static void Remove(SqliteConnection connection, string name) => connection.Execute("DELETE FROM setting WHERE name = @name;", new { name });

    internal static void Save(SqliteConnection connection, string name, string value) => connection.Execute(SaveOne, new { name, value });
}
