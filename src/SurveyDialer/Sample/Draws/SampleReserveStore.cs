using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>Owner of <c>sample_reserve</c>: who was drawn and has no attempts yet.</summary>
internal static class SampleReserveStore
{
    private const string Insert = """
        INSERT INTO sample_reserve (campaign_id, stratum, place, respondent_id, area_id, replicate)
        VALUES (@campaignId, @stratum, @place, @respondentId, @areaId, @replicate);
        """;

    private const string SelectReplicates = """
        SELECT stratum, replicate, count(*) AS size FROM sample_reserve WHERE campaign_id = @campaignId GROUP BY stratum, replicate ORDER BY stratum, replicate;
        """;

    private const string SelectUpTo = """
        SELECT respondent_id, area_id, stratum, place, replicate FROM sample_reserve
        WHERE campaign_id = @campaignId AND stratum = @stratum AND replicate <= @last ORDER BY place;
        """;

    private const string DeleteSome = """
        DELETE FROM sample_reserve WHERE campaign_id = @campaignId
        AND (stratum, place) IN (SELECT stratum, place FROM sample_reserve WHERE campaign_id = @campaignId LIMIT @limit);
        """;

    internal static void Add(SqliteConnection connection, long campaignId, IEnumerable<DrawnPerson> people)
    {
        foreach (var person in people)
        {
            connection.Execute(Insert, new
            {
                campaignId, stratum = person.Stratum, place = person.Place, respondentId = person.RespondentId, areaId = person.AreaId, replicate = person.Replicate,
            });
        }
    }

    /// <summary>Takes one out, who gets attempts. False when that was done before.</summary>
    internal static bool Take(SqliteConnection connection, long campaignId, long stratum, long place)
        => connection.Execute("DELETE FROM sample_reserve WHERE campaign_id = @campaignId AND stratum = @stratum AND place = @place;", new { campaignId, stratum, place }) == 1;

    internal static bool Any(SqliteConnection connection, long campaignId)
        => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM sample_reserve WHERE campaign_id = @campaignId);", new { campaignId });

    /// <summary>Replicates that wait, by stratum in their order, with their sizes.</summary>
    internal static ILookup<long, (long Replicate, long Size)> Replicates(SqliteConnection connection, long campaignId)
        => connection.Query<(long Stratum, long Replicate, long Size)>(SelectReplicates, new { campaignId }).ToLookup(row => row.Stratum, row => (row.Replicate, row.Size));

    internal static List<DrawnPerson> UpTo(SqliteConnection connection, long campaignId, long stratum, long last)
        => connection.Query<(long RespondentId, long AreaId, long Stratum, long Place, long Replicate)>(SelectUpTo, new { campaignId, stratum, last })
            .Select(row => new DrawnPerson(row.RespondentId, row.AreaId, row.Stratum, row.Place, row.Replicate)).ToList();

    /// <returns>Rows that were taken away; fewer than the limit when none is left.</returns>
    internal static int Forget(SqliteConnection connection, long campaignId, int limit) => connection.Execute(DeleteSome, new { campaignId, limit });
}
