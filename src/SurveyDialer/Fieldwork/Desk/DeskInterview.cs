using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.CallingHours;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.People;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Stories of a caller whose respondent may be on the line: one turn of the interview, and the end of the call. An answer is stored before the
/// next question shows; the same form twice is one answer.
/// </summary>
internal sealed class DeskInterview(Database database, InterviewDesk desk, TurnEvents events, AfterContact after, TimeProvider clock)
{
    private const int RowsPerLook = 50;

    /// <summary>Takes one turn.</summary>
    /// <param name="turn">The turn that the caller's page showed.</param>
    /// <returns>What the story came to; null when the call is no longer hers.</returns>
    internal async Task<DeskTurn?> TakeAsync(DeskHold hold, long turn, DeskEntry entry, CancellationToken cancellation)
    {
        // Twice at most: another attempt may have begun the respondent's interview between the look and the story.
        for (var look = 0; look < 2; look++)
        {
            if (Look(hold) is not var (contact, engine)) return null;
            var own = desk.InterviewOf(contact);
            var words = events.Seal(contact, entry switch
            {
                DeskEntry.Words { Said: var said } => new InterviewInput.Typed(said),
                DeskEntry.Keys { Pressed: var pressed } => new InterviewInput.Keys(pressed),
                _ => null,
            });
            var taken = await database.WriteAsync(connection => Take(connection, hold, turn, entry, contact, own, engine, words), cancellation);
            if (!taken.BegunElsewhere) return taken.Turn;
        }

        return null;
    }

    /// <summary>Ends the call with an outcome other than the interview's own end.</summary>
    /// <returns>The attempt's code, or what is wrong with the appointment; both null when it is no longer hers, or the interview has gone too far for this outcome.</returns>
    internal async Task<(string? Code, AppointmentProblem? Problem)> EndAsync(DeskHold hold, DeskOutcome outcome, DateTimeOffset? appointment, CancellationToken cancellation)
    {
        if (Look(hold) is not var (contact, engine)) return (null, null);
        if (outcome == DeskOutcome.Later && Problem(contact.Campaign, appointment, clock.GetUtcNow()) is { } problem) return (null, problem);
        var code = await database.WriteAsync(
            connection => End(connection, hold, outcome, outcome == DeskOutcome.Later ? appointment : null, contact, engine), cancellation);
        return (code, null);
    }

    /// <summary>Calls of which nothing was heard for too long are over: it may have rung, and nobody knows more than the answers tell.</summary>
    internal async Task ExpireAsync(CancellationToken cancellation)
    {
        var quiet = database.Read(connection => LiveAttempts.Quiet(connection, clock.NowMillis(), RowsPerLook)).Where(attempt => attempt.State == "placed");
        foreach (var attempt in quiet)
        {
            var hold = new DeskHold(attempt.LeaseOwner!, attempt.Id, attempt.LeaseNumber);
            if (Look(hold) is not var (contact, engine)) continue;
            await database.WriteAsync(connection => EndQuiet(connection, hold, contact, engine), cancellation);
        }
    }

    /// <summary>What keeps an appointment from being made; null when nothing does.</summary>
    internal static AppointmentProblem? Problem(ActiveCampaign campaign, DateTimeOffset? appointment, DateTimeOffset now)
    {
        if (appointment is not { } asked) return new AppointmentProblem("missing");
        if (asked <= now) return new AppointmentProblem("past");
        if (campaign.LastDay < campaign.Schedule.DayOf(asked)) return new AppointmentProblem("too_late");
        if (campaign.Schedule.Verdict(asked) is not CallingVerdict.Closed closed) return null;
        return closed.NextOpening is { } possible && !(campaign.LastDay < campaign.Schedule.DayOf(possible))
            ? new AppointmentProblem("closed", possible)
            : new AppointmentProblem("too_late");
    }

    private (Contact Contact, InterviewEngine Engine)? Look(DeskHold hold)
    {
        var token = database.Read(connection => HandOut.Find(connection, hold, "placed")?.Token);
        return token is not null && desk.Find(token) is { } contact ? (contact, InterviewDesk.Engine(contact, Channel.Live)) : null;
    }

