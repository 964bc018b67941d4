using System.Globalization;
using SurveyDialer.Sample;

namespace SurveyDialer.Estimates;

/// <summary>A small sheet or .csv whose first filled row names its columns; read as a list of residents is, whatever program wrote it.</summary>
internal static class SmallTable
{
    private const int MostRows = 5_000;

    /// <summary>All rows below the header.</summary>
    /// <param name="columns">Names of each column, Chinese and English; the first column that bears one is taken.</param>
    /// <param name="required">Which of them the header must have.</param>
    /// <returns>Row number and cells in the order of <paramref name="columns"/>, null where the file has no such column; or why it cannot be read.</returns>
    internal static (IReadOnlyList<(int Row, string?[] Cells)>? Rows, string? Problem) Read(
        Stream stream, IReadOnlyList<string[]> columns, IReadOnlyList<int> required, CultureInfo culture)
    {
        var (content, problem) = FrameContent.Recognise(stream);
        if (content is { Form: FrameForm.Workbook })
        {
            stream.Position = 0;
            problem = WorkbookGuard.Check(stream);
        }

        if (problem is not null) return (null, problem.InWords(culture));
        var rows = FrameReader.FirstRows(stream, MostRows + 1).Where(row => !row.IsEmpty).ToList();
        if (rows.Count == 0) return (null, new FrameProblem(FrameFault.Damaged).InWords(culture));
        if (rows.Count > MostRows) return (null, RoundTexts.Say("table_too_long", culture, $"{MostRows}"));
        var header = rows.Take(FrameLimits.HeaderRows).FirstOrDefault(row => required.All(column => Find(row, columns[column]) is not null));
        if (header is null) return (null, RoundTexts.Say("table_header", culture, string.Join("、", required.Select(column => columns[column][0]))));
        var at = columns.Select(names => Find(header, names)).ToList();
        return ([.. rows.Where(row => row.Number > header.Number).Select(row => (row.Number, at.Select(column => column is { } index ? row[index].ToString() : null).ToArray()))], null);
    }

    private static int? Find(FrameRow row, string[] names)
    {
        for (var column = 0; column < row.Cells.Count; column++)
        {
            if (names.Contains(row[column].ToString().Trim(), StringComparer.OrdinalIgnoreCase)) return column;
        }

        return null;
    }
}
