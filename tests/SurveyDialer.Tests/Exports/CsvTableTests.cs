using System.Text;
using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Tests.Exports;

public sealed class CsvTableTests
{
    [Fact]
    public void A_file_begins_with_a_mark_and_its_lines_end_as_Excel_wants()
    {
        Assert.Equal("\uFEFF姓名,人数\r\n张三,3\r\n", Written(["姓名", "人数"], [TableCell.Of("张三"), TableCell.Of(3)]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+8613800000000", "'+8613800000000")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\n=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\u0000=1+1", "'=1+1")]
    [InlineData("\u200B", "\u200B")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void A_text_is_never_a_formula(string text, string written) => Assert.Equal(written, Cell(TableCell.Of(text)));

    [Theory]
    [InlineData("13800138000", "'13800138000")]
    [InlineData("0851812345", "'0851812345")]
    [InlineData("123456789012345678", "'123456789012345678")]
    [InlineData("138 0013 8000", "138 0013 8000")]
    [InlineData("0851-81234567", "0851-81234567")]
    [InlineData("01", "01")]
    [InlineData("2026", "2026")]
    public void A_long_number_that_is_text_stays_text(string text, string written) => Assert.Equal(written, Cell(TableCell.Of(text)));

    [Fact]
    public void A_number_stays_a_number()
    {
        Assert.Equal("-5", Cell(TableCell.Of(-5)));
        Assert.Equal("13800138000", Cell(TableCell.Of(13_800_138_000)));
        Assert.Equal("0.333333", Cell(TableCell.Share(1.0 / 3)));
        Assert.Equal("—", Cell(TableCell.Share(null)));
        Assert.Equal("2026-03-02", Cell(TableCell.Of((DateOnly?)new DateOnly(2026, 3, 2))));
        Assert.Equal("", Cell(default));
    }

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("他说\"好\"", "\"他说\"\"好\"\"\"")]
    [InlineData("一行\r\n二行", "\"一行\n二行\"")]
    [InlineData(" x", "\" x\"")]
    [InlineData("坏\u0001字", "坏字")]
    [InlineData("𠮷野", "𠮷野")]
    public void A_text_is_quoted_only_where_needed(string text, string written) => Assert.Equal(written, Cell(TableCell.Of(text)));

    [Fact]
    public void A_half_character_is_replaced() => Assert.Equal("a\uFFFDb", Cell(TableCell.Of("a\uD842b")));

    [Fact]
    public void A_row_has_as_many_cells_as_columns()
    {
        using var table = new CsvTable(new MemoryStream());
        table.Begin("x", [new("a", 4)]);
        Assert.Throws<ArgumentException>(() => table.Row(TableCell.Of(1), TableCell.Of(2)));
        Assert.Throws<InvalidOperationException>(() => table.Begin("y", [new("b", 4)]));
    }

    private static string Cell(TableCell cell) => Written(["t"], [cell])["\uFEFFt\r\n".Length..^2];

    private static string Written(string[] titles, TableCell[] cells)
    {
        using var output = new MemoryStream();
        using (var table = new CsvTable(output))
        {
            table.Begin("x", [.. titles.Select(title => new TableColumn(title, 4))]);
            table.Row(cells);
            table.Complete();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
