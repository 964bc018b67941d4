using System.Globalization;
using System.Text;

namespace SurveyDialer.Exports.Tables;

/// <summary>
/// .csv as Excel and WPS open it by a double click: UTF-8 with byte order mark, CRLF, commas. A text that a spreadsheet would take for a formula
/// or a long number gets an apostrophe in front; numbers stay numbers.
/// </summary>
internal sealed class CsvTable(Stream output) : ITableWriter
{
    private const int LongDigits = 11;
    private const int LongWithLeadingZero = 7;

    private readonly StreamWriter writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
    private int width;

    public void Begin(string name, IReadOnlyList<TableColumn> columns)
    {
        if (width > 0) throw new InvalidOperationException("A text file holds one table.");
        width = columns.Count;
        Row([.. columns.Select(column => TableCell.Of(column.Title))]);
    }

    public void Row(params ReadOnlySpan<TableCell> cells)
    {
        if (cells.Length != width) throw new ArgumentException($"{cells.Length} cells for {width} columns.", nameof(cells));
        for (var column = 0; column < cells.Length; column++)
        {
            if (column > 0) writer.Write(',');
            Write(cells[column]);
        }

        writer.Write("\r\n");
    }

    public void Complete() => writer.Flush();

    // What is still in the buffer belongs to a file that was not completed.
    public void Dispose()
    {
    }

    private void Write(TableCell cell)
    {
        switch (cell.Kind)
        {
            case TableCellKind.Empty:
                break;
            case TableCellKind.Text:
                WriteText(cell.Text);
                break;
            case TableCellKind.Number:
                writer.Write(cell.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case TableCellKind.Share:
                writer.Write(cell.Number.ToString("0.######", CultureInfo.InvariantCulture));
                break;
            case TableCellKind.Date:
                writer.Write(DateOnly.FromDayNumber((int)cell.Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
        }
    }

    private void WriteText(string text)
    {
        var plain = PlainText.Of(text, int.MaxValue);
        if (IsTakenForAFormula(plain) || IsTakenForANumber(plain)) plain = "'" + plain;
        if (plain.AsSpan().IndexOfAny(",\"\r\n") < 0 && plain.AsSpan().Trim().Length == plain.Length)
        {
            writer.Write(plain);
            return;
        }

        writer.Write('"');
        writer.Write(plain.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }

    // Blanks in front are skipped by some programs; Chinese input methods write the full-width signs, which some programs read as the narrow ones.
    private static bool IsTakenForAFormula(string text)
    {
        if (text.Length == 0) return false;
        if (text[0] is '\t' or '\r' or '\n') return true;
        var first = text.AsSpan().TrimStart();
        return first.Length > 0 && first[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
    }

    private static bool IsTakenForANumber(string text)
        => text.Length >= (text is ['0', ..] ? LongWithLeadingZero : LongDigits) && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
