using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>Owner of <c>follow_up_case</c> and its history. A case holds what its resident agreed to hand over, and nothing computed from answers.</summary>
internal static class CaseStore
{
    private const string InsertCase = """
        INSERT INTO follow_up_case (id, campaign_id, respondent_id, area_id, state, preferred_way, language, name_enc, number_enc, opened_at, due_at)
        SELECT @Id, @CampaignId, @RespondentId, @AreaId, 'open', @PreferredWay, @Language, r.name_enc, p.number_enc, @OpenedAt, @DueAt
        FROM respondent r CROSS JOIN phone p
        WHERE r.id = @RespondentId AND p.id = @PhoneId
        ON CONFLICT (campaign_id, respondent_id) DO UPDATE SET preferred_way = excluded.preferred_way
        RETURNING id;
        """;

    private const string UpdateState = """
        UPDATE follow_up_case
        SET state = @to, worker = CASE WHEN @to = 'open' THEN NULL WHEN @to = 'closed' AND state = @to THEN worker ELSE @who END, next_at = @nextAt, result_enc = coalesce(@result, result_enc),
            closed_at = CASE WHEN @to IN ('closed', 'withdrawn') AND state <> @to THEN @at ELSE closed_at END, outcome = coalesce(@outcome, outcome)
        WHERE id = @id AND state = @from;
        """;

    private const string EraseIdentity = """
        UPDATE follow_up_case SET respondent_id = NULL, name_enc = NULL, number_enc = NULL, words_enc = NULL, result_enc = NULL WHERE id = @id;
        """;

    private const string ReplaceWordsSql = """
        UPDATE follow_up_case SET words_enc = @after
        WHERE id = @id AND (words_enc = @before OR (words_enc IS NULL AND @before IS NULL));
        """;

    private const string SelectTaken = """
        SELECT id, preferred_way, name_enc, number_enc, words_enc FROM follow_up_case WHERE campaign_id = @campaignId AND respondent_id = @respondentId;
        """;

    private const int FirstDrawn = 100_000;
    private const int LastDrawn = 100_000_000;

    private const string InsertNote = """
        INSERT INTO follow_up_case_history (case_id, at, from_state, to_state, who, what)
        SELECT id, @at, state, state, @who, @what FROM follow_up_case WHERE id = @id;
        """;

    private const string InsertHistory = """
        INSERT INTO follow_up_case_history (case_id, at, from_state, to_state, who, what, note_enc) VALUES (@id, @at, @from, @to, @who, @what, @note);
        """;

    /// <summary>Of a closed case <c>c</c>: the resident was told after it was closed last.</summary>
    internal const string Told = """
        EXISTS (SELECT 1 FROM follow_up_case_history h WHERE h.case_id = c.id AND h.what = 'told' AND h.id > (
            SELECT max(k.id) FROM follow_up_case_history k WHERE k.case_id = c.id AND k.to_state = 'closed' AND k.what IS NULL))
        """;

    // Whom nothing names any more nobody can have told; and once is enough.
    private const string SelectCanBeTold = $"SELECT EXISTS (SELECT 1 FROM follow_up_case c WHERE c.id = @id AND c.number_enc IS NOT NULL AND NOT {Told});";

    private const string SelectOwnInterview = """
        SELECT EXISTS (
            SELECT 1 FROM follow_up_case f CROSS JOIN attempt a
            WHERE f.id = @id AND a.respondent_id = f.respondent_id AND a.campaign_id = f.campaign_id
              AND a.channel = 'live' AND a.lease_owner = @who AND a.answered_at IS NOT NULL);
        """;

    /// <summary>Opens the case of a resident who agreed to a call or a visit; agreeing again only changes the preferred way.</summary>
    internal static long Open(SqliteConnection connection, NewCase opened)
    {
        var id = connection.QuerySingle<long>(InsertCase, opened);
        connection.Execute(InsertHistory, new { id, at = opened.OpenedAt, from = "", to = "open", who = "resident", what = (string?)null, note = (byte[]?)null });
        return id;
    }

    /// <summary>
    /// A number for a case that says nothing about when it was opened: where cases can be sealed away, a gap in running numbers would tell of one.
    /// </summary>
    internal static long NewId(SqliteConnection connection)
    {
        while (true)
        {
            long id = RandomNumberGenerator.GetInt32(FirstDrawn, LastDrawn);
            if (!connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM follow_up_case WHERE id = @id);", new { id })) return id;
        }
    }

    /// <summary>Takes a case out that nobody here may read, with its history. Null when there is none.</summary>
    internal static TakenCase? TakeOut(SqliteConnection connection, long campaignId, long respondentId)
    {
        if (connection.QuerySingleOrDefault<TakenCase>(SelectTaken, new { campaignId, respondentId }) is not { } taken) return null;
        connection.Execute("DELETE FROM follow_up_case_history WHERE case_id = @Id; DELETE FROM follow_up_case WHERE id = @Id;", new { taken.Id });
        return taken;
    }

    /// <summary>Whether nobody has begun to work on the case of a respondent, so that it can be undone; also when there is none.</summary>
    internal static bool IsUntouched(SqliteConnection connection, long campaignId, long respondentId)
        => connection.ExecuteScalar<long>(
            """
            SELECT count(*) FROM follow_up_case f
            WHERE f.campaign_id = @campaignId AND f.respondent_id = @respondentId
                AND (f.state <> 'open' OR (SELECT count(*) FROM follow_up_case_history h WHERE h.case_id = f.id) > 1);
            """,
            new { campaignId, respondentId }) == 0;

