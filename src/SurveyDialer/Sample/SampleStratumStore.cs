using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>A stratum of a round's sample. Counts of people, no person.</summary>
internal sealed record SampleStratum
{
    /// <summary>From 1 within a round.</summary>
    public long Number { get; init; }

    /// <summary>Township; 0: not told apart.</summary>
    public long AreaId { get; init; }

    /// <summary><c>landline</c> or <c>mobile</c>, of the first number; empty: not told apart.</summary>
    public string NumberKind { get; init; } = "";

    /// <summary>Language and list where they are told apart, joined by "·".</summary>
    public string Name { get; init; } = "";

    /// <summary>People of the lists.</summary>
    public long Population { get; init; }

    /// <summary>Of these, left out of the draw.</summary>
    public long Excluded { get; init; }

    public long Drawn { get; init; }

    /// <summary>Of these, with attempts.</summary>
    public long Released { get; init; }

    /// <summary>Of these, with a final code.</summary>
    public long Finished { get; init; }

    /// <summary>Of these, complete interviews.</summary>
    public long Completes { get; init; }

    /// <summary>Complete interviews wanted; null: as many as come.</summary>
    public long? Target { get; init; }
}

/// <summary>Owner of <c>sample_stratum</c>.</summary>
internal static class SampleStratumStore
{
    // A launch that was cut short writes them again; counts of what was done since stay.
    private const string Upsert = """
        INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes, target)
        VALUES (@campaignId, @Number, @AreaId, @NumberKind, @Name, @Population, @Excluded, @Drawn, @Released, 0, 0, @Target)
        ON CONFLICT (campaign_id, number) DO UPDATE SET population = excluded.population, excluded = excluded.excluded, drawn = excluded.drawn,
            released = excluded.released, target = excluded.target;
        """;

    private const string Select = """
        SELECT number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes, target
        FROM sample_stratum WHERE campaign_id = @campaignId ORDER BY number;
        """;

    private const string UpdateFinished = """
        UPDATE sample_stratum SET finished = finished + 1, completes = completes + (@code = '1.1') WHERE campaign_id = @campaignId AND number = @stratum;
        """;

    /// <summary>Complete interviews wanted of a stratum from now on.</summary>
    internal static void SetTarget(SqliteConnection connection, long campaignId, long stratum, long target)
        => connection.Execute("UPDATE sample_stratum SET target = @target WHERE campaign_id = @campaignId AND number = @stratum;", new { campaignId, stratum, target });

    /// <summary>Counts a drawn person who got attempts.</summary>
    internal static void CountReleased(SqliteConnection connection, long campaignId, long stratum)
        => connection.Execute("UPDATE sample_stratum SET released = released + 1 WHERE campaign_id = @campaignId AND number = @stratum;", new { campaignId, stratum });

    internal static void Write(SqliteConnection connection, long campaignId, IEnumerable<SampleStratum> strata)
    {
        foreach (var stratum in strata)
        {
            connection.Execute(Upsert, new
            {
                campaignId, stratum.Number, stratum.AreaId, stratum.NumberKind, stratum.Name, stratum.Population, stratum.Excluded, stratum.Drawn,
                stratum.Released, stratum.Target,
            });
        }
    }

    internal static List<SampleStratum> Of(SqliteConnection connection, long campaignId)
        => connection.Query<SampleStratum>(Select, new { campaignId }).AsList();

    /// <summary>Counts a member who got a final code.</summary>
    internal static void CountFinished(SqliteConnection connection, long campaignId, long stratum, string code)
        => connection.Execute(UpdateFinished, new { campaignId, stratum, code });
}
