using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>
/// Owner of <c>area_words</c>: own words whose owner does not want to be contacted, or has not yet said so.
/// <code>
/// open --the interview ends with "report it"--> waiting --a person--> written_down, discarded;  waiting --time--> expired
/// open --"contact me"--> moved to the case;  open --no, or time--> deleted;  a recording begins at waiting
/// </code>
/// While <c>open</c> they hang on the respondent, so that a later "no" deletes them; then the respondent is taken off. Raw words go as soon as
/// they are no longer waiting.
/// </summary>
internal static class AreaWordsStore
{
    private const string InsertTyped = """
        INSERT INTO area_words (id, campaign_id, respondent_id, area_id, state, words_enc, delete_at)
        VALUES (@id, @campaignId, @respondentId, @areaId, 'open', @words, @deleteAt)
        ON CONFLICT (campaign_id, respondent_id) DO UPDATE SET words_enc = excluded.words_enc, delete_at = excluded.delete_at;
        """;

    private const string InsertRecorded = """
        INSERT INTO area_words (id, campaign_id, area_id, topic, state, delete_at) VALUES (@id, @campaignId, @areaId, @topic, 'waiting', @deleteAt);
        """;

    private const string Settle = """
        UPDATE area_words SET topic = @topic, respondent_id = NULL, state = 'waiting' WHERE campaign_id = @campaignId AND respondent_id = @respondentId;
        """;

    private const string CopyToCase = """
        UPDATE follow_up_case
        SET words_enc = (SELECT words_enc FROM area_words WHERE campaign_id = @campaignId AND respondent_id = @respondentId)
        WHERE campaign_id = @campaignId AND respondent_id = @respondentId
          AND EXISTS (SELECT 1 FROM area_words WHERE campaign_id = @campaignId AND respondent_id = @respondentId);
        """;

    private const string LeaveWaiting = """
        UPDATE area_words SET state = @state, words_enc = NULL, delete_at = NULL, written_enc = @written, reason = @reason
        WHERE id = @id AND state = 'waiting';
        """;

    internal static void Add(SqliteConnection connection, long campaignId, long respondentId, long areaId, byte[] words, long deleteAt)
        => connection.Execute(InsertTyped, new { id = RecordingStore.NewId(), campaignId, respondentId, areaId, words, deleteAt });

    /// <summary>A place for a recording that is reported without contact.</summary>
    internal static long AddRecorded(SqliteConnection connection, long campaignId, long areaId, string topic, long deleteAt)
    {
        var id = RecordingStore.NewId();
        connection.Execute(InsertRecorded, new { id, campaignId, areaId, topic, deleteAt });
        return id;
    }

    /// <summary>Takes the raw words of a respondent out, encrypted; null when there are none.</summary>
    internal static byte[]? TakeOut(SqliteConnection connection, long campaignId, long respondentId)
    {
        var words = connection.QuerySingleOrDefault<byte[]>(
            "SELECT words_enc FROM area_words WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });
        Drop(connection, campaignId, respondentId);
        return words;
    }

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

    internal static AreaWordsRow? Find(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<AreaWordsRow>("SELECT id, state, words_enc, written_enc, reason FROM area_words WHERE id = @id;", new { id });

    /// <summary>Only the words without names are left. False when they are no longer waiting.</summary>
    internal static bool WriteDown(SqliteConnection connection, long id, byte[] written)
        => connection.Execute(LeaveWaiting, new { id, state = "written_down", written, reason = (string?)null }) == 1;

    /// <summary>Nothing is left but the reason. False when they are no longer waiting.</summary>
    internal static bool Discard(SqliteConnection connection, long id, string reason)
        => connection.Execute(LeaveWaiting, new { id, state = "discarded", written = (byte[]?)null, reason }) == 1;

    /// <summary>Takes raw words away that nobody has written down in time.</summary>
    /// <returns>Campaigns of words that were waiting, one entry each.</returns>
    internal static List<long> Expire(SqliteConnection connection, long now, int limit)
    {
        connection.Execute("DELETE FROM area_words WHERE state = 'open' AND delete_at <= @now;", new { now });
        var overdue = connection.Query<(long Id, long Campaign)>(
            "SELECT id, campaign_id FROM area_words WHERE state = 'waiting' AND delete_at <= @now LIMIT @limit;", new { now, limit }).AsList();
        foreach (var (id, _) in overdue)
            connection.Execute(LeaveWaiting, new { id, state = "expired", written = (byte[]?)null, reason = (string?)null });
        return overdue.ConvertAll(row => row.Campaign);
    }
}

/// <summary>Own words for an area.</summary>
internal sealed record AreaWordsRow
{
    public long Id { get; init; }

    public string State { get; init; } = "";

    /// <summary>As typed, encrypted; null for a recording, and once they are no longer waiting.</summary>
    public byte[]? WordsEnc { get; init; }

    /// <summary>As a person has written them down, encrypted.</summary>
    public byte[]? WrittenEnc { get; init; }

    public string? Reason { get; init; }
}
