using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>How many rows an export holds that is written down, so that the log tells how much was taken out.</summary>
internal static class ExportCounts
{
    /// <param name="without">Whose interviews are left out of a follow-up list; null: nobody's.</param>
    /// <returns>Null for what has no rows, or is not written down.</returns>
    internal static long? Of(Database database, string kind, long campaignId, string? without) => kind.Replace("-xlsx", "", StringComparison.Ordinal) switch
    {
        "answers" => database.Read(connection => Count(connection, AnswersExport.Count, campaignId)),
        "microdata" => database.Read(connection => Count(connection, MicrodataExport.Count, campaignId)),
        "sealed" => database.Read(connection => Count(connection, "SELECT count(*) FROM sealed_item WHERE campaign_id = @id;", campaignId)),
        "follow-up-list" => database.Read(connection => FollowUpListExport.Count(connection, campaignId, without)),
        "rejected-rows" => database.Read(connection => RejectedRowsExport.Lists(connection, campaignId)).Sum(frame => RejectedRows.Count(database, frame.Id)),
        _ => null,
    };

    private static long Count(SqliteConnection connection, string sql, long id) => connection.ExecuteScalar<long>(sql, new { id });
}
