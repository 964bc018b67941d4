using System.Globalization;
using System.IO.Compression;
using System.Text;
using SurveyDialer.Sample;
using SurveyDialer.Tests.Phones;

namespace SurveyDialer.Tests.Sample;

public sealed class FrameReaderTests
{
    private static readonly string Files = Path.Combine(SourceFolder.Here(), "Files");

    [Theory]
    [InlineData("libreoffice.xlsx", "张三")]
    [InlineData("rich-text.xlsx", "张三")]
    [InlineData("old.xls", "张三")]
    [InlineData("utf8.csv", "张三")]
    [InlineData("utf8-bom.csv", "张三")]
    [InlineData("gbk.csv", "张三")]
    [InlineData("gb18030.csv", "张䶮𠮷")]
    [InlineData("utf16-le.csv", "张三")]
    [InlineData("utf16-be.csv", "张三")]
    [InlineData("utf16-le-no-mark.csv", "张三")]
    [InlineData("semicolon.csv", "张三")]
    [InlineData("sep-line.csv", "张三")]
    public void The_same_list_is_read_from_every_form(string file, string firstName)
    {
        using var list = Opened(file);
        Assert.Equal("姓名", list.Layout.Columns.Single(column => column.Role == ColumnRole.Name).Title);
        Assert.Equal(["固定电话", "手机"], list.Layout.Columns.Where(column => column.Role == ColumnRole.Phone).Select(column => column.Title));
        Assert.Equal("村/社区", list.Layout.Columns.Single(column => column.Role == ColumnRole.Village).Title);
        Assert.Empty(list.Layout.Unknown);
        var rows = Rows(list);
        Assert.Equal(6, rows.Count);
        Assert.Equal(list.Layout.HeaderRow + 1, rows[0].Number);
        Assert.Equal(firstName, rows[0][1].ToString());
        Assert.Equal("0851-01234567", rows[0][2].ToString());
        Assert.Equal("15400000001", rows[0][3].ToString());
        Assert.Equal("15400000002、15400000003", rows[1][3].ToString());
        Assert.Equal("1.38123E+10", rows[3][3].Text);
        Assert.Equal("歪脚社区", rows[5][5].ToString());
        Assert.Null(list.Failure);
    }

    [Fact]
    public void Titles_above_the_header_are_passed_over_and_stored_numbers_are_numbers()
    {
        using var list = Opened("openpyxl.xlsx");
        Assert.Equal(3, list.Layout.HeaderRow);
        Assert.Equal("名单", list.Layout.Sheet);
        Assert.Equal(["说明"], list.Layout.OtherSheets);
        var rows = Rows(list);
        Assert.Equal(4, rows[0].Number);
        Assert.Equal(15400000001d, rows[0][3].Number);
        Assert.Equal("2026-01-02", rows[0][8].Text);
        Assert.Equal("85101234570", rows[1][2].ToString());
    }

    [Fact]
    public void Two_header_rows_are_read_as_one_and_a_merged_village_counts_for_its_rows()
    {
        using var list = Opened("two-header-rows.xlsx");
        Assert.Equal(2, list.Layout.HeaderRow);
        Assert.Equal(["姓名", "固定电话", "手机", "村", "地址"], list.Layout.Columns.Select(column => column.Title));
        Assert.Equal(["龙井村", "龙井村", "大坝村"], Rows(list).Select(row => row[3].ToString()));
    }

    [Fact]
    public void A_title_merged_over_the_sheet_is_no_part_of_the_header_below_it()
    {
        using var list = Opened("banner-two-header-rows.xlsx");
        Assert.Equal(3, list.Layout.HeaderRow);
        Assert.Equal(["序号", "户主姓名", "所属村", "手机", "座机", "家庭住址", "备注"], list.Layout.Columns.Select(column => column.Title));
        Assert.Equal(
            [ColumnRole.Unused, ColumnRole.Name, ColumnRole.Village, ColumnRole.Phone, ColumnRole.Phone, ColumnRole.Address, ColumnRole.Unused],
            list.Layout.Columns.Select(column => column.Role!.Value));
        Assert.Equal(6, Rows(list).Count);
    }

