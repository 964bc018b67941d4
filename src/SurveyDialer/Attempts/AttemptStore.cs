using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Attempts;

/// <summary>
/// Owner of the tables <c>attempt</c> and <c>attempt_history</c>. Every change of state repeats the old state and the lease number, so that
/// who comes too late changes nothing, and leaves a history row.
/// </summary>
internal static class AttemptStore
{
    private const string Columns = """
        id, campaign_id, respondent_id, ordinal, channel, state, due_at, day_part, appointment, waiting_reason, phone_id, token, lease_owner,
        lease_number, lease_until, carrier_id, placing_at, placed_at, deadline_at, rang_at, answered_at, ended_at, carrier_status, sip_code,
        answered_by, duration_s, outcome, code, our_fault
        """;

    /// <summary>Between claim and end; in these words in each text, or the index over the few such rows is not seen.</summary>
    private const string Live = "state IN ('leased', 'placing', 'placed', 'unknown')";

    private const string InsertPending = """
        INSERT INTO attempt (campaign_id, respondent_id, ordinal, channel, state, due_at, day_part, appointment, phone_id, lease_number, our_fault)
        VALUES (@CampaignId, @RespondentId, @Ordinal, @Channel, 'pending', @DueAt, @DayPart, @Appointment, @PhoneId, 0, 0)
        RETURNING id;
        """;

    private const string InsertHistory = """
        INSERT INTO attempt_history (attempt_id, at, from_state, to_state, reason) VALUES (@id, @at, @from, @to, @reason);
        """;

    private const string SelectDueCalls = $"""
        SELECT {Columns} FROM attempt INDEXED BY attempt_due_voice
        WHERE campaign_id = @campaignId AND state = 'pending' AND due_at <= @now AND channel = 'voice'
        ORDER BY due_at, id LIMIT @limit;
        """;

    private const string SelectNextDueCall = """
        SELECT min(due_at) FROM attempt INDEXED BY attempt_due_voice WHERE campaign_id = @campaignId AND state = 'pending' AND channel = 'voice';
        """;

    private const string SelectDueTexts = $"""
        SELECT {Columns} FROM attempt INDEXED BY attempt_due_text
        WHERE campaign_id = @campaignId AND state = 'pending' AND due_at <= @now AND channel IN ('text', 'notice')
        ORDER BY due_at, id LIMIT @limit;
        """;

    private const string SelectNextDueText = """
        SELECT min(due_at) FROM attempt INDEXED BY attempt_due_text
        WHERE campaign_id = @campaignId AND state = 'pending' AND channel IN ('text', 'notice');
        """;

    private const string CountLines = $"""
        SELECT campaign_id, count(*) FROM attempt INDEXED BY attempt_on_line
        WHERE {Live} AND channel = 'voice' GROUP BY campaign_id;
        """;

    private const string SelectOpenText = $"""
        SELECT {Columns} FROM attempt
        WHERE phone_id = (SELECT p.id FROM phone p WHERE p.number_index = @numberIndex)
          AND state IN ('leased', 'placing', 'placed', 'unknown') AND channel = 'text' AND token IS NOT NULL;
        """;

    private const string SelectLatestText = $"""
        SELECT {Columns} FROM attempt
        WHERE id = (SELECT a.id
                    FROM phone p
                    JOIN respondent_phone rp ON rp.phone_id = p.id
                    JOIN attempt a ON a.respondent_id = rp.respondent_id AND a.phone_id = p.id
                    WHERE p.number_index = @numberIndex AND a.channel IN ('text', 'notice') AND a.token IS NOT NULL
                    ORDER BY a.placing_at DESC LIMIT 1);
        """;

    private const string UpdateWait = """
        UPDATE attempt SET due_at = @dueAt, waiting_reason = @reason WHERE id = @id AND state = 'pending';
        """;

    private const string UpdateAgreed = """
        UPDATE attempt SET due_at = @dueAt, day_part = @part, appointment = 1, phone_id = @phoneId, waiting_reason = @reason WHERE id = @id AND state = 'pending';
        """;

    private const string UpdateLease = """
        UPDATE attempt
        SET state = 'leased', phone_id = @phoneId, lease_owner = @owner, lease_number = lease_number + 1, lease_until = @until, waiting_reason = NULL
        WHERE id = @id AND state = 'pending';
        """;

    private const string UpdatePlacing = """
        UPDATE attempt SET state = 'placing', token = @token, placing_at = @at, deadline_at = @deadlineAt
        WHERE id = @id AND state = 'leased' AND lease_number = @leaseNumber;
        """;

    private const string UpdatePlaced = """
        UPDATE attempt SET state = 'placed', carrier_id = coalesce(carrier_id, @carrierId), placed_at = coalesce(placed_at, @at), deadline_at = @deadlineAt
        WHERE id = @id AND state IN ('placing', 'unknown');
        """;

