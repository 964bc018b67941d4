using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>Takes in a rejected row as a person has corrected it.</summary>
public sealed class RowCorrection(Database database, FieldCipher cipher, TimeProvider clock)
{
    private const string SelectCells = "SELECT row_enc, max(fatal) OVER () AS fatal FROM frame_rejection WHERE frame_id = @frameId AND row_number = @rowNumber ORDER BY id LIMIT 1;";

    /// <summary>A row read once more was counted before: once as read, and as what it was then.</summary>
    private const string Recount = """
        UPDATE frame SET rows_read = rows_read - 1, rows_rejected = rows_rejected - @wasFatal,
            rows_known = rows_known - (CASE WHEN @wasFatal = 0 AND rows_known > @known THEN 1 ELSE 0 END),
            rows_twice = rows_twice - (CASE WHEN @wasFatal = 0 AND rows_twice > @twice THEN 1 ELSE 0 END)
        WHERE id = @frameId;
        """;

    /// <summary>Checks the corrected row again, and imports it where nothing keeps it out any more.</summary>
    /// <param name="request">As the list was imported.</param>
    /// <param name="edits">Index of a cell of <see cref="FlawedRow.Cells"/> to its new text.</param>
    /// <returns>True when nothing is left to correct; the row may have been corrected before. False: it still stands among the rejected rows, as it is now.</returns>
    public async Task<bool> CheckAsync(
        long frameId, long rowNumber, IReadOnlyDictionary<int, string> edits, FrameImportRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(edits);
        var stored = database.Read(connection => connection.Query<(byte[] Cells, long Fatal)>(SelectCells, new { frameId, rowNumber }).AsList());
        if (stored is not [var before, ..]) return true;
        var cells = JsonSerializer.Deserialize(cipher.DecryptBytes(SampleFields.RejectedPurpose, before.Cells), SampleJson.Default.RejectedCells)!;
        var layout = new FrameLayout { HeaderRow = 0, Columns = [.. cells.Titles.Select((title, index) => new FrameColumn(index, title, cells.Roles[index]))] };
        var row = new FrameRow((int)rowNumber, [.. cells.Values.Select((value, index) => new FrameCell(edits.GetValueOrDefault(index) ?? value, null))]);
        var batch = new PreparedBatch();
        new RowPreparer(layout, request, cipher).Prepare(row, batch);
        var prepared = batch.Row(0);

        // A row that is in already loses nothing by a slip of the pen: what cannot be used now is said, and nothing is written.
        if (prepared.Rejected && before.Fatal == 0) return false;
        return await database.WriteAsync(connection => Write(connection, frameId, rowNumber, new PreparedBlock([batch]), before.Fatal), cancellation) && prepared.Rejections.Count == 0;
    }

    /// <summary>Two people may correct the same row: the second finds it gone, or as the first has left it.</summary>
    private bool Write(SqliteConnection connection, long frameId, long rowNumber, PreparedBlock row, long wasFatal)
    {
        if (connection.Execute("DELETE FROM frame_rejection WHERE frame_id = @frameId AND row_number = @rowNumber;", new { frameId, rowNumber }) == 0) return true;
        var (known, twice) = connection.QuerySingle<(long, long)>("SELECT rows_known, rows_twice FROM frame WHERE id = @frameId;", new { frameId });
        using (var story = new SliceStory(connection, cipher.KeyVersion, frameId, []))
        {
            story.WritePhones(row, 0, row.PhoneCount);
            story.WriteRows(row, 0, row.RowCount, clock.NowMillis());
        }

        connection.Execute(Recount, new { frameId, wasFatal, known, twice });
        return true;
    }
}
