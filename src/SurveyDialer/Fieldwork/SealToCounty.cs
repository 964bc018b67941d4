using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.FollowUps;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// A topic that concerns the round's own organiser: the case, or the words of a report, are sealed to the county in the story in which the topic
/// is named, and everything readable of them goes. The slow half of sealing was done before the story; what is left takes microseconds.
/// </summary>
internal sealed class SealToCounty(FieldCipher cipher)
{
    private const string SelectPerson = """
        SELECT r.address_enc, v.name AS village, t.name AS township
        FROM sample_member m JOIN respondent r ON r.id = m.respondent_id JOIN area v ON v.id = m.area_id LEFT JOIN area t ON t.id = v.parent_id
        WHERE m.campaign_id = @campaignId AND m.respondent_id = @respondentId;
        """;

    /// <summary>The resident has named a topic that is the county's.</summary>
    internal void Topic(SqliteConnection connection, Contact contact, InterviewRow interview, string topicId, CountySeal seal, long now)
    {
        var (campaign, respondent) = (contact.Row.CampaignId, contact.Row.RespondentId);
        var person = connection.QuerySingle<PersonRow>(SelectPerson, new { campaignId = campaign, respondentId = respondent });
        var topic = contact.Campaign.Template.FollowUp.Topics.First(known => known.Id == topicId);
        var matter = Piece(campaign, respondent) with
        {
            Round = contact.Campaign.Row.Name,
            Township = person.Township ?? person.Village,
            Village = person.Township is null ? null : person.Village,
            Topic = topic.Text.In(contact.Campaign.Template.Languages[0]),
            Language = interview.Language,
            Day = contact.Campaign.Schedule.DayOf(Instants.FromMillis(now)),
        };
        if (CaseStore.TakeOut(connection, campaign, respondent) is { } opened)
        {
            matter = matter with
            {
                PreferredWay = opened.PreferredWay,
                Name = cipher.Decrypt(SampleFields.NamePurpose, opened.NameEnc),
                Number = cipher.Decrypt(SampleFields.NumberPurpose, opened.NumberEnc),
                Address = cipher.Decrypt(SampleFields.AddressPurpose, person.AddressEnc),
                Words = cipher.Decrypt(CaseWordsDesk.Purpose, opened.WordsEnc),
            };
            Close(connection, campaign, SealedStore.Case, matter, seal);
            return;
        }

        var words = cipher.Decrypt(CaseWordsDesk.Purpose, AreaWordsStore.TakeOut(connection, campaign, respondent));
        Close(connection, campaign, SealedStore.Report, matter with { Words = words }, seal);
    }

    /// <summary>Words typed after that.</summary>
    internal void Words(SqliteConnection connection, Contact contact, string text, CountySeal seal)
        => Close(connection, contact.Row.CampaignId, SealedStore.Words, Piece(contact.Row.CampaignId, contact.Row.RespondentId) with { Words = text }, seal);

    /// <summary>What says to the county, and to nobody here, which pieces belong together.</summary>
    internal string MatterOf(long campaignId, long respondentId) => Convert.ToHexStringLower(cipher.Index("county.matter", $"{campaignId}.{respondentId}"));

    private SealedMatter Piece(long campaignId, long respondentId) => new() { Matter = MatterOf(campaignId, respondentId) };

    private static void Close(SqliteConnection connection, long campaignId, string kind, SealedMatter matter, CountySeal seal)
        => SealedStore.Add(connection, campaignId, kind, seal.Close(kind, matter.ToBytes()));

    private sealed record PersonRow
    {
        public byte[]? AddressEnc { get; init; }

        public string Village { get; init; } = "";

        public string? Township { get; init; }
    }
}
