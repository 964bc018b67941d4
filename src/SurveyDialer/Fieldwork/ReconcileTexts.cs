using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Calls;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// The job behind texts: asks the carrier about unclear ones and about notices of which nothing was heard, and ends the wait for a reply. A
/// text that the carrier's list has not shown for the whole grace period is not sent again: no turn has two. The reminder asks in its place.
/// </summary>
internal sealed class ReconcileTexts(
    Database database, ICarrier carrier, TextDesk desk, TextConversation conversation, TextReports reports, AfterContact after, CallDeadlines deadlines,
    FieldworkOptions options, TimeProvider clock)
{
    private const int RowsPerRun = 200;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>After a start: whatever the last process was sending is unclear.</summary>
    internal Task RecoverAsync(CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            foreach (var message in MessageStore.InState(connection, "placing")) MessageStore.Unclear(connection, message.Id, clock.NowMillis());
        },
        cancellation);

    /// <summary>One run of the job. True when something may be due now.</summary>
    internal async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var now = clock.NowMillis();
        if (!database.Read(connection => MessageStore.AnyOverdue(connection, now) || AttemptStore.AnyQuiet(connection, now))) return false;
        var moved = await database.WriteAsync(ExpireQuietOnes, cancellation);
        foreach (var message in database.Read(connection => MessageStore.Overdue(connection, "unknown", now, RowsPerRun)))
            moved |= await LookForAsync(message, cancellation);
        foreach (var attempt in database.Read(connection => AttemptStore.Overdue(connection, "placed", texted: true, now, RowsPerRun)))
        {
            moved |= attempt.Channel == AttemptChannel.Notice.ToColumn()
                ? await FollowNoticeAsync(attempt, cancellation)
                : await conversation.SilentAsync(attempt, cancellation);
        }

        return moved;
    }

    /// <summary>Requests without an answer become unclear; an unclear attempt whose text was not even intended has sent nothing.</summary>
    private bool ExpireQuietOnes(SqliteConnection connection)
    {
        var now = clock.NowMillis();
        var released = false;
        foreach (var message in MessageStore.Overdue(connection, "placing", now, RowsPerRun)) MessageStore.Unclear(connection, message.Id, now);
        foreach (var attempt in AttemptStore.Overdue(connection, "unknown", texted: true, now, RowsPerRun))
        {
            if (MessageStore.FindByToken(connection, attempt.Token!) is null)
                released |= AttemptStore.BackToPending(connection, attempt, AttemptEvent.NotProcessed, now, "nothing-sent", now);
            else
                AttemptStore.SetDeadline(connection, attempt.Id, deadlines.ForNextLook());
        }

        return released;
    }

    /// <summary>Looks for an unclear text in the carrier's list of texts to its number: the free one closest to our request.</summary>
    private async Task<bool> LookForAsync(MessageRow message, CancellationToken cancellation)
    {
        var attempt = database.Read(connection => AttemptStore.Find(connection, message.AttemptId))!;
        var placingAt = Instants.FromMillis(message.PlacingAt!.Value);
        var number = database.Read(connection => desk.NumberOf(connection, attempt.PhoneId!.Value));
        var listed = await carrier.FindTextsAsync(number, placingAt - ClockSkew, cancellation);
        var found = database.Read(connection => listed
            .Where(text => (message.CarrierId is null || message.CarrierId == text.CarrierId) && !MessageStore.IsBound(connection, text.CarrierId, message.Id))
            .OrderBy(text => (text.CreatedAt - placingAt).Duration())
            .FirstOrDefault());
        if (found is not null) return await reports.ReportAsync(new TextReport(message.Token, found.CarrierId, found.Status, found.ErrorCode), cancellation);
        return await database.WriteAsync(connection => NotFound(connection, message.Id, placingAt), cancellation);
    }

    private bool NotFound(SqliteConnection connection, long messageId, DateTimeOffset placingAt)
    {
        var now = clock.GetUtcNow();
        if (MessageStore.Find(connection, messageId) is not { State: "unknown" } message) return false;
        if (now - placingAt < options.NeverCreatedAfter)
        {
            MessageStore.LookAgain(connection, message.Id, deadlines.ForNextLook());
            return false;
        }

        MessageStore.Cancel(connection, message.Id);
        if (AttemptStore.Find(connection, message.AttemptId) is not { State: "unknown" } attempt || attempt.Token != message.Token) return false;
        after.NeverCreated(connection, attempt, now.ToUnixTimeMilliseconds());
        return true;
    }

    /// <summary>The carrier took the notice and reported nothing: it is asked until it tells, or until the call need not wait any longer.</summary>
    private async Task<bool> FollowNoticeAsync(AttemptRow attempt, CancellationToken cancellation)
    {
        var text = attempt.CarrierId is { } id ? await carrier.FollowTextAsync(id, cancellation) : null;
        if (text is not null && await reports.ReportAsync(new TextReport(attempt.Token!, text.CarrierId, text.Status, text.ErrorCode), cancellation)) return true;
        var who = desk.Find(attempt.Token);
        return await database.WriteAsync(
            connection =>
            {
                var now = clock.NowMillis();
                if (AttemptStore.Find(connection, attempt.Id) is not { State: "placed" } still) return false;
                AttemptStore.SetDeadline(connection, still.Id, deadlines.ForNextLook());
                if (who is null || now - still.PlacedAt < options.NeverCreatedAfter.TotalMilliseconds) return false;
                desk.End(connection, who, still, TextStatus.Queued, null, now);
                return true;
            },
            cancellation);
    }
}
