using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// The interview by text: a reply is stored before the next question is queued, one question a turn; silence brings one reminder, then the end.
/// What comes twice, too early or too late changes nothing, but a stop word always counts.
/// </summary>
internal sealed class TextConversation(
    Database database, TextDesk desk, TextStops stops, TurnEvents events, CallDeadlines deadlines, FieldCipher cipher, TimeProvider clock)
{
    private static readonly TimeSpan LookAgainWhilePaused = TimeSpan.FromHours(1);

    /// <summary>Somebody texted us.</summary>
    internal async Task ReceiveAsync(IncomingText text, CancellationToken cancellation)
    {
        var index = PhoneNumber.TryRead(text.From, out var number) ? SampleFields.NumberIndex(cipher, number) : null;

        // Three looks at most: the conversation may begin its interview, or end, between a look and its story.
        for (var look = 0; look < 3 && index is not null; look++)
        {
            if (database.Read(connection => AttemptStore.OpenText(connection, index)) is not { } open || desk.Find(open.Token) is not { } who) break;
            var input = new InterviewInput.Typed(TextStops.IsStop(text) && !StopWords.IsStop(text.Body) ? "STOP" : text.Body);
            var reply = new Reply(text, input, events.Seal(who.Contact, input), desk.InterviewOf(who.Contact), TextDesk.NewToken());
            if (await database.WriteAsync(connection => Take(connection, who, open.Token!, reply), cancellation)) return;
        }

        await stops.OutsideConversationAsync(text, index, cancellation);
    }

    /// <summary>The time for a reply is over.</summary>
    /// <returns>True when something may be due now.</returns>
    internal async Task<bool> SilentAsync(AttemptRow quiet, CancellationToken cancellation)
    {
        if (desk.Find(quiet.Token) is not { } who) return false;
        var interview = desk.InterviewOf(who.Contact);
        var token = TextDesk.NewToken();
        return await database.WriteAsync(connection => Silent(connection, who, quiet.Token!, interview, token), cancellation);
    }

    /// <returns>False when the conversation is not as it was when it was looked at.</returns>
    private bool Take(SqliteConnection connection, TextContact who, string attemptToken, Reply reply)
    {
        var now = clock.NowMillis();
        if (AttemptStore.FindByToken(connection, attemptToken) is not { State: "placing" or "placed" or "unknown" } attempt) return false;
        if (Begun(connection, who, reply.Interview, now) is not { } interview) return false;
        if (!MessageStore.Receive(connection, reply.Text.CarrierId, now)) return true;

        // A question that has not left yet cannot be what somebody answers: he or she has sent the last reply twice.
        var stop = TextStops.IsStop(reply.Text);
        if (!stop && MessageStore.OfTurn(connection, attempt.Id, interview.Turn) is null or { State: "pending" or "cancelled" }) return true;

        AttemptStore.MarkReplied(connection, attempt.Id, now);
        attempt = desk.FirstPlaced(connection, who.Contact, attempt with { AnsweredAt = attempt.AnsweredAt ?? now }, AttemptEvent.Found, null, now);
        var position = InterviewPosition.Parse(interview.Position!);
        var turn = InterviewDesk.StopAtQuota(connection, who.Contact, who.Engine!, position, who.Engine!.Continue(position, reply.Input));
        if (stop) MessageStore.CancelPending(connection, attempt.Id);
        var due = TextHours.ForReply(who.Contact.Campaign.Schedule, clock.GetUtcNow());
        Advance(connection, who, attempt, interview, new Step(turn, reply.Words, reply.Text.OptOut ? null : reply.Token, due), now);
        return true;
    }

    private bool Silent(SqliteConnection connection, TextContact who, string attemptToken, (byte[] Id, byte[]? Link) begun, string token)
    {
        var now = clock.NowMillis();
        if (AttemptStore.FindByToken(connection, attemptToken) is not { State: "placed" } attempt || attempt.DeadlineAt > now) return false;
        if (Begun(connection, who, begun, now) is not { } interview) return false;
        if (MessageStore.OfTurn(connection, attempt.Id, interview.Turn) is { State: "pending" or "placing" or "unknown" })
        {
            AttemptStore.SetDeadline(connection, attempt.Id, deadlines.ForNextLook());
            return false;
        }

        switch (ClaimDue.Standing(connection, who.Contact.Campaign).State)
        {
            case CampaignState.Paused:
                AttemptStore.SetDeadline(connection, attempt.Id, now + (long)LookAgainWhilePaused.TotalMilliseconds);
                return false;
            case CampaignState.Closed:
                Break(connection, who, attempt, interview, TextStatus.Sent, now);
                return true;
            default:
                var turn = who.Engine!.Continue(InterviewPosition.Parse(interview.Position!), new InterviewInput.Silence());
                var due = TextHours.ForReminder(who.Contact.Campaign.Schedule, clock.GetUtcNow());
                Advance(connection, who, attempt, interview, new Step(turn, default, token, due), now);
                return true;
        }
    }

    /// <summary>Ends a conversation in the middle: words that no consent covers go.</summary>
    internal void Break(SqliteConnection connection, TextContact who, AttemptRow attempt, InterviewRow? interview, TextStatus status, long now)
    {
        if (interview?.Position is { } stored && InterviewPosition.Parse(stored) is var position && InterviewEngine.BrokenOff(position) is { Count: > 0 } left)
        {
            var broken = new Turn(position with { WordsGiven = false }, [], new Expectation.Nothing(), left, null);
            interview = events.Apply(connection, who.Contact, interview with { Position = broken.Position.ToText() }, broken, default, now);
            InterviewStore.Save(connection, interview);
        }

        desk.End(connection, who, attempt, status, interview, now);
    }

    /// <summary>Stores what a turn brought, then queues its text or ends the attempt.</summary>
    private void Advance(SqliteConnection connection, TextContact who, AttemptRow attempt, InterviewRow interview, Step step, long now)
    {
        var turn = step.Turn;
        interview = interview with { Turn = interview.Turn + 1, Position = turn.Position.ToText(), Language = turn.Position.Language };
        interview = events.Apply(connection, who.Contact, interview, turn, step.Words, now);
        InterviewStore.Save(connection, interview);
        var due = step.Due.ToUnixTimeMilliseconds();
        if (step.Token is { } token && TextDesk.Body(turn) is not null)
            MessageStore.Queue(connection, attempt.Id, turn.End == InterviewEnd.OptedOut ? MessageStore.OptOutTurn : interview.Turn, token, due);
        if (turn.End is null) AttemptStore.SetDeadline(connection, attempt.Id, due - now + deadlines.ForReply());
        else desk.End(connection, who, attempt, TextStatus.Sent, interview, now);
    }

    // The invitation has gone out before anything can be heard.
    private static InterviewRow? Begun(SqliteConnection connection, TextContact who, (byte[] Id, byte[]? Link) interview, long now)
        => InterviewDesk.Begun(connection, who.Contact, interview, "text", () => who.Engine!.Start().Position, now);

    /// <param name="Token">Of the text that may follow.</param>
    private sealed record Reply(
        IncomingText Text, InterviewInput.Typed Input, SealedWords Words, (byte[] Id, byte[]? Link) Interview, string Token);

    /// <param name="Token">Of the text that the turn sends; null: it sends none.</param>
    private sealed record Step(Turn Turn, SealedWords Words, string? Token, DateTimeOffset Due);
}
