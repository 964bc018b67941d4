using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Stores what a turn brought, whatever the channel: answers and flags in the answer ledger, consent, topic and own words on the side of
/// cases and areas, never again at once.
/// </summary>
internal sealed class TurnEvents(FieldCipher cipher, SealToCounty county)
{
    /// <summary>How long the office has to contact somebody who agreed.</summary>
    internal static readonly TimeSpan CaseDue = TimeSpan.FromDays(2);

    private const string SelectNumbers = """
        SELECT p.number_index FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id WHERE rp.respondent_id = @respondentId;
        """;

    /// <summary>Encrypts own words before the story that stores them, and prepares the seal where this turn may bring the county something.</summary>
    internal SealedWords Seal(Contact contact, InterviewInput? input) => new(
        input is InterviewInput.Typed { Body: var body } ? cipher.Encrypt(CaseWordsDesk.Purpose, body) : null,
        input is InterviewInput.Typed or InterviewInput.Keys ? contact.Campaign.CountyKey?.Begin() : null);

    /// <returns>The interview with what the events changed on it.</returns>
    internal InterviewRow Apply(SqliteConnection connection, Contact contact, InterviewRow interview, Turn turn, SealedWords words, long now)
    {
        foreach (var happened in turn.Events) interview = Apply(connection, contact, interview, happened, words, now);
        var takenBack = turn.Events.Any(happened => happened is InterviewEvent.AnswerTakenBack);
        if (!takenBack && !turn.Events.Any(happened => happened is InterviewEvent.Answered)) return interview;
        if (takenBack) InterviewStore.DropFlags(connection, interview.Id);
        var raised = FlagRules.Raised(contact.Campaign.Template, turn.Position.Answers);
        foreach (var rule in raised) InterviewStore.AddFlag(connection, interview.Id, rule);
        return raised.Count > 0 ? interview with { Flagged = 1 } : takenBack ? interview with { Flagged = 0 } : interview;
    }

    /// <summary>
    /// Whether a step back can be stored: not where the matter was sealed, which nobody here can open any more, and not where somebody has begun to
    /// work on the case.
    /// </summary>
    internal static bool CanTakeBack(SqliteConnection connection, Contact contact, InterviewRow interview, Turn back)
        => !back.Events.Any(happened => happened is InterviewEvent.ConsentTakenBack or InterviewEvent.TopicTakenBack or InterviewEvent.WordsTakenBack)
            || (interview.Topic != SealedStore.Topic && CaseStore.IsUntouched(connection, contact.Row.CampaignId, contact.Row.RespondentId));

    private InterviewRow Apply(
        SqliteConnection connection, Contact contact, InterviewRow interview, InterviewEvent happened, SealedWords words, long now)
    {
        switch (happened)
        {
            case InterviewEvent.Answered answered:
                InterviewStore.AddAnswer(connection, Row(interview, answered));
                return interview;
            case InterviewEvent.OptedOut:
                NeverAgain(connection, contact, now);
                return interview;
            case InterviewEvent.ConsentAsked:
                return interview with { Asked = 1 };
            case InterviewEvent.ConsentGiven given:
                return Consent(connection, contact, interview, given.Choice, now);
            case InterviewEvent.TopicNamed named when contact.Campaign.SealsTopic(named.TopicId):
                county.Topic(connection, contact, interview, named.TopicId, words.County!, now);
                return interview with { Topic = SealedStore.Topic };
            case InterviewEvent.TopicNamed named:
                CaseStore.SetTopic(connection, contact.Row.CampaignId, contact.Row.RespondentId, named.TopicId);
                return interview with { Topic = named.TopicId };
            case InterviewEvent.WordsGiven { Text: { } text } when interview.Topic == SealedStore.Topic:
                county.Words(connection, contact, text, words.County!);
                return interview;
            case InterviewEvent.WordsGiven { Text: not null } when interview.NextStep == "case":
                CaseStore.SetWords(connection, contact.Row.CampaignId, contact.Row.RespondentId, words.Cipher);
                return interview;
            case InterviewEvent.WordsGiven { Text: not null }:
                AreaWordsStore.Add(connection, contact.Row.CampaignId, contact.Row.RespondentId, contact.Row.AreaId, words.Cipher!, WordsRetention.Until(Instants.FromMillis(now), contact.Campaign.WordsKept));
                return interview;
            case InterviewEvent.AnswerTakenBack answered:
                InterviewStore.DropAnswer(connection, interview.Id, answered.QuestionId);
                return interview;
            case InterviewEvent.ConsentUnasked:
                return interview with { Asked = 0 };
            case InterviewEvent.ConsentTakenBack:
                return Undo(connection, contact, interview, now);
            case InterviewEvent.TopicTakenBack:
                CaseStore.SetTopic(connection, contact.Row.CampaignId, contact.Row.RespondentId, null);
                return interview with { Topic = null };
            case InterviewEvent.WordsTakenBack:
                AreaWordsStore.Drop(connection, contact.Row.CampaignId, contact.Row.RespondentId);
                CaseStore.SetWords(connection, contact.Row.CampaignId, contact.Row.RespondentId, null);
                return interview;
            case InterviewEvent.WordsWithdrawn:
                AreaWordsStore.Drop(connection, contact.Row.CampaignId, contact.Row.RespondentId);
                return interview;
            default:
                return interview;
        }
    }

