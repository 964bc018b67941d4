using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Attempts;

/// <summary>Owner of <c>call_total</c>: calls by quarter of an hour and how they ended, kept as they end, so that rates by hour cost the same at any size.</summary>
internal static class CallTotalStore
{
    // What is left out here is left out by the migration too.
    private const string AddOne = """
        INSERT INTO call_total (campaign_id, quarter, code, calls)
        SELECT campaign_id, coalesce(placing_at, placed_at, ended_at) / 900000, code, 1
        FROM attempt WHERE id = @id AND our_fault = 0 AND channel IN ('voice', 'live')
        ON CONFLICT (campaign_id, quarter, code) DO UPDATE SET calls = calls + 1;
        """;

    /// <summary>Counts an attempt that has just ended, if it was a call and not our fault.</summary>
    internal static void Add(SqliteConnection connection, long attemptId) => connection.Execute(AddOne, new { id = attemptId });

    /// <summary>Nothing finer than hours and weekdays is kept of a round whose attempts go.</summary>
    internal static void Forget(SqliteConnection connection, long campaignId)
        => connection.Execute("DELETE FROM call_total WHERE campaign_id = @campaignId;", new { campaignId });
}