    [Fact]
    public void The_first_rows_are_shown_as_they_stand_to_whoever_says_where_the_header_is()
    {
        using var stream = new MemoryStream(File.ReadAllBytes(Path.Combine(SourceFolder.Here(), "Files", "banner-two-header-rows.xlsx")));
        var rows = FrameReader.FirstRows(stream, 4);
        Assert.Equal([1, 2, 3, 4], rows.Select(row => row.Number));
        Assert.Equal("座机", rows[2][4].ToString());
        Assert.Empty(FrameReader.FirstRows(new MemoryStream("%PDF-1.7"u8.ToArray()), 4));
    }

    [Fact]
    public void The_visible_sheet_with_most_rows_is_read_and_the_others_are_named()
    {
        using var list = Opened("several-sheets.xlsx");
        Assert.Equal("二村", list.Layout.Sheet);
        Assert.Equal(["封面", "一村"], list.Layout.OtherSheets);
        Assert.Equal(3, Rows(list).Count);
    }

    [Theory]
    [InlineData("empty.xlsx", FrameFault.Empty)]
    [InlineData("no-header.xlsx", FrameFault.HeaderMissing)]
    [InlineData("no-phone-column.xlsx", FrameFault.PhoneColumnMissing)]
    [InlineData("password.xlsx", FrameFault.PasswordProtected)]
    [InlineData("password.xls", FrameFault.PasswordProtected)]
    [InlineData("cut-off.xlsx", FrameFault.Damaged)]
    [InlineData("web-page.xls", FrameFault.WebPage)]
    [InlineData("report.pdf.xlsx", FrameFault.WrongType)]
    [InlineData("open-document.ods", FrameFault.OpenDocument)]
    [InlineData("not-there.xlsx", FrameFault.FileMissing)]
    public void A_file_that_cannot_be_used_is_refused_with_its_reason(string file, FrameFault fault)
    {
        var (list, problem) = FrameReader.Open(Path.Combine(Files, file), null);
        Assert.Null(list);
        Assert.Equal(fault, problem!.Fault);
    }

    [Fact]
    public void Damage_below_the_first_rows_ends_the_list_and_is_told()
    {
        var (list, problem) = FrameReader.Open(Path.Combine(Files, "damaged-sheet.xlsx"), null);
        using var _ = list;
        if (list is not null) Rows(list);
        Assert.Equal(FrameFault.Damaged, (problem ?? list!.Failure)!.Fault);
    }

    [Theory]
    [InlineData("", FrameFault.Empty)]
    [InlineData(" \r\n\r\n,,,\r\n", FrameFault.Empty)]
    [InlineData("姓名,电话\r\n", FrameFault.NoRows)]
    [InlineData("姓名,村\r\n张三,龙井村\r\n", FrameFault.PhoneColumnMissing)]
    [InlineData("张三,15400000001\r\n李四,15400000002\r\n", FrameFault.HeaderAbsent)]
    [InlineData("平安镇名单\r\n张三,0851-01234567\r\n李四,15400000002\r\n", FrameFault.HeaderAbsent)]
    [InlineData("某甲,某乙\r\n张三,15400000001\r\n", FrameFault.HeaderMissing)]
    [InlineData("姓名,姓名,电话\r\n张三,李四,15400000001\r\n", FrameFault.ColumnTwice)]
    public void A_text_that_cannot_be_used_is_refused_with_its_reason(string text, FrameFault fault)
    {
        var (list, problem) = Open(Encoding.UTF8.GetBytes(text));
        Assert.Null(list);
        Assert.Equal(fault, problem!.Fault);
    }

    [Fact]
    public void Bytes_of_nothing_known_are_refused()
    {
        var noise = new byte[50_000];
        new Random(1).NextBytes(noise);
        noise[0] = 7;
        Assert.Equal(FrameFault.WrongType, Open(noise).Problem!.Fault);
    }

