using System.Text;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Tests.Commands;

/// <summary>The end of a closed round's data from the command line, without a server.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class UnlinkCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_closed_round_is_unlinked_early_only_when_asked_to_and_certified()
    {
        await line.ImportAsync(line.WriteList(12));
        Assert.Equal(0, (await line.CreateAsync([.. CommandLine.Blanks])).Code);
        await line.OnDataAsync("campaign", "launch", "1");
        Assert.Contains("campaign close", (await line.OnDataAsync("campaign", "unlink", "1")).Problems, StringComparison.Ordinal);
        await line.OnDataAsync("campaign", "close", "1");
        Assert.Contains("--early", (await line.OnDataAsync("campaign", "unlink", "1")).Problems, StringComparison.Ordinal);

        // While no server runs a close leaves its respondents open.
        var open = await line.OnDataAsync("campaign", "unlink", "1", "--early");
        Assert.Equal(1, open.Code);
        Assert.Contains("serve", open.Problems, StringComparison.Ordinal);
        Write("UPDATE sample_member SET final_code = '2.20'; UPDATE attempt SET state = 'cancelled';");

        Assert.Equal(0, (await line.OnDataAsync("backup", "--save-keys", line.Beside("keys.json"))).Code);
        Assert.Equal(0, (await line.OnDataAsync("backup")).Code);
        var backup = Assert.Single(Directory.GetFiles(Path.Combine(line.Data, "backups"), "*.db"));
        var keys = await File.ReadAllTextAsync(DataFolder.DefaultKeyPath(line.Data), TestContext.Current.CancellationToken);
        var linkKey = line.Query("SELECT link_key_id FROM campaign;").Single();
        Assert.Contains(linkKey, keys, StringComparison.Ordinal);

        var done = await line.OnDataAsync("campaign", "unlink", "1", "--early", "--json");
        Assert.True(done.Code == 0, done.Problems);
        Assert.Equal((12, 12), (done.Json.GetProperty("deleted").GetProperty("members").GetInt32(), done.Json.GetProperty("deleted").GetProperty("persons").GetInt32()));
        Assert.Equal(["0"], line.Query("SELECT (SELECT count(*) FROM respondent) + (SELECT count(*) FROM phone) + (SELECT count(*) FROM interview_link);"));
        Assert.DoesNotContain(linkKey, await File.ReadAllTextAsync(DataFolder.DefaultKeyPath(line.Data), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["1"], line.Query("SELECT count(*) FROM audit_log WHERE action = 'round-unlinked';"));
        Assert.Contains("12/12", (await line.OnDataAsync("campaign", "list")).Out, StringComparison.Ordinal);

        Assert.Equal(0, (await line.OnDataAsync("export", "deletion-certificate", "--campaign", "1", "--out", line.Beside("proof.csv"))).Code);
        var proof = await File.ReadAllTextAsync(line.Beside("proof.csv"), Encoding.UTF8, TestContext.Current.CancellationToken);
        Assert.Contains("已删除：名单上的姓名和地址,12", proof, StringComparison.Ordinal);
        Assert.Contains("backup --save-keys", proof, StringComparison.Ordinal);
        Assert.Equal(0, (await line.OnDataAsync("campaign", "unlink", "1")).Code);
        Assert.True(File.Exists(backup) || Directory.GetFiles(Path.Combine(line.Data, "backups"), "*.db").Length == 1);
    }

    private void Write(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(line.Data, "surveydialer.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
