using SurveyDialer.Storage;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class ImportCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_clean_list_comes_in()
    {
        var told = await line.ImportAsync(line.WriteList(25));

        Assert.Equal(0, told.Code);
        Assert.Equal(25, told.Json.GetProperty("imported").GetInt64());
        Assert.Equal(1, told.Json.GetProperty("frame_id").GetInt64());
        Assert.Contains("新增 25 人", told.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_rows_are_told_with_row_column_and_reason_and_can_be_written()
    {
        var list = line.WriteList(60, dirty: 0.5);
        var first = await line.ImportAsync(list);
        Assert.Equal(3, first.Code);
        Assert.InRange(first.Json.GetProperty("rejected").GetInt64(), 5, 59);
        var told = first.Json.GetProperty("rejections").EnumerateArray().ToList();
        Assert.Equal(10, told.Count);
        Assert.All(told, row => Assert.True(row.GetProperty("row").GetInt64() > 1 && row.GetProperty("reason").GetString()!.Length > 0));

        // The same again changes nothing and writes the file.
        var csv = line.Beside("rejected.csv");
        var second = await line.ImportAsync(list, "--rejected", csv);
        Assert.Equal(3, second.Code);
        Assert.True(second.Json.GetProperty("repeated").GetBoolean());
        Assert.Equal(first.Json.GetProperty("imported").GetInt64(), second.Json.GetProperty("imported").GetInt64());
        Assert.True(File.ReadAllLines(csv).Length > first.Json.GetProperty("rejected").GetInt64());
        var written = Assert.Single(line.Query("SELECT action || '|' || detail || '|' || who FROM audit_log;")).Split('|');
        Assert.Equal(["exported", $"rejected-rows of frame 1, {File.ReadAllLines(csv).Length - 1} rows"], written[..2]);
        Assert.NotEmpty(written[2]);
    }

    [Fact]
    public async Task A_mapping_says_what_odd_columns_hold()
    {
        var path = line.Beside("odd.csv");
        await File.WriteAllTextAsync(path, "甲,乙\n王小明,15400000001\n李小红,15400000002\n", TestContext.Current.CancellationToken);

        var without = await line.ImportAsync(path);
        Assert.Equal(1, without.Code);
        var with = await line.ImportAsync(path, "--map", "甲=name", "--map", "乙=phone");

        Assert.Equal(0, with.Code);
        Assert.Equal(2, with.Json.GetProperty("imported").GetInt64());
    }

    [Theory]
    [InlineData("--area-code", "0123")]
    [InlineData("--map", "手机")]
    [InlineData("--map", "手机=telefax")]
    [InlineData("--header-row", "-1")]
    public async Task Wrong_use_ends_with_2_before_anything_is_made(string option, string value)
    {
        var told = await line.OnDataAsync("import", line.WriteList(1), "--source", "a", "--legal-basis", "b", "--township", "c", option, value);

        Assert.Equal(2, told.Code);
        Assert.False(Directory.Exists(line.Data));
    }

    [Fact]
    public async Task What_a_list_needs_is_asked_for()
    {
        Assert.Equal(2, (await line.OnDataAsync("import", line.WriteList(1))).Code);
        Assert.Equal(2, (await line.OnDataAsync("import", line.WriteList(1), "--source", " ", "--legal-basis", "b", "--township", "c")).Code);
        var missing = await line.ImportAsync(line.Beside("nowhere.xlsx"));
        Assert.Equal(2, missing.Code);
        Assert.Contains("nowhere.xlsx", missing.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_another_process_is_refused_with_4()
    {
        using var other = DataFolder.TryOwn(line.Data)!;

        var told = await line.ImportAsync(line.WriteList(1));

        Assert.Equal(4, told.Code);
        Assert.Contains(line.Data, told.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_without_their_keys_are_refused_and_no_new_keys_are_made()
    {
        await line.ImportAsync(line.WriteList(1));
        var keys = DataFolder.DefaultKeyPath(line.Data);
        File.Delete(keys);

        var told = await line.OnDataAsync("campaign", "list", "--language", "en");

        Assert.Equal(1, told.Code);
        Assert.Contains(keys, told.Problems, StringComparison.Ordinal);
        Assert.False(File.Exists(keys));
    }

    [Fact]
    public async Task A_mistyped_folder_does_not_become_an_installation()
    {
        var told = await line.OnDataAsync("campaign", "list");

        Assert.Equal(2, told.Code);
        Assert.False(Directory.Exists(line.Data));
    }
}
