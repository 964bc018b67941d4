using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace SurveyDialer.Exports.Reports;

/// <summary>
/// A report as a Word document in the layout of Chinese official papers (GB/T 9704-2012): title in 小标宋 22 pt, text in 仿宋 16 pt on lines of
/// 28 pt, headings in 黑体 and 楷体, page numbers between dashes.
/// </summary>
internal static class ReportDocument
{
    // Half points; lines in twentieths of a point.
    private const int TitleSize = 44;
    private const int TextSize = 32;
    private const int NoteSize = 24;
    private const int TableSize = 21;
    private const string TextLine = "560";
    private const int FullBar = 24;

    private const string Song = "方正小标宋简体";
    private const string FangSong = "仿宋_GB2312";
    private const string Hei = "黑体";
    private const string Kai = "楷体_GB2312";

    /// <param name="output">Need not be seekable; not closed.</param>
    internal static void Write(RoundReport report, Stream output)
    {
        // The package goes back and forth in its file.
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(Line(new Look(FangSong, 28, Center: true), Text(new Look(FangSong, 28), "— "), new SimpleField(Text(new Look(FangSong, 28), "1")) { Instruction = "PAGE" }, Text(new Look(FangSong, 28), " —")));
            main.Document = new Document(Body(report, main.GetIdOfPart(footer)));
            document.PackageProperties.Title = report.Title;
            document.PackageProperties.Creator = report.Signed;
        }

