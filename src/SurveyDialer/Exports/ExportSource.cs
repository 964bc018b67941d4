using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>What one export reads: one campaign in one state of the data.</summary>
internal sealed class ExportSource
{
    /// <summary>Rows fetched together.</summary>
    private const int Portion = 200;

    private readonly TimeZoneInfo zone;

    private ExportSource(CampaignRow campaign)
    {
        Campaign = campaign;
        Template = TemplateJson.Read(campaign.TemplateJson);
        zone = TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone);
    }

    internal required Database Database { get; init; }

    internal required SqliteConnection Connection { get; init; }

    internal required FieldCipher Cipher { get; init; }

    internal required AreaNames Areas { get; init; }

    internal required ExportTexts Texts { get; init; }

    internal required DateTimeOffset Now { get; init; }

    /// <summary>From 0 to 1; null when nobody watches.</summary>
    internal required IProgress<double>? Progress { get; init; }

    internal required CancellationToken Cancellation { get; init; }

    /// <summary>Whose interviews a follow-up list leaves out; null: nobody's.</summary>
    internal string? Without { get; init; }

    internal CampaignRow Campaign { get; }

    /// <summary>As it was at launch.</summary>
    internal Template Template { get; }

    /// <returns>Null when there is no such campaign.</returns>
    internal static ExportSource? Open(
        Database database, SqliteConnection connection, FieldCipher cipher, TimeProvider clock, long campaignId, ExportTexts texts,
        IProgress<double>? progress, CancellationToken cancellation, string? without = null)
        => CampaignStore.Find(connection, campaignId) is not { } campaign
            ? null
            : new ExportSource(campaign)
            {
                Database = database,
                Connection = connection,
                Cipher = cipher,
                Areas = AreaNames.Read(connection),
                Texts = texts,
                Now = clock.GetUtcNow(),
                Progress = progress,
                Cancellation = cancellation,
                Without = without,
            };

    /// <summary>Local time of the campaign.</summary>
    internal DateTime? Local(long? millis) => millis is { } at ? TimeZoneInfo.ConvertTime(Instants.FromMillis(at), zone).DateTime : null;

    /// <summary>Day in the campaign's time zone.</summary>
    internal DateOnly? Day(long? millis) => Local(millis) is { } at ? DateOnly.FromDateTime(at) : null;

    /// <summary>A text of the template in the export's language, else in the template's main one.</summary>
    internal string Say(LocalText text) => text.Find(Texts.Language) ?? text.In(Template.Languages[0]);

    /// <summary>
    /// Brings the keys into an order that nobody can foresee or repeat, and hands them out in portions, so that a running number says nothing
    /// about when somebody was interviewed or where he or she stands in the list.
    /// </summary>
    internal IEnumerable<List<T>> InRandomOrder<T>(List<T> keys)
    {
        RandomNumberGenerator.Shuffle(CollectionsMarshal.AsSpan(keys));
        for (var from = 0; from < keys.Count; from += Portion)
        {
            Cancellation.ThrowIfCancellationRequested();
            Progress?.Report((double)from / keys.Count);
            yield return keys.GetRange(from, Math.Min(Portion, keys.Count - from));
        }
    }
}
