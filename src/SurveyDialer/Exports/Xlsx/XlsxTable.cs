using System.IO.Compression;
using System.Text;
using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Exports.Xlsx;

/// <summary>
/// A workbook (ECMA-376, SpreadsheetML) written straight into a zip stream: memory does not depend on the number of rows. Every sheet has a bold
/// header row that stays in sight, a filter, and prints on A4 landscape with the header on each page. A table that is too long goes on in the
/// next sheet.
/// </summary>
/// <param name="output">Need not be seekable; not closed.</param>
/// <param name="stamp">Time of the parts within the file.</param>
/// <param name="longest">Rows of a sheet, header included.</param>
internal sealed class XlsxTable(Stream output, DateTimeOffset stamp, int longest = XlsxTable.SheetRows) : ITableWriter
{
    /// <summary>Excel's limit.</summary>
    internal const int SheetRows = 1_048_576;

    private readonly ZipArchive zip = new(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    private readonly List<FinishedSheet> sheets = [];
    private readonly SheetNames names = new();
    private string name = "";
    private IReadOnlyList<TableColumn> columns = [];
    private SheetWriter? sheet;

    public void Begin(string name, IReadOnlyList<TableColumn> columns)
    {
        FinishSheet();
        (this.name, this.columns) = (name, columns);
        NextSheet();
    }

    public void Row(params ReadOnlySpan<TableCell> cells)
    {
        if (cells.Length != columns.Count) throw new ArgumentException($"{cells.Length} cells for {columns.Count} columns.", nameof(cells));
        if (sheet!.Rows == longest) NextSheet();
        sheet.Row(cells);
    }

    public void Complete()
    {
        FinishSheet();
        if (sheets.Count == 0) throw new InvalidOperationException("A workbook needs a sheet.");
        Write("xl/workbook.xml", WorkbookParts.Workbook(sheets));
        Write("xl/_rels/workbook.xml.rels", WorkbookParts.WorkbookRelations(sheets.Count));
        Write("xl/styles.xml", WorkbookParts.Styles);
        Write("_rels/.rels", WorkbookParts.PackageRelations);
        Write("[Content_Types].xml", WorkbookParts.ContentTypes(sheets.Count));
        zip.Dispose();
    }

    // Closing the zip would write its directory and make half a file look whole.
    public void Dispose()
    {
    }

    private void NextSheet()
    {
        FinishSheet();
        sheet = new SheetWriter(Part($"xl/worksheets/sheet{sheets.Count + 1}.xml"), columns, active: sheets.Count == 0);
    }

    private void FinishSheet()
    {
        if (sheet is null) return;
        sheet.Finish();
        sheets.Add(new FinishedSheet(names.Next(name), columns.Count, sheet.Rows));
        sheet = null;
    }

    private StreamWriter Part(string path)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = stamp;
        return new StreamWriter(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 15);
    }

    private void Write(string path, string xml)
    {
        using var part = Part(path);
        part.Write(xml);
    }
}

/// <param name="Rows">With the header.</param>
internal sealed record FinishedSheet(string Name, int Columns, int Rows);
