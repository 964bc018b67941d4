using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class RestoreCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    private string Keys => line.Beside("keys.json");

    private string Copy => line.Beside("copy.db");

    private string Elsewhere => line.Beside("elsewhere");

    public void Dispose()
    {
        File.Delete(DataFolder.DefaultKeyPath(Elsewhere));
        line.Dispose();
    }

    [Fact]
    public async Task A_backup_and_the_saved_keys_are_enough_on_another_machine()
    {
        await BackUpAsync();
        var told = await RestoreAsync();

        Assert.True(told.Code == 0, told.Problems);
        Assert.Equal(4, told.Json.GetProperty("respondents").GetInt64());
        Assert.Equal(1, told.Json.GetProperty("rounds").GetInt64());
        Assert.Contains("第一轮", told.Json.GetProperty("paused").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("paused", One<string>("SELECT state FROM campaign;"));
        Assert.Equal((1, 0), (told.Json.GetProperty("doors_closed").GetInt32(), One<long>("SELECT count(*) FROM door WHERE revoked_at IS NULL OR key_hash IS NOT NULL;")));
        Assert.Equal(1, One<long>("SELECT count(*) FROM audit_log WHERE action = 'restored';"));
        Assert.True(KeyRing.Open(DataFolder.DefaultKeyPath(Elsewhere)).SavedApart);
        var status = await CommandLine.RunAsync("campaign", "status", "1", "--data", Elsewhere);
        Assert.Contains("备份之后", status.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Elsewhere, "*.restoring*"));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        await BackUpAsync();
        var there = await CommandLine.RunAsync("restore", Copy, "--keys", Keys, "--data", line.Data);
        Assert.Equal(2, there.Code);
        Assert.Contains(line.Data, there.Problems, StringComparison.Ordinal);

        KeyRing.OpenOrCreate(DataFolder.DefaultKeyPath(Elsewhere), "others");
        var others = await RestoreAsync();
        Assert.Equal(2, others.Code);
        Assert.Contains(DataFolder.DefaultKeyPath(Elsewhere), others.Problems, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Elsewhere, DataFolder.DatabaseName)));
    }

    [Fact]
    public async Task Other_keys_and_a_damaged_copy_are_refused_and_leave_nothing()
    {
        await BackUpAsync();
        KeyRing.OpenOrCreate(line.Beside("foreign.json"), "foreign");
        var foreign = await CommandLine.RunAsync("restore", Copy, "--keys", line.Beside("foreign.json"), "--data", Elsewhere);
        Assert.Equal(1, foreign.Code);
        Assert.Contains("密钥文件不是", foreign.Problems, StringComparison.Ordinal);

        var bytes = await File.ReadAllBytesAsync(Copy, TestContext.Current.CancellationToken);
        bytes.AsSpan(8192, 20_000).Fill(7);
        await File.WriteAllBytesAsync(Copy, bytes, TestContext.Current.CancellationToken);
        var damaged = await RestoreAsync();
        Assert.Equal(1, damaged.Code);
        Assert.Contains("已损坏", damaged.Problems, StringComparison.Ordinal);

        Assert.False(File.Exists(DataFolder.DefaultKeyPath(Elsewhere)));
        Assert.Empty(Directory.GetFiles(Elsewhere, "*", SearchOption.TopDirectoryOnly));
    }

    [Fact]
    public async Task Keys_saved_before_a_round_was_made_are_told_apart()
    {
        await line.ImportAsync(line.WriteList(4));
        Assert.Equal(0, (await line.OnDataAsync("backup", "--save-keys", Keys)).Code);
        await LaunchAsync();
        var made = await line.OnDataAsync("backup", Copy);
        Assert.Contains("backup --save-keys", made.Out, StringComparison.Ordinal);

        var told = await RestoreAsync();
        Assert.Equal(3, told.Code);
        Assert.Contains("第一轮", told.Json.GetProperty("without_key").EnumerateArray().Select(name => name.GetString()));
    }

    private async Task LaunchAsync()
    {
        Assert.Equal(0, (await line.CreateAsync([.. CommandLine.Blanks])).Code);
        Assert.Equal(0, (await line.OnDataAsync("campaign", "launch", "1")).Code);
    }

    private async Task BackUpAsync()
    {
        await line.ImportAsync(line.WriteList(4));
        await LaunchAsync();
        Assert.Equal(0, (await line.OnDataAsync("door", "create", "--name", "王芳", "--kind", "caller")).Code);
        Assert.Equal(0, (await line.OnDataAsync("backup", "--save-keys", Keys)).Code);
        var made = await line.OnDataAsync("backup", Copy);
        Assert.True(made.Code == 0, made.Problems);
    }

    private Task<Told> RestoreAsync() => CommandLine.RunAsync("restore", Copy, "--keys", Keys, "--data", Elsewhere, "--json");

    private T One<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Elsewhere, DataFolder.DatabaseName)};Mode=ReadOnly;Pooling=False");
        return connection.QuerySingle<T>(sql);
    }
}
