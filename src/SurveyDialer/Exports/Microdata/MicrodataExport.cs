using SurveyDialer.Campaigns;
using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Exports;

/// <summary>
/// The answers for whoever checks the figures: one row an interview, in the order of its random id; numbers only, no time, no number, no name, no
/// consent and no flag; villages only where enough interviews were held there; with the weights that the published figures use.
/// </summary>
internal static class MicrodataExport
{
    /// <summary>Rows of the export.</summary>
    internal const string Count = "SELECT count(*) FROM interview WHERE campaign_id = @id AND outcome IN ('complete', 'partial', 'break_off');";

    private const int Told = 1000;

    // One row an interview, its answers strung together: many times fewer rows pass through the reader. Not by the index, whose order would
    // have to be sorted: the table itself lies in the order of its ids.
    private const string Select = $"""
        SELECT i.area_id, {AreaSql.Township}, i.stratum, i.number_kind, i.channel, i.language, i.outcome, i.numbers, i.careless,
               (SELECT group_concat(x.question_id || ':' || x.key || CASE x.how WHEN 'no_input' THEN '?' WHEN 'invalid' THEN '#' ELSE '' END || CASE x.explained WHEN 1 THEN '!' ELSE '' END, '|')
                FROM answer x WHERE x.interview_id = i.id)
        FROM interview i NOT INDEXED JOIN area a ON a.id = i.area_id
        WHERE i.campaign_id = @id AND i.outcome IN ('complete', 'partial', 'break_off')
        ORDER BY i.id;
        """;

    internal static void Write(ExportSource source, ITableWriter table)
    {
        var layout = MicrodataLayout.Of(source);
        table.Begin(source.Texts["microdata.name"], [.. layout.Variables.Select(variable => new TableColumn(variable.Name, 10))]);
        var rows = new MicrodataRows(layout, MicrodataWeights.Of(source));
        using var command = source.Connection.CreateCommand();
        command.Parameters.AddWithValue("@id", source.Campaign.Id);
        command.CommandText = Count;
        var all = (long)command.ExecuteScalar()!;
        command.CommandText = Select;
        using var reader = command.ExecuteReader();
        for (var done = 0L; reader.Read(); done++)
        {
            if (done % Told == 0)
            {
                source.Cancellation.ThrowIfCancellationRequested();
                source.Progress?.Report(Math.Min(1, (double)done / Math.Max(1, all)));
            }

            table.Row(rows.Fill(reader));
        }
    }
}