    [Fact]
    public void An_unclosed_quotation_mark_names_its_row_instead_of_swallowing_the_rest()
    {
        var early = Open("姓名,电话\r\n张三,15400000001\r\n\"李四,15400000002\r\n王五,15400000003\r\n").Problem!;
        Assert.Equal(FrameFault.QuoteNotClosed, early.Fault);
        Assert.Equal(["3"], early.Arguments);
        var text = new StringBuilder("姓名,电话\r\n");
        for (var i = 0; i < 31; i++) text.Append($"张{i},154000000{i:00}\r\n");
        text.Append("\"李四,15400000002\r\n");
        for (var i = 0; i < 40; i++) text.Append($"王{i},154000001{i:00}\r\n");
        text.Append("赵\"六,15400000003\r\n钱七,15400000004\r\n");
        using var late = Open(text.ToString()).File!;
        Assert.True(Rows(late).Count > 30);
        Assert.Equal(FrameFault.QuoteNotClosed, late.Failure!.Fault);
        Assert.Equal(["33"], late.Failure.Arguments);
    }

    [Fact]
    public void Quotation_marks_and_line_breaks_inside_a_cell_are_text()
    {
        using var list = Open("姓名,电话,地址\r\n张\"三\",15400000001,\"一组\r\n12号 \"\"旧\"\"\"\r\n").File!;
        var row = Rows(list).Single();
        Assert.Equal("一组\r\n12号 \"旧\"", row[2].Text);
        Assert.Equal("张\"三\"", row[0].Text);
        Assert.Null(list.Failure);
    }

    [Fact]
    public void A_ten_megabyte_cell_is_refused_in_text_and_workbook()
    {
        var huge = new string('龙', 3_500_000);
        var (list, problem) = Open($"姓名,电话\r\n张三,15400000001\r\n{huge},15400000002\r\n");
        using (list)
        {
            if (list is not null) Rows(list);
            var fault = problem ?? list!.Failure;
            Assert.Equal(FrameFault.RowTooLong, fault!.Fault);
            Assert.Equal(["3", "262136"], fault.Arguments);
        }

        var (workbook, refused) = Open(Workbook(huge));
        using (workbook)
        {
            if (workbook is not null) Rows(workbook);
            var fault = refused ?? workbook!.Failure;
            Assert.Equal(FrameFault.CellTooLarge, fault!.Fault);
            Assert.Equal(["2", "A", "32767"], fault.Arguments);
        }
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_read()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry(zip, "xl/workbook.xml", "<workbook/>");
            using var texts = zip.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open();
            var blanks = new byte[1 << 20];
            for (var i = 0; i < 200; i++) texts.Write(blanks);
        }

