using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Finds or begins the interview of an attempt, and makes the engine that holds it.</summary>
internal sealed class InterviewDesk(Database database, CampaignBook campaigns, FieldCipher cipher)
{
    private const int MostKept = 5_000;

    private const string SelectContact = """
        SELECT a.id AS attempt_id, a.campaign_id, a.respondent_id, a.phone_id, a.channel, a.state AS attempt_state, a.carrier_id, a.answered_at, m.area_id, m.stratum, p.kind AS number_kind, p.number_index,
               r.language, l.link_enc, coalesce(t.id, v.id) AS township_id, coalesce(t.name, v.name) AS township_name,
               (SELECT count(*) FROM respondent_phone n WHERE n.respondent_id = a.respondent_id) AS numbers
        FROM attempt a
        JOIN respondent r ON r.id = a.respondent_id
        JOIN sample_member m ON m.campaign_id = a.campaign_id AND m.respondent_id = a.respondent_id
        JOIN area v ON v.id = m.area_id
        LEFT JOIN area t ON t.id = v.parent_id
        JOIN phone p ON p.id = a.phone_id
        LEFT JOIN interview_link l ON l.campaign_id = a.campaign_id AND l.respondent_id = a.respondent_id
        WHERE a.token = @token;
        """;

    private readonly ConcurrentDictionary<string, ContactLook> going = new(StringComparer.Ordinal);

    /// <summary>Whom an attempt's token belongs to; null when it belongs to nobody.</summary>
    internal Contact? Find(string token) => database.Read(connection => Find(connection, token));

    /// <summary>Whom a call's token belongs to: a carrier that names a conversation by text or a call from a desk means none of its own.</summary>
    internal Contact? FindCall(string token) => database.Read(connection => FindCall(connection, token));

    /// <summary>Whom a call's token belongs to, and where the interview stands, as committed now; null when it belongs to nobody.</summary>
    internal ContactLook? Look(string token)
        => database.Read(connection => FindCall(connection, token) is { } contact
            ? new ContactLook(contact, contact.InterviewId is { } id ? InterviewStore.Find(connection, id) : null, Engine(contact, Channel.Voice))
            : null);

    /// <summary>As this process committed it last, which may be out of date; looked up where that is not known.</summary>
    internal ContactLook? Recall(string token) => going.TryRemove(token, out var kept) ? kept : Look(token);

    /// <summary>Keeps what was committed for the call's next turn.</summary>
    internal void Keep(string token, ContactLook committed)
    {
        // Calls that broke off stay behind; nothing is lost by forgetting all.
        if (going.Count >= MostKept) going.Clear();
        going[token] = committed;
    }

    private Contact? FindCall(SqliteConnection connection, string token) => Find(connection, token) is { Row.Channel: "voice" } call ? call : null;

    private Contact? Find(SqliteConnection connection, string token)
    {
        if (connection.QuerySingleOrDefault<ContactRow>(SelectContact, new { token }) is not { } row) return null;
        var campaign = campaigns.Get(connection, row.CampaignId);
        var interviewId = row.LinkEnc is { } link ? cipher.OpenLink(campaign.Row.LinkKeyId, row.RespondentId, link) : null;
        if (row.LinkEnc is not null && interviewId is null) return null;
        return new Contact(row, campaign, interviewId);
    }

    /// <summary>The interview of a contact, or a fresh id with its sealed link, made outside of the story that stores them.</summary>
    internal (byte[] Id, byte[]? Link) InterviewOf(Contact contact)
    {
        if (contact.InterviewId is { } known) return (known, null);
        var id = RandomNumberGenerator.GetBytes(16);
        return (id, cipher.SealLink(contact.Campaign.Row.LinkKeyId, contact.Row.RespondentId, id)
            ?? throw new InvalidOperationException("The campaign's link key has been destroyed; no interview can begin."));
    }

