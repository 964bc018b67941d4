using System.Globalization;
using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Exports.Xlsx;

/// <summary>One worksheet part, row by row. Texts are inline, so that no table of shared texts has to be kept.</summary>
internal sealed class SheetWriter
{
    private const int LongestText = 32_767;
    private const int WidestColumn = 255;

    /// <summary>Day 0 of a workbook; right for every day from 1 March 1900 on.</summary>
    private static readonly int DayZero = new DateOnly(1899, 12, 30).DayNumber;

    private readonly TextWriter part;
    private readonly string[] letters;

    internal SheetWriter(TextWriter part, IReadOnlyList<TableColumn> columns, bool active)
    {
        this.part = part;
        letters = [.. Enumerable.Range(0, columns.Count).Select(Letters)];
        part.Write(WorkbookParts.SheetStart);
        part.Write(active ? " tabSelected=\"1\"" : "");
        part.Write(WorkbookParts.SheetPanes);
        for (var column = 0; column < columns.Count; column++)
            part.Write($"<col min=\"{column + 1}\" max=\"{column + 1}\" width=\"{Math.Clamp(columns[column].Width, 4, WidestColumn)}\" customWidth=\"1\"/>");
        part.Write("</cols><sheetData>");
        BeginRow();
        for (var column = 0; column < columns.Count; column++) WriteText(column, columns[column].Title, CellStyle.Header);
        part.Write("</row>");
    }

    /// <summary>Rows written, header included.</summary>
    internal int Rows { get; private set; }

    internal void Row(ReadOnlySpan<TableCell> cells)
    {
        BeginRow();
        for (var column = 0; column < cells.Length; column++) Write(column, cells[column]);
        part.Write("</row>");
    }

    /// <summary>Ends and closes the part.</summary>
    internal void Finish()
    {
        var all = $"A1:{letters[^1]}{Rows}";
        part.Write($"</sheetData><autoFilter ref=\"{all}\"/>");
        part.Write(WorkbookParts.SheetEnd(all));
        part.Dispose();
    }

    /// <summary>A for 0, Z for 25, AA for 26.</summary>
    internal static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + Letters(column % 26);

    private void BeginRow()
    {
        Rows++;
        part.Write("<row r=\"");
        part.Write(Rows);
        part.Write("\">");
    }

    private void Write(int column, TableCell cell)
    {
        switch (cell.Kind)
        {
            case TableCellKind.Empty:
                break;
            case TableCellKind.Text:
                WriteText(column, cell.Text, CellStyle.Text);
                break;
            case TableCellKind.Number:
                WriteNumber(column, cell.Number, CellStyle.General);
                break;
            case TableCellKind.Share:
                WriteNumber(column, cell.Number, cell.Decimals switch { 0 => CellStyle.WholePercent, 1 => CellStyle.Percent, _ => CellStyle.FinePercent });
                break;
            case TableCellKind.Date:
                WriteNumber(column, cell.Number - DayZero, CellStyle.Date);
                break;
        }
    }

    private void WriteNumber(int column, double number, CellStyle style)
    {
        BeginCell(column, style);
        part.Write("\"><v>");
        part.Write(number.ToString("R", CultureInfo.InvariantCulture));
        part.Write("</v></c>");
    }

    private void WriteText(int column, string text, CellStyle style)
    {
        BeginCell(column, style);
        part.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        XmlText.Write(part, PlainText.Of(text, LongestText));
        part.Write("</t></is></c>");
    }

    private void BeginCell(int column, CellStyle style)
    {
        part.Write("<c r=\"");
        part.Write(letters[column]);
        part.Write(Rows);
        part.Write("\" s=\"");
        part.Write((int)style);
    }
}

/// <summary>Places in the list of cell formats of <see cref="WorkbookParts.Styles"/>.</summary>
internal enum CellStyle
{
    General,

    /// <summary>Bold on grey.</summary>
    Header,

    /// <summary>Text format: digits typed into it stay text.</summary>
    Text,

    Percent,

    Date,

    WholePercent,

    /// <summary>Two decimals.</summary>
    FinePercent,
}
