using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Exports;

/// <summary>Names of townships and villages by area.</summary>
internal sealed class AreaNames
{
    private const string SelectAreas = "SELECT id, parent_id, kind, name FROM area;";

    private readonly Dictionary<long, AreaRow> areas;

    private AreaNames(Dictionary<long, AreaRow> areas) => this.areas = areas;

    internal static AreaNames Read(SqliteConnection connection) => new(connection.Query<AreaRow>(SelectAreas).ToDictionary(area => area.Id));

    /// <summary>The township that an area is or lies in.</summary>
    internal string Township(long area) => Above(area).Last().Name;

    /// <summary>The village that an area is or lies in; null for a township and what lies straight below it.</summary>
    internal long? VillageId(long area) => Above(area).FirstOrDefault(step => step.Kind == "village")?.Id;

    internal string? Village(long area) => Above(area).FirstOrDefault(step => step.Kind == "village")?.Name;

    /// <summary>The area and what it lies in, up to the township.</summary>
    private IEnumerable<AreaRow> Above(long area)
    {
        for (var step = areas[area]; ; step = areas[step.ParentId])
        {
            yield return step;
            if (step.ParentId == 0) yield break;
        }
    }

    private sealed record AreaRow
    {
        public long Id { get; init; }

        public long ParentId { get; init; }

        public string Kind { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
