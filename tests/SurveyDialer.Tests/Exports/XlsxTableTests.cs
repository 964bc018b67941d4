using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using ExcelDataReader;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Exports.Xlsx;

namespace SurveyDialer.Tests.Exports;

public sealed class XlsxTableTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly DateTimeOffset Stamp = new(2026, 3, 2, 0, 30, 0, TimeSpan.Zero);

    public XlsxTableTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void Texts_numbers_shares_and_days_are_read_back()
    {
        var file = Written(table =>
        {
            table.Begin("回访名单", [new("姓名", 12), new("号码", 16), new("人数", 8), new("比例", 8), new("日期", 12)]);
            table.Row(TableCell.Of("张三"), TableCell.Of("13800138000"), TableCell.Of(-3), TableCell.Share(0.125), TableCell.Of((DateOnly?)new DateOnly(2026, 3, 2)));
            table.Row(TableCell.Of("=1+1"), TableCell.Of("0851-01234567"), default, TableCell.Share(null), default);
        });
        var rows = Read(file);
        Assert.Equal(["姓名", "号码", "人数", "比例", "日期"], rows[0]);
        Assert.Equal(["张三", "13800138000", -3.0, 0.125, new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Unspecified)], rows[1]);
        Assert.Equal(["=1+1", "0851-01234567", null, "—", null], rows[2]);
        Assert.Empty(Sheet(file).Descendants(Main + "f"));
    }

    [Theory]
    [InlineData("a<b>&\"c\"")]
    [InlineData("  前后  ")]
    [InlineData("一行\n二行\t三")]
    [InlineData("_x0041_")]
    [InlineData("_x005F_x0041_")]
    [InlineData("𠮷野家👍")]
    [InlineData("]]>")]
    public void A_text_comes_back_as_it_was(string text) => Assert.Equal(text, Decoded(text));

    [Fact]
    public void What_no_workbook_can_hold_is_taken_out()
    {
        Assert.Equal("ab\uFFFDc\nd", Decoded("a\u0001b\uD800c\r\nd\u000B\uFFFF"));
        var longest = Decoded(new string('长', 40_000));
        Assert.Equal(32_767, longest.Length);
        Assert.EndsWith("…", longest, StringComparison.Ordinal);
        Assert.Equal(32_766, Decoded("bb" + string.Concat(Enumerable.Repeat("𠮷a", 20_000))).Length);
    }

    [Fact]
    public void A_sheet_prints_on_A4_landscape_with_its_header_in_sight()
    {
        var file = Written(table =>
        {
            table.Begin("名单", [new("姓名", 12), new("电话", 300)]);
            table.Row(TableCell.Of("张三"), TableCell.Of("138 0013 8000"));
        });
        var sheet = Sheet(file);
        var page = sheet.Element(Main + "pageSetup")!;
        Assert.Equal(("9", "landscape", "1", "0"), ((string?)page.Attribute("paperSize"), (string?)page.Attribute("orientation"), (string?)page.Attribute("fitToWidth"), (string?)page.Attribute("fitToHeight")));
        var pane = sheet.Descendants(Main + "pane").Single();
        Assert.Equal(("1", "frozen"), ((string?)pane.Attribute("ySplit"), (string?)pane.Attribute("state")));
        Assert.Equal(["12", "255"], sheet.Descendants(Main + "col").Select(column => (string?)column.Attribute("width")));
        Assert.Equal("A1:B2", (string?)sheet.Element(Main + "autoFilter")!.Attribute("ref"));
        var workbook = Part(file, "xl/workbook.xml");
        Assert.Contains("'名单'!$1:$1", workbook.Descendants(Main + "definedName").Select(name => name.Value));
        // Schema order of a worksheet: Excel repairs, that is throws away, what stands elsewhere.
        Assert.Equal(
            ["sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "pageMargins", "pageSetup", "headerFooter", "ignoredErrors"],
            sheet.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Digits_are_stored_as_text_in_text_format_and_the_header_is_bold()
    {
        var file = Written(table =>
        {
            table.Begin("名单", [new("电话", 12)]);
            table.Row(TableCell.Of("13800138000"));
        });
        var cells = Sheet(file).Descendants(Main + "c").ToList();
        Assert.All(cells, cell => Assert.Equal("inlineStr", (string?)cell.Attribute("t")));
        var styles = Part(file, "xl/styles.xml");
        var formats = styles.Element(Main + "cellXfs")!.Elements().ToList();
        Assert.Equal("49", (string?)formats[(int)cells[1].Attribute("s")!].Attribute("numFmtId"));
        var font = (int)formats[(int)cells[0].Attribute("s")!].Attribute("fontId")!;
        Assert.NotNull(styles.Element(Main + "fonts")!.Elements().ElementAt(font).Element(Main + "b"));
    }

    [Fact]
    public void A_long_table_goes_on_in_the_next_sheet_with_its_header()
    {
        using var output = new MemoryStream();
        using var table = new XlsxTable(output, Stamp, longest: 3);
        table.Begin("名单", [new("号", 8)]);
        for (var i = 1; i <= 5; i++) table.Row(TableCell.Of(i));
        table.Complete();
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(output.ToArray()));
        var sheets = new List<string>();
        do
        {
            var values = new List<string>();
            while (reader.Read()) values.Add($"{reader.GetValue(0)}");
            sheets.Add($"{reader.Name}: {string.Join(' ', values)}");
        }
        while (reader.NextResult());
        Assert.Equal(["名单: 号 1 2", "名单 (2): 号 3 4", "名单 (3): 号 5"], sheets);
    }

    [Theory]
    [InlineData("a/b\\c:d?e*f[g]h", "a b c d e f g h")]
    [InlineData("'名单'", "名单")]
    [InlineData("", "Sheet")]
    [InlineData("///", "Sheet")]
    [InlineData("history", "history (2)")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    public void A_sheet_has_a_name_that_Excel_takes(string wanted, string name) => Assert.Equal(name, new SheetNames().Next(wanted));

    [Fact]
    public void Sheets_of_one_name_are_told_apart()
    {
        var names = new SheetNames();
        var wanted = new string('村', 31);
        Assert.Equal([wanted, new string('村', 27) + " (2)", new string('村', 27) + " (3)", "a", "A (2)"], new[] { wanted, wanted, wanted, "a", "A" }.Select(names.Next));
    }

    [Fact]
    public void A_table_that_was_not_completed_does_not_open()
    {
        using var output = new MemoryStream();
        using (var table = new XlsxTable(output, Stamp))
        {
            table.Begin("名单", [new("号", 8)]);
            table.Row(TableCell.Of(1));
        }

        Assert.ThrowsAny<InvalidDataException>(() => new ZipArchive(new MemoryStream(output.ToArray())));
    }

    private static byte[] Written(Action<XlsxTable> write)
    {
        using var output = new MemoryStream();
        using var table = new XlsxTable(output, Stamp);
        write(table);
        table.Complete();
        return output.ToArray();
    }

    private static string Decoded(string text)
    {
        var file = Written(table =>
        {
            table.Begin("x", [new("t", 8)]);
            table.Row(TableCell.Of(text));
        });
        return (string)Read(file)[1][0]!;
    }

    private static List<object?[]> Read(byte[] file)
    {
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        var rows = new List<object?[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        return rows;
    }

    private static XElement Sheet(byte[] file) => Part(file, "xl/worksheets/sheet1.xml");

    private static XElement Part(byte[] file, string path)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var part = zip.GetEntry(path)!.Open();
        return XElement.Load(part, LoadOptions.PreserveWhitespace);
    }
}
