using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// One turn of an interview by telephone: the answer is stored before the next prompt leaves, and the same turn twice gives the same
/// prompt and one answer. What comes next is decided beside the writer, on what is known to have been committed; the story stores it only while
/// that still holds, and otherwise all is looked up again.
/// </summary>
internal sealed class NextTurn(Database database, InterviewDesk desk, TurnEvents events, CallDeadlines deadlines, TimeProvider clock)
{
    /// <summary>Requests about one call that arrive together are few; a turn that finds its interview changed each time is asked for again by the carrier.</summary>
    private const int MostLooks = 5;

    /// <returns>Null when the token belongs to nothing that may be spoken to.</returns>
    /// <exception cref="WriterBusyException">Other requests about the same call were faster each time.</exception>
    internal async Task<VoiceReply?> TakeAsync(VoiceTurn turn, CancellationToken cancellation)
    {
        var seen = turn.Turn > 0 ? desk.Recall(turn.Token) : desk.Look(turn.Token);
        for (var look = 0; look < MostLooks; look++)
        {
            if (seen is null || seen.Contact.Row.AttemptState is "ended" or "cancelled" or "pending") return null;
            if (!IsThisCall(seen.Contact.Row, turn))
            {
                await database.WriteAsync(connection => NoteOtherCall(connection, seen.Contact.Row, turn), cancellation);
                return null;
            }

            if (await TakeAsync(turn, seen, cancellation) is { } reply) return reply;
            seen = desk.Look(turn.Token);
        }

        throw new WriterBusyException();
    }

    /// <returns>Null when something of what was seen has changed meanwhile.</returns>
    private async Task<VoiceReply?> TakeAsync(VoiceTurn turn, ContactLook seen, CancellationToken cancellation)
    {
        var engine = seen.Engine;
        var position = seen.Interview?.Position is { } stored ? InterviewPosition.Parse(stored) : null;
        var next = position is null ? engine.Start()
            : turn.Turn == 0 && seen.Contact.Row.AnsweredAt is null ? engine.Resume(position)
            : turn.Turn == seen.Interview!.Turn && turn.Input is not null ? Continue(seen, position, turn.Input)
            : null;
        var own = desk.InterviewOf(seen.Contact);
        var words = events.Seal(seen.Contact, turn.Input);
        var committed = await database.WriteAsync(
            connection => StillAs(connection, seen) ? Store(connection, turn, seen, own, next, words) : null, cancellation);
        if (committed is null) return null;
        if (next?.End is null) desk.Keep(turn.Token, committed);
        return Reply(next ?? engine.Repeat(position!), committed.Interview!.Turn);
    }

    private Turn Continue(ContactLook seen, InterviewPosition position, InterviewInput input)
    {
        var next = seen.Engine.Continue(position, input);
        if (seen.Contact.Campaign.Plan is null || !seen.Engine.PassesScreening(position, next)) return next;
        return database.Read(connection => InterviewDesk.StopAtQuota(connection, seen.Contact, seen.Engine, position, next));
    }

    private static bool StillAs(SqliteConnection connection, ContactLook seen)
        => AttemptStore.StandsAs(connection, seen.Contact.Row.AttemptId, seen.Contact.Row.AttemptState, seen.Contact.Row.CarrierId, seen.Contact.Row.AnsweredAt)
            && (seen.Interview is null || InterviewStore.TurnOf(connection, seen.Interview.Id) == seen.Interview.Turn);

    /// <returns>What is then known of the call and its interview; null when the interview was begun by another request meanwhile.</returns>
    private ContactLook? Store(
        SqliteConnection connection, VoiceTurn turn, ContactLook seen, (byte[] Id, byte[]? Link) own, Turn? next, SealedWords words)
    {
        var now = clock.NowMillis();
        var interview = seen.Interview ?? InterviewDesk.Begun(connection, seen.Contact, own, "voice", asked: null, now);
        if (interview is null) return null;
        var contact = seen.Contact with { Row = Hear(connection, seen.Contact.Row, turn, now), InterviewId = own.Id };
        if (next is null) return seen with { Contact = contact, Interview = interview };
        var before = interview;
        interview = InterviewDesk.Reached(interview, contact, next.Position) with { Turn = interview.Turn + 1, Position = next.Position.ToText(), Language = next.Position.Language };
        interview = events.Apply(connection, contact, interview, next, words, now);
        InterviewStore.Save(connection, interview, before);
        return seen with { Contact = contact, Interview = interview };
    }

    /// <summary>What the request itself says of the call: that the carrier has it, that somebody answered, and who.</summary>
    /// <returns>The row as it then stands.</returns>
    private ContactRow Hear(SqliteConnection connection, ContactRow seen, VoiceTurn turn, long now)
    {
        if (seen.CarrierId is null) AttemptStore.BindCarrierId(connection, seen.AttemptId, turn.CarrierId);
        if (seen.AttemptState is "placing" or "unknown" && AttemptStore.Find(connection, seen.AttemptId) is { } attempt)
            AttemptStore.Placed(connection, attempt, AttemptEvent.Found, turn.CarrierId, deadlines.ForCall(attempt, TimeSpan.Zero), now);
        if (seen.AnsweredAt is null) AttemptStore.MarkAnswered(connection, seen.AttemptId, now);
        if (turn.AnsweredBy is { } who) AttemptStore.MarkAnsweredBy(connection, seen.AttemptId, who.ToString());
        return seen with { CarrierId = turn.CarrierId, AttemptState = "placed", AnsweredAt = seen.AnsweredAt ?? now };
    }

    /// <summary>Whether the request comes from the attempt's own call; a call that the carrier placed twice is not spoken to.</summary>
    private static bool IsThisCall(ContactRow seen, VoiceTurn turn)
        => seen.CarrierId is null || string.Equals(seen.CarrierId, turn.CarrierId, StringComparison.Ordinal);

    private void NoteOtherCall(SqliteConnection connection, ContactRow seen, VoiceTurn turn)
        => CarrierEventStore.Add(connection, seen.AttemptId, "duplicate-call", turn.CarrierId, null, clock.NowMillis());

    private static VoiceReply Reply(Turn turn, long number) => new(turn.Says, turn.End is null ? turn.Expects : new Expectation.Nothing(), (int)number);
}
