using System.Globalization;
using System.Text;
using Dapper;
using SurveyDialer.Phones;
using SurveyDialer.Sample;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Sample;

/// <summary>Rejected rows corrected in place.</summary>
public sealed class RowCorrectionTests : IAsyncDisposable
{
    private static readonly FrameImportRequest Request = new()
    {
        Name = "名单", Source = "户籍台账", LegalBasis = "依法履职", Township = "云溪镇", Dial = new DialDefaults { AreaCode = "0851" },
    };

    private readonly TestDatabase store = TestDatabase.Create();
    private readonly StoppedClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RowCorrection Correction => new(store.Database, store.Cipher, clock);

    public async ValueTask DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_corrected_number_brings_the_person_in_and_the_counts_agree()
    {
        var frame = await Import("姓名,手机,村\n张三,15400000001,龙井村\n李四,154000O0002,大坪村\n");
        var row = Assert.Single(Flawed(frame));
        Assert.Equal((3, true), (row.RowNumber, row.Fatal));
        Assert.Equal(["手机"], row.Cells.Where(cell => cell.Flawed).Select(cell => cell.Title));
        Assert.True(await Correction.CheckAsync(frame, 3, new Dictionary<int, string> { [1] = "15400000002" }, Request, Cancellation));
        Assert.Empty(Flawed(frame));
        Assert.Equal((2, 2, 0, 0), Counts(frame));
        Assert.Equal("大坪村", store.Database.Read(connection => connection.ExecuteScalar<string>("SELECT a.name FROM respondent r JOIN area a ON a.id = r.area_id WHERE r.id = 2;")));
    }

    [Fact]
    public async Task What_is_still_wrong_stays_as_it_was_typed_with_its_reason()
    {
        var frame = await Import("姓名,手机,村\n李四,154000O0002,大坪村\n");
        Assert.False(await Correction.CheckAsync(frame, 2, new Dictionary<int, string> { [1] = "1540000" }, Request, Cancellation));
        var row = Assert.Single(Flawed(frame));
        Assert.Equal("1540000", row.Cells.Single(cell => cell.Flawed).Value);
        Assert.Equal((1, 0, 1, 0), Counts(frame));
    }

    [Fact]
    public async Task A_second_number_corrected_joins_the_person_who_is_in_already()
    {
        var frame = await Import("姓名,手机,固定电话\n张三,15400000001,0851-0123\n");
        Assert.False(Assert.Single(Flawed(frame)).Fatal);
        Assert.True(await Correction.CheckAsync(frame, 2, new Dictionary<int, string> { [2] = "0851-01234567" }, Request, Cancellation));
        Assert.Equal((1, 1, 0, 0), Counts(frame));
        Assert.Equal((1L, 2L), store.Database.Read(connection => connection.QuerySingle<(long, long)>("SELECT (SELECT count(*) FROM respondent), (SELECT count(*) FROM respondent_phone);")));
    }

    [Fact]
    public async Task A_person_who_is_in_is_not_lost_by_a_slip()
    {
        var frame = await Import("姓名,手机,固定电话\n张三,15400000001,0851-0123\n");
        Assert.False(await Correction.CheckAsync(frame, 2, new Dictionary<int, string> { [1] = "", [2] = "" }, Request, Cancellation));
        Assert.Equal((1, 1, 0, 0), Counts(frame));
        Assert.Single(Flawed(frame));
    }

    [Fact]
    public async Task Correcting_twice_and_importing_again_change_nothing()
    {
        const string list = "姓名,手机\n李四,154000O0002\n";
        var frame = await Import(list);
        var edits = new Dictionary<int, string> { [1] = "15400000002" };
        Assert.True(await Correction.CheckAsync(frame, 2, edits, Request, Cancellation));
        Assert.True(await Correction.CheckAsync(frame, 2, edits, Request, Cancellation));
        Assert.Equal(frame, await Import(list));
        Assert.Equal((1, 1, 0, 0), Counts(frame));
    }

    [Fact]
    public async Task A_list_taken_back_leaves_nothing_and_can_come_again()
    {
        const string list = "姓名,手机\n张三,15400000001\n李四,154000O0002\n";
        var frame = await Import(list);
        Assert.True(await new FrameRemoval(store.Database).RunAsync(frame, Cancellation));
        Assert.Equal("0/0/0/0/0", store.Database.Read(connection => connection.ExecuteScalar<string>(
            "SELECT (SELECT count(*) FROM frame) || '/' || (SELECT count(*) FROM respondent) || '/' || (SELECT count(*) FROM phone) || '/' || (SELECT count(*) FROM respondent_phone) || '/' || (SELECT count(*) FROM frame_rejection);")));
        await Import(list);
        Assert.Equal((2, 1, 1, 0), Counts(1));
    }

    private async Task<long> Import(string text)
    {
        var (file, problem) = FrameReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "list", null);
        Assert.Null(problem);
        using (file) return (await new FrameImport(store.Database, store.Cipher, clock).RunAsync(file!, Request, null, Cancellation)).FrameId;
    }

    private IReadOnlyList<FlawedRow> Flawed(long frame) => RejectedRows.ToCorrect(store.Database, store.Cipher, frame, 10, CultureInfo.GetCultureInfo("zh-CN"));

    private (long Read, long Imported, long Rejected, long Known) Counts(long frame) => store.Database.Read(connection => connection.QuerySingle<(long, long, long, long)>(
        "SELECT rows_read, rows_imported, rows_rejected, rows_known FROM frame WHERE id = @frame;", new { frame }));
}
