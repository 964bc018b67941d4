using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Exports.Reports;

/// <summary>The tables of a report as a workbook: one sheet each, with real numbers and percentages, and a sheet of definitions and method first to last.</summary>
internal static class ReportTables
{
    internal static void Write(ReportSource source, ITableWriter table)
    {
        var report = ReportBuilder.Build(source);
        foreach (var one in report.Tables)
        {
            table.Begin(one.Caption, [.. one.Columns.Select(column => new TableColumn(column.Title, column.Width + 4))]);
            foreach (var row in one.Rows) table.Row([.. row.Select(cell => cell.Value)]);
        }

        table.Begin(source["definitions"], [new(source["part"], 30), new(source["content"], 110)]);
        table.Row(TableCell.Of(source["report"]), TableCell.Of($"{report.Title} · {report.Signed} · {report.Day}"));
        if (report.Label is { } label) table.Row(TableCell.Of(source["label"]), TableCell.Of(label));
        table.Row(TableCell.Of(source["headline_of"]), TableCell.Of(report.Headline));
        for (var i = 0; i < report.Sections.Count; i++)
        {
            foreach (var paragraph in report.Sections[i].Blocks.OfType<ReportParagraph>()) table.Row(TableCell.Of(report.Sections[i].Title), TableCell.Of(paragraph.Text));
        }
    }
}
