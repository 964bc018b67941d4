using System.IO.Compression;
using Microsoft.Data.Sqlite;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Tests.Commands;

/// <summary>The way of the county's key: made there, given when a round is made, used there to open what the round sealed.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class CountyKeyCommandTests : IDisposable
{
    private const string Passphrase = "县委政法委的口令要长一些";

    private static readonly string[] Blanks = ["--blank", "verify_phone@云溪镇=0851-01234567", "--blank", "delete_days=30"];
    private static readonly string[] ByPolice = ["--kind", "department", "--unit", "police"];

    private readonly CommandLine line = new();

    private string County => line.Beside("county");

    private string Words => line.Beside("passphrase.txt");

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_pair_of_keys_is_made_once_and_protected()
    {
        var made = await MakeKeyAsync();
        Assert.Equal(0, made.Code);
        Assert.Contains("PUBLIC KEY", await File.ReadAllTextAsync(Path.Combine(County, "county-public.pem"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("ENCRYPTED", await File.ReadAllTextAsync(Path.Combine(County, "county-private.pem"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, (await MakeKeyAsync()).Code);
        await File.WriteAllTextAsync(Words, "kurz", TestContext.Current.CancellationToken);
        Assert.Contains("12", (await CommandLine.RunAsync("county-key", "create", line.Beside("other"), "--passphrase-file", Words)).Problems, StringComparison.Ordinal);
        Assert.False(Directory.Exists(line.Beside("other")));
    }

    [Fact]
    public async Task A_round_of_the_unit_concerned_needs_the_public_key_and_no_other_file()
    {
        await MakeKeyAsync();
        await line.ImportAsync(line.WriteList(3));
        var without = await line.CreateAsync([.. Blanks, .. ByPolice]);
        Assert.Equal(2, without.Code);
        Assert.Contains("--county-key", without.Problems, StringComparison.Ordinal);

        var mistaken = await line.CreateAsync([.. Blanks, .. ByPolice, "--county-key", Path.Combine(County, "county-private.pem")]);
        Assert.Equal(2, mistaken.Code);
        Assert.Contains("私钥", mistaken.Problems, StringComparison.Ordinal);
        Assert.Equal(2, (await line.CreateAsync([.. Blanks, .. ByPolice, "--county-key", line.Beside("list.csv")])).Code);
        Assert.Equal(2, (await line.CreateAsync([.. Blanks, .. ByPolice, "--county-key", line.Beside("nowhere.pem")])).Code);
        Assert.Equal(["0"], line.Query("SELECT count(*) FROM campaign;"));

        Assert.Equal(0, (await CreateAsync()).Code);
        Assert.Contains("BEGIN PUBLIC KEY", line.Query("SELECT county_key FROM campaign;").Single(), StringComparison.Ordinal);
        Assert.Contains("公钥", (await line.OnDataAsync("campaign", "status", "1")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sealed_is_taken_out_and_opened_on_the_county_s_machine()
    {
        await MakeKeyAsync();
        await line.ImportAsync(line.WriteList(3));
        await CreateAsync();
        Seal("case", new SealedMatter { Matter = "m1", Round = "第一轮", Topic = "公安交警", PreferredWay = "visit", Name = "张三", Number = "+8615400000001", Township = "云溪镇", Language = "zh-CN", Day = new DateOnly(2026, 3, 2) });
        Seal("words", new SealedMatter { Matter = "m1", Words = "=去了三次都不受理" });
        Seal("recording", new SealedMatter { Matter = "m1", Audio = [.. "RIFF"u8, 1, 2, 3] });
        var bundle = line.Beside("sealed.zip");
        Assert.Equal(0, (await line.OnDataAsync("export", "sealed", "--campaign", "1", "--out", bundle)).Code);

        var opened = await OpenAsync(bundle, "opened");
        Assert.True(opened.Code == 0, opened.Problems);
        Assert.Equal((1, 1), (opened.Json.GetProperty("matters").GetInt32(), opened.Json.GetProperty("recordings").GetInt32()));
        var rows = await File.ReadAllLinesAsync(line.Beside("opened/cases.csv"), TestContext.Current.CancellationToken);
        Assert.Contains("张三,154 0000 0001", rows[1], StringComparison.Ordinal);
        Assert.Contains("'=去了三次都不受理,0001-1.wav", rows[1], StringComparison.Ordinal);
        Assert.Equal([.. "RIFF"u8, 1, 2, 3], await File.ReadAllBytesAsync(line.Beside("opened/0001-1.wav"), TestContext.Current.CancellationToken));
        Assert.True(new FileInfo(line.Beside("opened/cases.xlsx")).Length > 1000);
        Assert.Equal(2, (await OpenAsync(bundle, "opened")).Code);
    }

    [Fact]
    public async Task A_changed_piece_is_named_and_the_others_open()
    {
        await MakeKeyAsync();
        await line.ImportAsync(line.WriteList(3));
        await CreateAsync();
        foreach (var matter in (string[])["m1", "m2", "m3"]) Seal("case", new SealedMatter { Matter = matter, Topic = "公安交警" });
        var bundle = line.Beside("sealed.zip");
        await line.OnDataAsync("export", "sealed", "--campaign", "1", "--out", bundle);
        using (var zip = await ZipFile.OpenAsync(bundle, ZipArchiveMode.Update, TestContext.Current.CancellationToken))
        {
            await using var piece = zip.GetEntry("000002.sealed")!.Open();
            piece.Position = 200;
            piece.WriteByte(0);
            piece.WriteByte(1);
        }

        var opened = await OpenAsync(bundle, "opened");
        Assert.Equal(3, opened.Code);
        Assert.Contains("000002.sealed", opened.Problems, StringComparison.Ordinal);
        Assert.Equal(2, opened.Json.GetProperty("matters").GetInt32());
    }

    [Fact]
    public async Task A_wrong_passphrase_key_or_file_is_told_in_words_and_writes_nothing()
    {
        await MakeKeyAsync();
        await line.ImportAsync(line.WriteList(3));
        await CreateAsync();
        Seal("case", new SealedMatter { Matter = "m1", Topic = "公安交警" });
        var bundle = line.Beside("sealed.zip");
        await line.OnDataAsync("export", "sealed", "--campaign", "1", "--out", bundle);

        Assert.Contains("不是封存件", (await OpenAsync(line.Beside("list.csv"), "opened")).Problems, StringComparison.Ordinal);
        var publicOnly = await CommandLine.RunAsync("county-key", "open", bundle, "--key", Path.Combine(County, "county-public.pem"), "--out", line.Beside("opened"), "--passphrase-file", Words);
        Assert.Contains("不是县里的私钥", publicOnly.Problems, StringComparison.Ordinal);
        await CommandLine.RunAsync("county-key", "create", line.Beside("second"), "--passphrase-file", Words);
        var other = await CommandLine.RunAsync("county-key", "open", bundle, "--key", line.Beside("second/county-private.pem"), "--out", line.Beside("opened"), "--passphrase-file", Words);
        Assert.Contains("另一把", other.Problems, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Words, "别的口令别的口令别的口令", TestContext.Current.CancellationToken);
        Assert.Contains("口令不对", (await OpenAsync(bundle, "opened")).Problems, StringComparison.Ordinal);
        Assert.False(Directory.Exists(line.Beside("opened")));
    }

    private async Task<Told> MakeKeyAsync()
    {
        await File.WriteAllTextAsync(Words, Passphrase + "\n", TestContext.Current.CancellationToken);
        return await CommandLine.RunAsync("county-key", "create", County, "--passphrase-file", Words, "--json");
    }

    private Task<Told> CreateAsync() => line.CreateAsync([.. Blanks, .. ByPolice, "--county-key", Path.Combine(County, "county-public.pem")]);

    private Task<Told> OpenAsync(string bundle, string into) => CommandLine.RunAsync(
        "county-key", "open", bundle, "--key", Path.Combine(County, "county-private.pem"), "--out", line.Beside(into), "--passphrase-file", Words, "--json");

    private void Seal(string kind, SealedMatter matter)
    {
        var key = CountyKey.Read(line.Query("SELECT county_key FROM campaign;").Single()).Key!;
        using var connection = new SqliteConnection($"Data Source={Path.Combine(line.Data, "surveydialer.db")};Pooling=False");
        connection.Open();
        SealedStore.Add(connection, 1, kind, key.Begin().Close(kind, matter.ToBytes()));
    }
}
