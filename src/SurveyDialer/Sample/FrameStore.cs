using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>One row of <c>frame</c>: its counts grow with every slice; <c>imported_at</c> stays 0 until the last row is in.</summary>
internal sealed record FrameState
{
    public long Id { get; init; }

    public long Read { get; init; }

    public long Imported { get; init; }

    public long Rejected { get; init; }

    public long Known { get; init; }

    public long Twice { get; init; }

    public long ImportedAt { get; init; }

    public bool Finished => ImportedAt != 0;

    internal FrameImportResult Result(FrameProblem? failure, bool repeated) => new(Id, Read, Imported, Rejected, Known, failure, repeated) { Twice = Twice };
}

/// <summary>Owns <c>frame</c>.</summary>
internal static class FrameStore
{
    /// <summary>The population of a list of which nothing else was said.</summary>
    internal const string Residents = "residents";

    private const string Find = """
        SELECT id AS Id, rows_read AS Read, rows_imported AS Imported, rows_rejected AS Rejected, rows_known AS Known, rows_twice AS Twice, imported_at AS ImportedAt
        FROM frame WHERE file_sha256 = @sha256 ORDER BY id LIMIT 1;
        """;

    private const string Load = """
        SELECT id AS Id, rows_read AS Read, rows_imported AS Imported, rows_rejected AS Rejected, rows_known AS Known, rows_twice AS Twice, imported_at AS ImportedAt
        FROM frame WHERE id = @id;
        """;

    private const string Insert = """
        INSERT INTO frame (id, name, source, legal_basis, kind, population, file_sha256, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
        VALUES (@id, @Name, @Source, @LegalBasis, @kind, @population, @sha256, 0, 0, 0, 0, 0);
        """;

    /// <summary>Whether anybody was ever imported and is still here.</summary>
    internal static bool AnyRespondent(SqliteConnection connection) => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM respondent);");

    /// <summary>The frame of this file and these settings, begun now or earlier.</summary>
    internal static FrameState Begin(SqliteConnection connection, FrameImportRequest request, string kind, byte[] sha256)
    {
        if (connection.QueryFirstOrDefault<FrameState>(Find, new { sha256 }) is { } earlier) return earlier;
        var id = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(id), 0) + 1 FROM frame;");
        connection.Execute(Insert, new { id, request.Name, request.Source, request.LegalBasis, kind, population = request.Population.Trim(), sha256 });
        return new FrameState { Id = id };
    }

    /// <summary>Its people are gone: the same file is a new list from now on.</summary>
    internal static void MayComeAgain(SqliteConnection connection, long id) => connection.Execute("UPDATE frame SET file_sha256 = NULL WHERE id = @id;", new { id });

    internal static FrameState Finish(SqliteConnection connection, long id, long now)
    {
        connection.Execute("UPDATE frame SET imported_at = @now WHERE id = @id;", new { id, now });
        return connection.QuerySingle<FrameState>(Load, new { id });
    }
}
