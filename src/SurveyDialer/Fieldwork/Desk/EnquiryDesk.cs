using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.CallingHours;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;
using SurveyDialer.People;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// "Who rang me?", asked of a person on the telephone: finds one number by its keyed look-up, says which rounds rang it or will, and takes down
/// "never again" or an agreed time. Every look is written down with its reason; nothing here tells whether anybody was interviewed.
/// </summary>
internal sealed class EnquiryDesk(
    Database database, CampaignBook campaigns, FieldCipher cipher, TurnEvents events, FinishRespondent finish, Action wake, TimeProvider clock)
{
    /// <summary>Longest reason, in characters.</summary>
    internal const int LongestReason = 200;

    // A switchboard's number may stand with many; more than these nobody reads out.
    private const string SelectPlaces = $"""
        SELECT m.campaign_id, m.respondent_id, p.id AS phone_id, r.name_enc, r.language, t.id AS township_id, t.name AS township
        {NumberSql.InRounds}
        ORDER BY c.state = 'closed', c.launched_at DESC, m.campaign_id, m.respondent_id LIMIT 20;
        """;

    private const string SelectPeople = """
        SELECT rp.respondent_id FROM phone p JOIN respondent_phone rp ON rp.phone_id = p.id WHERE p.number_index = @index ORDER BY 1;
        """;

    private const string SelectNumbers = """
        SELECT p.number_index FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id WHERE rp.respondent_id = @respondentId;
        """;

    private const string SelectOpen = """
        SELECT a.id FROM attempt a WHERE a.respondent_id = @respondentId AND a.state IN ('pending', 'placed', 'unknown') ORDER BY a.campaign_id;
        """;

    private const string SelectNewest = "SELECT id FROM campaign WHERE launched_at IS NOT NULL ORDER BY state = 'closed', launched_at DESC LIMIT 1;";

    /// <summary>Looks a number up; the look is written down before anything is told.</summary>
    /// <param name="reason">Two characters or more, and no telephone number.</param>
    internal async Task<(Enquiry? Found, EnquiryProblem? Problem)> FindAsync(PhoneNumber number, string who, string? reason, CancellationToken cancellation)
    {
        if (Check(reason) is { } problem) return (null, problem);
        var index = SampleFields.NumberIndex(cipher, number);
        var (found, people) = database.Read(connection => (Look(connection, number, index), People(connection, index)));
        await database.WriteAsync(
            connection => AuditLog.Add(connection, clock.NowMillis(), who, "number-searched", $"{OnList(people)}: {reason!.Trim()}"), cancellation);
        return (found, null);
    }

    /// <summary>
    /// Never again, at once and for every round: the number that was named, and where only one person has it, all numbers of that person. What
    /// waits to be called or texted is taken back.
    /// </summary>
    internal Task NeverAgainAsync(PhoneNumber number, string who, CancellationToken cancellation)
    {
        var index = SampleFields.NumberIndex(cipher, number);
        return database.WriteAsync(connection => NeverAgain(connection, index, who), cancellation);
    }

    /// <summary>Moves what waits for a respondent to the time that was agreed on the telephone; to this number.</summary>
    /// <returns>Null when it was agreed; <c>gone</c> when nothing waits there any more.</returns>
    internal async Task<AppointmentProblem?> AgreeAsync(PhoneNumber number, EnquiryPlace place, DateTimeOffset? at, string who, CancellationToken cancellation)
    {
        var index = SampleFields.NumberIndex(cipher, number);
        if (database.Read(connection => Places(connection, index)).Find(one => one.CampaignId == place.CampaignId && one.RespondentId == place.RespondentId) is not { } known)
            return new AppointmentProblem("gone");
        var campaign = database.Read(connection => campaigns.Get(connection, known.CampaignId));
        if (DeskInterview.Problem(campaign, at, clock.GetUtcNow()) is { } problem) return problem;
        var agreed = await database.WriteAsync(
            connection =>
            {
                if (Waiting(connection, known) is not { } attempt || ContactCapStore.IsDoNotCall(connection, index)) return false;
                var part = campaign.Schedule.PartOf(at!.Value).ToColumn();
                AttemptStore.Agree(connection, attempt, known.PhoneId, at.Value.ToUnixTimeMilliseconds(), part, VetoReason.AppointmentAhead.ToColumn(), clock.NowMillis());
                AuditLog.Add(connection, clock.NowMillis(), who, "appointment", $"round {known.CampaignId}, attempt {attempt.Id}: agreed when the resident rang");
                return true;
            },
            cancellation);
        if (!agreed) return new AppointmentProblem("gone");
        wake();
        return null;
    }

    private static EnquiryProblem? Check(string? reason) => reason?.Trim() switch
    {
        null or { Length: < 2 } => EnquiryProblem.ReasonMissing,
        { Length: > LongestReason } => EnquiryProblem.TooLong,
        var said => WrittenWords.HoldsNumber(said) ? EnquiryProblem.HoldsNumber : null,
    };

    private static string OnList(List<long> people) => people.Count == 0 ? "on no list" : $"respondents {string.Join(", ", people)}";

    private static List<long> People(SqliteConnection connection, byte[] index) => connection.Query<long>(SelectPeople, new { index }).AsList();

    private static List<PlaceRow> Places(SqliteConnection connection, byte[] index) => connection.Query<PlaceRow>(SelectPlaces, new { index }).AsList();

    private Enquiry Look(SqliteConnection connection, PhoneNumber number, byte[] index)
    {
        var places = Places(connection, index);
        var never = ContactCapStore.IsDoNotCall(connection, index);
        var shared = places.Select(place => place.RespondentId).Distinct().Count() > 1;
        var newest = places.Count > 0 ? places[0].CampaignId : connection.QuerySingleOrDefault<long?>(SelectNewest);
        return new Enquiry
        {
            Number = number,
            NeverAgain = never,
            Rounds = places.ConvertAll(place => Round(connection, place, shared, never)),
            ReadOut = newest is { } id ? Sheet(campaigns.Get(connection, id), places.Count > 0 ? places[0] : null) : null,
        };
    }

    private EnquiryRound Round(SqliteConnection connection, PlaceRow place, bool shared, bool never)
    {
        var campaign = campaigns.Get(connection, place.CampaignId);
        var attempts = AttemptStore.OfRespondent(connection, place.CampaignId, place.RespondentId);
        var waiting = never ? null : Waiting(connection, place);
        return new EnquiryRound
        {
            Place = new EnquiryPlace(place.CampaignId, place.RespondentId),
            Campaign = campaign.Row.Name,
            TimeZone = campaign.Row.TimeZone,
            Name = shared ? cipher.Decrypt(SampleFields.NamePurpose, place.NameEnc) : null,
            Contacts = [.. attempts.Where(attempt => attempt.PhoneId == place.PhoneId && attempt.OurFault == 0 && attempt.State is "placed" or "unknown" or "ended")
                .Select(attempt => new EnquiryContact(attempt.PlacedAt ?? attempt.PlacingAt ?? attempt.EndedAt ?? attempt.DueAt, attempt.Channel is "text" or "notice"))
                .OrderByDescending(contact => contact.At)],
            Now = attempts.Exists(attempt => attempt.State is "leased" or "placing" or "placed" or "unknown" && attempt.PhoneId == place.PhoneId),
            Next = waiting is null ? null : Math.Max(waiting.DueAt, clock.NowMillis()),
            Agreed = waiting is { Appointment: 1 },
        };
    }

    /// <summary>The respondent's next call, while it waits; null when none does.</summary>
    private static AttemptRow? Waiting(SqliteConnection connection, PlaceRow place)
        => AttemptStore.OpenOf(connection, place.CampaignId, place.RespondentId) is { State: "pending", Channel: "live" or "voice" } attempt ? attempt : null;

    /// <summary>What is read out: the round's own texts, as its residents hear them, without what tells keys to press.</summary>
    private static EnquirySheet Sheet(ActiveCampaign campaign, PlaceRow? place)
    {
        var template = campaign.Template;
        var language = campaign.LanguageFor(place?.Language);
        var blanks = place is null ? campaign.BlanksOfStranger() : campaign.BlanksOf(place.TownshipId, place.Township);
        var channel = template.Channels.Contains(Channel.Live) ? Channel.Live : template.Channels[0];
        var values = new Dictionary<string, string>(blanks, StringComparer.Ordinal);
        values.TryAdd("minutes", PromptSeconds.Of(template, channel, language).Minutes.ToString(CultureInfo.InvariantCulture));
        var said = new[] { template.Introduction.Identity, template.Introduction.About, template.Introduction.Notice };
        return new EnquirySheet
        {
            Campaign = campaign.Row.Name,
            Organiser = values.GetValueOrDefault($"org.{language}") ?? values.GetValueOrDefault("org") ?? campaign.Row.Organiser,
            Approval = values.GetValueOrDefault("approval_no") ?? campaign.Row.Approval,
            VerifyPhone = values.GetValueOrDefault("verify_phone"),
            Language = language,
            Texts = [.. said.Where(text => text.Find(language) is { Length: > 0 }).Select(text => BlankFilling.Fill(text, language, values))],
        };
    }

    private void NeverAgain(SqliteConnection connection, byte[] index, string who)
    {
        var now = clock.GetUtcNow();
        var people = People(connection, index);
        var places = Places(connection, index);
        var day = places.Count > 0 ? campaigns.Get(connection, places[0].CampaignId).DayOf(now) : Instants.Day(DateOnly.FromDateTime(now.UtcDateTime));
        ContactCapStore.AddDoNotCall(connection, index, cipher.KeyVersion, day);
        // Of several behind one number nobody knows who speaks: the others' own numbers are theirs to take away.
        if (people is [var only]) events.NeverAgain(connection, only, day);
        foreach (var person in people) TakeBack(connection, person, now.ToUnixTimeMilliseconds());
        AuditLog.Add(connection, now.ToUnixTimeMilliseconds(), who, "never-again", $"{OnList(people)}: asked for on the telephone");
    }

    /// <summary>What waits for somebody of whom no number may be called any more ends here; rounds that rest leave it to the planner.</summary>
    private void TakeBack(SqliteConnection connection, long respondentId, long now)
    {
        if (connection.Query<byte[]>(SelectNumbers, new { respondentId }).AsList().Exists(number => !ContactCapStore.IsDoNotCall(connection, number))) return;
        foreach (var id in connection.Query<long>(SelectOpen, new { respondentId }).AsList())
        {
            var attempt = AttemptStore.Find(connection, id)!;
            MessageStore.CancelPending(connection, id);
            if (attempt.State != "pending" || CampaignStore.StateOf(connection, attempt.CampaignId) != CampaignState.Running) continue;
            if (AttemptStore.Cancel(connection, attempt, VetoReason.DoNotCall.ToColumn(), now))
                finish.WithoutAttempt(connection, campaigns.Get(connection, attempt.CampaignId), respondentId);
        }
    }

    private sealed record PlaceRow
    {
        public long CampaignId { get; init; }

        public long RespondentId { get; init; }

        public long PhoneId { get; init; }

        public byte[]? NameEnc { get; init; }

        public string? Language { get; init; }

        public long TownshipId { get; init; }

        public string Township { get; init; } = "";
    }
}
