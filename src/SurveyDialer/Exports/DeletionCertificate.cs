using System.Globalization;
using Dapper;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports.Tables;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>What was deleted of a round, when and how many; what stays and why; what others still hold and somebody has to see to.</summary>
internal sealed class DeletionCertificate
{
    private static readonly string[] DeletedInOrder = ["members", "attempts", "interviews", "links", "persons", "numbers", "rejected_rows", "cases", "sealed", "backups"];

    private readonly ExportTexts texts;
    private readonly List<CertificateLine> lines = [];

    private DeletionCertificate(ExportTexts texts) => this.texts = texts;

    /// <summary>In order.</summary>
    internal IReadOnlyList<CertificateLine> Lines => lines;

    /// <summary>Kind to number.</summary>
    internal required IReadOnlyDictionary<string, long> Deleted { get; init; }

    /// <summary>What the carrier holds (<c>carrier_calls</c>, <c>carrier_texts</c>, <c>carrier_recordings</c>, <c>texts_to_blank</c>), and what waits here.</summary>
    internal required IReadOnlyDictionary<string, long> Left { get; init; }

    /// <summary>Null when there is no such campaign.</summary>
    internal static DeletionCertificate? Read(Database database, long campaignId, string language)
        => database.Read(connection => CampaignStore.Find(connection, campaignId) is { } campaign ? Read(connection, campaign, ExportTexts.Of(language)) : null);

    /// <summary>The same as a table.</summary>
    internal static void Write(ExportSource source, ITableWriter table)
    {
        table.Begin(source.Texts["deletion-certificate.name"], [new(source.Texts["certificate.what"], 60), new(source.Texts["certificate.number"], 12)]);
        foreach (var line in Read(source.Connection, source.Campaign, source.Texts).Lines) table.Row(TableCell.Of(line.What), TableCell.Of(line.Number));
    }

    private static DeletionCertificate Read(Microsoft.Data.Sqlite.SqliteConnection connection, CampaignRow campaign, ExportTexts texts)
    {
        var left = CampaignTotalStore.Of(connection, campaign.Id, CampaignTotalStore.Left);
        left["carrier_recordings"] = connection.ExecuteScalar<long>("SELECT count(*) FROM recording WHERE at_carrier = 1 AND campaign_id = @Id;", new { campaign.Id });
        left["texts_to_blank"] = connection.ExecuteScalar<long>("SELECT count(*) FROM incoming_message WHERE redacted = 0;");
        left["cases_named"] = CaseForgetting.StillNamed(connection, campaign.Id);
        left["sealed"] = SealedStore.Count(connection, campaign.Id).Values.Sum();
        var certificate = new DeletionCertificate(texts) { Deleted = CampaignTotalStore.Of(connection, campaign.Id, CampaignTotalStore.Deleted), Left = left };
        certificate.Fill(campaign);
        return certificate;
    }

    private void Fill(CampaignRow campaign)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone);
        string Time(long? at) => at is { } millis ? TimeZoneInfo.ConvertTime(Instants.FromMillis(millis), zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "–";
        Say("head", campaign.Name, campaign.Organiser);
        Say("closed", Time(campaign.ClosedAt), RoundRetention.Days(campaign.Blanks));
        if (campaign.UnlinkedAt is null)
        {
            Say("not_yet");
            return;
        }

        Say("unlinked", Time(campaign.CountedAt), Time(campaign.UnlinkedAt));
        foreach (var what in DeletedInOrder) lines.Add(new CertificateLine(texts[$"deleted.{what}"], Deleted.GetValueOrDefault(what)));
        foreach (var what in (string[])["cases_named", "sealed", "carrier_calls", "carrier_texts", "carrier_recordings", "texts_to_blank"])
            lines.Add(new CertificateLine(texts[$"left.{what}"], Left.GetValueOrDefault(what)));
        Say("kept");
        Say("copies", Time(campaign.UnlinkedAt));
    }

    private void Say(string key, params object[] arguments)
        => lines.Add(new CertificateLine(string.Format(texts.Culture, texts[$"certificate.{key}"], arguments), null));
}

/// <param name="Number">Null: a sentence.</param>
internal sealed record CertificateLine(string What, long? Number);
