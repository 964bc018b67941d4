using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>
/// Owner of <c>area_words</c>: own words whose writer does not want to be contacted, or has not yet said so. While the interview goes on they
/// hang on the respondent, so that a later "no" deletes them; at its end the name of the respondent is taken off.
/// </summary>
internal static class AreaWordsStore
{
    private const string InsertWords = """
        INSERT INTO area_words (campaign_id, respondent_id, area_id, words_enc) VALUES (@campaignId, @respondentId, @areaId, @words)
        ON CONFLICT (campaign_id, respondent_id) DO UPDATE SET words_enc = excluded.words_enc;
        """;

    private const string Settle = """
        UPDATE area_words SET topic = @topic, respondent_id = NULL WHERE campaign_id = @campaignId AND respondent_id = @respondentId;
        """;

    private const string CopyToCase = """
        UPDATE follow_up_case
        SET words_enc = (SELECT words_enc FROM area_words WHERE campaign_id = @campaignId AND respondent_id = @respondentId)
        WHERE campaign_id = @campaignId AND respondent_id = @respondentId
          AND EXISTS (SELECT 1 FROM area_words WHERE campaign_id = @campaignId AND respondent_id = @respondentId);
        """;

    internal static void Add(SqliteConnection connection, long campaignId, long respondentId, long areaId, byte[] words)
        => connection.Execute(InsertWords, new { campaignId, respondentId, areaId, words });

    internal static void Drop(SqliteConnection connection, long campaignId, long respondentId)
        => connection.Execute(
            "DELETE FROM area_words WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });

    /// <summary>The respondent agreed to be contacted: the words go to the case.</summary>
    internal static void MoveToCase(SqliteConnection connection, long campaignId, long respondentId)
    {
        connection.Execute(CopyToCase, new { campaignId, respondentId });
        Drop(connection, campaignId, respondentId);
    }

    /// <summary>The interview is over: the words stay with the area, without the respondent.</summary>
    internal static void Detach(SqliteConnection connection, long campaignId, long respondentId, string topic)
        => connection.Execute(Settle, new { campaignId, respondentId, topic });
}