        file.WriteTo(output);
    }

    private static Body Body(RoundReport report, string footer)
    {
        var body = new Body();
        body.Append(Line(new Look(Song, TitleSize, Center: true, After: 240), report.Title));
        body.Append(Line(new Look(Kai, TextSize, Center: true, After: 240), $"{report.Signed}  {report.Day}"));
        if (report.Label is { } label) body.Append(Line(new Look(Hei, TextSize, Center: true, After: 240), label));
        body.Append(Line(new Look(FangSong, TextSize, Indent: true), report.Headline));
        for (var i = 0; i < report.Sections.Count; i++)
        {
            body.Append(Line(new Look(Hei, TextSize, Indent: true, NewPage: i == report.Sections.Count - 1, KeepNext: true), report.Numbered(i)));
            Add(body, report, report.Sections[i]);
        }

        body.Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
            new PageSize { Width = 11906U, Height = 16838U },
            new PageMargin { Top = 2098, Right = 1474U, Bottom = 1984, Left = 1588U, Header = 851U, Footer = 1400U, Gutter = 0U }));
        return body;
    }

    private static void Add(Body body, RoundReport report, ReportSection section)
    {
        var subheadings = 0;
        foreach (var block in section.Blocks)
        {
            switch (block)
            {
                case ReportSubheading heading:
                    body.Append(Line(new Look(Kai, TextSize, Indent: true, KeepNext: true), report.NumberedBelow(subheadings++, heading.Text)));
                    break;
                case ReportParagraph paragraph:
                    body.Append(Line(new Look(FangSong, paragraph.Small ? NoteSize : TextSize, Indent: true), paragraph.Text));
                    break;
                case ReportChart { Bars.Count: 0 }:
                    break;
                case ReportChart chart:
                    body.Append(Bars(chart), Line(new Look(FangSong, TableSize), ""));
                    break;
                case ReportTable table:
                    body.Append(Line(new Look(Hei, TableSize, Center: true, KeepNext: true), table.Caption), Table(table.Filled()), Line(new Look(FangSong, TableSize), ""));
                    break;
                default:
                    throw new InvalidOperationException($"A document cannot hold {block.GetType().Name}.");
            }
        }
    }

    private static Table Table(ReportTable table)
    {
        var widths = Widths(table.Columns.Select(column => column.Width).ToList());
        var rows = new Table(Properties(borders: true), new TableGrid(widths.Select(width => new GridColumn { Width = width })));
        rows.Append(Row(new TableRowProperties(new CantSplit(), new TableHeader()), table.Columns.Select((column, i) => Cell(widths[i], new Look(Hei, TableSize, Center: true), column.Title, shade: true))));
        foreach (var row in table.Rows)
            rows.Append(Row(new TableRowProperties(new CantSplit()), row.Select((cell, i) => Cell(widths[i], new Look(FangSong, TableSize, Right: table.Columns[i].Right), cell.Text))));
        return rows;
    }

    /// <summary>Bars of blocks: they look the same in every program, and print.</summary>
    private static Table Bars(ReportChart chart)
    {
        var widths = Widths([18, 34, 22]);
        var rows = new Table(Properties(borders: false), new TableGrid(widths.Select(width => new GridColumn { Width = width })));
        foreach (var bar in chart.Bars)
        {
            var blocks = bar.Value is { } value ? Math.Max(1, (int)Math.Round(value * FullBar)) : 0;
            var look = new Look(FangSong, TableSize);
            rows.Append(Row(
                new TableRowProperties(new CantSplit()),
                [Cell(widths[0], look with { Right = true }, bar.Name), Cell(widths[1], look with { Font = "Arial", Color = "14595C" }, new string('█', blocks)), Cell(widths[2], look, bar.Printed)]));
        }

        return rows;
    }

    private static TableRow Row(TableRowProperties properties, IEnumerable<TableCell> cells)
    {
        var row = new TableRow(properties);
        row.Append(cells);
        return row;
    }

    private static TableProperties Properties(bool borders)
    {
        var properties = new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct });
        if (borders)
        {
            properties.Append(new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 8 }, new LeftBorder { Val = BorderValues.Single, Size = 4 }, new BottomBorder { Val = BorderValues.Single, Size = 8 },
                new RightBorder { Val = BorderValues.Single, Size = 4 }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }));
        }

        properties.Append(new TableLayout { Type = TableLayoutValues.Fixed });
        return properties;
    }

    /// <summary>Shares of the printable width, in twentieths of a point.</summary>
    private static List<string> Widths(List<int> narrow)
    {
        const int Printable = 8844;
        var all = narrow.Sum();
        return narrow.ConvertAll(width => (width * Printable / all).ToString(CultureInfo.InvariantCulture));
    }

    private static TableCell Cell(string width, Look look, string text, bool shade = false)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = width, Type = TableWidthUnitValues.Dxa });
        if (shade) properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "EDEDE6" });
        properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        return new TableCell(properties, Line(look, text));
    }

    private static Paragraph Line(Look look, string text) => Line(look, Text(look, text));

    private static Paragraph Line(Look look, params OpenXmlElement[] runs)
    {
        var place = new ParagraphProperties();
        if (look.KeepNext) place.Append(new KeepNext());
        if (look.NewPage) place.Append(new PageBreakBefore());
        place.Append(look.Size == TextSize
            ? new SpacingBetweenLines { After = $"{look.After}", Line = TextLine, LineRule = LineSpacingRuleValues.Exact }
            : new SpacingBetweenLines { After = $"{look.After}", Line = "240", LineRule = LineSpacingRuleValues.Auto });
        if (look.Indent) place.Append(new Indentation { FirstLineChars = 200, FirstLine = $"{look.Size * 20}" });
        place.Append(new Justification { Val = look.Center ? JustificationValues.Center : look.Right ? JustificationValues.Right : look.Indent ? JustificationValues.Both : JustificationValues.Left });
        var line = new Paragraph(place);
        line.Append(runs);
        return line;
    }

    private static Run Text(Look look, string text)
    {
        var points = look.Size.ToString(CultureInfo.InvariantCulture);
        var properties = new RunProperties(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = look.Font });
        if (look.Color is { } color) properties.Append(new Color { Val = color });
        properties.Append(new FontSize { Val = points }, new FontSizeComplexScript { Val = points }, new Languages { Val = "en-US", EastAsia = "zh-CN" });

        // What XML cannot hold is nothing that can be printed.
        var printable = string.Concat(text.Where(letter => !char.IsControl(letter)));
        return new Run(properties, new Text(printable) { Space = SpaceProcessingModeValues.Preserve });
    }

    private sealed record Look(
        string Font, int Size, bool Center = false, bool Right = false, bool Indent = false, bool NewPage = false, bool KeepNext = false, int After = 0, string? Color = null);
}
