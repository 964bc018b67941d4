using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Sends texts: the first of an attempt when the dispatcher places it, the further ones of its conversation from their queue, all within one
/// limit. Each intent is committed before its request; an unclear outcome is never repeated.
/// </summary>
internal sealed class TextSender(
    Database database, TextDesk desk, ICarrier carrier, AfterContact after, CallDeadlines deadlines, StartPacer pacer, ITimeline timeline)
{
    /// <summary>The dispatcher's tick, which alone uses the pacer: starts at most one text of the queue.</summary>
    /// <param name="wake">Called when something may have become due.</param>
    /// <returns>When to look again; null when nothing is queued.</returns>
    internal async Task<DateTimeOffset?> NextAsync(Action wake, CancellationToken cancellation)
    {
        var now = timeline.Clock.GetUtcNow();
        if (database.Read(MessageStore.NextPending) is not { } message) return null;
        if (Instants.FromMillis(message.DueAt) is var due && due > now) return due;
        if (pacer.NextSlot() is var wait && wait > TimeSpan.Zero) return now + wait;
        var attempt = database.Read(connection => AttemptStore.Find(connection, message.AttemptId))!;
        var who = desk.Find(attempt.Token);
        var number = database.Read(connection => desk.NumberOf(connection, attempt.PhoneId!.Value));
        if (await database.WriteAsync(connection => Begin(connection, message.Id, who), cancellation) is not { } body) return now;
        pacer.Started();
        var order = new TextOrder(message.Token, number, body);
        timeline.Schedule(now, TimelineOrder.Claim, $"text {message.Id:D12}", async ct =>
        {
            var outcome = await carrier.SendTextAsync(order, ct);
            if (await database.WriteAsync(connection => Record(connection, message.Id, who!, outcome), ct)) wake();
        });
        return now + pacer.NextSlot();
    }

    /// <summary>Sends the first text of an attempt whose intent is committed.</summary>
    /// <returns>True when something else may be tried at once: nothing was placed.</returns>
    internal async Task<bool> SendFirstAsync(Placing placing, CancellationToken cancellation)
    {
        if (desk.Find(placing.Token) is not { } who) return false;
        var number = database.Read(connection => desk.NumberOf(connection, who.Contact.Row.PhoneId));
        if (await database.WriteAsync(connection => BeginFirst(connection, placing, who), cancellation) is not { } body) return true;
        var outcome = await carrier.SendTextAsync(new TextOrder(placing.Token, number, body), cancellation);
        return await database.WriteAsync(connection => RecordFirst(connection, placing, who, outcome), cancellation);
    }

    /// <summary>Stores the first text's intent under the attempt's own token. Null when there is nothing to send.</summary>
    private string? BeginFirst(SqliteConnection connection, Placing placing, TextContact who)
    {
        var now = timeline.Clock.NowMillis();
        if (AttemptStore.Find(connection, placing.AttemptId) is not { State: "placing" } attempt || attempt.Token != placing.Token) return null;
        var interview = who.Contact.InterviewId is { } id ? InterviewStore.Find(connection, id) : null;
        var turn = who.Engine is null ? null : interview?.Position is { } open ? who.Engine.Resume(InterviewPosition.Parse(open)) : who.Engine.Start();
        var body = turn is null ? TextDesk.Notice(who.Contact) : turn.End is null ? TextDesk.Body(turn) : null;
        if (body is null)
        {
            desk.End(connection, who, attempt, TextStatus.Canceled, interview, now);
            return null;
        }

        if (turn is not null && interview is not null)
        {
            interview = interview with { Turn = interview.Turn + 1, Position = turn.Position.ToText(), Language = turn.Position.Language };
            InterviewStore.Save(connection, interview);
        }

        return MessageStore.Begin(connection, attempt.Id, interview?.Turn ?? 1, placing.Token, deadlines.ForPlacing(), now) ? body : null;
    }

    private bool RecordFirst(SqliteConnection connection, Placing placing, TextContact who, PlaceOutcome outcome)
    {
        var now = timeline.Clock.NowMillis();
        if (AttemptStore.Find(connection, placing.AttemptId) is not { } attempt || attempt.Token != placing.Token) return false;
        if (MessageStore.FindByToken(connection, placing.Token) is not { } message) return false;
        switch (outcome)
        {
            case PlaceOutcome.Accepted accepted:
                RecordAccepted(connection, message, accepted, now);
                desk.FirstPlaced(connection, who.Contact, attempt, AttemptEvent.Accepted, accepted.CarrierId, now);
                return false;
            case PlaceOutcome.NotProcessed { Reason: var reason, RetryAfter: var pause } when attempt.State == "placing":
                MessageStore.Withdraw(connection, message.Id);
                AttemptStore.BackToPending(connection, attempt, AttemptEvent.NotProcessed, now + (long)pause.TotalMilliseconds, "carrier-busy", now);
                CarrierEventStore.Add(connection, attempt.Id, "not-processed", reason, null, now);
                return true;
            case PlaceOutcome.Unclear unclear when attempt.State == "placing":
                MessageStore.Unclear(connection, message.Id, deadlines.ForNextLook());
                AttemptStore.Unclear(connection, attempt, AttemptEvent.Unclear, deadlines.ForNextLook(), now);
                CarrierEventStore.Add(connection, attempt.Id, "unclear", unclear.Reason, null, now);
                return false;
            case PlaceOutcome.Rejected rejected when attempt.State == "placing":
                MessageStore.Rejected(connection, message.Id, rejected.Code);
                CarrierEventStore.Add(connection, attempt.Id, "rejected", $"{rejected.Why} {rejected.Code}", null, now);
                after.Rejected(connection, placing.Campaign, attempt, rejected, now);
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Commits the intent to send a queued text. Null when nothing is to be said any more, and the text is taken back, or when the hour has become one
    /// of silence since it was queued: it waits.
    /// </summary>
    private string? Begin(SqliteConnection connection, long messageId, TextContact? who)
    {
        if (MessageStore.Find(connection, messageId) is not { State: "pending" } message) return null;
        if (who is null || BodyOf(connection, message, who) is not { } body)
        {
            MessageStore.Cancel(connection, message.Id);
            return null;
        }

        var now = timeline.Clock.GetUtcNow();
        if (TextHours.ForReply(who.Contact.Campaign.Schedule, now) is var open && open > now)
        {
            MessageStore.PutOff(connection, message.Id, open.ToUnixTimeMilliseconds());
            return null;
        }

        MessageStore.BeginPlacing(connection, message.Id, deadlines.ForPlacing(), now.ToUnixTimeMilliseconds());
        return body;
    }

    /// <summary>Recomputed from where the interview stands; null when it has gone on, or when the number may not be texted any more.</summary>
    private static string? BodyOf(SqliteConnection connection, MessageRow message, TextContact who)
    {
        if (message.Turn == MessageStore.OptOutTurn) return TextDesk.OptOut(who.Contact);
        if (who.Engine is not { } engine || who.Contact.InterviewId is not { } id || ContactCapStore.IsDoNotCall(connection, who.Contact.Row.NumberIndex)) return null;
        return InterviewStore.Find(connection, id) is { Position: { } position } interview && interview.Turn == message.Turn
            ? TextDesk.Body(engine.Repeat(InterviewPosition.Parse(position)))
            : null;
    }

    /// <returns>True when the queue must be looked at again.</returns>
    private bool Record(SqliteConnection connection, long messageId, TextContact who, PlaceOutcome outcome)
    {
        var now = timeline.Clock.NowMillis();
        var message = MessageStore.Find(connection, messageId)!;
        var attempt = AttemptStore.Find(connection, message.AttemptId)!;
        switch (outcome)
        {
            case PlaceOutcome.Accepted accepted:
                RecordAccepted(connection, message, accepted, now);
                if (attempt.State == "placed") AttemptStore.SetDeadline(connection, attempt.Id, deadlines.ForReply());
                return false;
            case PlaceOutcome.NotProcessed { RetryAfter: var pause } when message.State == "placing":
                MessageStore.BackToPending(connection, message.Id, now + (long)pause.TotalMilliseconds);
                return true;
            case PlaceOutcome.Unclear unclear when message.State == "placing":
                MessageStore.Unclear(connection, message.Id, deadlines.ForNextLook());
                CarrierEventStore.Add(connection, attempt.Id, "unclear", unclear.Reason, null, now);
                return false;
            case PlaceOutcome.Rejected rejected when message.State == "placing":
                MessageStore.Rejected(connection, message.Id, rejected.Code);
                CarrierEventStore.Add(connection, attempt.Id, "rejected", $"{rejected.Why} {rejected.Code}", null, now);
                EndRefused(connection, who, attempt, rejected, now);
                return true;
            default:
                return false;
        }
    }

    private static void RecordAccepted(SqliteConnection connection, MessageRow message, PlaceOutcome.Accepted accepted, long now)
    {
        if (message.CarrierId is { } known && known != accepted.CarrierId)
            CarrierEventStore.Add(connection, message.AttemptId, "duplicate-text", accepted.CarrierId, null, now);
        MessageStore.Placed(connection, message.Id, accepted.CarrierId, now);
    }

    /// <summary>The carrier will not take a further text of a conversation: what was answered counts, and no more is tried with this number.</summary>
    private void EndRefused(SqliteConnection connection, TextContact who, AttemptRow attempt, PlaceOutcome.Rejected rejected, long now)
    {
        var contact = who.Contact;
        if (rejected.Why == Rejection.OptedOut) desk.NeverAgain(connection, contact, now);
        after.PauseByFault(connection, contact.Campaign, rejected);
        if (attempt.State == "placed")
            desk.End(connection, who, attempt, TextStatus.Failed, contact.InterviewId is { } id ? InterviewStore.Find(connection, id) : null, now);
    }
}