    private Taken Take(
        SqliteConnection connection, DeskHold hold, long turn, DeskEntry entry, Contact contact, (byte[] Id, byte[]? Link) own, InterviewEngine engine, SealedWords words)
    {
        var now = clock.GetUtcNow();
        var at = now.ToUnixTimeMilliseconds();
        if (HandOut.Find(connection, hold, "placed") is not { } attempt) return default;
        if (InterviewDesk.Begun(connection, contact, own, "live", asked: null, at) is not { } interview) return new Taken(null, BegunElsewhere: true);
        var first = AttemptStore.MarkAnswered(connection, attempt.Id, at);
        var position = interview.Position is { } stored ? InterviewPosition.Parse(stored) : null;
        var next = position is null ? engine.Start() : first ? TakeUp(engine, position) : turn != interview.Turn ? null
            : entry is DeskEntry.Back ? Back(connection, hold, contact, interview, engine, position, at) : DeskInput.Enter(engine, position, entry);
        AttemptStore.SetDeadline(connection, attempt.Id, (now + HandOut.Talk).ToUnixTimeMilliseconds());
        if (next is null) return new Taken(new DeskTurn(position!, interview.Turn, IsNew: false, [], null), BegunElsewhere: false);
        if (position is not null) next = InterviewDesk.StopAtQuota(connection, contact, engine, position, next);

        interview = InterviewDesk.Reached(interview, contact, next.Position) with
        {
            Turn = interview.Turn + 1, Position = next.Position.ToText(), Language = next.Position.Language, Channel = "live",
        };
        interview = events.Apply(connection, contact, interview, next, words, at);
        InterviewStore.Save(connection, interview);
        string? code = null;
        if (next.End is not null)
        {
            var evidence = Spoken(attempt) with { Interview = InterviewEvidenceReader.Read(next.Position, engine) };
            after.DeskEnded(connection, contact.Campaign, attempt, evidence, interview, null, at);
            code = AttemptStore.Find(connection, attempt.Id)!.Code;
        }

        return new Taken(new DeskTurn(next.Position, interview.Turn, IsNew: true, next.Says, code), BegunElsewhere: false);
    }

    /// <summary>An earlier call's interview goes on; who declined then is asked once more, as the retry rule wants.</summary>
    private static Turn TakeUp(InterviewEngine engine, InterviewPosition position)
        => engine.Resume(position.End == InterviewEnd.Declined ? position with { End = null } : position);

    /// <summary>The step before, with what is stored of it taken back; that it was done is written down, and nothing of what was answered.</summary>
    private static Turn? Back(
        SqliteConnection connection, DeskHold hold, Contact contact, InterviewRow interview, InterviewEngine engine, InterviewPosition position, long at)
    {
        var answers = InterviewStore.Answers(connection, interview.Id);
        var back = engine.Back(position, question => answers.Exists(answer => answer.QuestionId == question && answer.Explained == 1));
        if (back is null || !TurnEvents.CanTakeBack(connection, contact, interview, back)) return null;
        AuditLog.Add(connection, at, hold.Caller, "answer-taken-back", $"round {contact.Row.CampaignId}, attempt {hold.AttemptId}");
        return back;
    }

    private string? End(SqliteConnection connection, DeskHold hold, DeskOutcome outcome, DateTimeOffset? appointment, Contact contact, InterviewEngine engine)
    {
        var now = clock.NowMillis();
        if (HandOut.Find(connection, hold, "placed") is not { } attempt) return null;
        var (interview, held) = HeldSoFar(connection, attempt, contact, engine);
        if (held is { ConsentGiven: true } && DeskEvidence.IsBeforeConsent(outcome)) return null;
        if (outcome == DeskOutcome.NeverAgain) events.NeverAgain(connection, contact, now);
        if (DeskEvidence.SomebodySpoke(outcome)) AttemptStore.MarkAnswered(connection, attempt.Id, now);
        after.DeskEnded(connection, contact.Campaign, attempt, DeskEvidence.Of(outcome, AfterContact.EvidenceOf(attempt), held), interview, appointment, now);
        return AttemptStore.Find(connection, attempt.Id)!.Code;
    }

    private bool EndQuiet(SqliteConnection connection, DeskHold hold, Contact contact, InterviewEngine engine)
    {
        var now = clock.NowMillis();
        if (HandOut.Find(connection, hold, "placed") is not { } attempt || attempt.DeadlineAt > now) return false;
        var (interview, held) = HeldSoFar(connection, attempt, contact, engine);
        var evidence = held is null ? AfterContact.EvidenceOf(attempt) with { Rang = true } : Spoken(attempt) with { Interview = held };
        after.DeskEnded(connection, contact.Campaign, attempt, evidence, interview, null, now);
        return true;
    }

    /// <summary>The respondent's interview, and what it has come to if this call has come to it.</summary>
    private static (InterviewRow? Interview, InterviewEvidence? Held) HeldSoFar(SqliteConnection connection, AttemptRow attempt, Contact contact, InterviewEngine engine)
    {
        var interview = contact.InterviewId is { } id ? InterviewStore.Find(connection, id) : null;
        var held = attempt.AnsweredAt is null || interview?.Position is not { } position ? null : InterviewEvidenceReader.Read(InterviewPosition.Parse(position), engine);
        return (interview, held);
    }

    private static AttemptEvidence Spoken(AttemptRow attempt)
        => AfterContact.EvidenceOf(attempt) with { Rang = true, Call = CallStatus.Completed, AnsweredBy = AnsweredBy.Human };

    private readonly record struct Taken(DeskTurn? Turn, bool BegunElsewhere);
}

/// <summary>What one turn came to.</summary>
/// <param name="IsNew">False for a repeated form, or a key that the question does not take.</param>
/// <param name="Code">AAPOR code of the attempt, once the interview has ended it.</param>
internal sealed record DeskTurn(InterviewPosition Position, long Turn, bool IsNew, IReadOnlyList<Utterance> Says, string? Code);
