using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Phones;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>One row that was rejected, or imported without one of its numbers.</summary>
/// <param name="RowNumber">In the list.</param>
/// <param name="Column">Where the problems are; empty for the whole row.</param>
/// <param name="Reason">In words.</param>
/// <param name="Fatal">True: the row was not imported at all.</param>
/// <param name="Cells">The cells that the import uses, in the order of <see cref="RejectedTable.Titles"/>.</param>
public sealed record RejectedRow(long RowNumber, string Column, string Reason, bool Fatal, IReadOnlyList<string> Cells)
{
    internal const string PhonePrefix = "Phone.";
}

/// <summary>A rejected row as a person corrects it.</summary>
/// <param name="Reason">In words; several parted by semicolons.</param>
/// <param name="Fatal">True: the row was not imported at all.</param>
public sealed record FlawedRow(long RowNumber, bool Fatal, string Reason, IReadOnlyList<FlawedCell> Cells);

/// <param name="Flawed">What is wrong is here.</param>
public sealed record FlawedCell(string Title, string Value, ColumnRole Role, bool Flawed);

/// <summary>The rejected rows of one frame; corrected and saved, the table can be imported again.</summary>
/// <param name="Titles">Of row number, column and reason, then those of the list.</param>
/// <param name="Rows">Read page by page while enumerated.</param>
public sealed record RejectedTable(IReadOnlyList<string> Titles, IEnumerable<RejectedRow> Rows);

/// <summary>Reads <c>frame_rejection</c> for pages and exports.</summary>
public static class RejectedRows
{
    private const int PageRows = 500;

    private const string One = """
        SELECT id AS Id, row_number AS RowNumber, column_name AS ColumnName, problem AS Problem, arguments AS Arguments, fatal AS Fatal, row_enc AS RowEnc
        FROM frame_rejection WHERE frame_id = @frameId AND row_number = @rowNumber ORDER BY id;
        """;

    private const string Page = """
        SELECT id AS Id, row_number AS RowNumber, column_name AS ColumnName, problem AS Problem, arguments AS Arguments, fatal AS Fatal, row_enc AS RowEnc
        FROM frame_rejection
        WHERE frame_id = @frameId AND (row_number > @row OR (row_number = @row AND id > @id))
        ORDER BY row_number, id LIMIT @PageRows;
        """;

    /// <summary>The rejected rows of a frame, reasons in the language of <paramref name="culture"/>; a row with several problems stands once.</summary>
    public static RejectedTable Of(Database database, FieldCipher cipher, long frameId, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(cipher);
        var first = database.Read(connection => ReadPage(connection, frameId, 0, 0)).FirstOrDefault();
        var titles = first is null ? [] : Cells(cipher, first).Titles;
        string[] own = [.. new[] { "RowNumber", "Column", "Reason" }.Select(key => SampleTexts.Say(key, [], culture))];
        return new RejectedTable([.. own, .. titles], Rows(database, cipher, frameId, culture));
    }

