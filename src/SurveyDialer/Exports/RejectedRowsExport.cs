using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>Rejected rows with their reason and their own cells under the list's titles, so that the file, corrected, can be imported again.</summary>
internal static class RejectedRowsExport
{
    private const int ReasonColumn = 2;

    // Every list of which the campaign's sample has somebody.
    private const string SelectFrames = """
        SELECT f.id AS Id, f.name AS Name FROM frame f
        WHERE f.rows_rejected > 0
          AND EXISTS (SELECT 1 FROM frame_person p JOIN sample_member m ON m.campaign_id = @Id AND m.respondent_id = p.respondent_id WHERE p.frame_id = f.id)
        ORDER BY f.id;
        """;

    /// <summary>A sheet for each list.</summary>
    internal static void WriteSheets(ExportSource source, ITableWriter table)
    {
        var frames = Frames(source);
        var none = RejectedRows.Of(source.Database, source.Cipher, 0, source.Texts.Culture);
        if (frames.Count == 0) table.Begin(source.Texts["rejected-rows.name"], Columns(none.Titles));
        foreach (var frame in frames)
        {
            var rejected = RejectedRows.Of(source.Database, source.Cipher, frame.Id, source.Texts.Culture);
            table.Begin(frame.Name, Columns(rejected.Titles));
            foreach (var row in rejected.Rows)
            {
                source.Cancellation.ThrowIfCancellationRequested();
                table.Row([.. Own(row), .. row.Cells.Select(TableCell.Of)]);
            }
        }
    }

    /// <summary>One table; columns of the same title are one column.</summary>
    internal static void WriteTogether(ExportSource source, ITableWriter table) => WriteTogether(
        [.. Frames(source).Select(frame => RejectedRows.Of(source.Database, source.Cipher, frame.Id, source.Texts.Culture))],
        RejectedRows.Of(source.Database, source.Cipher, 0, source.Texts.Culture), source.Texts, table, source.Cancellation);

    /// <summary>One list.</summary>
    internal static void WriteOne(Database database, FieldCipher cipher, long frameId, ExportTexts texts, ITableWriter table, CancellationToken cancellation)
    {
        var rejected = RejectedRows.Of(database, cipher, frameId, texts.Culture);
        WriteTogether([rejected], rejected, texts, table, cancellation);
    }

    private static void WriteTogether(List<RejectedTable> lists, RejectedTable none, ExportTexts texts, ITableWriter table, CancellationToken cancellation)
    {
        var own = none.Titles.Take(ReasonColumn + 1).ToList();
        var titles = lists.SelectMany(list => Numbered(list.Titles.Skip(own.Count))).Distinct().ToList();
        table.Begin(texts["rejected-rows.name"], Columns([.. own, .. titles.Select(title => title.Title)]));
        var cells = new TableCell[own.Count + titles.Count];
        foreach (var list in lists)
        {
            var places = Numbered(list.Titles.Skip(own.Count)).Select(title => own.Count + titles.IndexOf(title)).ToList();
            foreach (var row in list.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                Array.Clear(cells);
                Own(row).CopyTo(cells, 0);
                for (var i = 0; i < row.Cells.Count; i++) cells[places[i]] = TableCell.Of(row.Cells[i]);
                table.Row(cells);
            }
        }
    }

    /// <summary>A list may have two columns of one title.</summary>
    private static IEnumerable<(string Title, int Occurrence)> Numbered(IEnumerable<string> titles)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var title in titles) yield return (title, seen[title] = seen.GetValueOrDefault(title) + 1);
    }

    private static TableCell[] Own(RejectedRow row) => [TableCell.Of(row.RowNumber), TableCell.Of(row.Column), TableCell.Of(row.Reason)];

    private static List<TableColumn> Columns(IReadOnlyList<string> titles)
        => [.. titles.Select((title, i) => new TableColumn(title, i switch { 0 => 8, ReasonColumn => 40, _ => 16 }))];

    /// <summary>The lists with rejected rows of which a campaign's sample has somebody.</summary>
    internal static List<(long Id, string Name)> Lists(SqliteConnection connection, long campaignId)
        => connection.Query<(long Id, string Name)>(SelectFrames, new { Id = campaignId }).AsList();

    private static List<(long Id, string Name)> Frames(ExportSource source) => Lists(source.Connection, source.Campaign.Id);
}
