using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Calls;

/// <summary>
/// Owner of <c>message</c> and <c>incoming_message</c>. A row is the intent to send one text for one turn of an attempt: it is committed before
/// the request, and the key over attempt and turn makes a second one impossible. Bodies are recomputed, never stored.
/// </summary>
internal static class MessageStore
{
    /// <summary>The turn of a confirmation that somebody opted out; prompts count from 1.</summary>
    internal const long OptOutTurn = 0;

    private const string Columns = "id, attempt_id, turn, state, due_at, token, carrier_id, placing_at, placed_at, status, error_code, redacted";

    /// <summary>Not yet sent for certain; in these words in each text, or the index over the few such rows is not seen.</summary>
    private const string Open = "state IN ('pending', 'placing', 'unknown')";

    private const string InsertMessage = """
        INSERT INTO message (attempt_id, turn, state, due_at, token, placing_at, redacted)
        VALUES (@attemptId, @turn, @state, @dueAt, @token, @placingAt, 0)
        ON CONFLICT (attempt_id, turn) DO NOTHING;
        """;

    private const string UpdatePlacing = """
        UPDATE message SET state = 'placing', placing_at = @at, due_at = @lookAt WHERE id = @id AND state = 'pending';
        """;

    private const string UpdatePlaced = """
        UPDATE message SET state = 'placed', carrier_id = coalesce(carrier_id, @carrierId), placed_at = coalesce(placed_at, @at)
        WHERE id = @id AND state IN ('placing', 'unknown');
        """;

    private const string UpdateStatus = """
        UPDATE message
        SET status = @status, error_code = @errorCode, carrier_id = coalesce(carrier_id, @carrierId),
            state = CASE WHEN @final = 1 THEN 'ended' ELSE state END
        WHERE id = @id;
        """;

    // Answered or over: whoever could still use the body has used it.
    private const string SelectToRedact = $"""
        SELECT {Columns} FROM message
        WHERE redacted = 0 AND carrier_id IS NOT NULL AND id > @after
          AND (EXISTS (SELECT 1 FROM attempt a WHERE a.id = message.attempt_id AND a.state = 'ended')
               OR EXISTS (SELECT 1 FROM message later WHERE later.attempt_id = message.attempt_id AND later.turn > message.turn))
        ORDER BY id LIMIT @limit;
        """;

    /// <summary>Commits the intent to send a text for a turn. False when there is one for that turn.</summary>
    internal static bool Begin(SqliteConnection connection, long attemptId, long turn, string token, long lookAt, long at)
        => connection.Execute(InsertMessage, new { attemptId, turn, state = "placing", dueAt = lookAt, token, placingAt = (long?)at }) == 1;

    /// <summary>Puts a text into the queue. False when there is one for that turn.</summary>
    internal static bool Queue(SqliteConnection connection, long attemptId, long turn, string token, long dueAt)
        => connection.Execute(InsertMessage, new { attemptId, turn, state = "pending", dueAt, token, placingAt = (long?)null }) == 1;

