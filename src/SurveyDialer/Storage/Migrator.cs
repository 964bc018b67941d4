using System.Reflection;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>Numbered scripts, each once, in one transaction, remembered with its checksum. A file of a newer version is refused.</summary>
internal static class Migrator
{
    private const string CreateList = """
        CREATE TABLE IF NOT EXISTS schema_script (
            version    INTEGER NOT NULL PRIMARY KEY,
            name       TEXT    NOT NULL,
            sha256     BLOB    NOT NULL,
            applied_at INTEGER NOT NULL
        ) STRICT;
        """;

    private const string Remember = """
        INSERT INTO schema_script (version, name, sha256, applied_at) VALUES (@version, @name, @sha256, @appliedAt);
        """;

    private static readonly Lazy<List<Script>> Known = new(ReadScripts);

    internal static void Migrate(SqliteConnection connection, string path, TimeProvider clock)
    {
        connection.Execute(CreateList);
        var applied = connection.Query<Script>("SELECT version, name, sha256 FROM schema_script ORDER BY version;").ToList();
        var newest = Known.Value[^1].Version;
        if (applied.Count > 0 && applied[^1].Version > newest) throw StorageException.TooNew(path, applied[^1].Version, newest);
        foreach (var script in Known.Value)
        {
            var earlier = applied.Find(done => done.Version == script.Version);
            if (earlier is null) Apply(connection, script, clock);
            else if (!earlier.Sha256.AsSpan().SequenceEqual(script.Sha256)) throw StorageException.Changed(path, script.Name);
        }
    }

    private static void Apply(SqliteConnection connection, Script script, TimeProvider clock)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(script.Sql, transaction: transaction);
        connection.Execute(Remember, new { version = script.Version, name = script.Name, sha256 = script.Sha256, appliedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
        transaction.Commit();
    }

    private static List<Script> ReadScripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = new List<Script>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var buffer = new MemoryStream();
            stream.CopyTo(buffer);
            var parts = resource.Split('.');
            var name = parts[^2];
            var sql = System.Text.Encoding.UTF8.GetString(buffer.ToArray());
            scripts.Add(new Script { Version = long.Parse(name.AsSpan(0, 4)), Name = name, Sql = sql, Sha256 = SHA256.HashData(buffer.ToArray()) });
        }

        return scripts;
    }

    private sealed record Script
    {
        public long Version { get; init; }

        public string Name { get; init; } = "";

        public string Sql { get; init; } = "";

        public byte[] Sha256 { get; init; } = [];
    }
}