    /// <summary>The interview, begun now where this is the first that is heard of it. Null when it was begun elsewhere meanwhile: look again.</summary>
    /// <param name="channel"><c>voice</c> or <c>text</c>.</param>
    /// <param name="asked">Where the interview stands when its first prompt was sent before; null when that is still to come.</param>
    internal static InterviewRow? Begun(
        SqliteConnection connection, Contact contact, (byte[] Id, byte[]? Link) interview, string channel, Func<InterviewPosition>? asked, long now)
    {
        if (interview.Link is null) return InterviewStore.Find(connection, interview.Id);
        if (InterviewStore.FindLink(connection, contact.Row.CampaignId, contact.Row.RespondentId) is not null) return null;
        var start = asked?.Invoke();
        var row = new InterviewRow
        {
            Id = interview.Id,
            CampaignId = contact.Row.CampaignId,
            AreaId = contact.Row.AreaId,
            NumberKind = contact.Row.NumberKind,
            Stratum = contact.Row.Stratum,
            Numbers = NumbersOf(contact),
            Channel = channel,
            Language = start?.Language ?? LanguageOf(contact),
            Turn = start is null ? 0 : 1,
            Position = start?.ToText(),
        };
        InterviewStore.AddLink(connection, contact.Row.CampaignId, contact.Row.RespondentId, interview.Link);
        InterviewStore.Insert(connection, row);
        return row;
    }

    /// <summary>Until somebody agrees, the interview is one by the number that was called last: whoever agrees there is the respondent.</summary>
    internal static InterviewRow Reached(InterviewRow interview, Contact contact, InterviewPosition next)
        => next.Agreed ? interview : interview with { NumberKind = contact.Row.NumberKind, Numbers = NumbersOf(contact) };

    private static long NumbersOf(Contact contact) => contact.Row.NumberKind == "landline" ? Math.Min(contact.Row.Numbers, InterviewRow.MostNumbers) : 1;

    /// <summary>
    /// Ends a turn that came through the screening where the respondent's stratum has its interviews by now: others may have finished while this call
    /// was under way. Any other turn stays as it is.
    /// </summary>
    internal static Turn StopAtQuota(SqliteConnection connection, Contact contact, InterviewEngine engine, InterviewPosition before, Turn next)
        => contact.Campaign.Plan is { } plan && engine.PassesScreening(before, next)
            && ReleaseRule.Full(plan, SampleStratumStore.Of(connection, contact.Row.CampaignId)).Contains(contact.Row.Stratum)
                ? engine.StopAtQuota(next) : next;

    /// <inheritdoc cref="ActiveCampaign.LanguageFor"/>
    internal static string LanguageOf(Contact contact) => contact.Campaign.LanguageFor(contact.Row.Language);

    /// <summary>The engine for a respondent. The draw depends on the campaign's seed and the respondent alone.</summary>
    internal static InterviewEngine Engine(Contact contact, Channel channel)
    {
        var template = contact.Campaign.Template;
        return new InterviewEngine(
            template,
            new InterviewSetting
            {
                Channel = channel,
                Language = LanguageOf(contact),
                Blanks = contact.Campaign.BlanksOf(contact.Row.TownshipId, contact.Row.TownshipName),
                DrawSeed = (ulong)contact.Campaign.Row.Seed,
                DrawNumber = contact.Row.RespondentId,
                Landline = contact.Row.NumberKind == "landline",
                Audio = channel == Channel.Voice ? contact.Campaign.Audio : null,
            });
    }
}

/// <summary>The respondent behind an attempt's token, as one interview needs it.</summary>
/// <param name="InterviewId">Null before the first interview of this respondent in this campaign.</param>
internal sealed record Contact(ContactRow Row, ActiveCampaign Campaign, byte[]? InterviewId);

/// <summary>A contact and its interview as they were committed at one moment.</summary>
/// <param name="Interview">Null before the first interview of this respondent in this campaign.</param>
internal sealed record ContactLook(Contact Contact, InterviewRow? Interview, InterviewEngine Engine);

internal sealed record ContactRow
{
    public long AttemptId { get; init; }

    public long CampaignId { get; init; }

    public long RespondentId { get; init; }

    public long PhoneId { get; init; }

    public string Channel { get; init; } = "";

    public string AttemptState { get; init; } = "";

    public string? CarrierId { get; init; }

    public long? AnsweredAt { get; init; }

    /// <summary>The village, or the township where the frame names none.</summary>
    public long AreaId { get; init; }

    public string NumberKind { get; init; } = "";

    public long Stratum { get; init; }

    /// <summary>Of the list, that reach the respondent.</summary>
    public long Numbers { get; init; }

    public byte[] NumberIndex { get; init; } = [];

    public string? Language { get; init; }

    public byte[]? LinkEnc { get; init; }

    public long TownshipId { get; init; }

    public string TownshipName { get; init; } = "";
}
