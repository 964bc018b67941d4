using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>Progress by township and village. Villages come with their exact counts: a page shows 1 to 4 persons as "&lt;5".</summary>
public sealed class AreaProgressQueries(Database database)
{
    // Members are counted by area and code, in the order of an index that holds both; what a code means is asked of the few counts, not of every
    // member of a large sample.
    private const string SelectAreas = """
        SELECT a.id, CASE WHEN a.parent_id = 0 THEN a.id ELSE a.parent_id END AS township_id, a.parent_id, a.kind, a.name,
               sum(m.total) AS members, coalesce(sum(m.total) FILTER (WHERE m.code IS NOT NULL), 0) AS finished,
               coalesce(sum(m.total) FILTER (WHERE m.code = '1.1'), 0) AS completes,
               coalesce(sum(m.total) FILTER (WHERE substr(m.code, 1, 2) <> '4.'), 0) AS eligible,
               coalesce(sum(m.total) FILTER (WHERE substr(m.code, 1, 3) IN ('1.1', '1.2', '2.1', '2.3', '2.9')), 0) AS reached
        FROM (SELECT area_id, final_code AS code, count(*) AS total
              FROM sample_member INDEXED BY sample_member_by_area
              WHERE campaign_id = @id AND EXISTS (SELECT 1 FROM campaign WHERE id = @id AND counted_at IS NULL) GROUP BY area_id, final_code
              UNION ALL
              SELECT area_id, code, total FROM campaign_total WHERE campaign_id = @id AND measure = 'members') m
        JOIN area a ON a.id = m.area_id GROUP BY a.id ORDER BY a.id;
        """;

    private const string SelectTownships = """
        SELECT id, name FROM area WHERE parent_id = 0 AND id IN @ids ORDER BY id;
        """;

    /// <summary>Townships in the order of the list, each with its villages.</summary>
    public IReadOnlyList<TownshipProgress> ByTownship(long id)
        => database.Read(connection =>
        {
            var areas = connection.Query<AreaProgress>(SelectAreas, new { id }).ToLookup(area => area.TownshipId);
            return connection.Query<(long Id, string Name)>(SelectTownships, new { ids = areas.Select(group => group.Key) })
                .Select(township => new TownshipProgress(township.Id, township.Name, [.. areas[township.Id]]))
                .ToList();
        });
}

/// <summary>A township's sample members, those of its villages included.</summary>
/// <param name="Areas">The villages, and the township itself where members are not placed in a village.</param>
public sealed record TownshipProgress(long Id, string Name, IReadOnlyList<AreaProgress> Areas)
{
    public long Members => Areas.Sum(area => area.Members);

    public long Finished => Areas.Sum(area => area.Finished);

    public long Completes => Areas.Sum(area => area.Completes);

    public long Eligible => Areas.Sum(area => area.Eligible);

    public long Reached => Areas.Sum(area => area.Reached);

    /// <summary>Without the row of members who are placed in no village.</summary>
    public IEnumerable<AreaProgress> Villages => Areas.Where(area => area.ParentId != 0);

    /// <summary>Villages of the sample in which nobody has been interviewed yet.</summary>
    public IEnumerable<AreaProgress> Without => Villages.Where(area => area.Completes == 0);
}

/// <summary>One area of the sample.</summary>
public sealed record AreaProgress
{
    public long Id { get; init; }

    public long TownshipId { get; init; }

    /// <summary>0: a township.</summary>
    public long ParentId { get; init; }

    /// <summary><c>township</c>, <c>village</c> or <c>grid</c>.</summary>
    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public long Members { get; init; }

    public long Finished { get; init; }

    public long Completes { get; init; }

    /// <summary>With a final code other than "not eligible".</summary>
    public long Eligible { get; init; }

    /// <summary>Of these: somebody spoke with them (AAPOR groups I, P, R and O).</summary>
    public long Reached { get; init; }
}
