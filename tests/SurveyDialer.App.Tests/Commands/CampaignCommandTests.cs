using System.Text.Json;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class CampaignCommandTests : IDisposable
{
    private static readonly string[] Blanks = ["--blank", "verify_phone@云溪镇=0851-0123456", "--blank", "delete_days=30"];

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once()
    {
        await line.ImportAsync(line.WriteList(3));

        var told = await line.OnDataAsync("campaign", "create", "--template", "short-keys", "--carrier", "pigeon", "--language", "en", "--json");

        Assert.Equal(2, told.Code);
        var missing = told.Json.GetProperty("missing").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.Contains(missing, one => one.Contains("pigeon", StringComparison.Ordinal));
        Assert.Contains("--blank verify_phone=", told.Problems, StringComparison.Ordinal);
        Assert.Contains("--blank delete_days=", told.Problems, StringComparison.Ordinal);
        Assert.Contains("1 list.csv (3)", told.Problems, StringComparison.Ordinal);
        Assert.True(missing.Count >= 6, string.Join('\n', missing));
    }

    [Fact]
    public async Task A_round_is_made_launched_paused_resumed_and_closed()
    {
        await line.ImportAsync(line.WriteList(12));
        var created = await line.CreateAsync(Blanks);
        Assert.True(created.Code == 0, created.Problems);
        Assert.Equal(1, created.Json.GetProperty("campaign_id").GetInt64());

        var launched = await line.OnDataAsync("campaign", "launch", "1", "--json");
        Assert.Equal((0, 12), (launched.Code, launched.Json.GetProperty("respondents").GetInt32()));
        foreach (var (move, state) in new[] { ("pause", "paused"), ("resume", "running"), ("close", "closed") })
        {
            var moved = await line.OnDataAsync("campaign", move, "1", "--json");
            Assert.Equal((0, state), (moved.Code, moved.Json.GetProperty("state").GetString()));
        }

        var again = await line.OnDataAsync("campaign", "resume", "1");
        Assert.Equal(1, again.Code);
        Assert.Contains("已结束", again.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_and_list_tell_totals()
    {
        await line.ImportAsync(line.WriteList(7));
        await line.CreateAsync([.. Blanks, "--target", "5"]);
        await line.OnDataAsync("campaign", "launch", "1");

        var status = await line.OnDataAsync("campaign", "status", "1", "--json");
        var list = await line.OnDataAsync("campaign", "list", "--json");
        var words = await line.OnDataAsync("campaign", "status", "1", "--language", "en");

        Assert.Equal((7, 0, 5), (Number(status.Json, "members"), Number(status.Json, "completes"), Number(status.Json, "target")));
        Assert.Equal(0, Number(status.Json.GetProperty("chain"), "flagged"));
        Assert.Equal("running", Assert.Single(list.Json.GetProperty("campaigns").EnumerateArray()).GetProperty("state").GetString());
        Assert.Contains("0 of 7 respondents finished", words.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_office_said_once_is_remembered_but_not_what_holds_for_one_round()
    {
        await line.ImportAsync(line.WriteList(3));
        await line.CreateAsync(Blanks);

        var second = await line.CreateAsync();

        Assert.True(second.Code == 0, second.Problems);
        var remembered = second.Json.GetProperty("remembered");
        Assert.Equal("30", remembered.GetProperty("delete_days").GetString());
        Assert.Single(remembered.EnumerateObject(), blank => blank.Name.StartsWith("verify_phone@", StringComparison.Ordinal));
        Assert.False(remembered.TryGetProperty("date_from", out _));
    }

    [Fact]
    public async Task Unknown_lists_townships_and_rounds_are_named()
    {
        await line.ImportAsync(line.WriteList(3));

        var frame = await line.CreateAsync([.. Blanks, "--frame", "9"]);
        var township = await line.CreateAsync("--blank", "verify_phone@远方镇=1");
        var round = await line.OnDataAsync("campaign", "launch", "7");

        Assert.Equal((2, 2, 2), (frame.Code, township.Code, round.Code));
        Assert.Contains("9", frame.Problems, StringComparison.Ordinal);
        Assert.Contains("云溪镇", township.Problems, StringComparison.Ordinal);
        Assert.Contains("7", round.Problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kind", "department")]
    [InlineData("--blank", "delete_days")]
    [InlineData("--lines", "0")]
    [InlineData("--calls-per-second", "0")]
    [InlineData("--seed", "many")]
    public async Task Wrong_use_ends_with_2(string option, string value)
        => Assert.Equal(2, (await line.OnDataAsync("campaign", "create", option, value)).Code);

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
