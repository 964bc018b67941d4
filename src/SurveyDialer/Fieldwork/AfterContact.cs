using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.CallingHours;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// The end of one attempt: evidence becomes a code, the number's caps are counted, and the next attempt is planned or the respondent is
/// finished. The one step back of the walk: "the call ended, plan the next attempt".
/// </summary>
internal sealed class AfterContact(
    Database database, CampaignBook campaigns, InterviewDesk desk, FinishRespondent finish, CallDeadlines deadlines, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>A report of the carrier, or what the reconciler found.</summary>
    /// <returns>What the caller has to do.</returns>
    internal async Task<Reported> ReportAsync(CallReport report, CancellationToken cancellation)
    {
        if (IsOnItsWay(report.Status)) return await database.WriteAsync(connection => Progressed(connection, report, clock.NowMillis()).Meaning, cancellation);
        if (desk.FindCall(report.Token) is not { } contact) return Reported.Unknown;
        var engine = contact.InterviewId is null ? null : InterviewDesk.Engine(contact, Channel.Voice);
        return await database.WriteAsync(connection => Ended(connection, report, contact, engine), cancellation);
    }

    /// <summary>The carrier's late verdict on who answered; it counts if it comes before the call ends.</summary>
    internal Task AnsweredByAsync(string token, string carrierId, AnsweredBy answeredBy, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            if (AttemptStore.FindByToken(connection, token) is not { Channel: "voice" } attempt || (attempt.CarrierId is { } known && known != carrierId)) return;
            CarrierEventStore.Add(connection, attempt.Id, "answered-by", answeredBy.ToString(), null, clock.NowMillis());
            AttemptStore.MarkAnsweredBy(connection, attempt.Id, answeredBy.ToString());
        },
        cancellation);

    /// <summary>The carrier refused to place the attempt for good.</summary>
    internal void Rejected(SqliteConnection connection, ActiveCampaign campaign, AttemptRow attempt, PlaceOutcome.Rejected rejected, long now)
    {
        End(
            connection, campaign, attempt, AttemptEvent.Rejected,
            EvidenceOf(attempt) with { Rejected = rejected.Why }, null, null, now);
        PauseByFault(connection, campaign, rejected);
    }

    /// <summary>
    /// What no respondent can help is mended by a person, before the others are tried. The carrier's code is kept, never its words: they may
    /// quote a number.
    /// </summary>
    internal void PauseByFault(SqliteConnection connection, ActiveCampaign campaign, PlaceOutcome.Rejected rejected)
    {
        if (rejected.Why is Rejection.Configuration or Rejection.RegionNotAllowed)
            CampaignStore.Move(connection, campaign.Row.Id, CampaignEvent.PausedByFault, new PauseCause($"{rejected.Why}", rejected.Code).Reason, "SurveyDialer", clock.GetUtcNow());
    }

    /// <summary>The reconciler is sure that an attempt was never created: it ends by our fault and its successor has a new token.</summary>
    internal void NeverCreated(SqliteConnection connection, AttemptRow attempt, long now)
        => End(
            connection, campaigns.Get(connection, attempt.CampaignId), attempt, AttemptEvent.NeverCreated,
            EvidenceOf(attempt), null, null, now);

    /// <summary>A conversation by text, or a notice, is over.</summary>
    internal void TextEnded(
        SqliteConnection connection, ActiveCampaign campaign, AttemptRow attempt, AttemptEvidence evidence, InterviewRow? interview, long now)
        => End(connection, campaign, attempt, AttemptEvent.ReportedEnded, evidence, null, interview, now);

    /// <summary>A caller at a desk telephone says how it ended.</summary>
    /// <param name="appointment">When the respondent asked to be called again; null when there is no such wish.</param>
    internal void DeskEnded(
        SqliteConnection connection, ActiveCampaign campaign, AttemptRow attempt, AttemptEvidence evidence, InterviewRow? interview, DateTimeOffset? appointment, long now)
        => End(connection, campaign, attempt, AttemptEvent.ReportedEnded, evidence, null, interview, now, appointment);

    /// <summary>What is known of an attempt before anything is said of how it ended. Every frame is a list of residents.</summary>
    internal static AttemptEvidence EvidenceOf(AttemptRow attempt)
        => new() { Frame = FrameType.List, Channel = AttemptChannels.FromColumn(attempt.Channel) };

    /// <summary>Not over yet.</summary>
    internal static bool IsOnItsWay(CallStatus status) => status is CallStatus.Queued or CallStatus.Initiated or CallStatus.Ringing or CallStatus.InProgress;

    /// <summary>What any report says: that the carrier has the call, and that it rang.</summary>
    /// <returns>The attempt, while it goes on and the report is new; otherwise what the report meant.</returns>
    private (AttemptRow? Attempt, Reported Meaning) Progressed(SqliteConnection connection, CallReport report, long now)
    {
        if (AttemptStore.FindByToken(connection, report.Token) is not { Channel: "voice" } attempt) return (null, Reported.Unknown);
        if (IsAnotherCall(attempt, report.CarrierId))
        {
            // Its reports carry the same numbers as those of the attempt's own call, and must not pass for them.
            if (!CarrierEventStore.Known(connection, attempt.Id, "duplicate-call", report.CarrierId, null))
                CarrierEventStore.Add(connection, attempt.Id, "duplicate-call", report.CarrierId, null, now);
            return (null, Reported.DuplicateCall);
        }

        if (CarrierEventStore.Known(connection, attempt.Id, "call", report.Status.ToString(), report.Sequence)) return (null, Reported.Nothing);
        CarrierEventStore.Add(connection, attempt.Id, "call", report.Status.ToString(), report.Sequence, now);
        if (attempt.State is "ended" or "cancelled" or "pending") return (null, Reported.Nothing);
        if (attempt.CarrierId is null) AttemptStore.BindCarrierId(connection, attempt.Id, report.CarrierId);
        if (attempt.State is "placing" or "unknown")
        {
            AttemptStore.Placed(connection, attempt, AttemptEvent.Found, report.CarrierId, deadlines.ForCall(attempt, TimeSpan.Zero), now);
            attempt = attempt with { State = "placed", CarrierId = report.CarrierId };
        }

        if (report.Status is CallStatus.Ringing or CallStatus.InProgress) AttemptStore.MarkRang(connection, attempt.Id, now);
        return (attempt, Reported.Nothing);
    }

    private Reported Ended(SqliteConnection connection, CallReport report, Contact contact, InterviewEngine? engine)
    {
        var now = clock.NowMillis();
        var (progressed, meaning) = Progressed(connection, report, now);
        if (progressed is not { } attempt) return meaning;
        var interview = contact.InterviewId is { } id ? InterviewStore.Find(connection, id) : null;
        End(connection, contact.Campaign, attempt, AttemptEvent.ReportedEnded, Evidence(attempt, report, interview, engine), report, interview, now);
        return Reported.Ended;
    }

    /// <summary>The carrier placed a second call, or one that we were sure it never had.</summary>
    private static bool IsAnotherCall(AttemptRow attempt, string carrierId)
        => attempt.CarrierId is { } known ? known != carrierId : attempt.State == "ended";

    private static AttemptEvidence Evidence(AttemptRow attempt, CallReport report, InterviewRow? interview, InterviewEngine? engine)
        => EvidenceOf(attempt) with
        {
            Call = report.Status,
            SipCode = report.SipCode,
            AnsweredBy = attempt.AnsweredBy is { } who ? Enum.Parse<AnsweredBy>(who) : null,
            Rang = attempt.RangAt is not null,
            Interview = attempt.AnsweredAt is null || interview?.Position is null
                ? null
                : InterviewEvidenceReader.Read(InterviewPosition.Parse(interview.Position), engine!),
        };

    private void End(
        SqliteConnection connection, ActiveCampaign campaign, AttemptRow attempt, AttemptEvent how, AttemptEvidence evidence, CallReport? report,
        InterviewRow? interview, long now, DateTimeOffset? appointment = null)
    {
        var history = AttemptStore.OfRespondent(connection, attempt.CampaignId, attempt.RespondentId);
        var today = campaign.DayOf(Instants.FromMillis(now));
        evidence = evidence with
        {
            NotExistingOnAnotherDay = history.Exists(earlier => earlier.PhoneId == attempt.PhoneId && earlier.Outcome == nameof(AttemptOutcome.NotExisting)
                && campaign.DayOf(Instants.FromMillis(earlier.EndedAt!.Value)) != today),
        };
        var verdict = DispositionRules.Judge(evidence);
        var end = new AttemptEnd(
            verdict.Outcome, verdict.Code.Code, verdict.OurFault, verdict.Rang, report?.Status.ToString(), report?.SipCode, attempt.AnsweredBy,
            report?.Duration is { } duration ? (long)duration.TotalSeconds : null);
        if (!AttemptStore.End(connection, attempt, how, end, now)) return;
        CountCaps(connection, attempt, verdict, history, today);
        if (verdict.NumberIsBad) PhoneStore.MarkBad(connection, attempt.PhoneId!.Value);
        PlanNext(connection, campaign, attempt, verdict, interview, appointment, now);
    }

    private void CountCaps(SqliteConnection connection, AttemptRow attempt, AttemptVerdict verdict, List<AttemptRow> history, long today)
    {
        var number = PhoneStore.IndexOf(connection, attempt.PhoneId!.Value);
        void Count(string kind) => ContactCapStore.Add(connection, number, kind, today, cipher.KeyVersion);
        if (verdict.Outcome == AttemptOutcome.Busy) Count("busy");
        else if (verdict.Rang) Count("attempt");
        if (verdict.Outcome == AttemptOutcome.Complete) Count("interview");
        if (!verdict.OurFault && !history.Exists(earlier => earlier.Id != attempt.Id && earlier.PhoneId == attempt.PhoneId && earlier.OurFault == 0)) Count("round");
        if (verdict.NeverAgain) ContactCapStore.AddDoNotCall(connection, number, cipher.KeyVersion, today);
    }

    private void PlanNext(
        SqliteConnection connection, ActiveCampaign campaign, AttemptRow attempt, AttemptVerdict verdict, InterviewRow? interview, DateTimeOffset? appointment, long now)
    {
        var at = Instants.FromMillis(now);
        var standing = ClaimDue.Standing(connection, campaign);
        if (standing.State == CampaignState.Closed || After(connection, campaign, standing, attempt, verdict, appointment, at) is not NextStep.Attempt next)
        {
            finish.Finish(connection, campaign, attempt.RespondentId, attempt.Id, interview);
            return;
        }

        SampleMemberStore.Record(connection, attempt.CampaignId, attempt.RespondentId, attempt.Id, verdict.Code.Code, final: false, now);
        AttemptStore.Plan(
            connection,
            NewAttempt.After(attempt, next.Channel, next.Due) with
            {
                DayPart = next.Part.ToColumn(), Appointment = next.Appointment ? 1 : 0, PhoneId = next.PhoneId,
            });
    }

    /// <summary>What follows; attempts that only a person may make are final where nobody sits at a desk telephone.</summary>
    private static NextStep After(
        SqliteConnection connection, ActiveCampaign campaign, CampaignFacts standing, AttemptRow attempt, AttemptVerdict verdict, DateTimeOffset? appointment,
        DateTimeOffset now)
    {
        var facts = PlanFactsLoader.Load(connection, standing, attempt, now);
        var ended = facts.Past.Where(past => past is { SameCampaign: true, SameRespondent: true }).MaxBy(past => past.EndedAt)!;
        var next = RetryPlanner.Next(new RetryFacts(now, standing, ended, facts.Past, facts.Phones, verdict.NeverAgain, appointment));
        return next is NextStep.Attempt { Channel: AttemptChannel.Live } && campaign.Row.LiveCallers == 0 ? new NextStep.Final() : next;
    }
}

/// <summary>What a report meant.</summary>
internal enum Reported
{
    /// <summary>Belongs to no attempt of ours.</summary>
    Unknown,

    /// <summary>Nothing new, or only on its way.</summary>
    Nothing,

    /// <summary>The attempt is over; a line is free.</summary>
    Ended,

    /// <summary>The carrier placed a second call for one attempt: it must be ended.</summary>
    DuplicateCall,
}
