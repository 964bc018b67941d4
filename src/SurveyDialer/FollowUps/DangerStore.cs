using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>Owner of <c>danger_notice</c>: that danger was reported, never what was said or by which resident.</summary>
internal static class DangerStore
{
    private const string InsertNotice = """
        INSERT INTO danger_notice (campaign_id, attempt_id, caller, at) VALUES (@campaignId, @attemptId, @caller, @at) ON CONFLICT (attempt_id) DO NOTHING;
        """;

    private const string SelectUnseen = """
        SELECT d.id, d.campaign_id, c.name AS campaign, c.time_zone, d.caller, d.at, d.seen_at, d.seen_by
        FROM danger_notice d JOIN campaign c ON c.id = d.campaign_id WHERE d.seen_at IS NULL ORDER BY d.id;
        """;

    private const string SelectSeen = """
        SELECT d.id, d.campaign_id, c.name AS campaign, c.time_zone, d.caller, d.at, d.seen_at, d.seen_by
        FROM danger_notice d JOIN campaign c ON c.id = d.campaign_id WHERE d.seen_at IS NOT NULL ORDER BY d.id DESC LIMIT @most;
        """;

    private const string UpdateSeen = """
        UPDATE danger_notice SET seen_at = @at, seen_by = @who WHERE id = @id AND seen_at IS NULL;
        """;

    /// <summary>One notice a call, however often the key is pressed.</summary>
    internal static void Add(SqliteConnection connection, long campaignId, long attemptId, string caller, long at)
        => connection.Execute(InsertNotice, new { campaignId, attemptId, caller, at });

    /// <summary>Whether danger was reported in this call.</summary>
    internal static bool IsReported(SqliteConnection connection, long attemptId)
        => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM danger_notice WHERE attempt_id = @attemptId);", new { attemptId });

    /// <summary>Those that nobody has seen to, the oldest first.</summary>
    internal static List<DangerNotice> Unseen(SqliteConnection connection) => connection.Query<DangerNotice>(SelectUnseen).AsList();

    /// <summary>The latest that somebody has seen to.</summary>
    internal static List<DangerNotice> Seen(SqliteConnection connection, int most) => connection.Query<DangerNotice>(SelectSeen, new { most }).AsList();

    /// <returns>False when somebody else was quicker.</returns>
    internal static bool MarkSeen(SqliteConnection connection, long id, string who, long at) => connection.Execute(UpdateSeen, new { id, who, at }) == 1;

    /// <summary>Takes the notices of a round away.</summary>
    internal static void Forget(SqliteConnection connection, long campaignId)
        => connection.Execute("DELETE FROM danger_notice WHERE campaign_id = @campaignId;", new { campaignId });
}