    private const string UpdateUnknown = """
        UPDATE attempt SET state = 'unknown', deadline_at = @deadlineAt WHERE id = @id AND state IN ('placing', 'placed');
        """;

    private const string UpdatePending = """
        UPDATE attempt
        SET state = 'pending', due_at = @dueAt, waiting_reason = @reason, token = NULL, lease_owner = NULL, lease_until = NULL,
            placing_at = NULL, deadline_at = NULL
        WHERE id = @id AND state = @from AND lease_number = @leaseNumber;
        """;

    private const string UpdateEnded = """
        UPDATE attempt
        SET state = 'ended', ended_at = @at, carrier_status = @carrierStatus, sip_code = @sipCode, answered_by = coalesce(@answeredBy, answered_by),
            duration_s = @durationS, outcome = @outcome, code = @code, our_fault = @ourFault, rang_at = coalesce(rang_at, @rangAt), lease_until = NULL, deadline_at = NULL
        WHERE id = @id AND state IN ('leased', 'placing', 'placed', 'unknown');
        """;

    private const string UpdateCancelled = """
        UPDATE attempt SET state = 'cancelled', ended_at = @at, waiting_reason = @reason, lease_until = NULL, deadline_at = NULL
        WHERE id = @id AND state = @from;
        """;

    internal static long Plan(SqliteConnection connection, NewAttempt attempt) => connection.QuerySingle<long>(InsertPending, attempt);

