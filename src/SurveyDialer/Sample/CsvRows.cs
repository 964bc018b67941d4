using System.Text;
using CsvHelper;

namespace SurveyDialer.Sample;

/// <summary>Rows of a .csv; the separator (comma, semicolon, tab) is found in its first lines.</summary>
internal sealed class CsvRows : IRowSource
{
    private const int LongestRow = FrameLimits.Cell * 8;

    private readonly CsvReader reader;
    private FrameProblem? malformed;

    internal CsvRows(Stream stream, Encoding encoding)
    {
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            SkipEmptyLines = false,
            IncludeValuesInExceptions = false,
            Encoding = encoding is UTF8Encoding ? null : encoding,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = Note,
        };
        reader = CsvReader.Create(stream, options, leaveOpen: false);
    }

    public FrameRow? Next()
    {
        try
        {
            if (!reader.Read()) return malformed is null ? null : throw new FrameUnreadableException(malformed);
        }
        catch (CsvFormatException fault)
        {
            throw new FrameUnreadableException(new FrameProblem(FrameFault.RowTooLong, $"{reader.RowNumber + 1}", $"{LongestRow}"), fault);
        }

        if (malformed is not null) throw new FrameUnreadableException(malformed);
        var number = (int)reader.RowNumber;
        var cells = new FrameCell[Math.Min(reader.FieldCount, FrameLimits.Columns)];
        for (var column = 0; column < cells.Length; column++)
        {
            if (reader.GetSpan(column).Length > FrameLimits.Cell * 3)
                throw new FrameUnreadableException(new FrameProblem(FrameFault.CellTooLarge, $"{number}", ColumnLetters.Of(column), $"{FrameLimits.Cell}"));
            cells[column] = new FrameCell(reader.GetString(column), null);
        }

        return new FrameRow(number, cells);
    }

    public void Dispose() => reader.Dispose();

    /// <summary>A stray quotation mark within a line is text; one that swallowed the end of its line would lose rows.</summary>
    private void Note(CsvMalformedRecord record)
    {
        var swallowed = record.Reason == CsvMalformedReason.UnterminatedQuote
            || (record.Reason == CsvMalformedReason.TextAfterClosingQuote && record.RawRecord.AsSpan().TrimEnd().Contains('\n'));
        if (swallowed) malformed ??= new FrameProblem(FrameFault.QuoteNotClosed, $"{record.RecordNumber}");
    }
}

/// <summary>Spreadsheet letters of a column.</summary>
internal static class ColumnLetters
{
    /// <summary>A for 0, Z for 25, AA for 26.</summary>
    internal static string Of(int column) => column < 26 ? $"{(char)('A' + column)}" : Of((column / 26) - 1) + Of(column % 26);

    /// <summary>The column (from 0) of one to three letters; null when it is anything else.</summary>
    internal static int? Read(string letters)
    {
        if (letters.Length is 0 or > 3 || !letters.All(char.IsAsciiLetter)) return null;
        return letters.ToUpperInvariant().Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1) - 1;
    }
}
