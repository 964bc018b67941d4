using SurveyDialer.Storage;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class BackupCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Backup_waits_until_the_keys_are_saved_apart()
    {
        await line.ImportAsync(line.WriteList(4));
        var (copy, keys) = (line.Beside("copy.db"), line.Beside("keys.json"));

        var early = await line.OnDataAsync("backup", copy);
        Assert.Equal(1, early.Code);
        Assert.Contains("--save-keys", early.Problems, StringComparison.Ordinal);
        Assert.False(File.Exists(copy));

        Assert.Equal(0, (await line.OnDataAsync("backup", "--save-keys", keys)).Code);
        KeyRing.Open(keys);
        var done = await line.OnDataAsync("backup", copy, "--json");

        Assert.True(done.Code == 0, done.Problems);
        Assert.Equal(new FileInfo(copy).Length, done.Json.GetProperty("bytes").GetInt64());
        Assert.Empty(Database.Damage(copy));
        Assert.False(File.Exists(copy + ".part"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_keys_never_lie_with_the_data()
    {
        await line.ImportAsync(line.WriteList(4));
        var taken = line.Beside("taken");
        await File.WriteAllTextAsync(taken, "mine", TestContext.Current.CancellationToken);

        Assert.Equal(2, (await line.OnDataAsync("backup", "--save-keys", taken)).Code);
        Assert.Equal(2, (await line.OnDataAsync("backup", "--save-keys", Path.Combine(line.Data, "keys.json"))).Code);
        await line.OnDataAsync("backup", "--save-keys", line.Beside("keys.json"));
        Assert.Equal(2, (await line.OnDataAsync("backup", taken)).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(taken, TestContext.Current.CancellationToken));
        Assert.Equal(2, (await line.OnDataAsync("backup", line.Beside("a"), "--save-keys", line.Beside("b"))).Code);
    }

    [Fact]
    public async Task The_office_s_own_files_lie_beside_the_copy_but_not_the_carrier_s_token()
    {
        await line.ImportAsync(line.WriteList(4));
        await line.OnDataAsync("backup", "--save-keys", line.Beside("keys.json"));
        foreach (var (name, text) in new[] { ("templates/own/template.yaml", "id: own"), ("calendars/cn.yaml", "calendar: cn\nsource: test\nfirst_day: 2021-01-01\nlast_day: 2120-12-31\n"), ("official-surveys.yaml", "official_surveys:\n  - { from: 2021-05-10, to: 2021-05-20, zh: 省测评, en: Provincial survey }\n"), ("settings.json", "{}") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(line.Data, name))!);
            await File.WriteAllTextAsync(Path.Combine(line.Data, name), text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await line.OnDataAsync("backup", line.Beside("copy.db"))).Code);

        await using var zip = await System.IO.Compression.ZipFile.OpenReadAsync(line.Beside("copy.files.zip"), TestContext.Current.CancellationToken);
        Assert.Equal(["calendars/cn.yaml", "official-surveys.yaml", "templates/own/template.yaml"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await line.OnDataAsync("backup", line.Beside("copy.db"))).Code);
    }

    [Fact]
    public void A_file_that_is_no_database_is_damaged()
    {
        var path = line.Beside("broken.db");
        File.WriteAllText(path, new string('x', 8192));

        Assert.NotEmpty(Database.Damage(path));
    }
}
