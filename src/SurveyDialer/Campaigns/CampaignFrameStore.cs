using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Campaigns;

/// <summary>Owner of <c>campaign_frame</c>: the lists whose respondents make a campaign's sample.</summary>
internal static class CampaignFrameStore
{
    internal static void Add(SqliteConnection connection, long campaignId, IEnumerable<long> frames)
        => connection.Execute(
            "INSERT INTO campaign_frame (campaign_id, frame_id) VALUES (@campaignId, @frame);", frames.Distinct().Select(frame => new { campaignId, frame }));

    internal static List<long> Of(SqliteConnection connection, long campaignId)
        => connection.Query<long>("SELECT frame_id FROM campaign_frame WHERE campaign_id = @campaignId ORDER BY frame_id;", new { campaignId }).AsList();
}