        Assert.InRange(bomb.Length, 1, 2 << 20);
        var (_, problem) = Open(bomb.ToArray());
        Assert.Equal(FrameFault.UnpacksTooLarge, problem!.Fault);
        Assert.Equal(["192"], problem.Arguments);
    }

    [Fact]
    public void A_header_repeated_below_is_passed_over()
    {
        using var list = Open("姓名,电话\r\n张三,15400000001\r\n姓名,电话\r\n\r\n李四,15400000002\r\n").File!;
        var rows = Rows(list);
        Assert.Equal([2, 5], rows.Select(row => row.Number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    [InlineData(0)]
    public void Nobody_is_taken_for_the_header_and_no_message_names_him(int? header)
    {
        var mapping = new ColumnMapping { HeaderRow = header, Columns = new Dictionary<string, ColumnRole> { ["A"] = ColumnRole.Name } };
        var (list, problem) = Open("张三,15400000001\r\n李四,15400000002\r\n", mapping);
        Assert.Null(list);
        Assert.Equal(FrameFault.HeaderAbsent, problem!.Fault);
        foreach (var culture in new[] { "zh-CN", "en" })
        {
            var words = problem.InWords(CultureInfo.GetCultureInfo(culture));
            Assert.DoesNotContain("张三", words, StringComparison.Ordinal);
            Assert.DoesNotContain("15400000001", words, StringComparison.Ordinal);
            Assert.Contains("1", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_given_mapping_wins_over_names()
    {
        var mapping = new ColumnMapping { Columns = new Dictionary<string, ColumnRole> { ["甲"] = ColumnRole.Name, ["C"] = ColumnRole.Phone } };
        using var list = Open("名单\r\n甲,乙,丙\r\n张三,x,15400000001\r\n", mapping).File!;
        Assert.Equal(2, list.Layout.HeaderRow);
        Assert.Equal(["乙"], list.Layout.Unknown.Select(column => column.Title));
        Assert.Equal("15400000001", Rows(list).Single()[2].Text);
        using var bare = Open("张三,15400000001\r\n", new ColumnMapping { HeaderRow = 0, Columns = new Dictionary<string, ColumnRole> { ["a"] = ColumnRole.Name, ["b"] = ColumnRole.Phone } }).File!;
        Assert.Single(Rows(bare));
        var (_, problem) = Open("甲,乙\r\n张三,15400000001\r\n", new ColumnMapping { Columns = new Dictionary<string, ColumnRole> { ["电话列"] = ColumnRole.Phone } });
        Assert.Equal(FrameFault.MappedColumnMissing, problem!.Fault);
    }

    [Theory]
    [InlineData("姓名（必填）", ColumnRole.Name)]
    [InlineData("户主姓名", ColumnRole.Name)]
    [InlineData(" 联系电话 1 ", ColumnRole.Phone)]
    [InlineData("手机号码2", ColumnRole.Phone)]
    [InlineData("家庭座机", ColumnRole.Phone)]
    [InlineData("ＴＥＬ", ColumnRole.Phone)]
    [InlineData("Phone number", ColumnRole.Phone)]
    [InlineData("所属乡镇（街道）", ColumnRole.Township)]
    [InlineData("所在村/社区", ColumnRole.Village)]
    [InlineData("村民小组", ColumnRole.Grid)]
    [InlineData("户籍地址", ColumnRole.Address)]
    [InlineData("常用方言", ColumnRole.Language)]
    [InlineData("身份证号码", ColumnRole.Unused)]
    [InlineData("电话备注", ColumnRole.Unused)]
    [InlineData("网格员姓名", ColumnRole.Unused)]
    [InlineData("网格员电话", ColumnRole.Unused)]
    [InlineData("政治面貌", null)]
    public void Names_of_columns_are_known_in_many_spellings(string title, ColumnRole? role) => Assert.Equal(role, ColumnNames.Recognise(title)?.Role);

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_fault_has_words_in_both_languages(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        foreach (var fault in Enum.GetValues<FrameFault>())
        {
            var words = new FrameProblem(fault, "A", "B", "C").InWords(culture);
            Assert.NotEmpty(words);
            Assert.Equal(language == "en", words.All(char.IsAscii));
        }
    }

    private static FrameFile Opened(string file)
    {
        var (list, problem) = FrameReader.Open(Path.Combine(Files, file), null);
        Assert.Null(problem);
        return list!;
    }

    private static (FrameFile? File, FrameProblem? Problem) Open(string text, ColumnMapping? mapping = null) => Open(Encoding.UTF8.GetBytes(text), mapping);

    private static (FrameFile? File, FrameProblem? Problem) Open(byte[] bytes, ColumnMapping? mapping = null)
        => FrameReader.Open(new MemoryStream(bytes), "list", mapping);

    private static List<FrameRow> Rows(FrameFile list)
    {
        var rows = new List<FrameRow>();
        while (list.Next() is { } row) rows.Add(row);
        return rows;
    }

    private static byte[] Workbook(string cell)
    {
        using var source = new ZipArchive(File.OpenRead(Path.Combine(Files, "no-header.xlsx")));
        using var made = new MemoryStream();
        using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                var text = reader.ReadToEnd();
                if (entry.Name == "sheet1.xml")
                    text = text.Replace("&#30002;", "姓名").Replace("&#20057;", "电话").Replace("&#24352;&#19977;", cell);
                Entry(zip, entry.FullName, text);
            }
        }

        return made.ToArray();
    }

    private static void Entry(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
