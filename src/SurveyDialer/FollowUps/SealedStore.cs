using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.FollowUps;

/// <summary>
/// Owner of <c>sealed_item</c>: what only the county can read. Nothing here says who, where, when or about what; the kind is all that can be counted.
/// </summary>
internal static class SealedStore
{
    /// <summary>A resident who agreed to be contacted.</summary>
    internal const string Case = "case";

    /// <summary>A matter that is reported without contact.</summary>
    internal const string Report = "report";

    /// <summary>Words typed after the topic was named.</summary>
    internal const string Words = "words";

    internal const string Recording = "recording";

    /// <summary>Stands in the place of a topic on an interview whose matter was sealed.</summary>
    internal const string Topic = "sealed";

    private const int IdBytes = 16;

    internal static void Add(SqliteConnection connection, long campaignId, string kind, byte[] content)
        => connection.Execute(
            "INSERT INTO sealed_item (id, campaign_id, kind, content) VALUES (@id, @campaignId, @kind, @content);",
            new { id = RandomNumberGenerator.GetBytes(IdBytes), campaignId, kind, content });

    /// <summary>How many of each kind a campaign has.</summary>
    internal static Dictionary<string, long> Count(SqliteConnection connection, long campaignId)
        => connection.Query<(string Kind, long Items)>("SELECT kind, count(*) FROM sealed_item WHERE campaign_id = @campaignId GROUP BY kind;", new { campaignId })
            .ToDictionary(row => row.Kind, row => row.Items, StringComparer.Ordinal);

    /// <returns>Pieces that were taken away; fewer than the limit when none is left.</returns>
    internal static int Forget(SqliteConnection connection, long campaignId, int limit)
        => connection.Execute(
            "DELETE FROM sealed_item WHERE id IN (SELECT id FROM sealed_item WHERE campaign_id = @campaignId LIMIT @limit);", new { campaignId, limit });

    /// <summary>Everything of a campaign, one after the other.</summary>
    internal static IEnumerable<(string Kind, byte[] Content)> Of(SqliteConnection connection, long campaignId)
        => connection.Query<(string Kind, byte[] Content)>(
            "SELECT kind, content FROM sealed_item WHERE campaign_id = @campaignId ORDER BY id;", new { campaignId }, buffered: false);
}
