using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>Owner of <c>recording</c>.</summary>
internal static class RecordingStore
{
    private const string InsertRecording = """
        INSERT INTO recording (campaign_id, case_id, area_id, topic, carrier_id, state, seconds, at, delete_at)
        VALUES (@CampaignId, @CaseId, @AreaId, @Topic, @CarrierId, @State, @Seconds, @At, @DeleteAt)
        ON CONFLICT (carrier_id) DO NOTHING;
        """;

    private const string Columns = "id, campaign_id, case_id, area_id, topic, carrier_id, state, seconds, at, delete_at";

    internal static void Add(SqliteConnection connection, RecordingRow recording) => connection.Execute(InsertRecording, recording);

    /// <summary>Announced by the carrier, and not yet fetched.</summary>
    internal static List<RecordingRow> Announced(SqliteConnection connection, int limit)
        => connection.Query<RecordingRow>($"SELECT {Columns} FROM recording WHERE state = 'announced' ORDER BY id LIMIT @limit;", new { limit }).AsList();

    /// <summary>Fetched, and not yet deleted at the carrier.</summary>
    internal static List<RecordingRow> StillAtCarrier(SqliteConnection connection, int limit)
        => connection.Query<RecordingRow>(
            $"SELECT {Columns} FROM recording WHERE carrier_id IS NOT NULL AND state NOT IN ('announced', 'absent') ORDER BY id LIMIT @limit;",
            new { limit }).AsList();

    internal static void Fetched(SqliteConnection connection, long id, byte[] audio)
        => connection.Execute("UPDATE recording SET state = 'fetched', audio_enc = @audio WHERE id = @id AND state = 'announced';", new { id, audio });

    internal static void GoneAtCarrier(SqliteConnection connection, long id)
        => connection.Execute("UPDATE recording SET carrier_id = NULL WHERE id = @id;", new { id });

    /// <summary>Somebody wrote it down: the words stay, the sound goes.</summary>
    internal static bool WrittenDown(SqliteConnection connection, long id, byte[] words)
        => connection.Execute(
            "UPDATE recording SET state = 'written_down', words_enc = @words, audio_enc = NULL WHERE id = @id AND state = 'fetched';", new { id, words }) == 1;

    internal static int DeleteOld(SqliteConnection connection, long now)
        => connection.Execute(
            "UPDATE recording SET state = 'deleted', audio_enc = NULL WHERE audio_enc IS NOT NULL AND delete_at <= @now;", new { now });
}

/// <summary>A voice comment; belongs to a case, or without one to its area and topic.</summary>
internal sealed record RecordingRow
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long? CaseId { get; init; }

    public long AreaId { get; init; }

    public string Topic { get; init; } = "";

    /// <summary>The carrier's id; null once it is deleted there.</summary>
    public string? CarrierId { get; init; }

    public string State { get; init; } = "";

    public long? Seconds { get; init; }

    public long At { get; init; }

    public long DeleteAt { get; init; }
}
