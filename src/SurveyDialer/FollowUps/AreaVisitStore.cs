using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>
/// Owner of <c>area_voice</c> and <c>area_visit</c>. A voice is a number and nothing else; a village is named only from five voices on, fewer
/// count under its township, so that a visit never says or hints who spoke.
/// </summary>
internal static class AreaVisitStore
{
    /// <summary>A village is shown only from so many voices.</summary>
    internal const int VillageFrom = 5;

    /// <summary>The topic of voices that named none.</summary>
    internal const string NotSaid = "not_said";

    private const string AddVoiceSql = """
        INSERT INTO area_voice (campaign_id, area_id, topic, voices) VALUES (@campaignId, @areaId, @topic, 1)
        ON CONFLICT (campaign_id, area_id, topic) DO UPDATE SET voices = voices + 1;
        """;

    /// <summary>Area × topic as it may be shown.</summary>
    internal const string ShownVoices = """
        SELECT v.campaign_id,
               CASE WHEN v.voices >= 5 OR a.parent_id = 0 THEN a.id ELSE a.parent_id END AS area_id,
               v.topic, sum(v.voices) AS voices
        FROM area_voice v JOIN area a ON a.id = v.area_id
        GROUP BY 1, 2, 3
        """;

    /// <summary>Words written down without names, where they may be shown: at an area × topic with at least five voices, a village only with its own.</summary>
    internal const string ShownWords = $"""
        SELECT w.id, w.campaign_id, s.area_id, s.topic, w.written_enc
        FROM area_words w JOIN area a ON a.id = w.area_id
        LEFT JOIN area_voice v ON v.campaign_id = w.campaign_id AND v.area_id = w.area_id AND v.topic = w.topic
        JOIN ({ShownVoices}) s ON s.campaign_id = w.campaign_id AND s.topic = w.topic
             AND s.area_id = CASE WHEN coalesce(v.voices, 0) >= 5 OR a.parent_id = 0 THEN a.id ELSE a.parent_id END
        WHERE w.state = 'written_down' AND s.voices >= 5
        """;

    private const string PlanMissing = $"""
        INSERT INTO area_visit (campaign_id, area_id, topic, state, due_at)
        SELECT s.campaign_id, s.area_id, s.topic, 'planned', @dueAt FROM ({ShownVoices}) s
        WHERE s.campaign_id = @campaignId
        ON CONFLICT (campaign_id, area_id, topic) DO NOTHING;
        """;

    /// <summary>Counts one voice of an area and makes sure that a visit is planned for it.</summary>
    internal static void AddVoice(SqliteConnection connection, long campaignId, long areaId, string topic, long dueAt)
    {
        connection.Execute(AddVoiceSql, new { campaignId, areaId, topic });
        connection.Execute(PlanMissing, new { campaignId, dueAt });
    }

    /// <summary>False when the visit does not exist or was noted already.</summary>
    internal static bool MarkVisited(SqliteConnection connection, long id, long at)
        => connection.Execute("UPDATE area_visit SET state = 'visited', visited_at = @at WHERE id = @id AND state = 'planned';", new { id, at }) == 1;

    /// <summary>False when the visit does not exist or has not been made.</summary>
    internal static bool Answer(SqliteConnection connection, long id, string answer)
        => connection.Execute(
            "UPDATE area_visit SET state = 'answered', public_answer = @answer WHERE id = @id AND state <> 'planned';", new { id, answer }) == 1;
}
