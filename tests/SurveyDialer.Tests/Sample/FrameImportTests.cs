using System.Globalization;
using System.Text;
using Dapper;
using SurveyDialer.Phones;
using SurveyDialer.Sample;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.Phones;

namespace SurveyDialer.Tests.Sample;

public sealed class FrameImportTests : IAsyncDisposable
{
    private const string Everything = """
        SELECT (SELECT COUNT(*) FROM frame) || '/' || (SELECT COUNT(*) FROM respondent) || '/' || (SELECT COUNT(*) FROM phone) || '/'
            || (SELECT COUNT(*) FROM respondent_phone) || '/' || (SELECT COUNT(*) FROM frame_rejection) || '/' || (SELECT COUNT(*) FROM area);
        """;

    private readonly TestDatabase store = TestDatabase.Create();
    private readonly StoppedClock clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_row_becomes_a_respondent_with_encrypted_name_numbers_and_area()
    {
        var result = await Import("姓名,固定电话,手机,村,网格,地址,语言\n张三,0851-01234567,15400000001,龙井村,一组,12号,苗语\n");
        Assert.Equal((1, 1, 0, 0), (result.Read, result.Imported, result.Rejected, result.Known));
        var row = store.Database.Read(connection => connection.QuerySingle<(byte[] Name, byte[] Index, byte[] Address, string Language, long Added)>(
            "SELECT name_enc, name_index, address_enc, language, added_at FROM respondent;"));
        Assert.Equal("张三", store.Cipher.Decrypt(SampleFields.NamePurpose, row.Name));
        Assert.Equal(SampleFields.NameIndex(store.Cipher, " 张 三 "), row.Index);
        Assert.Equal("12号", store.Cipher.Decrypt(SampleFields.AddressPurpose, row.Address));
        Assert.Equal("hmn", row.Language);
        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), row.Added);
        Assert.Equal(["+8685101234567 landline 1 0 0", "+8615400000001 mobile 1 0 1"], Phones());
        var areas = store.Database.Read(connection => connection.Query<string>("SELECT kind || ' ' || name FROM area ORDER BY id;").ToList());
        Assert.Equal(["township 云溪镇", "village 龙井村", "grid 一组"], areas);
        var frame = store.Database.Read(connection => connection.QuerySingle<(string Source, string Basis, string Kind, long At)>("SELECT source, legal_basis, kind, imported_at FROM frame;"));
        Assert.Equal(("户籍台账", "依法履职", "list", clock.GetUtcNow().ToUnixTimeMilliseconds()), frame);
    }

    [Fact]
    public async Task No_name_or_number_lies_open_in_the_file()
    {
        await Import("姓名,手机,地址\n张三丰,15412345678,武当山12号\n李四光,154123,地质路5号\n");
        var copy = store.Database.Path + ".copy";
        store.Database.CopyTo(copy);
        var bytes = await File.ReadAllBytesAsync(copy, Cancellation);
        Assert.True(bytes.AsSpan().IndexOf("户籍台账"u8) >= 0);
        foreach (var secret in new[] { "张三丰", "李四光", "15412345678", "12345678", "154123", "武当山", "地质路" })
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, secret);
    }

    [Theory]
    [InlineData("utf8.csv")]
    [InlineData("gbk.csv")]
    [InlineData("utf16-le.csv")]
    [InlineData("libreoffice.xlsx")]
    [InlineData("old.xls")]
    public async Task The_sample_list_is_imported_from_every_form(string file)
    {
        var result = await ImportFile(file);
        Assert.Equal((6, 4, 2, 0), (result.Read, result.Imported, result.Rejected, result.Known));
        Assert.Contains("+8685101234568;ext=802 landline 1 1 0", Phones());
        Assert.Contains("+8615400000003 mobile 1 0 1", Phones());
    }

    [Fact]
    public async Task Importing_the_same_file_twice_changes_nothing()
    {
        var first = await ImportFile("utf8.csv");
        var before = Counts();
        var second = await ImportFile("utf8.csv");
        Assert.False(first.Repeated);
        Assert.True(second.Repeated);
        Assert.Equal(first with { Repeated = true }, second);
        Assert.Equal(before, Counts());
    }

    [Fact]
    public async Task The_same_list_in_another_form_brings_nobody_new()
    {
        await ImportFile("utf8.csv");
        var before = store.Database.Read(connection => connection.ExecuteScalar<string>("SELECT COUNT(*) || '/' || MAX(id) FROM respondent;"));
        var second = await ImportFile("libreoffice.xlsx");
        Assert.Equal((0, 4), (second.Imported, second.Known));
        Assert.Equal(before, store.Database.Read(connection => connection.ExecuteScalar<string>("SELECT COUNT(*) || '/' || MAX(id) FROM respondent;")));
    }

    [Theory]
    [InlineData("张三,15400000001", "张三,15400000001", 1, 1, 1)]
    [InlineData("张三,15400000001", "张 三,154 0000 0001", 1, 1, 1)]
    [InlineData("张三,15400000001", "李四,+8615400000001", 2, 1, 2)]
    [InlineData("张三,15400000001", ",15400000001", 1, 1, 1)]
    [InlineData(",15400000001", "张三,15400000001", 1, 1, 1)]
    [InlineData(",15400000001", ",15400000001", 1, 1, 1)]
    [InlineData("张三,15400000001", "张三,15400000002", 2, 2, 2)]
    [InlineData("张三,0851-01234567", "张三,085101234567、15400000002", 1, 2, 2)]
    [InlineData("张三,0851-01234567", "李四,0851-01234567、15400000002", 2, 2, 3)]
    [InlineData("张三,0851-01234567", "李四,0851-01234567-802", 2, 2, 2)]
    public async Task Households_share_numbers_and_one_person_stands_once(string first, string second, int respondents, int phones, int links)
    {
        await Import($"姓名,电话\n{first}\n{second}\n");
        Assert.Equal($"1/{respondents}/{phones}/{links}/0/1", Counts());
        await Import($"姓名,电话\n{second}\n{first}\n\n", "again");
        Assert.Equal($"2/{respondents}/{phones}/{links}/0/1", Counts());
    }

    [Fact]
    public async Task Whoever_stands_on_two_lists_is_one_person_of_both()
    {
        var first = await Import("姓名,手机\n张三,15400000001\n李四,15400000002\n");
        var second = await Import("姓名,手机\n李四,15400000002\n王五,15400000003\n李四,15400000002\n", "second");
        Assert.Equal((1, 2), (second.Imported, second.Known));
        Assert.Equal([1, 2], People(first.FrameId));
        Assert.Equal([2, 3], People(second.FrameId));
        Assert.Equal([1, 2, 3], People(first.FrameId, second.FrameId));
    }

    [Fact]
    public async Task A_list_taken_back_leaves_whom_another_one_names()
    {
        var first = await Import("姓名,手机\n张三,15400000001\n李四,15400000002\n");
        var second = await Import("姓名,手机\n李四,15400000002\n王五,15400000003\n", "second");
        Assert.True(await new FrameRemoval(store.Database).RunAsync(first.FrameId, Cancellation));
        Assert.Equal([2, 3], People(second.FrameId));
        Assert.Equal("1/2/2/2/0/1", Counts());
        Assert.True(await new FrameRemoval(store.Database).RunAsync(second.FrameId, Cancellation));
        Assert.Equal("0/0/0/0/0/1", Counts());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task However_often_numbers_and_names_return_the_list_is_read_row_by_row(int seed)
    {
        var chance = new Random(seed);
        var rows = Enumerable.Range(0, 3_000)
            .Select(_ => (Name: chance.Next(6) is var name and > 0 ? $"张{name}" : "", Numbers: Enumerable.Range(0, chance.Next(1, 4)).Select(_ => $"154{chance.Next(900):D8}").Distinct().ToList()))
            .ToList();
        var people = new List<(string Name, HashSet<string> Numbers)>();
        foreach (var (name, numbers) in rows)
        {
            var same = numbers
                .Select(number => people.FindIndex(person => person.Numbers.Contains(number) && (name.Length == 0 || person.Name.Length == 0 || person.Name == name)))
                .FirstOrDefault(index => index >= 0, -1);
            if (same < 0) people.Add((name, [.. numbers]));
            else people[same].Numbers.UnionWith(numbers);
        }

        var result = await Import("姓名,手机\n" + string.Concat(rows.Select(row => $"{row.Name},{string.Join('、', row.Numbers)}\n")));
        Assert.Equal((people.Count, rows.Count - people.Count), (result.Imported, result.Known));
        var stored = store.Database.Read(connection => connection.Query<(long Respondent, byte[] Number)>(
            "SELECT l.respondent_id, p.number_enc FROM respondent_phone l JOIN phone p ON p.id = l.phone_id ORDER BY l.respondent_id;").ToList());
        Assert.Equal(
            people.Select(person => string.Join(' ', person.Numbers.Order())),
            stored.GroupBy(link => link.Respondent).Select(person => string.Join(' ', person.Select(link => store.Cipher.Decrypt(SampleFields.NumberPurpose, link.Number)![3..]).Order())));
    }

    [Fact]
    public async Task A_rejected_row_can_be_exported_corrected_and_imported_again()
    {
        var result = await Import("序号,姓名,手机,村\n1,张三,15400000001,龙井村\n2,李四,1.38123E+10,龙井村\n3,王五,15400000003/1540000,龙井村\n4,赵六,,大坝村\n");
        Assert.Equal((4, 2, 2, 0), (result.Read, result.Imported, result.Rejected, result.Known));
        var table = RejectedRows.Of(store.Database, store.Cipher, result.FrameId, CultureInfo.GetCultureInfo("zh-CN"));
        var rows = table.Rows.ToList();
        Assert.Equal(["原行号", "问题列", "原因", "姓名", "手机", "村"], table.Titles);
        Assert.Equal([3L, 4L, 5L], rows.Select(row => row.RowNumber));
        Assert.Equal([true, false, true], rows.Select(row => row.Fatal));
        Assert.Equal("手机（C）", rows[0].Column);
        Assert.Contains("科学计数法", rows[0].Reason);
        Assert.Equal(["李四", "1.38123E+10", "龙井村"], rows[0].Cells);
        Assert.Contains("no telephone number", RejectedRows.Of(store.Database, store.Cipher, result.FrameId, CultureInfo.GetCultureInfo("en")).Rows.Last().Reason);

        var corrected = new StringBuilder(string.Join(',', table.Titles)).Append('\n');
        string[] mended = ["15400000002", "15400000003/15400000013", "15400000004"];
        for (var index = 0; index < rows.Count; index++)
            corrected.Append(CultureInfo.InvariantCulture, $"{rows[index].RowNumber},{rows[index].Column},\"{rows[index].Reason}\",{rows[index].Cells[0]},{mended[index]},{rows[index].Cells[2]}\n");
        var again = await Import(corrected.ToString(), "corrected");
        Assert.Equal((3, 2, 0, 1), (again.Read, again.Imported, again.Rejected, again.Known));
        Assert.Equal("2/4/5/5/3/3", Counts());
    }

    [Fact]
    public async Task A_row_repeated_in_its_own_list_is_told_apart_from_one_of_an_earlier_list()
    {
        await Import("姓名,手机\n张三,15400000001\n");
        var second = await Import("姓名,手机\n张三,15400000001\n张三,15400000001\n李四,15400000002\n李四,15400000002\n王五,15400000003\n", "second");
        Assert.Equal((5, 2, 3, 2), (second.Read, second.Imported, second.Known, second.Twice));
        var stored = new FrameQueries(store.Database).Find(second.FrameId)!;
        Assert.Equal((3, 2, 1, 3), (stored.Known, stored.Twice, stored.Earlier, stored.People));
    }

    [Fact]
    public async Task An_import_cannot_revive_somebody_who_asked_never_to_be_called()
    {
        var index = SampleFields.NumberIndex(store.Cipher, PhoneNumber.Read("+8615400000001"));
        await store.Database.WriteAsync(
            connection => connection.Execute("INSERT INTO do_not_call (number_index, key_version, day) VALUES (@index, 1, 0);", new { index }), Cancellation);
        await Import("姓名,手机\n张三,154-0000-0001\n");
        Assert.Equal(1L, store.Database.Read(connection => connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM do_not_call d JOIN phone p ON p.number_index = d.number_index JOIN respondent_phone r ON r.phone_id = p.id;")));
    }

    [Fact]
    public async Task A_stopped_import_goes_on_where_it_stopped()
    {
        var text = new StringBuilder("姓名,手机\n");
        for (var index = 0; index < 5000; index++) text.Append(CultureInfo.InvariantCulture, $"张{index},154{index:D8}\n");
        text.Append("李四,12\n");
        using var stop = new CancellationTokenSource();
        var progress = new StopAfter(stop, 1500);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import(text.ToString(), progress: progress, cancellation: stop.Token));
        var partly = store.Database.Read(connection => connection.QuerySingle<(long Read, long At)>("SELECT rows_read, imported_at FROM frame;"));
        Assert.InRange(partly.Read, 1024, 4000);
        Assert.Equal(0, partly.At);
        var result = await Import(text.ToString());
        Assert.Equal((5001, 5000, 1, 0), (result.Read, result.Imported, result.Rejected, result.Known));
        Assert.False(result.Repeated);
        Assert.Equal("1/5000/5000/5000/1/1", Counts());
    }

    [Fact]
    public async Task Damage_in_the_middle_keeps_what_came_before_and_says_so()
    {
        var text = new StringBuilder("姓名,手机\n");
        for (var index = 0; index < 50; index++) text.Append(CultureInfo.InvariantCulture, $"张{index},154{index:D8}\n");
        var result = await Import(text + "\"李四,15400000099\n王五,15400000098\n");
        Assert.Equal(50, result.Imported);
        Assert.Equal(FrameFault.QuoteNotClosed, result.Failure!.Fault);
    }

    [Fact]
    public async Task Source_and_legal_basis_are_required()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Import("姓名,手机\n张三,15400000001\n", request: Request() with { Source = " " }));
        await Assert.ThrowsAsync<ArgumentException>(() => Import("姓名,手机\n张三,15400000001\n", request: Request() with { LegalBasis = "" }));
        Assert.Equal("0/0/0/0/0/0", Counts());
    }

    [Fact]
    public async Task A_generated_list_is_imported_whole_and_reaches_nobody()
    {
        var generated = new GeneratedFrame(new GeneratedFrameOptions { Rows = 3000, Seed = 7, DialectShare = 0.1 });
        var result = await new FrameImport(store.Database, store.Cipher, clock).RunAsync(generated, Request(), null, Cancellation);
        Assert.Equal((3000, 3000, 0, 0), (result.Read, result.Imported, result.Rejected, result.Known));
        var counts = store.Database.Read(connection => connection.QuerySingle<(long Phones, long Real, long Shared, long Dialect)>(
            """
            SELECT (SELECT COUNT(*) FROM phone), (SELECT COUNT(*) FROM phone WHERE fictional = 0),
                (SELECT COUNT(*) FROM (SELECT phone_id FROM respondent_phone GROUP BY phone_id HAVING COUNT(*) > 1)),
                (SELECT COUNT(*) FROM respondent WHERE language = 'hmn');
            """));
        Assert.Equal(0, counts.Real);
        Assert.InRange(counts.Phones, 3000, 4500);
        Assert.InRange(counts.Shared, 50, 600);
        Assert.InRange(counts.Dialect, 200, 400);
        var dirty = new GeneratedFrame(new GeneratedFrameOptions { Rows = 1000, Seed = 8, DirtyShare = 0.2, Townships = ["东镇", "西镇"] });
        var second = await new FrameImport(store.Database, store.Cipher, clock).RunAsync(dirty, Request(), null, Cancellation);
        Assert.InRange(second.Rejected, 100, 230);
        Assert.Equal(1000, second.Imported + second.Rejected + second.Known);
    }

    private static FrameImportRequest Request() => new()
    {
        Name = "名单", Source = "户籍台账", LegalBasis = "依法履职", Township = "云溪镇", Dial = new DialDefaults { AreaCode = "0851" },
    };

    private Task<FrameImportResult> ImportFile(string file) => Run(FrameReader.Open(Path.Combine(SourceFolder.Here(), "Files", file), null), Request(), null, Cancellation);

    private Task<FrameImportResult> Import(
        string text, string name = "list", FrameImportRequest? request = null, IProgress<FrameProgress>? progress = null, CancellationToken? cancellation = null)
        => Run(FrameReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, null), request ?? Request(), progress, cancellation ?? Cancellation);

    private async Task<FrameImportResult> Run(
        (FrameFile? File, FrameProblem? Problem) opened, FrameImportRequest request, IProgress<FrameProgress>? progress, CancellationToken cancellation)
    {
        Assert.Null(opened.Problem);
        using var file = opened.File!;
        return await new FrameImport(store.Database, store.Cipher, clock).RunAsync(file, request, progress, cancellation);
    }

    private IEnumerable<long> People(params long[] frames) => store.Database.Read(connection => FramePeople.Of(connection, frames)).Select(person => person.Id).Order();

    private string Counts() => store.Database.Read(connection => connection.ExecuteScalar<string>(Everything))!;

    private List<string> Phones() => store.Database.Read(connection => connection
        .Query<(byte[] Number, string Kind, long Fictional, long Desk, long Position)>(
            "SELECT p.number_enc, p.kind, p.fictional, p.desk_only, r.position FROM phone p JOIN respondent_phone r ON r.phone_id = p.id ORDER BY r.respondent_id, r.position;")
        .Select(phone => $"{store.Cipher.Decrypt(SampleFields.NumberPurpose, phone.Number)} {phone.Kind} {phone.Fictional} {phone.Desk} {phone.Position}")
        .ToList());

    private sealed class StopAfter(CancellationTokenSource stop, long rows) : IProgress<FrameProgress>
    {
        public void Report(FrameProgress value)
        {
            if (value.Rows >= rows) stop.Cancel();
        }
    }
}
