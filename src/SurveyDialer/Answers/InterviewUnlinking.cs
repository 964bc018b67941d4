using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Answers;

/// <summary>
/// Takes from the answer ledger of a closed round what only its field work needed: consent, topic, next step, position and turns; then the ids
/// under which the link knew the interviews; then the link.
/// </summary>
internal static class InterviewUnlinking
{
    private const int IdBytes = 16;

    // Only what was not rewritten before: a run that was cut short goes on.
    private const string SelectIds = "SELECT id FROM interview WHERE campaign_id = @campaignId AND turn > 0;";

    private const string CopyInterview = """
        INSERT INTO interview (id, campaign_id, area_id, number_kind, stratum, numbers, channel, language, turn, outcome, flagged, asked, careless)
        SELECT @fresh, campaign_id, CASE WHEN area_id IN @small THEN (SELECT a.parent_id FROM area a WHERE a.id = area_id) ELSE area_id END,
               number_kind, stratum, numbers, channel, language, 0, outcome, flagged, 0, careless
        FROM interview WHERE id = @id;
        """;

    private const string MoveAnswers = """
        UPDATE answer SET interview_id = @fresh, turn = 0, replays = 0 WHERE interview_id = @id;
        """;

    private const string SelectSmallVillages = """
        SELECT i.area_id FROM interview i JOIN area a ON a.id = i.area_id
        WHERE i.campaign_id = @campaignId AND a.parent_id <> 0 GROUP BY i.area_id HAVING count(*) < @villageFrom;
        """;

    private const string DropSlice = """
        DELETE FROM interview_link WHERE campaign_id = @campaignId
        AND respondent_id IN (SELECT respondent_id FROM interview_link WHERE campaign_id = @campaignId LIMIT @limit);
        """;

    internal static List<byte[]> Ids(SqliteConnection connection, long campaignId)
        => connection.Query<byte[]>(SelectIds, new { campaignId }).AsList();

    /// <summary>Villages in which a few interviews stand alone: they count under their township.</summary>
    internal static List<long> SmallVillages(SqliteConnection connection, long campaignId, int villageFrom)
        => connection.Query<long>(SelectSmallVillages, new { campaignId, villageFrom }).AsList();

    /// <summary>Gives one interview a new random id and leaves on it only what reports count.</summary>
    internal static void Rewrite(SqliteConnection connection, byte[] id, List<long> small)
    {
        var change = new { id, fresh = RandomNumberGenerator.GetBytes(IdBytes), small };
        if (connection.Execute(CopyInterview, change) != 1) return;
        connection.Execute(MoveAnswers, change);
        connection.Execute("UPDATE flag SET interview_id = @fresh WHERE interview_id = @id;", change);
        connection.Execute("DELETE FROM interview WHERE id = @id;", change);
    }

    /// <returns>Links that were taken away; fewer than the limit when none is left.</returns>
    internal static int DropLinks(SqliteConnection connection, long campaignId, int limit) => connection.Execute(DropSlice, new { campaignId, limit });
}