    internal static void SetTopic(SqliteConnection connection, long campaignId, long respondentId, string? topic)
        => connection.Execute(
            "UPDATE follow_up_case SET topic = @topic WHERE campaign_id = @campaignId AND respondent_id = @respondentId;",
            new { campaignId, respondentId, topic });

    internal static void SetWords(SqliteConnection connection, long campaignId, long respondentId, byte[]? words)
        => connection.Execute(
            "UPDATE follow_up_case SET words_enc = @words WHERE campaign_id = @campaignId AND respondent_id = @respondentId;",
            new { campaignId, respondentId, words });

    internal static long? Find(SqliteConnection connection, long campaignId, long respondentId)
        => connection.QuerySingleOrDefault<long?>(
            "SELECT id FROM follow_up_case WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });

    /// <summary>Whether this person held the interview in which the resident agreed.</summary>
    internal static bool IsOwnInterview(SqliteConnection connection, long id, string who) => connection.ExecuteScalar<bool>(SelectOwnInterview, new { id, who });

    /// <summary>The resident's own words, encrypted.</summary>
    internal static byte[]? Words(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<byte[]>("SELECT words_enc FROM follow_up_case WHERE id = @id;", new { id });

    /// <summary>False when the words are no longer as they were read.</summary>
    internal static bool ReplaceWords(SqliteConnection connection, long id, byte[]? before, byte[] after)
        => connection.Execute(ReplaceWordsSql, new { id, before, after }) == 1;

    /// <summary>Writes into the history what became of a recording; the case stays as it is.</summary>
    /// <param name="what"><c>written_down</c>, <c>not_understood</c> or <c>expired</c>.</param>
    internal static void NoteRecording(SqliteConnection connection, long id, string what, string who, long at)
        => connection.Execute(InsertNote, new { id, what, who, at });

    /// <summary>Moves a case as the lifecycle allows; a withdrawn case loses everything that names the resident.</summary>
    /// <returns>False when the case is not in a state from which that is possible.</returns>
    internal static bool Move(SqliteConnection connection, long id, CaseMove move, long at)
    {
        if (connection.QuerySingleOrDefault<string>("SELECT state FROM follow_up_case WHERE id = @id;", new { id }) is not { } column) return false;
        if (CaseLifecycle.After(CaseLifecycle.FromColumn(column), move.Event) is not { } after) return false;
        if (move.Event == CaseEvent.Tell && !connection.ExecuteScalar<bool>(SelectCanBeTold, new { id })) return false;
        var change = new { id, from = column, to = CaseLifecycle.ToColumn(after), who = move.Who, what = What(move.Event), nextAt = move.NextAt, note = move.NoteEnc, result = move.ResultEnc, outcome = move.Outcome, at };
        if (connection.Execute(UpdateState, change) != 1) throw new InvalidOperationException($"Case {id} changed while it was moved.");
        connection.Execute(InsertHistory, change);
        if (after == CaseState.Withdrawn)
        {
            connection.Execute(EraseIdentity, new { id });
            RecordingStore.EraseOfCase(connection, id);
            connection.Execute("UPDATE follow_up_case_history SET note_enc = NULL WHERE case_id = @id;", new { id });
        }

        return true;
    }

    /// <summary>What the history calls an event that the state does not tell.</summary>
    private static string? What(CaseEvent happened) => happened switch
    {
        CaseEvent.NotReached => CaseStepTaken.NotReached,
        CaseEvent.Tell => CaseStepTaken.Told,
        _ => null,
    };
}

/// <summary>What a case held when it was taken out.</summary>
internal sealed record TakenCase
{
    public long Id { get; init; }

    public string PreferredWay { get; init; } = "";

    public byte[]? NameEnc { get; init; }

    public byte[]? NumberEnc { get; init; }

    public byte[]? WordsEnc { get; init; }
}

internal sealed record NewCase
{
    /// <summary>Null: the next free number.</summary>
    public long? Id { get; init; }

    public required long CampaignId { get; init; }

    public required long RespondentId { get; init; }

    /// <summary>The number on which the resident agreed.</summary>
    public required long PhoneId { get; init; }

    public required long AreaId { get; init; }

    /// <summary><c>phone</c> or <c>visit</c>.</summary>
    public required string PreferredWay { get; init; }

    public required string Language { get; init; }

    public required long OpenedAt { get; init; }

    public required long DueAt { get; init; }
}

/// <param name="NextAt">Next appointed time, UTC milliseconds; null when none is agreed.</param>
/// <param name="NoteEnc">What was said or found, encrypted.</param>
/// <param name="ResultEnc">Only when closing: the same as the note, encrypted as the case's result.</param>
/// <param name="Outcome">Only when closing: <c>solved</c>, <c>partly</c>, <c>explained</c>, <c>not_solvable</c>, <c>transferred</c>, <c>unreachable</c>.</param>
internal sealed record CaseMove(CaseEvent Event, string Who, long? NextAt, byte[]? NoteEnc, byte[]? ResultEnc, string? Outcome);