    internal static AttemptRow? Find(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<AttemptRow>($"SELECT {Columns} FROM attempt WHERE id = @id;", new { id });

    internal static AttemptRow? FindByToken(SqliteConnection connection, string token)
        => connection.QuerySingleOrDefault<AttemptRow>($"SELECT {Columns} FROM attempt WHERE token = @token;", new { token });

    /// <summary>Whether an attempt is still as it was seen.</summary>
    internal static bool StandsAs(SqliteConnection connection, long id, string state, string? carrierId, long? answeredAt)
        => connection.ExecuteScalar<long?>(
            "SELECT 1 FROM attempt WHERE id = @id AND state = @state AND carrier_id IS @carrierId AND answered_at IS @answeredAt;",
            new { id, state, carrierId, answeredAt }) is not null;

    internal static AttemptRow? OpenOf(SqliteConnection connection, long campaignId, long respondentId)
        => connection.QuerySingleOrDefault<AttemptRow>(
            $"SELECT {Columns} FROM attempt WHERE campaign_id = @campaignId AND respondent_id = @respondentId AND state IN ('pending', 'leased', 'placing', 'placed', 'unknown');",
            new { campaignId, respondentId });

    internal static List<AttemptRow> OfRespondent(SqliteConnection connection, long campaignId, long respondentId)
        => connection.Query<AttemptRow>(
            $"SELECT {Columns} FROM attempt WHERE respondent_id = @respondentId AND campaign_id = @campaignId ORDER BY ordinal;",
            new { campaignId, respondentId }).AsList();

    /// <summary>Pending calls, or texts, that are due, earliest first; live attempts are handed out by the interviewer's page instead.</summary>
    internal static List<AttemptRow> Due(SqliteConnection connection, Lane lane, long now, int limit)
        => connection.Query<AttemptRow>(lane.Texted ? SelectDueTexts : SelectDueCalls, new { campaignId = lane.CampaignId, now, limit }).AsList();

    /// <summary>When the next pending call, or text, falls due; null when there is none.</summary>
    internal static long? NextDue(SqliteConnection connection, Lane lane)
        => connection.ExecuteScalar<long?>(lane.Texted ? SelectNextDueText : SelectNextDueCall, new { campaignId = lane.CampaignId });

    /// <summary>The conversation by text that goes on with a number; null when there is none.</summary>
    internal static AttemptRow? OpenText(SqliteConnection connection, byte[] numberIndex)
        => connection.QuerySingleOrDefault<AttemptRow>(SelectOpenText, new { numberIndex });

    /// <summary>The last attempt by text to a number, open or over; null when it was never texted.</summary>
    internal static AttemptRow? LatestText(SqliteConnection connection, byte[] numberIndex)
        => connection.QuerySingleOrDefault<AttemptRow>(SelectLatestText, new { numberIndex });

    /// <summary>Lines of the carrier that attempts may hold, by campaign; campaigns that hold none are missing.</summary>
    internal static Dictionary<long, int> LinesHeld(SqliteConnection connection)
        => connection.Query<(long CampaignId, int Lines)>(CountLines).ToDictionary(row => row.CampaignId, row => row.Lines);

    /// <summary>Attempts in one state whose deadline has passed; those at desk telephones have no carrier that could be asked.</summary>
    /// <param name="texted">Only texts, or only what is not one; null: all.</param>
    internal static List<AttemptRow> Overdue(SqliteConnection connection, string state, bool? texted, long now, int limit)
        => connection.Query<AttemptRow>(
            $"""
            SELECT {Columns} FROM attempt
            WHERE {Live} AND state = @state AND deadline_at <= @now AND channel <> 'live' AND (@texted IS NULL OR (channel IN ('text', 'notice')) = @texted)
            ORDER BY deadline_at, id LIMIT @limit;
            """,
            new { state, texted = texted is { } only ? (only ? 1L : 0L) : (long?)null, now, limit }).AsList();

    /// <summary>Whether any attempt has passed its deadline or the end of its lease.</summary>
    internal static bool AnyQuiet(SqliteConnection connection, long now)
        => connection.ExecuteScalar<long?>(
            $"SELECT 1 FROM attempt WHERE {Live} AND (deadline_at <= @now OR lease_until <= @now) LIMIT 1;",
            new { now }) is not null;

    /// <summary>Claims that their dispatcher has not used in time.</summary>
    internal static List<AttemptRow> ExpiredLeases(SqliteConnection connection, long now, int limit)
        => connection.Query<AttemptRow>(
            $"SELECT {Columns} FROM attempt WHERE {Live} AND state = 'leased' AND lease_until <= @now ORDER BY id LIMIT @limit;", new { now, limit }).AsList();

    /// <summary>Attempts in one of the states between claim and end.</summary>
    internal static List<AttemptRow> InState(SqliteConnection connection, string state)
        => connection.Query<AttemptRow>($"SELECT {Columns} FROM attempt WHERE {Live} AND state = @state ORDER BY id;", new { state }).AsList();

    /// <summary>Puts a pending attempt off; a history row only when the reason is a new one.</summary>
    internal static void Wait(SqliteConnection connection, AttemptRow attempt, long dueAt, string reason, long at)
    {
        connection.Execute(UpdateWait, new { id = attempt.Id, dueAt, reason });
        if (!string.Equals(attempt.WaitingReason, reason, StringComparison.Ordinal)) Remember(connection, attempt.Id, "pending", "pending", reason, at);
    }

    /// <summary>Moves a pending attempt to a time, and to a number, that were agreed.</summary>
    internal static void Agree(SqliteConnection connection, AttemptRow attempt, long phoneId, long dueAt, string part, string reason, long at)
    {
        if (connection.Execute(UpdateAgreed, new { id = attempt.Id, dueAt, part, phoneId, reason }) == 1) Remember(connection, attempt.Id, "pending", "pending", reason, at);
    }

    /// <summary>Takes a pending attempt for one dispatcher. Null when somebody else was faster or the number is in use.</summary>
    internal static long? Lease(SqliteConnection connection, AttemptRow attempt, long phoneId, string owner, long until, long at)
        => Move(connection, attempt, AttemptEvent.Claimed, UpdateLease, new { id = attempt.Id, phoneId, owner, until }, null, at)
            ? attempt.LeaseNumber + 1
            : null;

    /// <summary>Commits the intent to place, before any request is sent. False when the lease was lost.</summary>
    internal static bool BeginPlacing(SqliteConnection connection, AttemptRow attempt, string token, long deadlineAt, long at)
        => Move(
            connection, attempt, AttemptEvent.PlacingStarted, UpdatePlacing, new { id = attempt.Id, leaseNumber = attempt.LeaseNumber, token, deadlineAt, at }, null, at);

    /// <summary>The carrier has it: its answer says so, or a callback or the reconciler. False when that was known already.</summary>
    internal static bool Placed(SqliteConnection connection, AttemptRow attempt, AttemptEvent how, string? carrierId, long deadlineAt, long at)
        => Move(connection, attempt, how, UpdatePlaced, new { id = attempt.Id, carrierId, deadlineAt, at }, how.ToString(), at);

    /// <summary>Nobody knows whether it was placed: the reconciler finds out.</summary>
    internal static bool Unclear(SqliteConnection connection, AttemptRow attempt, AttemptEvent how, long deadlineAt, long at)
        => Move(connection, attempt, how, UpdateUnknown, new { id = attempt.Id, deadlineAt }, how.ToString(), at);

    /// <summary>Back to the queue: certain that nothing was placed.</summary>
    internal static bool BackToPending(SqliteConnection connection, AttemptRow attempt, AttemptEvent how, long dueAt, string reason, long at)
        => Move(
            connection, attempt, how, UpdatePending, new { id = attempt.Id, from = attempt.State, leaseNumber = attempt.LeaseNumber, dueAt, reason }, reason, at);

    /// <summary>Over, with its code. False when it had ended before.</summary>
    internal static bool End(SqliteConnection connection, AttemptRow attempt, AttemptEvent how, AttemptEnd end, long at)
    {
        var values = new
        {
            id = attempt.Id, at, carrierStatus = end.CarrierStatus, sipCode = end.SipCode, answeredBy = end.AnsweredBy, durationS = end.DurationS, outcome = end.Outcome.ToString(), code = end.Code,
            ourFault = end.OurFault ? 1 : 0, rangAt = end.Rang ? at : (long?)null,
        };
        if (!Move(connection, attempt, how, UpdateEnded, values, end.Code, at)) return false;
        CallTotalStore.Add(connection, attempt.Id);
        return true;
    }

    /// <summary>Taken back before anything was sent.</summary>
    internal static bool Cancel(SqliteConnection connection, AttemptRow attempt, string reason, long at)
        => Move(connection, attempt, AttemptEvent.Cancelled, UpdateCancelled, new { id = attempt.Id, from = attempt.State, reason, at }, reason, at);

    /// <summary>First sign of the carrier's own id for this attempt.</summary>
    internal static void BindCarrierId(SqliteConnection connection, long id, string carrierId)
        => connection.Execute("UPDATE attempt SET carrier_id = @carrierId WHERE id = @id AND carrier_id IS NULL;", new { id, carrierId });

    internal static void MarkRang(SqliteConnection connection, long id, long at)
        => connection.Execute("UPDATE attempt SET rang_at = @at WHERE id = @id AND rang_at IS NULL;", new { id, at });

    /// <returns>True for the first sign of an answer.</returns>
    internal static bool MarkAnswered(SqliteConnection connection, long id, long at)
        => connection.Execute(
            "UPDATE attempt SET answered_at = @at, rang_at = coalesce(rang_at, @at) WHERE id = @id AND answered_at IS NULL;", new { id, at }) == 1;

    /// <summary>First reply to a text: nothing rang.</summary>
    internal static void MarkReplied(SqliteConnection connection, long id, long at)
        => connection.Execute("UPDATE attempt SET answered_at = @at WHERE id = @id AND answered_at IS NULL;", new { id, at });

    internal static void MarkAnsweredBy(SqliteConnection connection, long id, string answeredBy)
        => connection.Execute("UPDATE attempt SET answered_by = @answeredBy WHERE id = @id;", new { id, answeredBy });

    internal static void SetDeadline(SqliteConnection connection, long id, long deadlineAt)
        => connection.Execute("UPDATE attempt SET deadline_at = @deadlineAt WHERE id = @id;", new { id, deadlineAt });

    /// <summary>One change of state, as the lifecycle allows it. False, and nothing changed, when somebody was faster.</summary>
    private static bool Move(
        SqliteConnection connection, AttemptRow attempt, AttemptEvent happened, string update, object values, string? reason, long at)
    {
        if (!AttemptLifecycle.TryMove(AttemptLifecycle.FromColumn(attempt.State), happened, out var to, out _)) return false;
        if (to.ToColumn() == attempt.State || connection.Execute(update, values) != 1) return false;
        Remember(connection, attempt.Id, attempt.State, to.ToColumn(), reason, at);
        return true;
    }

    private static void Remember(SqliteConnection connection, long id, string from, string to, string? reason, long at)
        => connection.Execute(InsertHistory, new { id, at, from, to, reason });
}

/// <summary>An attempt to be made.</summary>
internal sealed record NewAttempt
{
    public required long CampaignId { get; init; }

    public required long RespondentId { get; init; }

    public required long Ordinal { get; init; }

    /// <summary><c>voice</c>, <c>text</c>, <c>live</c> or <c>notice</c>.</summary>
    public required string Channel { get; init; }

    public required long DueAt { get; init; }

    public string? DayPart { get; init; }

    public long Appointment { get; init; }

    /// <summary>The number to try first; null: as the planner says.</summary>
    public long? PhoneId { get; init; }

    /// <summary>The same respondent's next attempt.</summary>
    public static NewAttempt After(AttemptRow attempt, AttemptChannel channel, DateTimeOffset due) => new()
    {
        CampaignId = attempt.CampaignId,
        RespondentId = attempt.RespondentId,
        Ordinal = attempt.Ordinal + 1,
        Channel = channel.ToColumn(),
        DueAt = due.ToUnixTimeMilliseconds(),
    };
}

/// <summary>How an attempt ended.</summary>
/// <param name="Code">AAPOR code of this attempt.</param>
/// <param name="OurFault">Does not count as an attempt on the respondent.</param>
internal sealed record AttemptEnd(AttemptOutcome Outcome, string Code, bool OurFault, bool Rang, string? CarrierStatus, long? SipCode, string? AnsweredBy, long? DurationS);
