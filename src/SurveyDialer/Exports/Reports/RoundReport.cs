using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Exports.Reports;

/// <summary>What is reported of a round, in one language, before it becomes a document, a page or a workbook: all three print the same.</summary>
/// <param name="Signed">Who reports.</param>
/// <param name="Day">Of the report, where the round took place.</param>
/// <param name="Headline">One sentence.</param>
/// <param name="Sections">The last one is the method sheet, which no report is without.</param>
internal sealed record RoundReport(string Language, string Title, string Signed, string Day, string Headline, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>Practice, or whom the round asked where these are not the residents; null: residents, by real calls.</summary>
    internal string? Label { get; init; }

    internal IEnumerable<ReportTable> Tables => Sections.SelectMany(section => section.Blocks).OfType<ReportTable>();

    /// <summary>Headings of a Chinese official paper: 一、 二、 三、; elsewhere 1. 2. 3.</summary>
    internal string Numbered(int section) => Language == "en" ? $"{section + 1}. {Sections[section].Title}" : $"{Chinese(section + 1)}、{Sections[section].Title}";

    /// <summary>（一）（二）; elsewhere (a) (b).</summary>
    internal string NumberedBelow(int number, string text) => Language == "en" ? $"({(char)('a' + number)}) {text}" : $"（{Chinese(number + 1)}）{text}";

    private static string Chinese(int number)
    {
        const string Digits = "零一二三四五六七八九";
        return number switch
        {
            < 10 => Digits[number].ToString(),
            < 20 => number == 10 ? "十" : $"十{Digits[number - 10]}",
            _ => $"{Digits[number / 10]}十{(number % 10 == 0 ? "" : Digits[number % 10].ToString())}",
        };
    }
}

/// <param name="Key">Of its title.</param>
internal sealed record ReportSection(string Key, string Title, IReadOnlyList<ReportBlock> Blocks);

internal abstract record ReportBlock;

/// <summary>Numbered by whoever prints it.</summary>
internal sealed record ReportSubheading(string Text) : ReportBlock;

/// <param name="Small">A note under a table.</param>
internal sealed record ReportParagraph(string Text, bool Small = false) : ReportBlock;

/// <param name="Caption">Also the name of its sheet.</param>
/// <param name="Wide">The last column takes the room that the others leave.</param>
internal sealed record ReportTable(string Caption, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows, bool Wide = false) : ReportBlock
{
    /// <summary>For paper: without columns in which no row says anything. A workbook keeps them, so that its columns are the same in every round.</summary>
    internal ReportTable Filled()
    {
        List<int> said = [.. Enumerable.Range(0, Columns.Count).Where(column => column == 0 || Rows.Count == 0 || Rows.Any(row => row[column].Text.Length > 0))];
        return said.Count == Columns.Count ? this : this with { Columns = said.ConvertAll(column => Columns[column]), Rows = [.. Rows.Select(row => said.ConvertAll(column => row[column]))] };
    }
}

/// <param name="Width">In narrow characters.</param>
internal sealed record ReportColumn(string Title, int Width, bool Right = false);

/// <summary>As printed, and as the number behind it.</summary>
internal sealed record ReportCell(string Text, TableCell Value)
{
    internal static ReportCell Empty { get; } = new("", default);

    internal static ReportCell Of(string text) => new(text, TableCell.Of(text));

    /// <summary>A count of persons: 1 to 4 are not told.</summary>
    /// <param name="count">Null: not told either.</param>
    internal static ReportCell Persons(long? count) => count is { } known && !Statistics.Disclosure.CountTable.IsSmall(known) ? Of(known) : Of(Statistics.Disclosure.CountTable.SmallText);

    internal static ReportCell Of(long count) => new(count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), TableCell.Of(count));
}

/// <summary>Rates as bars with their intervals against a line.</summary>
/// <param name="Line">0 to 1; null: none.</param>
internal sealed record ReportChart(string Caption, IReadOnlyList<ReportBar> Bars, double? Line) : ReportBlock;

/// <param name="Printed">The value in words, or why there is none.</param>
/// <param name="Value">0 to 1; null: withheld.</param>
internal sealed record ReportBar(string Name, string Printed, double? Value, double? Low, double? High);
