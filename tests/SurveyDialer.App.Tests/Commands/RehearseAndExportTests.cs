namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class RehearseAndExportTests : IDisposable
{
    private static readonly string[] FixedStart = ["--start", "2026-03-02T08:30:00+08:00", "--json"];

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_rehearsal_tells_finish_calls_interviews_and_cost_and_leaves_nothing()
    {
        var before = Leftovers();

        var told = await line.OnDataAsync(["rehearse", "--frame", line.WriteList(30), "--template", "short-keys", "--price-per-minute", "0.25", .. FixedStart]);

        Assert.True(told.Code == 0, told.Problems);
        var json = told.Json;
        Assert.Equal(30, json.GetProperty("respondents").GetInt64());
        Assert.InRange(json.GetProperty("calls").GetInt64(), 30, 600);
        Assert.InRange(json.GetProperty("interviews").GetInt64(), 1, 30);
        Assert.InRange(json.GetProperty("margin_of_error").GetDouble(), 0, 100);
        Assert.Equal(json.GetProperty("billed_minutes").GetInt64() * 0.25m, json.GetProperty("cost").GetDecimal());
        Assert.True(json.GetProperty("finish").GetDateTimeOffset() > new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.FromHours(8)));
        Assert.Equal(before, Leftovers());
        Assert.False(Directory.Exists(line.Data));
    }

    [Fact]
    public async Task A_list_of_another_county_is_rehearsed_with_its_own_area_code()
    {
        var list = line.Beside("nearby.csv");
        await File.WriteAllTextAsync(list, "姓名,电话\n王小明,0771-0123456\n李小红,2345678\n", TestContext.Current.CancellationToken);

        var without = await line.OnDataAsync(["rehearse", "--frame", list, .. FixedStart]);
        Assert.Equal((3, 1), (without.Code, without.Json.GetProperty("rows_rejected").GetInt64()));
        var with = await line.OnDataAsync(["rehearse", "--frame", list, "--area-code", "0771", .. FixedStart]);
        Assert.True(with.Code == 0, with.Problems);
        Assert.Equal(2, with.Json.GetProperty("respondents").GetInt64());
        Assert.Equal(2, (await line.OnDataAsync(["rehearse", "--frame", list, "--area-code", "0123", .. FixedStart])).Code);
    }

    [Fact]
    public async Task A_list_without_anybody_to_call_is_not_rehearsed()
    {
        var list = line.Beside("empty.csv");
        await File.WriteAllTextAsync(list, "姓名,电话\n王小明,12\n", TestContext.Current.CancellationToken);

        var told = await line.OnDataAsync(["rehearse", "--frame", list, .. FixedStart]);

        Assert.Equal(1, told.Code);
        Assert.Contains("没有一个能拨打的人", told.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_imported_list_is_rehearsed_with_made_up_names_and_numbers()
    {
        await line.ImportAsync(line.WriteList(12));

        var told = await line.OnDataAsync(["rehearse", "--frame-id", "1", "--target", "2", .. FixedStart]);

        Assert.True(told.Code == 0, told.Problems);
        Assert.Equal(12, told.Json.GetProperty("respondents").GetInt64());
        Assert.Equal(2, (await line.OnDataAsync("rehearse", "--frame-id", "5")).Code);
        Assert.Equal(2, (await line.OnDataAsync("rehearse")).Code);
        Assert.Equal(2, (await line.OnDataAsync("rehearse", "--frame-id", "1", "--price-per-minute", "-1")).Code);
    }

    [Fact]
    public async Task Exports_are_listed_and_written_once()
    {
        await line.ImportAsync(line.WriteList(8));
        await line.CreateAsync("--blank", "verify_phone=0851-01234567", "--blank", "delete_days=30");
        await line.OnDataAsync("campaign", "launch", "1");
        var file = line.Beside("dispositions.csv");

        var list = await line.OnDataAsync("export", "--json");
        var kinds = list.Json.GetProperty("exports").EnumerateArray().Select(kind => kind.GetProperty("kind").GetString()!).ToList();
        Assert.Contains("dispositions", kinds);
        var written = await line.OnDataAsync("export", "dispositions", "--campaign", "1", "--out", file, "--json");

        Assert.True(written.Code == 0, written.Problems);
        Assert.True(new FileInfo(file).Length > 0);
        Assert.Equal(2, (await line.OnDataAsync("export", "dispositions", "--campaign", "1", "--out", file)).Code);
        Assert.Equal(2, (await line.OnDataAsync("export", "dispositions")).Code);
        Assert.Equal(2, (await line.OnDataAsync("export", "dispositions", "--campaign", "4", "--out", line.Beside("x.csv"))).Code);
        var unknown = await line.OnDataAsync("export", "gossip", "--campaign", "1", "--out", line.Beside("x.csv"));
        Assert.Equal(2, unknown.Code);
        Assert.Contains("answers", unknown.Problems, StringComparison.Ordinal);
        Assert.False(File.Exists(line.Beside("x.csv")));
    }

    private static List<string> Leftovers() => [.. Directory.GetDirectories(Path.GetTempPath(), $"surveydialer-rehearsal-{Environment.ProcessId}-*").Order(StringComparer.Ordinal)];
}
