using SurveyDialer.Campaigns;
using SurveyDialer.People;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>Hands exports to people: one that names persons, or holds answers one by one, is written down before its first byte leaves.</summary>
public sealed class ExportDesk(IExportCatalog catalog, Database database, TimeProvider clock)
{
    /// <inheritdoc cref="IExportCatalog.Kinds"/>
    public IReadOnlyList<ExportKind> Kinds => catalog.Kinds;

    /// <summary>Writes one export of one campaign for a named person.</summary>
    /// <param name="output">Not closed.</param>
    /// <param name="language"><c>zh-CN</c> or <c>en</c>.</param>
    /// <param name="progress">From 0 to 1; null when nobody watches.</param>
    public async Task WriteAsync(
        ExportKind kind, long campaignId, string who, Stream output, string language, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (kind.NamesPersons || kind.IsMicrodata) await WriteDownAsync(who, kind.Id, campaignId, without: null, cancellation);
        await catalog.WriteAsync(kind.Id, campaignId, output, language, progress, cancellation);

        // What has never been taken out is not deleted when the round's time is over.
        if (kind.Id == "sealed") await database.WriteAsync(connection => CampaignStore.SealedTaken(connection, campaignId, clock.GetUtcNow().ToUnixTimeMilliseconds()), cancellation);
    }

    /// <summary>Writes the follow-up list that a caller takes along, as .xlsx; written down like every list of persons.</summary>
    /// <inheritdoc cref="IExportCatalog.WriteFollowUpListAsync"/>
    public async Task WriteFollowUpListAsync(long campaignId, string worker, Stream output, string language, CancellationToken cancellation)
    {
        await WriteDownAsync(worker, ExportCatalog.FollowUpKind, campaignId, worker, cancellation);
        await catalog.WriteFollowUpListAsync(campaignId, worker, output, language, cancellation);
    }

    /// <summary>Writes the rejected rows of one list for a named person: they hold names and numbers.</summary>
    /// <inheritdoc cref="IExportCatalog.WriteRejectedRowsAsync"/>
    public async Task WriteRejectedRowsAsync(long frameId, bool workbook, string who, Stream output, string language, CancellationToken cancellation)
    {
        var rows = RejectedRows.Count(database, frameId);
        await WriteDownAsync(who, $"rejected-rows of frame {frameId}, {rows} rows", cancellation);
        await catalog.WriteRejectedRowsAsync(frameId, workbook, output, language, cancellation);
    }

    private Task WriteDownAsync(string who, string kind, long campaignId, string? without, CancellationToken cancellation)
    {
        var rows = ExportCounts.Of(database, kind, campaignId, without) is { } count ? $", {count} rows" : "";
        return WriteDownAsync(who, $"{kind} of campaign {campaignId}{rows}{(without is null ? "" : ", without own interviews")}", cancellation);
    }

    private Task WriteDownAsync(string who, string what, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteAsync(connection => AuditLog.Add(connection, at, who, "exported", what), cancellation);
    }
}
