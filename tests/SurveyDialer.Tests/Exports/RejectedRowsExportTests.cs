using System.Text;
using Dapper;
using ExcelDataReader;
using SurveyDialer.Exports;
using SurveyDialer.Phones;
using SurveyDialer.Sample;

namespace SurveyDialer.Tests.Exports;

public sealed class RejectedRowsExportTests
{
    private const string List = "姓名,手机,村\n张三,15412345678,龙井村\n李四,123,石桥村\n=王五,+86 154 99,石桥村\n";

    public RejectedRowsExportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rejected_row_has_its_place_the_reason_and_its_own_cells()
    {
        await using var data = await ExportData.CreateAsync();
        var frame = await ImportAsync(data, Encoding.UTF8.GetBytes(List), "list.csv");
        Assert.Equal(2, frame.Rejected);
        await data.ExecuteAsync(
            "INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate) SELECT @Campaign, id, area_id, 1 FROM respondent;", new { data.Campaign });
        var lines = await data.LinesAsync("rejected-rows");
        Assert.Equal(3, lines.Length);
        Assert.EndsWith(",姓名,手机,村", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("3,手机（B）,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",李四,123,石桥村", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",'=王五,'+86 154 99,石桥村", lines[2], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), line => Assert.NotEmpty(line.Split(',')[2]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_corrected_file_can_be_imported_again(bool workbook)
    {
        await using var data = await ExportData.CreateAsync();
        var frame = await ImportAsync(data, Encoding.UTF8.GetBytes("姓名,手机,村\n李四,154123456,石桥村\n赵六,99,龙井村\n"), "list.csv");
        Assert.Equal(2, frame.Rejected);
        using var output = new MemoryStream();
        await data.Catalog.WriteRejectedRowsAsync(frame.FrameId, workbook, output, "zh-CN", Cancellation);
        var corrected = workbook ? output.ToArray() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(output.ToArray()).Replace("154123456", "15412345678", StringComparison.Ordinal));
        var again = await ImportAsync(data, corrected, workbook ? "again.xlsx" : "again.csv");
        // The workbook comes back uncorrected: the same row is rejected again, the columns are found.
        Assert.Equal(workbook ? 2 : 1, again.Rejected);
        if (workbook) return;
        var names = data.Store.Database.Read(connection => connection.Query<byte[]>("SELECT name_enc FROM respondent;").Select(name => data.Store.Cipher.Decrypt(SampleFields.NamePurpose, name)).ToList());
        Assert.Contains("李四", names);
    }

    [Fact]
    public async Task Lists_with_other_columns_share_a_text_and_have_a_sheet_each()
    {
        await using var data = await ExportData.CreateAsync();
        await ImportAsync(data, Encoding.UTF8.GetBytes(List), "one.csv", "名单一");
        await ImportAsync(data, Encoding.UTF8.GetBytes("姓名,座机,地址\n孙七,0851-01234567,三号\n周八,77,四号\n"), "two.csv", "名单二");
        await data.ExecuteAsync(
            "INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate) SELECT @Campaign, id, area_id, 1 FROM respondent;", new { data.Campaign });
        var lines = await data.LinesAsync("rejected-rows");
        Assert.EndsWith(",姓名,手机,村,座机,地址", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",周八,,,77,四号", lines[3], StringComparison.Ordinal);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(await data.ExportAsync("rejected-rows-xlsx")));
        var names = new List<string>();
        do names.Add(reader.Name);
        while (reader.NextResult());
        Assert.Equal(["名单一", "名单二"], names);
    }

    [Fact]
    public async Task Without_rejected_rows_there_is_a_header_only()
    {
        await using var data = await ExportData.CreateAsync();
        Assert.Single(await data.LinesAsync("rejected-rows"));
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(await data.ExportAsync("rejected-rows-xlsx")));
        Assert.Equal(1, reader.RowCount);
    }

    private static async Task<FrameImportResult> ImportAsync(ExportData data, byte[] bytes, string file, string name = "名单")
    {
        var (opened, problem) = FrameReader.Open(new MemoryStream(bytes), file, null);
        Assert.Null(problem);
        using var frame = opened!;
        var request = new FrameImportRequest { Name = name, Source = "村委会", LegalBasis = "依法履职", Township = "云溪镇", Dial = new DialDefaults { AreaCode = "0851" } };
        return await new FrameImport(data.Store.Database, data.Store.Cipher, data.Clock).RunAsync(frame, request, null, Cancellation);
    }
}
