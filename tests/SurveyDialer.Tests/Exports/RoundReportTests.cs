using System.Diagnostics;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using ExcelDataReader;
using SurveyDialer.Estimates;
using SurveyDialer.Exports;
using SurveyDialer.Exports.Reports;

namespace SurveyDialer.Tests.Exports;

public sealed class RoundReportTests
{
    // The reader of workbooks asks for the code pages of old ones.
    public RoundReportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", "一、主要结果", "七、调查方法说明")]
    [InlineData("en", "1. Main results", "7. Method sheet")]
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
        Assert.Equal([report.Title, $"{report.Signed}  {report.Day}", report.Label!, report.Headline], lines[..4]);
        Assert.Equal(report.Tables.Count(), document.MainDocumentPart.Document.Body.Elements<Table>().Count() - report.Sections.SelectMany(section => section.Blocks).OfType<ReportChart>().Count());
    }

    [Fact]
    public async Task The_method_sheet_says_who_whom_how_when_and_what_to_beware_of()
    {
        await using var data = await DemoRound.CreateAsync();
        var method = DemoRound.Report(data).Sections[^1];
        var facts = method.Blocks.OfType<ReportTable>().First().Rows.ToDictionary(row => row[0].Text, row => row[1].Text);
        Assert.Equal(
            ["数字的性质", "组织单位", "由谁实施", "调查对象", "名单", "抽样", "方式", "时间", "样本量", "应答率", "加权", "误差", "怎样算完成", "问卷", "措辞检查", "复核"], facts.Keys);
        Assert.All(facts.Values, fact => Assert.True(fact.Length >= 3, fact));
        Assert.Contains("平统制〔2026〕3号", facts["组织单位"], StringComparison.Ordinal);
        Assert.Contains("2026年3月2日至2026年3月13日", facts["时间"], StringComparison.Ordinal);
        Assert.Contains("按本轮已知者估计", facts["应答率"], StringComparison.Ordinal);
        var words = method.Blocks.OfType<ReportTable>().Last().Rows;
        Assert.Contains(words, row => row[0].Text == "Q1" && row[1].Text.StartsWith("最近半年，您在当地感觉安全吗？ [1 很安全", StringComparison.Ordinal));
        var limits = method.Blocks.OfType<ReportParagraph>().Select(paragraph => paragraph.Text).ToList();
        Assert.Contains(limits, limit => limit.Contains("客气话", StringComparison.Ordinal));
        Assert.Contains(limits, limit => limit.Contains("自动语音电话", StringComparison.Ordinal));
        Assert.Contains(limits, limit => limit.Contains("演练：电话和回答都由模拟程序产生", StringComparison.Ordinal));
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
    public async Task A_village_with_fewer_than_five_voices_of_its_own_is_not_named_on_the_residents_sheet()
    {
        await using var data = await DemoRound.CreateAsync();
        await data.ExecuteAsync("""
            INSERT INTO area_visit (campaign_id, area_id, topic, state, due_at, visited_at) VALUES (1, 2, 'order', 'visited', 0, 1772415000000), (1, 3, 'order', 'visited', 0, 1772415000000);
            INSERT INTO area_voice (campaign_id, area_id, topic, voices) VALUES (1, 2, 'order', 5), (1, 3, 'order', 4);
            """);
        var places = DemoRound.Report(data).Sections.Single(one => one.Key == "residents").Blocks.OfType<ReportTable>().Last().Rows.Select(row => row[0].Text).ToList();
        Assert.Equal(["云溪镇", "云溪镇 龙井村"], places.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_report_says_whether_the_round_counts_and_what_of_the_gate_it_has()
    {
        await using var data = await DemoRound.CreateAsync();
        await data.ExecuteAsync("INSERT INTO result_code (campaign_id, stratum, code, total) SELECT campaign_id, stratum, final_code, count(*) FROM sample_member GROUP BY 1, 2, 3;");
        var report = DemoRound.Report(data);
        Assert.StartsWith("这一轮还不能采用，缺：负责人没有复核够访问的 5%", Text(report, "results").First(), StringComparison.Ordinal);
        var gate = report.Tables.Single(table => table.Caption == "质量门槛").Rows.Select(row => string.Join(' ', row.Select(cell => cell.Text))).ToList();
        Assert.Equal(3, gate.Count);
        Assert.Equal("访问份数（完成和部分完成） 100 382 达到", gate[0]);
        Assert.EndsWith("5% 0.0% 没有达到", gate[2], StringComparison.Ordinal);
        Assert.Contains(Text(report, "quality"), line => line.StartsWith("联系率是 AAPOR 的 CON2，按已经结束的", StringComparison.Ordinal));

        await data.ExecuteAsync("INSERT INTO supervised_check (campaign_id, day, interviews, confirmed, who) VALUES (1, 20500, 20, 19, '王芳');");
        Assert.StartsWith("这一轮达到可以采用的要求", Text(DemoRound.Report(data), "results").First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Official_results_stand_beside_the_figures_with_the_bias_of_earlier_rounds_and_the_targets()
    {
        await using var data = await DemoRound.CreateAsync();
        await data.ExecuteAsync("""
            UPDATE campaign SET carrier = 'desk-phone';
            INSERT INTO campaign_round (campaign_id, number, period, predecessor) VALUES (1, 1, '2026-Q1', NULL);
            INSERT INTO benchmark (level, name, tag, period, hundredths, n, rank, places, source, entered_by, entered_at) VALUES
                ('own', '', 'SAFE', '2025-H2', 9000, 400, 60, 173, '省统计局', '王芳', 0), ('county', '', 'SAFE', '2025-H2', 9100, NULL, NULL, NULL, '市委政法委', '王芳', 0),
                ('city', '', 'SAFE', '2025-H2', 9200, NULL, NULL, NULL, '市委政法委', '王芳', 0), ('province', '', 'SAFE', '2025-H2', 9348, NULL, NULL, NULL, '省统计局', '王芳', 0);
            INSERT INTO index_target (tag, period, hundredths, rank, entered_by, entered_at) VALUES ('SAFE', '2026', 9500, 50, '王芳', 0);
            """);
        var report = DemoRound.Report(data);
        Assert.Null(report.Label);
        var whole = DemoRound.Results(data).Indices.Single(index => index.Index.Tag == "SAFE").Whole;
        var official = report.Tables.Single(table => table.Caption == "和正式结果对照").Rows;
        Assert.Equal(["本地（省统计局）", "全县平均（市委政法委）", "全市平均（市委政法委）", "全省平均（省统计局）"], official.Select(row => row[2].Text));
        Assert.Equal(((decimal)whole.Value! * 100) - 90m, decimal.Parse(official[0][7].Text, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(("2025年下半年", "90.00", "400", "60/173"), (official[0][3].Text, official[0][4].Text, official[0][5].Text, official[0][6].Text));
        Assert.Contains(Text(report, "official"), line => line.Contains("全省平均水平", StringComparison.Ordinal) && line.Contains("比本地正式结果（2025年下半年）", StringComparison.Ordinal));
        Assert.Contains(Text(report, "official"), line => line.Contains("有 0 轮能和同一时期的本地正式结果对照，满 4 轮", StringComparison.Ordinal));
        Assert.Contains(Text(report, "official"), line => line.Contains("居民对当地干部往往说得好一些", StringComparison.Ordinal));
        var target = Assert.Single(report.Tables.Single(table => table.Caption == "目标").Rows);
        Assert.Equal("95%：没有达到；前 50 名：等正式名次", target[2].Text);
    }

    [Fact]
    public async Task Four_rounds_with_an_official_result_give_the_bias_line()
    {
        await using var data = await DemoRound.CreateAsync();
        await data.ExecuteAsync("UPDATE campaign SET carrier = 'desk-phone'; INSERT INTO campaign_round (campaign_id, number, period, predecessor) VALUES (1, 4, '2026-Q1', NULL);");
        for (var number = 1; number <= 3; number++) await DemoRound.RepeatAsync(data, 10 + number, $"2025-Q{number}");
        await data.ExecuteAsync("""
            INSERT INTO benchmark (level, name, tag, period, hundredths, n, rank, places, source, entered_by, entered_at) VALUES
                ('own', '', 'SAFE', '2025-Q1', 7000, NULL, NULL, NULL, '省统计局', '王芳', 0), ('own', '', 'SAFE', '2025-Q2', 7000, NULL, NULL, NULL, '省统计局', '王芳', 0),
                ('own', '', 'SAFE', '2025-Q3', 7000, NULL, NULL, NULL, '省统计局', '王芳', 0), ('own', '', 'SAFE', '2026-Q1', 7000, NULL, NULL, NULL, '省统计局', '王芳', 0);
            """);
        // The other three rounds hold no strata, so they are the plain share.
        var index = DemoRound.Results(data).Indices.Single(one => one.Index.Tag == "SAFE").Whole;
        var mean = (index.Value!.Value + (3 * index.Unweighted!.Value)) * 100 / 4;
        var bias = Text(DemoRound.Report(data), "official").Single(line => line.Contains("过去 4 轮", StringComparison.Ordinal));
        // A year before, the same interviews without strata.
        var moved = Math.Round((index.Value.Value - index.Unweighted.Value) * 100, 2);
        Assert.Contains(Text(DemoRound.Report(data), "official"), line => line.Contains(
            moved == 0 ? "与上年持平" : $"比上年{(moved > 0 ? "提升" : "下降")}{Math.Abs(moved).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)}个百分点", StringComparison.Ordinal));
        Assert.Contains($"模拟比正式平均高 {(mean - 70).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)} 个百分点", bias, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_moved_are_not_told_without_what_chance_alone_gives()
    {
        await using var data = await DemoRound.CreateAsync();
        string[] said = data.Store.Database.Read(connection =>
        {
            var source = ReportSource.Read(ExportSource.Open(data.Store.Database, connection, data.Store.Cipher, data.Clock, data.Campaign, ExportTexts.Of("zh-CN"), null, Cancellation)!);
            return new[] { new TownshipRank(1, 1, 3, 2, 0.12), new(3, 1, 3, -1, 0.6), new(2, 1, 3, 0, 1), new(2, 1, 3, null, null) }.Select(rank => TownshipsSection.Moved(source, rank)).ToArray();
        });
        Assert.Equal(["，上升 2 名；没有真变化时，偶然也有 12% 的机会变动这么多", "，下降 1 名；没有真变化时，偶然也有 60% 的机会变动这么多", "", ""], said);
    }

    [Fact]
    public async Task A_round_of_others_than_residents_says_so_in_title_headline_captions_and_method()
    {
        await using var data = await DemoRound.CreateAsync();
        await data.ExecuteAsync("UPDATE campaign SET carrier = 'desk-phone', population = '县人大代表'; INSERT INTO benchmark (level, name, tag, period, hundredths, n, rank, places, source, entered_by, entered_at) VALUES ('own', '', 'SAFE', '2025', 9000, NULL, NULL, NULL, '省统计局', '王芳', 0);");
        var report = DemoRound.Report(data);
        Assert.EndsWith("（专项样本：县人大代表）", report.Title, StringComparison.Ordinal);
        Assert.StartsWith("【专项样本：县人大代表】共完成访问", report.Headline, StringComparison.Ordinal);
        Assert.Contains("不是居民的满意率", report.Label, StringComparison.Ordinal);
        Assert.Contains(report.Tables, table => table.Caption == "各项指标（专项样本：县人大代表）");
        Assert.DoesNotContain(report.Tables, table => table.Caption == "和正式结果对照");
        var facts = report.Sections[^1].Blocks.OfType<ReportTable>().First().Rows.ToDictionary(row => row[0].Text, row => row[1].Text);
        Assert.Equal(report.Label, facts["数字的性质"]);
        Assert.StartsWith("名单上的“县人大代表”", facts["调查对象"], StringComparison.Ordinal);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(await data.ExportAsync("report-tables")));
        Assert.Contains(reader.ReadSheets()["指标定义"], row => $"{row[1]}" == report.Label);
    }

    [Fact]
    public async Task Composites_shares_and_a_quota_sample_are_told_with_their_townships_and_definitions()
    {
        await using var data = await DemoRound.CreateAsync();
        await data.WriteAsync(connection =>
        {
            var set = SurveyDialer.Estimates.IndexSets.Of(connection, 1);
            var tags = set.Indices.Take(2).Select(index => index.Tag).ToList();
            SurveyDialer.Estimates.IndexSets.Save(connection, 1, set with
            {
                Composites = [new() { Id = "both", Name = new SurveyDialer.Questionnaires.LocalText([new("zh-CN", "双率"), new("en", "Both")]), Weights = new Dictionary<string, double> { [tags[0]] = 1, [tags[1]] = 1, ["TRAFFIC"] = 1 }, Line = 60 }],
            });
        });
        await data.ExecuteAsync("UPDATE sample_stratum SET target = 30 WHERE number = 1;");
        var report = DemoRound.Report(data);
        var composite = Assert.Single(report.Tables.Single(table => table.Caption == "综合得分（演练）").Rows);
        Assert.Equal("双率", composite[0].Text);
        Assert.Equal("TRAFFIC", composite[5].Text);
        Assert.Equal("高于 60 分的线", composite[4].Text);
        var townships = report.Tables.Single(table => table.Caption == "双率 分乡镇（演练）").Rows;
        Assert.Equal(4, townships.Count);
        Assert.Equal(["样本不足", "", "", "", ""], townships.Single(row => row[0].Text == "龙塘乡").Skip(1).Select(cell => cell.Text));
        Assert.Contains(Text(report, "townships"), line => line == "名次没有统计意义（有的乡镇有效样本不足 30 份，或还没有访问），所以不排名次。");
        Assert.Contains(Text(report, "results"), line => line.StartsWith("双率：各指标按权数平均", StringComparison.Ordinal));
        Assert.All([Text(report, "results"), Text(report, "method")], lines => Assert.Contains(lines, line => line.Contains("这是配额样本，不是概率样本", StringComparison.Ordinal)));
        var shares = report.Tables.Single(table => table.Caption == "加权、不加权和没有作答的（演练）");
        Assert.Equal(report.Tables.Single(table => table.Caption == "各项指标（演练）").Rows.Count, shares.Rows.Count);
        Assert.All(shares.Rows, row => Assert.All(row.Skip(2), cell => Assert.EndsWith("%", cell.Text, StringComparison.Ordinal)));
        Assert.Equal("—", shares.Rows[2][1].Text);
    }

    private static List<string> Text(RoundReport report, string section) => [.. report.Sections.Single(one => one.Key == section).Blocks.OfType<ReportParagraph>().Select(paragraph => paragraph.Text)];

    [Fact]
    public async Task The_workbook_has_the_printed_figures_as_numbers_and_says_what_they_mean()
    {
        await using var data = await DemoRound.CreateAsync();
        var report = DemoRound.Report(data);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(await data.ExportAsync("report-tables")));
        var sheets = reader.ReadSheets();
        Assert.Equal(report.Tables.Count() + 1, sheets.Count);
        var whole = report.Tables.First(table => table.Caption == "各项指标（演练）");
        var sheet = sheets["各项指标（演练）"];
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
