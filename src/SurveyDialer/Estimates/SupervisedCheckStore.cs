using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Estimates;

/// <summary>Owner of <c>supervised_check</c>: what supervisors listened in to or asked again.</summary>
internal static class SupervisedCheckStore
{
    private const string Insert = "INSERT INTO supervised_check (campaign_id, day, interviews, confirmed, who) VALUES (@campaignId, @day, @interviews, @confirmed, @who);";

    internal static void Add(SqliteConnection connection, long campaignId, long day, long interviews, long confirmed, string who)
        => connection.Execute(Insert, new { campaignId, day, interviews, confirmed, who });

    /// <summary>Interviews checked in all.</summary>
    internal static long Interviews(SqliteConnection connection, long campaignId)
        => connection.ExecuteScalar<long>("SELECT coalesce(sum(interviews), 0) FROM supervised_check WHERE campaign_id = @campaignId;", new { campaignId });
}