    internal static MessageRow? Find(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<MessageRow>($"SELECT {Columns} FROM message WHERE id = @id;", new { id });

    internal static MessageRow? FindByToken(SqliteConnection connection, string token)
        => connection.QuerySingleOrDefault<MessageRow>($"SELECT {Columns} FROM message WHERE token = @token;", new { token });

    internal static MessageRow? OfTurn(SqliteConnection connection, long attemptId, long turn)
        => connection.QuerySingleOrDefault<MessageRow>(
            $"SELECT {Columns} FROM message WHERE attempt_id = @attemptId AND turn = @turn;", new { attemptId, turn });

    /// <summary>The text that is sent next, due or not; null when nothing is queued.</summary>
    internal static MessageRow? NextPending(SqliteConnection connection)
        => connection.QuerySingleOrDefault<MessageRow>($"SELECT {Columns} FROM message WHERE {Open} AND state = 'pending' ORDER BY due_at, id LIMIT 1;");

    /// <summary>Texts in a state at which it is time to look again.</summary>
    internal static List<MessageRow> Overdue(SqliteConnection connection, string state, long now, int limit)
        => connection.Query<MessageRow>(
            $"SELECT {Columns} FROM message WHERE {Open} AND state = @state AND due_at <= @now ORDER BY due_at, id LIMIT @limit;", new { state, now, limit }).AsList();

    /// <summary>Whether any request has been without an answer, or unclear, for too long.</summary>
    internal static bool AnyOverdue(SqliteConnection connection, long now)
        => connection.ExecuteScalar<long?>($"SELECT 1 FROM message WHERE {Open} AND state IN ('placing', 'unknown') AND due_at <= @now LIMIT 1;", new { now }) is not null;

    internal static List<MessageRow> InState(SqliteConnection connection, string state)
        => connection.Query<MessageRow>($"SELECT {Columns} FROM message WHERE {Open} AND state = @state;", new { state }).AsList();

    /// <summary>Commits the intent to send what was queued. False when somebody was faster.</summary>
    internal static bool BeginPlacing(SqliteConnection connection, long id, long lookAt, long at)
        => connection.Execute(UpdatePlacing, new { id, lookAt, at }) == 1;

    /// <summary>The carrier has it. Its id is null while only a reply has told so.</summary>
    internal static void Placed(SqliteConnection connection, long id, string? carrierId, long at)
        => connection.Execute(UpdatePlaced, new { id, carrierId, at });

    /// <summary>Nobody knows whether the carrier has it.</summary>
    internal static void Unclear(SqliteConnection connection, long id, long lookAt)
        => connection.Execute("UPDATE message SET state = 'unknown', due_at = @lookAt WHERE id = @id AND state = 'placing';", new { id, lookAt });

    internal static void LookAgain(SqliteConnection connection, long id, long lookAt)
        => connection.Execute("UPDATE message SET due_at = @lookAt WHERE id = @id AND state = 'unknown';", new { id, lookAt });

    /// <summary>Nothing was processed: back into the queue.</summary>
    internal static void BackToPending(SqliteConnection connection, long id, long dueAt)
        => connection.Execute("UPDATE message SET state = 'pending', due_at = @dueAt, placing_at = NULL WHERE id = @id AND state = 'placing';", new { id, dueAt });

    /// <summary>Stays in the queue until a better hour.</summary>
    internal static void PutOff(SqliteConnection connection, long id, long dueAt)
        => connection.Execute("UPDATE message SET due_at = @dueAt WHERE id = @id AND state = 'pending';", new { id, dueAt });

    /// <summary>Nothing was sent for this intent, and the attempt that it belongs to begins again.</summary>
    internal static void Withdraw(SqliteConnection connection, long id)
        => connection.Execute("DELETE FROM message WHERE id = @id AND state = 'placing';", new { id });

    /// <summary>Will not be sent, or is known never to have been.</summary>
    internal static void Cancel(SqliteConnection connection, long id)
        => connection.Execute("UPDATE message SET state = 'cancelled' WHERE id = @id AND state IN ('pending', 'placing', 'unknown');", new { id });

    /// <summary>Takes back what has not left yet.</summary>
    internal static void CancelPending(SqliteConnection connection, long attemptId)
        => connection.Execute("UPDATE message SET state = 'cancelled' WHERE attempt_id = @attemptId AND state = 'pending';", new { attemptId });

    /// <summary>Stores a carrier's report; the caller has made sure that it does not go back.</summary>
    internal static void Report(SqliteConnection connection, long id, string carrierId, TextStatus status, long? errorCode)
        => connection.Execute(UpdateStatus, new { id, carrierId, status = status.ToString(), errorCode, final = IsFinal(status) ? 1 : 0 });

    /// <summary>The carrier refused it.</summary>
    internal static void Rejected(SqliteConnection connection, long id, long code)
        => connection.Execute(UpdateStatus, new { id, carrierId = (string?)null, status = "Rejected", errorCode = (long?)code, final = 1 });

    /// <summary>Whether another text of ours has this id of the carrier.</summary>
    internal static bool IsBound(SqliteConnection connection, string carrierId, long exceptId)
        => connection.ExecuteScalar<long?>("SELECT 1 FROM message WHERE carrier_id = @carrierId AND id <> @exceptId;", new { carrierId, exceptId }) is not null;

    /// <summary>Nothing comes after these.</summary>
    internal static bool IsFinal(TextStatus status) => status is TextStatus.Delivered or TextStatus.Undelivered or TextStatus.Failed or TextStatus.Canceled;

    /// <summary>Texts whose body the carrier may forget now, by id.</summary>
    internal static List<MessageRow> ToRedact(SqliteConnection connection, long after, int limit)
        => connection.Query<MessageRow>(SelectToRedact, new { after, limit }).AsList();

    internal static void Redacted(SqliteConnection connection, long id)
        => connection.Execute("UPDATE message SET redacted = 1 WHERE id = @id;", new { id });

    /// <summary>Notes an incoming text. False for a repeated delivery.</summary>
    internal static bool Receive(SqliteConnection connection, string carrierId, long at)
        => connection.Execute(
            "INSERT INTO incoming_message (carrier_id, at, redacted) VALUES (@carrierId, @at, 0) ON CONFLICT (carrier_id) DO NOTHING;",
            new { carrierId, at }) == 1;

    /// <summary>Carrier's ids of incoming texts that still have their body there, in order.</summary>
    internal static List<string> ReceivedToRedact(SqliteConnection connection, string after, int limit)
        => connection.Query<string>(
            "SELECT carrier_id FROM incoming_message WHERE redacted = 0 AND carrier_id > @after ORDER BY carrier_id LIMIT @limit;", new { after, limit }).AsList();

    /// <summary>Forgets texts received so long ago that the carrier repeats them no more, once it has blanked them.</summary>
    internal static int ForgetReceived(SqliteConnection connection, long before, int limit)
        => connection.Execute(
            "DELETE FROM incoming_message WHERE carrier_id IN (SELECT carrier_id FROM incoming_message WHERE redacted = 1 AND at < @before LIMIT @limit);", new { before, limit });

    internal static void ReceivedRedacted(SqliteConnection connection, string carrierId)
        => connection.Execute("UPDATE incoming_message SET redacted = 1 WHERE carrier_id = @carrierId;", new { carrierId });
}

/// <summary>One outgoing text as stored; times are UTC milliseconds.</summary>
internal sealed record MessageRow
{
    public long Id { get; init; }

    public long AttemptId { get; init; }

    /// <summary>Number of the prompt that it carries; <see cref="MessageStore.OptOutTurn"/> confirms an opt-out.</summary>
    public long Turn { get; init; }

    /// <summary><c>pending</c>, <c>placing</c>, <c>placed</c>, <c>unknown</c>, <c>ended</c> or <c>cancelled</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>When it is sent; while placing or unknown, when the reconciler looks again.</summary>
    public long DueAt { get; init; }

    public string Token { get; init; } = "";

    public string? CarrierId { get; init; }

    public long? PlacingAt { get; init; }

    public long? PlacedAt { get; init; }

    /// <summary><see cref="TextStatus"/> by name as last reported, or <c>Rejected</c>.</summary>
    public string? Status { get; init; }

    public long? ErrorCode { get; init; }

    public long Redacted { get; init; }
}
