using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Dispositions;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Loads what the planner looks at for one attempt: four queries by index.</summary>
internal static class PlanFactsLoader
{
    // CROSS JOIN: from the few who share the number to their outcomes, never from all completed interviews of the campaign.
    private const string SelectPhones = """
        SELECT p.id, p.kind, p.bad, p.desk_only, p.fictional, p.number_index,
               EXISTS (SELECT 1 FROM do_not_call d WHERE d.number_index IN (p.number_index, p.trunk_index)) AS do_not_call,
               (SELECT coalesce(a.deadline_at, a.lease_until, a.due_at) FROM attempt a
                WHERE a.phone_id = p.id AND a.state IN ('leased', 'placing', 'placed', 'unknown') AND a.id <> @attemptId) AS live_until,
               (SELECT count(*) FROM respondent_phone o CROSS JOIN sample_member m
                WHERE o.phone_id = p.id AND o.respondent_id <> @respondentId
                AND m.respondent_id = o.respondent_id AND m.campaign_id = @campaignId AND m.final_code = '1.1') AS household_interviews
        FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id
        WHERE rp.respondent_id = @respondentId
        ORDER BY rp.position;
        """;

    private const string SelectPast = """
        SELECT a.phone_id, a.campaign_id, a.respondent_id, a.channel, coalesce(a.placing_at, a.due_at) AS placing_at, a.ended_at, a.outcome, a.rang_at, a.our_fault
        FROM respondent_phone mine
        JOIN respondent_phone other ON other.phone_id = mine.phone_id
        JOIN attempt a ON a.respondent_id = other.respondent_id
        WHERE mine.respondent_id = @respondentId AND a.state = 'ended' AND a.outcome IS NOT NULL
        GROUP BY a.id;
        """;

    internal static PlanFacts Load(SqliteConnection connection, CampaignFacts standing, AttemptRow attempt, DateTimeOffset now)
    {
        var arguments = new { respondentId = attempt.RespondentId, campaignId = attempt.CampaignId, attemptId = attempt.Id };
        var phones = connection.Query<PhoneFactsRow>(SelectPhones, arguments).AsList();
        var past = connection.Query<PastAttemptRow>(SelectPast, arguments).AsList();
        var yearAgo = Instants.Day(standing.Schedule.DayOf(now)) - ForgetContacts.KeptDays;
        return new PlanFacts(
            now,
            standing,
            new AttemptFacts(Instants.FromMillis(attempt.DueAt), AttemptChannels.FromColumn(attempt.Channel), attempt.Appointment == 1, attempt.PhoneId),
            [.. phones.Select(phone => phone.ToFacts(Caps(connection, phone.NumberIndex, yearAgo)))],
            [.. past.Select(row => row.ToFacts(attempt))],
            standing.FullStrata is { Count: > 0 } full && full.Contains(SampleMemberStore.StratumOf(connection, attempt.CampaignId, attempt.RespondentId)));
    }

    private static List<CapDay> Caps(SqliteConnection connection, byte[] numberIndex, long sinceDay)
        => ContactCapStore.Since(connection, numberIndex, sinceDay)
            .ConvertAll(row => new CapDay(CapKinds.FromColumn(row.Kind), Instants.Day(row.Day), (int)row.Times));

    private sealed record PhoneFactsRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public long Bad { get; init; }

        public long DeskOnly { get; init; }

        public long Fictional { get; init; }

        public byte[] NumberIndex { get; init; } = [];

        public long DoNotCall { get; init; }

        public long? LiveUntil { get; init; }

        public long HouseholdInterviews { get; init; }

        internal PhoneFacts ToFacts(IReadOnlyList<CapDay> caps) => new(
            Id, Kind == "mobile" ? PhoneKind.Mobile : PhoneKind.Landline, DoNotCall == 1, Bad == 1, DeskOnly == 1, Fictional == 1,
            LiveUntil is { } until ? Instants.FromMillis(until) : null, (int)HouseholdInterviews, caps);
    }

    private sealed record PastAttemptRow
    {
        public long PhoneId { get; init; }

        public long CampaignId { get; init; }

        public long RespondentId { get; init; }

        public string Channel { get; init; } = "";

        public long PlacingAt { get; init; }

        public long EndedAt { get; init; }

        public string Outcome { get; init; } = "";

        public long? RangAt { get; init; }

        public long OurFault { get; init; }

        internal PastAttempt ToFacts(AttemptRow planned) => new(
            PhoneId, CampaignId == planned.CampaignId, RespondentId == planned.RespondentId, AttemptChannels.FromColumn(Channel),
            Instants.FromMillis(PlacingAt), Instants.FromMillis(EndedAt), Enum.Parse<AttemptOutcome>(Outcome), RangAt is not null, OurFault == 1);
    }
}
