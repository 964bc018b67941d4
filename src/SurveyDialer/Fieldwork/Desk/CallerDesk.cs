using Dapper;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;
using SurveyDialer.People;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Interviewing from desk telephones, no carrier needed: hands a caller one respondent at a time, and takes what she enters. Holds nothing
/// itself, so that a page that is opened again, after a power cut too, goes on where it was.
/// </summary>
internal sealed class CallerDesk(
    Database database, FieldCipher cipher, CampaignBook campaigns, InterviewDesk desk, HandOut handOut, DeskInterview interview, TimeProvider clock)
{
    /// <summary>Longest own words, in characters.</summary>
    internal const int LongestWords = 2000;

    private const string SelectCase = """
        SELECT c.name AS campaign, c.time_zone, r.name_enc, r.language, p.number_enc, v.name AS area, t.name AS township, coalesce(t.id, v.id) AS township_id,
               coalesce(t.name, v.name) AS township_name
        FROM attempt a
        JOIN campaign c ON c.id = a.campaign_id
        JOIN respondent r ON r.id = a.respondent_id
        JOIN sample_member m ON m.campaign_id = a.campaign_id AND m.respondent_id = a.respondent_id
        JOIN area v ON v.id = m.area_id
        LEFT JOIN area t ON t.id = v.parent_id
        JOIN phone p ON p.id = a.phone_id
        WHERE a.id = @id;
        """;

    // Stories in a row that may find only refused rows, before the caller is told to try again.
    private const int MostStories = 40;

    /// <summary>The respondent whom a caller has; null when she has none.</summary>
    internal DeskCase? Find(string caller)
        => database.Read(connection => LiveAttempts.HeldBy(connection, caller)) is { } attempt ? Read(attempt) : null;

    /// <summary>Takes the next due respondent; one whom the caller has already is kept.</summary>
    /// <returns>Null when nobody may be called now: see <see cref="Queue"/>.</returns>
    internal async Task<DeskCase?> TakeNextAsync(string caller, CancellationToken cancellation)
    {
        await ExpireAsync(cancellation);
        for (var story = 0; story < MostStories; story++)
        {
            var (attempt, more) = await database.WriteAsync(connection => handOut.Take(connection, caller), cancellation);
            if (attempt is not null) return Read(attempt);
            if (!more) return null;
        }

        return null;
    }

    /// <summary>Why nobody is handed out now, or how many wait.</summary>
    internal DeskQueue Queue() => database.Read(handOut.Queue);

    /// <summary>Shows the number, which is written down; from now on the call counts. The planner is asked once more.</summary>
    internal async Task<DeskReply> ShowNumberAsync(DeskHold hold, CancellationToken cancellation)
    {
        await database.WriteAsync(connection => handOut.Show(connection, hold), cancellation);
        return Standing(hold);
    }

    /// <summary>Gives a respondent back whose number was not shown.</summary>
    internal Task<bool> GiveBackAsync(DeskHold hold, CancellationToken cancellation)
        => database.WriteAsync(connection => handOut.GiveBack(connection, hold), cancellation);

    /// <summary>Enters one turn: stored when the task completes.</summary>
    /// <param name="turn">The turn that the caller's page showed; any for <see cref="DeskEntry.Answered"/>.</param>
    internal async Task<DeskReply> EnterAsync(DeskHold hold, long turn, DeskEntry entry, CancellationToken cancellation)
    {
        if (entry is DeskEntry.Words { Said.Length: > LongestWords }) return Standing(hold);
        var taken = await interview.TakeAsync(hold, turn, entry, cancellation);
        if (taken is null) return new DeskReply.Gone();
        if (taken.Code is { } code) return new DeskReply.Over(taken.Says, code);
        return Standing(hold) is DeskReply.Going going ? going with { Taken = taken.IsNew } : new DeskReply.Gone();
    }

    /// <summary>Ends the call otherwise than by the interview's own end.</summary>
    /// <param name="appointment">Only for <see cref="DeskOutcome.Later"/>.</param>
    internal async Task<DeskReply> EndAsync(DeskHold hold, DeskOutcome outcome, DateTimeOffset? appointment, CancellationToken cancellation)
    {
        var (code, problem) = await interview.EndAsync(hold, outcome, appointment, cancellation);
        if (code is not null) return new DeskReply.Over([], code);
        var standing = Standing(hold);
        return problem is not null && standing is DeskReply.Going going ? new DeskReply.Not(going.Case, problem) : standing;
    }

    /// <summary>Danger to life: that it was reported, by whom and in which round, for the supervisor; nothing of what was answered.</summary>
    internal Task UrgentAsync(DeskHold hold, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            if (AttemptStore.Find(connection, hold.AttemptId) is not { Channel: "live" } attempt || attempt.LeaseOwner != hold.Caller) return;
            DangerStore.Add(connection, attempt.CampaignId, attempt.Id, hold.Caller, clock.NowMillis());
            AuditLog.Add(connection, clock.NowMillis(), hold.Caller, "urgent", $"round {attempt.CampaignId}, attempt {attempt.Id}: danger, 110 and supervisor named to the caller");
        },
        cancellation);

    /// <summary>The job's part: what callers left behind goes back to the queue, or ends where it may have rung.</summary>
    internal async Task ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.NowMillis();
        if (!database.Read(connection => LiveAttempts.Quiet(connection, now, 1).Count > 0)) return;
        await database.WriteAsync(handOut.Expire, cancellation);
        await interview.ExpireAsync(cancellation);
    }

    private DeskReply Standing(DeskHold hold)
        => Find(hold.Caller) is { } held && held.Hold == hold ? new DeskReply.Going(held, Taken: false) : new DeskReply.Gone();

    private DeskCase Read(AttemptRow attempt)
    {
        var (row, campaign, danger) = database.Read(connection => (
            connection.QuerySingle<CaseRow>(SelectCase, new { id = attempt.Id }), campaigns.Get(connection, attempt.CampaignId), DangerStore.IsReported(connection, attempt.Id)));
        var blanks = campaign.BlanksOf(row.TownshipId, row.TownshipName);
        var read = new DeskCase
        {
            Hold = new DeskHold(attempt.LeaseOwner!, attempt.Id, attempt.LeaseNumber),
            Stage = attempt.State == "leased" ? DeskStage.Taken : attempt.AnsweredAt is null ? DeskStage.Dialling : DeskStage.Asking,
            CampaignId = attempt.CampaignId,
            Campaign = row.Campaign,
            TimeZone = row.TimeZone,
            Name = cipher.Decrypt(SampleFields.NamePurpose, row.NameEnc),
            Number = cipher.Decrypt(SampleFields.NumberPurpose, row.NumberEnc)!,
            Area = row.Area,
            Township = row.Township,
            Ordinal = attempt.Ordinal,
            Appointment = attempt.Appointment == 1,
            Language = campaign.LanguageFor(row.Language),
            Until = Instants.FromMillis(attempt.DeadlineAt ?? attempt.LeaseUntil!.Value),
            Danger = danger,
            SupervisorLine = blanks.GetValueOrDefault("supervisor_phone") is { Length: > 0 } line ? line : null,
        };
        return read.Stage == DeskStage.Asking ? WithCard(read, attempt) : read;
    }

    private DeskCase WithCard(DeskCase read, AttemptRow attempt)
    {
        if (desk.Find(attempt.Token!) is not { InterviewId: { } id } contact || database.Read(connection => InterviewStore.Find(connection, id)) is not { Position: { } stored } row)
            return read;
        var position = InterviewPosition.Parse(stored);
        return read with { Turn = row.Turn, Language = position.Language, Card = InterviewDesk.Engine(contact, Channel.Live).Card(position) };
    }

    private sealed record CaseRow
    {
        public string Campaign { get; init; } = "";

        public string TimeZone { get; init; } = "";

        public byte[]? NameEnc { get; init; }

        public byte[] NumberEnc { get; init; } = [];

        public string? Language { get; init; }

        public string Area { get; init; } = "";

        public string? Township { get; init; }

        public long TownshipId { get; init; }

        public string TownshipName { get; init; } = "";
    }
}
