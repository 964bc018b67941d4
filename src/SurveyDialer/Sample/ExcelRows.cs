using System.Globalization;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace SurveyDialer.Sample;

/// <summary>One sheet of a workbook: name, rows and whether people see it.</summary>
/// <param name="Index">Position in the file, from 0.</param>
internal sealed record WorkbookSheet(int Index, string Name, int Rows, bool Visible);

/// <summary>Rows of one sheet of a workbook, new (.xlsx) or old (.xls); every cell of a merged range has the range's value.</summary>
internal sealed class ExcelRows : IRowSource
{
    private readonly IExcelDataReader reader;
    private readonly Dictionary<int, List<CellRange>> mergesByRow = [];
    private readonly List<(CellRange Range, FrameCell Value)> open = [];
    private int number;

    private ExcelRows(IExcelDataReader reader)
    {
        this.reader = reader;
        foreach (var range in reader.MergeCells ?? [])
        {
            if (!mergesByRow.TryGetValue(range.FromRow, out var list)) mergesByRow.Add(range.FromRow, list = []);
            list.Add(range);
        }
    }

    /// <summary>All sheets of a workbook, in its order.</summary>
    internal static IReadOnlyList<WorkbookSheet> Sheets(Stream stream) => Guarded(() =>
    {
        using var book = Open(stream);
        var sheets = new List<WorkbookSheet>();
        do
            sheets.Add(new WorkbookSheet(sheets.Count, book.Name, book.RowCount, book.VisibleState is null or "visible"));
        while (book.NextResult());
        return sheets;
    });

    /// <summary>The rows of one sheet.</summary>
    internal static ExcelRows Of(Stream stream, int sheet) => Guarded(() =>
    {
        var book = Open(stream);
        for (var index = 0; index < sheet; index++) book.NextResult();
        return new ExcelRows(book);
    });

    public FrameRow? Next() => Guarded(Read);

    public void Dispose() => reader.Dispose();

    private static IExcelDataReader Open(Stream stream)
    {
        stream.Position = 0;
        return ExcelReaderFactory.CreateReader(stream, new ExcelReaderConfiguration { LeaveOpen = true });
    }

    /// <summary>The library tells damage by many exceptions, null references among them.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException fault)
        {
            throw new FrameUnreadableException(new FrameProblem(FrameFault.PasswordProtected), fault);
        }
        catch (Exception fault) when (fault is ExcelReaderException or XmlException or InvalidDataException or IOException or FormatException
            or InvalidCastException or NullReferenceException or ArgumentException or IndexOutOfRangeException or OverflowException
            or KeyNotFoundException or InvalidOperationException or NotSupportedException)
        {
            throw new FrameUnreadableException(new FrameProblem(FrameFault.Damaged), fault);
        }
    }

    private FrameRow? Read()
    {
        if (!reader.Read()) return null;
        number++;
        var cells = new FrameCell[Math.Min(reader.FieldCount, FrameLimits.Columns)];
        for (var column = 0; column < cells.Length; column++) cells[column] = Cell(column);
        Spread(cells);
        return new FrameRow(number, cells);
    }

    private FrameCell Cell(int column)
    {
        switch (reader.GetValue(column))
        {
            case null:
                return default;
            case string text:
                if (text.Length > FrameLimits.Cell)
                    throw new FrameUnreadableException(new FrameProblem(FrameFault.CellTooLarge, $"{number}", ColumnLetters.Of(column), $"{FrameLimits.Cell}"));
                return new FrameCell(text, null);
            case double stored:
                return new FrameCell(null, stored);
            case int stored:
                return new FrameCell(null, stored);
            case DateTime date:
                return new FrameCell(Said(date), null);
            case { } other:
                return new FrameCell(Convert.ToString(other, CultureInfo.InvariantCulture), null);
        }
    }

    /// <summary>To the minute, since a time is stored as a fraction of a day; without one where it is a day only.</summary>
    private static string Said(DateTime date)
    {
        var rounded = date.AddSeconds(30);
        return rounded.ToString(rounded is { Hour: 0, Minute: 0 } ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private void Spread(FrameCell[] cells)
    {
        var row = number - 1;
        open.RemoveAll(merge => merge.Range.ToRow < row);
        if (mergesByRow.Remove(row, out var starting))
        {
            foreach (var range in starting)
            {
                if (range.FromColumn < cells.Length) open.Add((range, cells[range.FromColumn]));
            }
        }

        foreach (var (range, value) in open)
        {
            for (var column = range.FromColumn; column <= range.ToColumn && column < cells.Length; column++) cells[column] = value;
        }
    }
}
