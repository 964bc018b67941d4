using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>Where the people of lists live.</summary>
internal static class FrameTownships
{
    private const string Select = """
        WITH RECURSIVE place (id, parent_id, name) AS (
            SELECT a.id, a.parent_id, a.name FROM area a WHERE a.id IN (SELECT DISTINCT r.area_id FROM frame_person f JOIN respondent r ON r.id = f.respondent_id WHERE f.frame_id IN @frames)
            UNION
            SELECT up.id, up.parent_id, up.name FROM place JOIN area up ON up.id = place.parent_id)
        SELECT id, name FROM place WHERE parent_id = 0 ORDER BY id;
        """;

    /// <summary>Townships by id.</summary>
    internal static List<(long Id, string Name)> Of(SqliteConnection connection, IReadOnlyList<long> frames)
        => connection.Query<(long, string)>(Select, new { frames }).AsList();
}
