using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Calls;

/// <summary>Owner of <c>carrier_event</c>: what the carrier told us, append-only; never digits, a text body or an interview id.</summary>
internal static class CarrierEventStore
{
    private const string InsertEvent = """
        INSERT INTO carrier_event (attempt_id, at, kind, status, sequence) VALUES (@attemptId, @at, @kind, @status, @sequence);
        """;

    internal static void Add(SqliteConnection connection, long attemptId, string kind, string status, long? sequence, long at)
        => connection.Execute(InsertEvent, new { attemptId, kind, status, sequence, at });

    /// <summary>Whether this very report was stored before.</summary>
    internal static bool Known(SqliteConnection connection, long attemptId, string kind, string status, long? sequence)
        => connection.ExecuteScalar<long?>(
            "SELECT 1 FROM carrier_event WHERE attempt_id = @attemptId AND kind = @kind AND status = @status AND sequence IS @sequence LIMIT 1;",
            new { attemptId, kind, status, sequence }) is not null;
}
