using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Attempts;

/// <summary>Finds attempts that only a person at a desk telephone makes: those that wait, and those that a caller has.</summary>
internal static class LiveAttempts
{
    private const string SelectDue = """
        SELECT id FROM attempt INDEXED BY attempt_due_live
        WHERE campaign_id = @campaignId AND state = 'pending' AND channel = 'live' AND appointment = @appointment AND due_at <= @now
        ORDER BY due_at, id LIMIT @limit;
        """;

    private const string CountDue = """
        SELECT count(*) FROM (
            SELECT 1 FROM attempt INDEXED BY attempt_due_live
            WHERE campaign_id = @campaignId AND state = 'pending' AND channel = 'live' AND appointment IN (0, 1) AND due_at <= @now
            LIMIT @most);
        """;

    private const string SelectNext = """
        SELECT due_at, waiting_reason FROM attempt INDEXED BY attempt_due_live
        WHERE campaign_id = @campaignId AND state = 'pending' AND channel = 'live' AND appointment = @appointment
        ORDER BY due_at, id LIMIT 1;
        """;

    // In the words of the index attempt_at_desk, which holds one row for each caller.
    private const string SelectHeld = """
        SELECT id FROM attempt WHERE state IN ('leased', 'placed') AND channel = 'live' AND lease_owner = @caller;
        """;

    private const string SelectQuiet = """
        SELECT id FROM attempt INDEXED BY attempt_at_desk
        WHERE state IN ('leased', 'placed') AND channel = 'live' AND coalesce(deadline_at, lease_until) <= @now
        LIMIT @limit;
        """;

    private const string SelectAnyHeld = """
        SELECT EXISTS (SELECT 1 FROM attempt INDEXED BY attempt_at_desk WHERE state IN ('leased', 'placed') AND channel = 'live');
        """;

    /// <summary>Due attempts of a campaign, earliest first.</summary>
    /// <param name="appointment">Only those that the respondent asked for, or only the others.</param>
    internal static List<AttemptRow> Due(SqliteConnection connection, long campaignId, bool appointment, long now, int limit)
        => connection.Query<long>(SelectDue, new { campaignId, appointment = appointment ? 1L : 0L, now, limit }).AsList().ConvertAll(id => AttemptStore.Find(connection, id)!);

    /// <summary>How many of a campaign are due; at most as many as asked for are counted.</summary>
    internal static long Waiting(SqliteConnection connection, long campaignId, long now, int most)
        => connection.ExecuteScalar<long>(CountDue, new { campaignId, now, most });

    /// <summary>When the next one falls due and why it waits until then; null when none is left.</summary>
    internal static (long DueAt, string? Reason)? Next(SqliteConnection connection, long campaignId)
    {
        (long, string?)? first = null;
        foreach (var appointment in (long[])[0, 1])
        {
            foreach (var row in connection.Query<(long DueAt, string? Reason)>(SelectNext, new { campaignId, appointment }))
                first = first is { } known && known.Item1 <= row.DueAt ? first : row;
        }

        return first;
    }

    /// <summary>The one that a caller has; null when she has none.</summary>
    internal static AttemptRow? HeldBy(SqliteConnection connection, string caller)
        => connection.QuerySingleOrDefault<long?>(SelectHeld, new { caller }) is { } id ? AttemptStore.Find(connection, id) : null;

    internal static bool AnyHeld(SqliteConnection connection) => connection.ExecuteScalar<bool>(SelectAnyHeld);

    /// <summary>Those of which nothing was heard in time.</summary>
    internal static List<AttemptRow> Quiet(SqliteConnection connection, long now, int limit)
        => connection.Query<long>(SelectQuiet, new { now, limit }).AsList().ConvertAll(id => AttemptStore.Find(connection, id)!);
}
