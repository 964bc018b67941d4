using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// One turn of an interview by telephone: the answer is stored before the next prompt leaves, and the same turn twice gives the same
/// prompt and one answer.
/// </summary>
internal sealed class NextTurn(Database database, InterviewDesk desk, TurnEvents events, CallDeadlines deadlines, TimeProvider clock)
{
    /// <returns>Null when the token belongs to nothing that may be spoken to.</returns>
    internal async Task<VoiceReply?> TakeAsync(VoiceTurn turn, CancellationToken cancellation)
    {
        // Twice at most: a repeated first request may have begun the interview between the look and the story.
        for (var look = 0; look < 2; look++)
        {
            if (desk.Find(turn.Token) is not { } contact) return null;
            var own = desk.InterviewOf(contact);
            var engine = InterviewDesk.Engine(contact, Channel.Voice);
            var words = events.Seal(turn.Input);
            var taken = await database.WriteAsync(connection => Take(connection, turn, contact, own, engine, words), cancellation);
            if (!taken.BegunElsewhere) return taken.Reply;
        }

        return null;
    }

    private Taken Take(
        SqliteConnection connection, VoiceTurn turn, Contact contact, (byte[] Id, byte[]? Link) own, InterviewEngine engine, SealedWords words)
    {
        var now = clock.NowMillis();
        if (AttemptStore.FindByToken(connection, turn.Token) is not { } attempt || !IsThisCall(connection, attempt, turn, now)) return default;
        if (InterviewDesk.Begun(connection, contact, own, "voice", asked: null, now) is not { } interview) return new Taken(null, BegunElsewhere: true);
        var firstAnswer = AttemptStore.MarkAnswered(connection, attempt.Id, now);
        if (turn.AnsweredBy is { } who) AttemptStore.MarkAnsweredBy(connection, attempt.Id, who.ToString());
        var position = interview.Position is { } stored ? InterviewPosition.Parse(stored) : null;
        var next = position is null ? engine.Start()
            : turn.Turn == 0 && firstAnswer ? engine.Resume(position)
            : turn.Turn == interview.Turn && turn.Input is not null ? engine.Continue(position, turn.Input)
            : null;
        if (next is null) return new Taken(Reply(engine.Repeat(position!), interview.Turn), BegunElsewhere: false);

        interview = interview with { Turn = interview.Turn + 1, Position = next.Position.ToText(), Language = next.Position.Language };
        interview = events.Apply(connection, contact, interview, next, words, now);
        InterviewStore.Save(connection, interview);
        return new Taken(Reply(next, interview.Turn), BegunElsewhere: false);
    }

    /// <summary>Whether the request comes from the attempt's own call; a call that the carrier placed twice is not spoken to.</summary>
    private bool IsThisCall(SqliteConnection connection, AttemptRow attempt, VoiceTurn turn, long now)
    {
        if (attempt.State is "ended" or "cancelled" or "pending") return false;
        if (attempt.CarrierId is null)
        {
            AttemptStore.BindCarrierId(connection, attempt.Id, turn.CarrierId);
        }
        else if (!string.Equals(attempt.CarrierId, turn.CarrierId, StringComparison.Ordinal))
        {
            CarrierEventStore.Add(connection, attempt.Id, "duplicate-call", turn.CarrierId, null, now);
            return false;
        }

        if (attempt.State is "placing" or "unknown")
            AttemptStore.Placed(connection, attempt, AttemptEvent.Found, turn.CarrierId, deadlines.ForCall(attempt, TimeSpan.Zero), now);
        return true;
    }

    private static VoiceReply Reply(Turn turn, long number) => new(turn.Says, turn.End is null ? turn.Expects : new Expectation.Nothing(), (int)number);

    /// <param name="BegunElsewhere">The same respondent's interview was begun by another request meanwhile: look again.</param>
    private readonly record struct Taken(VoiceReply? Reply, bool BegunElsewhere);
}
