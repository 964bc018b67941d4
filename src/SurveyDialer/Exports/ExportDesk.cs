using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>Hands exports to people: one that names persons is written down before its first byte leaves.</summary>
public sealed class ExportDesk(IExportCatalog catalog, Database database, TimeProvider clock)
{
    /// <inheritdoc cref="IExportCatalog.Kinds"/>
    public IReadOnlyList<ExportKind> Kinds => catalog.Kinds;

    /// <summary>Writes one export of one campaign for a named person.</summary>
    /// <param name="output">Not closed.</param>
    /// <param name="language"><c>zh-CN</c> or <c>en</c>.</param>
    public async Task WriteAsync(ExportKind kind, long campaignId, string who, Stream output, string language, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (kind.NamesPersons)
        {
            var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await database.WriteAsync(connection => AuditLog.Add(connection, at, who, "exported", $"{kind.Id} of campaign {campaignId}"), cancellation);
        }

        await catalog.WriteAsync(kind.Id, campaignId, output, language, cancellation);
    }
}