    private static InterviewRow Consent(SqliteConnection connection, Contact contact, InterviewRow interview, ConsentChoice choice, long now)
    {
        var way = choice switch
        {
            ConsentChoice.Phone => "phone",
            ConsentChoice.Visit => "visit",
            ConsentChoice.Report => "report",
            ConsentChoice.No => "no",
        };
        if (choice is not (ConsentChoice.Phone or ConsentChoice.Visit)) return interview with { Consent = way };
        CaseStore.Open(
            connection,
            new NewCase
            {
                Id = contact.Campaign.CountyKey is null ? null : CaseStore.NewId(connection),
                CampaignId = contact.Row.CampaignId,
                RespondentId = contact.Row.RespondentId,
                PhoneId = contact.Row.PhoneId,
                AreaId = contact.Row.AreaId,
                PreferredWay = way,
                Language = interview.Language,
                OpenedAt = now,
                DueAt = now + (long)CaseDue.TotalMilliseconds,
            });
        AreaWordsStore.MoveToCase(connection, contact.Row.CampaignId, contact.Row.RespondentId);
        return interview with { Consent = way, NextStep = "case" };
    }

    /// <summary>Nobody has agreed: the case was never opened, and words that it had taken up are open again.</summary>
    private static InterviewRow Undo(SqliteConnection connection, Contact contact, InterviewRow interview, long now)
    {
        var (campaign, respondent) = (contact.Row.CampaignId, contact.Row.RespondentId);
        if (interview.NextStep == "case" && CaseStore.TakeOut(connection, campaign, respondent) is { WordsEnc: { } words })
            AreaWordsStore.Add(connection, campaign, respondent, contact.Row.AreaId, words, WordsRetention.Until(Instants.FromMillis(now), contact.Campaign.WordsKept));
        return interview with { Consent = null, NextStep = null, Topic = null };
    }

    /// <summary>Every number of the respondent, for calls and texts, in this and every other campaign.</summary>
    internal void NeverAgain(SqliteConnection connection, Contact contact, long now)
        => NeverAgain(connection, contact.Row.RespondentId, contact.Campaign.DayOf(Instants.FromMillis(now)));

    /// <summary>The same, for somebody who is not on the line.</summary>
    internal void NeverAgain(SqliteConnection connection, long respondentId, long day)
    {
        foreach (var number in connection.Query<byte[]>(SelectNumbers, new { respondentId }).AsList())
            ContactCapStore.AddDoNotCall(connection, number, cipher.KeyVersion, day);
    }

    private static AnswerRow Row(InterviewRow interview, InterviewEvent.Answered answered) => new()
    {
        InterviewId = interview.Id,
        QuestionId = answered.QuestionId,
        Tag = answered.Tag,
        Key = answered.Key,
        Turn = interview.Turn,
        Explained = answered.Explained ? 1 : 0,
        Replays = answered.Replays,
        How = answered.How switch { AnswerHow.Given => "given", AnswerHow.NoInput => "no_input", AnswerHow.Invalid => "invalid" },
    };
}

/// <summary>Own words of one turn, encrypted; empty when the turn brought none.</summary>
/// <param name="County">The seal of this turn; null where the campaign has no key of the county.</param>
internal readonly record struct SealedWords(byte[]? Cipher, CountySeal? County);
