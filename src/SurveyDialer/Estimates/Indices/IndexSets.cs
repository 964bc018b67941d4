using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.People;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>The index set of each round, as it was stored; owner of <c>campaign_index_set</c>. The file that it came from is never read again.</summary>
public static class IndexSets
{
    private const string SelectSet = """
        SELECT s.set_json AS set_json, c.template_json AS template_json
        FROM campaign c LEFT JOIN campaign_index_set s ON s.campaign_id = c.id
        WHERE c.id = @campaignId;
        """;

    private const string SaveSet = """
        INSERT INTO campaign_index_set (campaign_id, set_id, version, sha256, set_json)
        VALUES (@campaignId, @Id, @Version, @hash, @json)
        ON CONFLICT (campaign_id) DO UPDATE SET set_id = excluded.set_id, version = excluded.version, sha256 = excluded.sha256, set_json = excluded.set_json;
        """;

    /// <summary>What a round reports; of a round made before there were sets, everything that it asks.</summary>
    /// <exception cref="InvalidOperationException">There is no such round.</exception>
    public static IndexSet Of(SqliteConnection connection, long campaignId)
    {
        var (set, template) = connection.QuerySingle<(string? Set, string Template)>(SelectSet, new { campaignId });
        return set is null ? IndexFit.AllOf(TemplateJson.Read(template)) : IndexSetJson.Read(set);
    }

    /// <inheritdoc cref="Of(SqliteConnection, long)"/>
    public static IndexSet Of(Database database, long campaignId)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Read(connection => Of(connection, campaignId));
    }

    internal static void Save(SqliteConnection connection, long campaignId, IndexSet set)
        => connection.Execute(SaveSet, new { campaignId, set.Id, set.Version, hash = IndexSetJson.Hash(set), json = IndexSetJson.Write(set) });
}

/// <summary>Exchanges the index set of a round: definitions are analysis, not field work, so they may change after it; who did it is kept.</summary>
public sealed class IndexSetDesk(Database database, IndexSetLibrary library, TimeProvider clock)
{
    /// <summary>What can be chosen.</summary>
    public IndexSetLibrary Library => library;

    /// <summary>Gives a round another set, as its file is now.</summary>
    /// <param name="campaignId">Must exist.</param>
    /// <param name="setId">Name of a set, or <see cref="IndexFit.AllId"/>.</param>
    /// <param name="who">Stands in the audit log.</param>
    /// <returns>Null when it was exchanged; otherwise why not.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task<IndexProblem?> ExchangeAsync(long campaignId, string setId, string who, CancellationToken cancellation)
    {
        var template = TemplateJson.Read(database.Read(connection => connection.QuerySingle<string>("SELECT template_json FROM campaign WHERE id = @campaignId;", new { campaignId })));
        var (set, problem) = library.Choose(setId, template);
        if (set is null) return problem;
        await database.WriteAsync(
            connection =>
            {
                var before = IndexSets.Of(connection, campaignId);
                IndexSets.Save(connection, campaignId, set);
                AuditLog.Add(connection, clock.NowMillis(), who, "indices-changed", $"campaign {campaignId}, {Named(before)} to {Named(set)}");
            },
            cancellation);
        return null;
    }

    private static string Named(IndexSet set) => $"{set.Id} version {set.Version} ({IndexSetJson.ShortHash(set)})";
}
