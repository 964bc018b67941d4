using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>
/// Takes the persons of lists away whose rounds have all come to their end: names, addresses, numbers, and the rows that were rejected. What a
/// number may not be called for (never again, caps) stays, as keyed hashes.
/// </summary>
internal static class RespondentForgetting
{
    // A list stays while any round that uses it still has its people: one not launched yet, running, or closed and not counted.
    private const string SelectFree = """
        SELECT mine.frame_id FROM campaign_frame mine
        WHERE mine.campaign_id = @campaignId
          AND NOT EXISTS (SELECT 1 FROM campaign_frame other JOIN campaign c ON c.id = other.campaign_id
                          WHERE other.frame_id = mine.frame_id AND c.counted_at IS NULL);
        """;

    private const string SelectSome = """
        SELECT respondent_id FROM frame_person WHERE frame_id = @frameId AND respondent_id > @after ORDER BY respondent_id LIMIT @limit;
        """;

    // In another campaign's sample by other means than its list: then the person stays.
    private const string IsNeeded = "SELECT EXISTS (SELECT 1 FROM sample_member WHERE respondent_id = @id) OR EXISTS (SELECT 1 FROM sample_reserve WHERE respondent_id = @id);";

    // Leaves this list. Whoever stands on another one as well stays with it.
    private const string LeaveList = """
        UPDATE respondent SET frame_id = (SELECT min(frame_id) FROM frame_member WHERE respondent_id = @id)
        WHERE id = @id AND frame_id = @frameId AND EXISTS (SELECT 1 FROM frame_member WHERE respondent_id = @id);
        DELETE FROM frame_member WHERE respondent_id = @id AND frame_id IN (@frameId, (SELECT frame_id FROM respondent WHERE id = @id));
        """;

    private const string IsOnAnother = "SELECT frame_id <> @frameId FROM respondent WHERE id = @id;";

    private const string DropPhone = """
        DELETE FROM phone WHERE id = @phone AND NOT EXISTS (SELECT 1 FROM respondent_phone WHERE phone_id = @phone);
        """;

    private const string DropRejections = """
        DELETE FROM frame_rejection WHERE id IN (SELECT id FROM frame_rejection WHERE frame_id = @frameId LIMIT @limit);
        """;

    /// <summary>Lists of a campaign that no other round needs any more.</summary>
    internal static List<long> FreeFrames(SqliteConnection connection, long campaignId)
        => connection.Query<long>(SelectFree, new { campaignId }).AsList();

    /// <summary>Takes some persons away.</summary>
    /// <param name="after">The last one looked at before; 0 from the beginning.</param>
    internal static ForgottenPersons Forget(SqliteConnection connection, long frameId, long after, int limit)
    {
        var ids = connection.Query<long>(SelectSome, new { frameId, after, limit }).AsList();
        var (persons, numbers) = (0, 0);
        foreach (var id in ids)
        {
            connection.Execute(LeaveList, new { id, frameId });
            if (connection.ExecuteScalar<bool>(IsOnAnother, new { id, frameId }) || connection.ExecuteScalar<bool>(IsNeeded, new { id })) continue;
            var phones = connection.Query<long>("SELECT phone_id FROM respondent_phone WHERE respondent_id = @id;", new { id }).AsList();
            connection.Execute("DELETE FROM respondent_phone WHERE respondent_id = @id;", new { id });
            persons += connection.Execute("DELETE FROM respondent WHERE id = @id;", new { id });
            foreach (var phone in phones) numbers += connection.Execute(DropPhone, new { phone });
        }

        return new ForgottenPersons(persons, numbers, ids.Count == limit ? ids[^1] : null);
    }

    /// <returns>Rejected rows that were taken away; fewer than the limit when none is left.</returns>
    internal static int ForgetRejections(SqliteConnection connection, long frameId, int limit) => connection.Execute(DropRejections, new { frameId, limit });
}

/// <param name="Last">Where to go on; null when everybody of the list was looked at.</param>
internal readonly record struct ForgottenPersons(int Persons, int Numbers, long? Last);
