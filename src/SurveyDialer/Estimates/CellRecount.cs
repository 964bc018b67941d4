using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;

namespace SurveyDialer.Estimates;

/// <summary>The totals of a round counted anew from its interviews and answers: what the kept totals must equal at any time.</summary>
internal static class CellRecount
{
    // One row an interview, its answers strung together: many times fewer rows pass through the reader. The order is the index's own.
    private const string Select = $"""
        SELECT {AreaSql.Township}, i.stratum, i.number_kind, i.channel, i.numbers, i.careless, i.outcome = 'complete',
               (SELECT group_concat(x.question_id || ':' || x.key || CASE x.explained WHEN 1 THEN '!' ELSE '' END, '|') FROM answer x WHERE x.interview_id = i.id)
        FROM interview i JOIN area a ON a.id = i.area_id
        WHERE i.campaign_id = @id AND i.outcome IN ('complete', 'partial');
        """;

    private const string SelectFunnel = """
        SELECT x.question_id, count(*) FILTER (WHERE x.how = 'given') AS answered, count(*) FILTER (WHERE x.how = 'no_input') AS silences,
               count(*) FILTER (WHERE x.how = 'invalid') AS wrong_keys, 0 AS broken_off
        FROM interview i CROSS JOIN answer x ON x.interview_id = i.id
        WHERE i.campaign_id = @id AND i.outcome <> 'open' GROUP BY x.question_id;
        """;

    /// <summary>What happened at each question, but for breaking off, which only the way of the interview told.</summary>
    internal static List<FunnelCount> Funnel(SqliteConnection connection, long id) => connection.Query<FunnelCount>(SelectFunnel, new { id }).AsList();

    internal static List<ResultCell> Of(SqliteConnection connection, long campaignId, CellLayout layout)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        command.Parameters.AddWithValue("@id", campaignId);
        using var reader = command.ExecuteReader();
        var cells = new Dictionary<CellKey, ResultCell>();
        var answered = new uint[layout.Length];
        while (reader.Read())
        {
            Array.Clear(answered);
            var profile = Read(layout, answered, reader.IsDBNull(7) ? "" : reader.GetString(7));
            var key = new CellKey(
                reader.GetInt64(0), reader.GetInt64(1), string.Intern(reader.GetString(2)), string.Intern(reader.GetString(3)), profile, reader.GetInt64(4), reader.GetInt64(5));
            if (!cells.TryGetValue(key, out var cell)) cells.Add(key, cell = new ResultCell(key, new uint[layout.Length]));
            if (reader.GetInt64(6) == 1) cell.Completes++;
            else cell.Partials++;
            for (var i = 0; i < answered.Length; i++) cell.Counts[i] += answered[i];
        }

        return [.. cells.Values];
    }

    /// <returns>The profile.</returns>
    private static string Read(CellLayout layout, uint[] counts, string answers)
    {
        var profile = new ProfileBuilder(layout);
        foreach (var answer in StrungAnswer.In(answers))
        {
            if (layout.Find(answer.QuestionId) is not { } place) continue;
            CellLayout.Count(counts, place, answer.Keys, answer.Explained);
            profile.Add(place, answer.Keys);
        }

        return profile.ToString();
    }
}
