using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Campaigns;

/// <summary>Owner of <c>office_blank</c>: what the office has once said for the blanks of its texts, for the whole office (area 0) or one township.</summary>
internal static class OfficeBlankStore
{
    private const string SelectAll = "SELECT name, area_id, value FROM office_blank ORDER BY name, area_id;";

    private const string SaveOne = """
        INSERT INTO office_blank (name, area_id, value) VALUES (@name, @areaId, @value)
        ON CONFLICT (name, area_id) DO UPDATE SET value = excluded.value;
        """;

    /// <summary>As a campaign's draft takes them: <c>name</c> or <c>name@area id</c> to value.</summary>
    internal static Dictionary<string, string> All(SqliteConnection connection)
        => connection.Query<(string Name, long AreaId, string Value)>(SelectAll)
            .ToDictionary(row => row.AreaId == 0 ? row.Name : $"{row.Name}@{row.AreaId}", row => row.Value, StringComparer.Ordinal);

    internal static void Save(SqliteConnection connection, string blank, string value)
    {
        var at = blank.IndexOf('@', StringComparison.Ordinal);
        var (name, areaId) = at < 0 ? (blank, 0) : (blank[..at], long.Parse(blank.AsSpan(at + 1)));
        connection.Execute(SaveOne, new { name, areaId, value });
    }
}