    /// <summary>Rows of a frame of which something was rejected.</summary>
    public static long Count(Database database, long frameId)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Read(connection => connection.ExecuteScalar<long>(
            "SELECT count(DISTINCT row_number) FROM frame_rejection WHERE frame_id = @frameId;", new { frameId }));
    }

    /// <summary>The first rejected rows of a frame with what each cell holds, for a person who corrects them.</summary>
    public static IReadOnlyList<FlawedRow> ToCorrect(Database database, FieldCipher cipher, long frameId, int most, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(cipher);
        return [.. Stored(database, frameId).GroupAdjacent().Take(most).Select(row => Flawed(cipher, row, culture))];
    }

    /// <summary>One rejected row; null when there is none (any more).</summary>
    public static FlawedRow? ToCorrect(Database database, FieldCipher cipher, long frameId, long rowNumber, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(database);
        var stored = database.Read(connection => connection.Query<StoredRejection>(One, new { frameId, rowNumber }).AsList());
        return stored.Count == 0 ? null : Flawed(cipher, stored, culture);
    }

    private static FlawedRow Flawed(FieldCipher cipher, List<StoredRejection> stored, CultureInfo culture)
    {
        var cells = Cells(cipher, stored[0]);
        bool IsFlawed(int index) => stored.Exists(flaw => flaw.ColumnName.Length == 0
            ? cells.Roles[index] == ColumnRole.Phone
            : flaw.ColumnName == cells.Titles[index] || flaw.ColumnName.StartsWith(cells.Titles[index] + "（", StringComparison.Ordinal));
        return new FlawedRow(
            stored[0].RowNumber, stored.Exists(flaw => flaw.Fatal != 0), string.Join("; ", stored.Select(flaw => Words(flaw, culture)).Distinct(StringComparer.Ordinal)),
            [.. cells.Titles.Select((title, index) => new FlawedCell(title, cells.Values[index], cells.Roles[index], IsFlawed(index)))]);
    }

    /// <summary>The findings of each row together; they lie in the order of rows.</summary>
    private static IEnumerable<List<StoredRejection>> GroupAdjacent(this IEnumerable<StoredRejection> stored)
    {
        List<StoredRejection> row = [];
        foreach (var one in stored)
        {
            if (row.Count > 0 && row[0].RowNumber != one.RowNumber)
            {
                yield return row;
                row = [];
            }

            row.Add(one);
        }

        if (row.Count > 0) yield return row;
    }

    private static IEnumerable<RejectedRow> Rows(Database database, FieldCipher cipher, long frameId, CultureInfo culture)
    {
        RejectedRow? open = null;
        foreach (var stored in Stored(database, frameId))
        {
            var reason = Words(stored, culture);
            if (open is not null && open.RowNumber == stored.RowNumber)
            {
                open = open with { Column = Join("、", open.Column, stored.ColumnName), Reason = Join("; ", open.Reason, reason), Fatal = open.Fatal || stored.Fatal != 0 };
                continue;
            }

            if (open is not null) yield return open;
            open = new RejectedRow(stored.RowNumber, stored.ColumnName, reason, stored.Fatal != 0, Cells(cipher, stored).Values);
        }

        if (open is not null) yield return open;
    }

    private static IEnumerable<StoredRejection> Stored(Database database, long frameId)
    {
        long row = 0, id = 0;
        while (true)
        {
            var page = database.Read(connection => ReadPage(connection, frameId, row, id));
            foreach (var stored in page) yield return stored;
            if (page.Count < PageRows) yield break;
            (row, id) = (page[^1].RowNumber, page[^1].Id);
        }
    }

    private static List<StoredRejection> ReadPage(SqliteConnection connection, long frameId, long row, long id)
        => connection.Query<StoredRejection>(Page, new { frameId, row, id, PageRows }).AsList();

    private static string Words(StoredRejection stored, CultureInfo culture)
    {
        var arguments = JsonSerializer.Deserialize(stored.Arguments, SampleJson.Default.IReadOnlyListString)!;
        return stored.Problem.StartsWith(RejectedRow.PhonePrefix, StringComparison.Ordinal)
            ? new PhoneProblem(Enum.Parse<PhoneFault>(stored.Problem.AsSpan(RejectedRow.PhonePrefix.Length)), arguments).InWords(culture)
            : new FrameProblem(Enum.Parse<FrameFault>(stored.Problem), arguments).InWords(culture);
    }

    private static RejectedCells Cells(FieldCipher cipher, StoredRejection stored)
        => JsonSerializer.Deserialize(cipher.DecryptBytes(SampleFields.RejectedPurpose, stored.RowEnc), SampleJson.Default.RejectedCells)!;

    private static string Join(string separator, string left, string right)
        => left == right || right.Length == 0 ? left : left.Length == 0 ? right : left + separator + right;

    private sealed record StoredRejection
    {
        public long Id { get; init; }

        public long RowNumber { get; init; }

        public string ColumnName { get; init; } = "";

        public string Problem { get; init; } = "";

        public string Arguments { get; init; } = "";

        public long Fatal { get; init; }

        public byte[] RowEnc { get; init; } = [];
    }
}
