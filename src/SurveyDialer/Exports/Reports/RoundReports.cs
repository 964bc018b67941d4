using SurveyDialer.Storage;

namespace SurveyDialer.Exports.Reports;

/// <summary>Reports for pages.</summary>
internal sealed class RoundReports(Database database, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>The report of one round as it stands; null when there is no such round, or it has not been launched.</summary>
    /// <param name="language"><c>zh-CN</c> or <c>en</c>.</param>
    internal RoundReport? Find(long campaignId, string language, CancellationToken cancellation) => database.Read(connection =>
        ExportSource.Open(database, connection, cipher, clock, campaignId, ExportTexts.Of(language), null, cancellation) is { Campaign.LaunchedAt: not null } round
            ? ReportBuilder.Build(ReportSource.Read(round))
            : null);
}
