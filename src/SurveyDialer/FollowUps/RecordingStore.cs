using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>Owner of <c>recording</c>. Sound is kept only in state <see cref="RecordingState.Fetched"/>.</summary>
internal static class RecordingStore
{
    private const string Columns = "id, campaign_id, case_id, words_id, matter, carrier_id, at_carrier, state, seconds, at, delete_at";

    private const string InsertRecording = """
        INSERT INTO recording (id, campaign_id, case_id, words_id, matter, carrier_id, at_carrier, state, seconds, at, delete_at)
        VALUES (@Id, @CampaignId, @CaseId, @WordsId, @Matter, @CarrierId, @AtCarrier, @State, @Seconds, @At, @DeleteAt);
        """;

    private const string UpdateState = """
        UPDATE recording SET state = @to, audio_enc = @audio WHERE id = @id AND state = @from;
        """;

    // The carrier's id of words without a name would lead back to the call.
    private const string ForgetCarrier = """
        UPDATE recording SET at_carrier = 0, carrier_id = CASE WHEN case_id IS NULL THEN NULL ELSE carrier_id END WHERE id = @id;
        """;

    private const string DropEmpty = """
        DELETE FROM recording WHERE id = @id AND case_id IS NULL AND at_carrier = 0 AND state NOT IN ('announced', 'fetched');
        """;

    /// <summary>A row id that says nothing about when the row was made.</summary>
    internal static long NewId() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;

    internal static bool Knows(SqliteConnection connection, string carrierId)
        => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM recording WHERE carrier_id = @carrierId);", new { carrierId });

    internal static void Add(SqliteConnection connection, RecordingRow recording) => connection.Execute(InsertRecording, recording);

    internal static RecordingRow? Find(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<RecordingRow>($"SELECT {Columns} FROM recording WHERE id = @id;", new { id });

    /// <summary>The recording of words of an area; null when they were typed, or nothing of it is left.</summary>
    internal static RecordingRow? FindOfWords(SqliteConnection connection, long wordsId)
        => connection.QuerySingleOrDefault<RecordingRow>($"SELECT {Columns} FROM recording WHERE words_id = @wordsId;", new { wordsId });

    /// <summary>Encrypted sound; null once it is gone.</summary>
    internal static byte[]? Audio(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<byte[]>("SELECT audio_enc FROM recording WHERE id = @id;", new { id });

    /// <summary>Not here yet, by id after <paramref name="after"/>.</summary>
    internal static List<RecordingRow> Announced(SqliteConnection connection, long after, int limit)
        => connection.Query<RecordingRow>(
            $"SELECT {Columns} FROM recording WHERE state = 'announced' AND id > @after ORDER BY id LIMIT @limit;", new { after, limit }).AsList();

    /// <summary>Still at the carrier and no longer needed there, by id after <paramref name="after"/>.</summary>
    internal static List<RecordingRow> ToDeleteAtCarrier(SqliteConnection connection, long after, int limit)
        => connection.Query<RecordingRow>(
            $"SELECT {Columns} FROM recording WHERE at_carrier = 1 AND state <> 'announced' AND id > @after ORDER BY id LIMIT @limit;",
            new { after, limit }).AsList();

    /// <summary>Not written down and too old.</summary>
    internal static List<RecordingRow> Overdue(SqliteConnection connection, long now, int limit)
        => connection.Query<RecordingRow>(
            $"SELECT {Columns} FROM recording WHERE state IN ('announced', 'fetched') AND delete_at <= @now ORDER BY id LIMIT @limit;",
            new { now, limit }).AsList();

    /// <summary>Moves a recording as its lifecycle allows; whatever happens but the fetch takes the sound away.</summary>
    /// <param name="audio">Encrypted; only for <see cref="RecordingEvent.Fetch"/>.</param>
    /// <returns>False when the recording is not in a state from which that is possible.</returns>
    internal static bool Move(SqliteConnection connection, RecordingRow recording, RecordingEvent happened, byte[]? audio = null)
    {
        if (RecordingLifecycle.After(RecordingLifecycle.FromColumn(recording.State), happened) is not { } after) return false;
        var change = new { id = recording.Id, from = recording.State, to = RecordingLifecycle.ToColumn(after), audio };
        if (connection.Execute(UpdateState, change) != 1) return false;
        connection.Execute(DropEmpty, new { id = recording.Id });
        return true;
    }

    internal static void GoneAtCarrier(SqliteConnection connection, long id)
    {
        connection.Execute(ForgetCarrier, new { id });
        connection.Execute(DropEmpty, new { id });
    }

    /// <summary>The resident took the consent back.</summary>
    internal static void EraseOfCase(SqliteConnection connection, long caseId)
    {
        foreach (var recording in connection.Query<RecordingRow>($"SELECT {Columns} FROM recording WHERE case_id = @caseId;", new { caseId }).AsList())
            Move(connection, recording, RecordingEvent.Erase);
    }
}

/// <summary>A voice comment; belongs to a case, or to words of an area, or to nobody who may hear it.</summary>
internal sealed record RecordingRow
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long? CaseId { get; init; }

    public long? WordsId { get; init; }

    /// <summary>Only of a recording that goes to the county: which of its matters it belongs to.</summary>
    public string? Matter { get; init; }

    /// <summary>The carrier's id; null for words of an area once it is deleted there.</summary>
    public string? CarrierId { get; init; }

    /// <summary>1 until the carrier has deleted it.</summary>
    public long AtCarrier { get; init; }

    public string State { get; init; } = "";

    public long? Seconds { get; init; }

    /// <summary>UTC milliseconds; null for words of an area.</summary>
    public long? At { get; init; }

    public long DeleteAt { get; init; }
}
