using System.Diagnostics;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using ExcelDataReader;
using SurveyDialer.Exports.Reports;

namespace SurveyDialer.Tests.Exports;

public sealed class RoundReportTests
{
    // The reader of workbooks asks for the code pages of old ones.
    public RoundReportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", "一、主要结果", "六、调查方法说明")]
    [InlineData("en", "1. Main results", "6. Method sheet")]
    public async Task The_document_is_valid_and_ends_with_the_method_sheet(string language, string first, string last)
    {
        await using var data = await DemoRound.CreateAsync();
        using var file = new MemoryStream(await data.ExportAsync("report", language));
        using var document = WordprocessingDocument.Open(file, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, Cancellation).Select(problem => $"{problem.Path?.XPath}: {problem.Description}"));
        var lines = document.MainDocumentPart!.Document.Body!.Elements<Paragraph>().Select(line => line.InnerText).ToList();
        Assert.Contains(first, lines);
        Assert.Equal(last, lines.Last(line => line == last || line.StartsWith(first[..1], StringComparison.Ordinal) || line.Contains("、为居民办的事", StringComparison.Ordinal)));
        var report = DemoRound.Report(data, language);
        Assert.Equal("method", report.Sections[^1].Key);
        Assert.Equal(report.Headline, lines[2]);
        Assert.Equal(report.Tables.Count(), document.MainDocumentPart.Document.Body.Elements<Table>().Count() - report.Sections.SelectMany(section => section.Blocks).OfType<ReportChart>().Count());
    }

    [Fact]
    public async Task The_method_sheet_says_who_whom_how_when_and_what_to_beware_of()
    {
        await using var data = await DemoRound.CreateAsync();
        var method = DemoRound.Report(data).Sections[^1];
        var facts = method.Blocks.OfType<ReportTable>().First().Rows.ToDictionary(row => row[0].Text, row => row[1].Text);
        Assert.Equal(
            ["组织单位", "由谁实施", "调查对象", "名单", "抽样", "方式", "时间", "样本量", "应答率", "加权", "误差", "怎样算完成", "问卷", "措辞检查", "复核"], facts.Keys);
        Assert.All(facts.Values, fact => Assert.True(fact.Length >= 3, fact));
        Assert.Contains("平统制〔2026〕3号", facts["组织单位"], StringComparison.Ordinal);
        Assert.Contains("2026年3月2日至2026年3月13日", facts["时间"], StringComparison.Ordinal);
        Assert.Contains("按本轮已知者估计", facts["应答率"], StringComparison.Ordinal);
        var words = method.Blocks.OfType<ReportTable>().Last().Rows;
        Assert.Contains(words, row => row[0].Text == "Q1" && row[1].Text.StartsWith("最近半年，您在当地感觉安全吗？ [1 很安全", StringComparison.Ordinal));
        var limits = method.Blocks.OfType<ReportParagraph>().Select(paragraph => paragraph.Text).ToList();
        Assert.Contains(limits, limit => limit.Contains("客气话", StringComparison.Ordinal));
        Assert.Contains(limits, limit => limit.Contains("自动语音电话", StringComparison.Ordinal));
        Assert.Contains(limits, limit => limit.Contains("这是演练", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_done_for_residents_is_told_without_small_counts_and_with_the_public_answers()
    {
        await using var data = await DemoRound.CreateAsync();
        for (var i = 1; i <= 7; i++)
        {
            await data.AddRespondentAsync(100 + i, $"居民{i}", $"+861540000000{i}");
            await data.AddCaseAsync(100 + i, "路灯坏了");
        }

        await data.ExecuteAsync("""
            UPDATE follow_up_case SET state = 'closed', outcome = CASE WHEN id <= 2 THEN 'solved' ELSE 'explained' END;
            INSERT INTO area_visit (campaign_id, area_id, topic, state, due_at, visited_at, public_answer) VALUES (1, 10, 'order', 'answered', 0, 1772415000000, '路灯已经修好，每周巡查。'), (1, 11, 'order', 'planned', 0, NULL, NULL);
            """);
        var section = DemoRound.Report(data).Sections.Single(one => one.Key == "residents");
        var cases = section.Blocks.OfType<ReportTable>().First().Rows.ToDictionary(row => row[0].Text, row => row[1].Text);
        Assert.Equal(("7", "7", "<5"), (cases["同意回访、已建回访单"], cases["已经办结"], cases["办结中已解决"]));
        var visit = Assert.Single(section.Blocks.OfType<ReportTable>().Last().Rows);
        Assert.Equal(("清水乡", "2026年3月2日", "路灯已经修好，每周巡查。"), (visit[0].Text, visit[2].Text, visit[3].Text));
        Assert.All(section.Blocks.OfType<ReportTable>().SelectMany(table => table.Rows).SelectMany(row => row), cell => Assert.DoesNotContain("居民1", cell.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_workbook_has_the_printed_figures_as_numbers_and_says_what_they_mean()
    {
        await using var data = await DemoRound.CreateAsync();
        var report = DemoRound.Report(data);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(await data.ExportAsync("report-tables")));
        var sheets = reader.ReadSheets();
        Assert.Equal(report.Tables.Count() + 1, sheets.Count);
        var whole = report.Tables.First(table => table.Caption == "各项指标");
        var sheet = sheets["各项指标"];
        Assert.Equal(whole.Columns.Select(column => column.Title), sheet[0].Select(cell => $"{cell}"));
        for (var i = 0; i < whole.Rows.Count; i++)
        {
            Assert.Equal(double.Parse(whole.Rows[i][2].Text.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) / 100, Assert.IsType<double>(sheet[i + 1][2]), 9);
            Assert.IsType<double>(sheet[i + 1][1]);
        }

        Assert.Contains(sheets["指标定义"], row => $"{row[1]}".Contains("客气话", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LibreOffice_opens_document_and_workbook()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/soffice")) Assert.Skip("LibreOffice is not installed: the report was not opened in it. On Debian: apt-get install libreoffice-calc libreoffice-writer");
        await using var data = await DemoRound.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("surveydialer-office-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "report.docx"), await data.ExportAsync("report"), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder, "tables.xlsx"), await data.ExportAsync("report-tables"), Cancellation);
        var start = new ProcessStartInfo("/usr/bin/soffice", [$"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, Path.Combine(folder, "report.docx"), Path.Combine(folder, "tables.xlsx")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(Cancellation) + await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, said);
        foreach (var made in (string[])["report.pdf", "tables.pdf"]) Assert.True(File.Exists(Path.Combine(folder, made)) && new FileInfo(Path.Combine(folder, made)).Length > 10_000, $"{made}: {said}");
        Directory.Delete(folder, recursive: true);
    }
}

internal static class Sheets
{
    /// <summary>Cells of each sheet by its name.</summary>
    internal static Dictionary<string, List<object?[]>> ReadSheets(this IExcelDataReader reader)
    {
        var sheets = new Dictionary<string, List<object?[]>>(StringComparer.Ordinal);
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            sheets.Add(reader.Name, rows);
        }
        while (reader.NextResult());
        return sheets;
    }
}
