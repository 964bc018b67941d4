using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>One person, or household, of a list as strata and draws know it.</summary>
internal sealed record FramePerson
{
    public long Id { get; init; }

    /// <summary>The village, or the township where the list names none.</summary>
    public long AreaId { get; init; }

    public long TownshipId { get; init; }

    /// <summary><c>landline</c> or <c>mobile</c>: of the first number.</summary>
    public string NumberKind { get; init; } = "";

    public string? Language { get; init; }
}

/// <summary>The people of lists.</summary>
internal static class FramePeople
{
    private const string Select = """
        SELECT r.id, v.id AS area_id, coalesce(t.id, v.id) AS township_id, r.language,
               coalesce((SELECT p.kind FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id
                         WHERE rp.respondent_id = r.id ORDER BY rp.position LIMIT 1), '') AS number_kind
        FROM respondent r
        JOIN area a ON a.id = r.area_id
        JOIN area v ON v.id = CASE WHEN a.kind = 'grid' THEN a.parent_id ELSE a.id END
        LEFT JOIN area t ON t.id = v.parent_id
        WHERE r.id IN (SELECT respondent_id FROM frame_person WHERE frame_id IN @frames);
        """;

    private const string SelectLanguages = """
        SELECT r.language, count(*) AS people FROM respondent r
        WHERE r.language IS NOT NULL AND r.id IN (SELECT respondent_id FROM frame_person WHERE frame_id IN @frames)
        GROUP BY r.language ORDER BY people DESC, r.language;
        """;

    /// <summary>The languages that these lists name, as BCP 47, the most frequent first.</summary>
    internal static List<(string Language, long People)> Languages(SqliteConnection connection, IReadOnlyList<long> frames)
        => connection.Query<(string, long)>(SelectLanguages, new { frames }).AsList();

    /// <summary>Everybody of these lists, in no order.</summary>
    internal static List<FramePerson> Of(SqliteConnection connection, IReadOnlyList<long> frames)
        => connection.Query<FramePerson>(Select, new { frames }).AsList();
}
