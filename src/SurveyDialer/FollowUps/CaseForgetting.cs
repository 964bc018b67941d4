using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>
/// The end of cases and own words. A case loses its way back to the list when the round's time is over; name, number, words and notes when it has
/// been closed as long. An open one keeps them until then: somebody waits for an answer.
/// </summary>
internal static class CaseForgetting
{
    private const string DetachSql = """
        UPDATE follow_up_case SET respondent_id = NULL
        WHERE id IN (SELECT id FROM follow_up_case WHERE campaign_id = @campaignId AND respondent_id IS NOT NULL LIMIT @limit);
        """;

    private const string SelectOver = """
        SELECT id FROM follow_up_case
        WHERE campaign_id = @campaignId AND state = 'closed' AND closed_at <= @before AND (number_enc IS NOT NULL OR name_enc IS NOT NULL OR words_enc IS NOT NULL OR result_enc IS NOT NULL)
        LIMIT @limit;
        """;

    private const string Erase = """
        UPDATE follow_up_case SET respondent_id = NULL, name_enc = NULL, number_enc = NULL, words_enc = NULL, result_enc = NULL WHERE id = @id;
        """;

    /// <returns>Cases that were detached; fewer than the limit when none is left.</returns>
    internal static int Detach(SqliteConnection connection, long campaignId, int limit) => connection.Execute(DetachSql, new { campaignId, limit });

    /// <summary>Takes from closed cases what names somebody.</summary>
    /// <param name="before">Closed then or earlier, UTC milliseconds.</param>
    /// <returns>Cases that were erased; fewer than the limit when none is left.</returns>
    internal static int EraseClosed(SqliteConnection connection, long campaignId, long before, int limit)
    {
        var ids = connection.Query<long>(SelectOver, new { campaignId, before, limit }).AsList();
        foreach (var id in ids)
        {
            connection.Execute(Erase, new { id });
            connection.Execute("UPDATE follow_up_case_history SET note_enc = NULL WHERE case_id = @id;", new { id });
            RecordingStore.EraseOfCase(connection, id);
        }

        return ids.Count;
    }

    /// <summary>Cases that still name somebody, since they are not closed or not long enough.</summary>
    internal static long StillNamed(SqliteConnection connection, long campaignId)
        => connection.ExecuteScalar<long>(
            "SELECT count(*) FROM follow_up_case WHERE campaign_id = @campaignId AND (number_enc IS NOT NULL OR name_enc IS NOT NULL);", new { campaignId });

    /// <summary>Words of respondents whose interview never came to its end.</summary>
    internal static int DropOpenWords(SqliteConnection connection, long campaignId)
        => connection.Execute("DELETE FROM area_words WHERE state = 'open' AND campaign_id = @campaignId;", new { campaignId });
}
