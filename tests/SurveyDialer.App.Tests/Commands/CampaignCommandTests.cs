using System.Globalization;
using System.Text.Json;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class CampaignCommandTests : IDisposable
{
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
    public async Task A_round_is_made_launched_changed_paused_resumed_and_closed()
    {
        await line.ImportAsync(line.WriteList(12));
        var created = await line.CreateAsync([.. CommandLine.Blanks]);
        Assert.True(created.Code == 0, created.Problems);
        Assert.Equal(1, created.Json.GetProperty("campaign_id").GetInt64());

        var launched = await line.OnDataAsync("campaign", "launch", "1", "--json");
        Assert.Equal((0, 12), (launched.Code, launched.Json.GetProperty("respondents").GetInt32()));
        var day = line.Today.AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(0, (await line.OnDataAsync("campaign", "change", "1", "--last-day", day, "--target", "5")).Code);
        Assert.Equal(2, (await line.OnDataAsync("campaign", "change", "1")).Code);
        Assert.Equal(1, (await line.OnDataAsync("campaign", "change", "1", "--last-day", "2020-01-01")).Code);
        var status = await line.OnDataAsync("campaign", "status", "1", "--json");
        Assert.Equal((day, 5), (status.Json.GetProperty("last_day").GetString(), status.Json.GetProperty("target").GetInt32()));
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
    public async Task A_round_has_a_set_of_indices_and_a_place_in_its_series()
    {
        await line.ImportAsync(line.WriteList(3));
        var unknown = await line.CreateAsync([.. CommandLine.Blanks, "--indices", "four-rates"]);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("two-rates", unknown.Problems, StringComparison.Ordinal);
        Assert.Equal(0, (await line.CreateAsync([.. CommandLine.Blanks, "--indices", "two-rates"])).Code);

        var first = (await line.OnDataAsync("campaign", "round", "1", "--json")).Json;
        Assert.Equal((1, JsonValueKind.Null), (first.GetProperty("number").GetInt32(), first.GetProperty("predecessor").ValueKind));
        var placed = await line.OnDataAsync("campaign", "round", "1", "--number", "4", "--period", "2025年三季度", "--json");
        Assert.Equal((4, "2025-Q3"), (placed.Json.GetProperty("number").GetInt32(), placed.Json.GetProperty("period").GetString()));
        Assert.Contains("round 4, Q3 2025, the first of its series", (await line.OnDataAsync("campaign", "round", "1", "--language", "en")).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await line.OnDataAsync("campaign", "round", "1", "--after", "1")).Code);
        Assert.Equal(2, (await line.OnDataAsync("campaign", "round", "1", "--period", "soon")).Code);
        Assert.Equal(2, (await line.OnDataAsync("campaign", "round", "9")).Code);
    }

    [Fact]
    public async Task A_round_s_limits_and_last_day_are_kept_and_told()
    {
        await line.ImportAsync(line.WriteList(7));
        var last = line.Today.AddDays(20);
        var created = await line.CreateAsync([.. CommandLine.Blanks, "--lines", "1", "--calls-per-second", "0.5", "--last-day", last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
        Assert.True(created.Code == 0, created.Problems);
        await line.OnDataAsync("campaign", "launch", "1");

        var json = (await line.OnDataAsync("campaign", "status", "1", "--json")).Json;
        var words = await line.OnDataAsync("campaign", "status", "1", "--language", "en");

        Assert.Equal((1, 0.5, last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            (json.GetProperty("max_lines").GetInt32(), json.GetProperty("max_starts").GetDouble(), json.GetProperty("last_day").GetString()));
        Assert.Contains("lines: at most 1, calls a second: at most 0.5", words.Out + words.Problems, StringComparison.Ordinal);
        Assert.Contains($"Last day {last:yyyy-MM-dd}", words.Out + words.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_beyond_the_known_holidays_or_in_an_official_survey_is_not_made()
    {
        await line.ImportAsync(line.WriteList(7));
        var beyond = await line.CreateAsync([.. CommandLine.Blanks, "--last-day", "2121-01-01"]);
        Assert.Equal(2, beyond.Code);
        Assert.Contains("2120-12-31", beyond.Problems, StringComparison.Ordinal);

        Survey(line.Today, line.Today.AddDays(30));
        var covered = await line.CreateAsync([.. CommandLine.Blanks]);
        Assert.Equal(2, covered.Code);
        Assert.Contains("省测评 / Provincial survey", covered.Problems, StringComparison.Ordinal);
        Assert.Equal(0, (await line.CreateAsync([.. CommandLine.Blanks, "--last-day", line.Today.AddDays(35).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)])).Code);
        Assert.Equal(0, (await line.OnDataAsync("campaign", "launch", "1")).Code);

        var status = await line.OnDataAsync("campaign", "status", "1");
        Assert.Contains($"官方调查“省测评”到 {line.Today.AddDays(30):yyyy-MM-dd} 为止", status.Out + status.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_the_file_of_official_surveys_is_told_with_file_and_line()
    {
        await line.ImportAsync(line.WriteList(1));
        await File.WriteAllTextAsync(Path.Combine(line.Data, "official-surveys.yaml"), "official_surveys:\n  - { from: tomorrow, to: 2026-01-01, zh: 省测评, en: Survey }\n", TestContext.Current.CancellationToken);

        var told = await line.OnDataAsync("campaign", "list", "--language", "en");

        Assert.Equal(1, told.Code);
        Assert.Contains(Path.Combine(line.Data, "official-surveys.yaml"), told.Problems, StringComparison.Ordinal);
        Assert.Contains("Line 2", told.Problems, StringComparison.Ordinal);
    }

    private void Survey(DateOnly first, DateOnly last) => File.WriteAllText(
        Path.Combine(line.Data, "official-surveys.yaml"),
        string.Create(CultureInfo.InvariantCulture, $"official_surveys:\n  - {{ from: {first:yyyy-MM-dd}, to: {last:yyyy-MM-dd}, zh: 省测评, en: Provincial survey }}\n"));

    [Fact]
    public async Task Status_and_list_tell_totals()
    {
        await line.ImportAsync(line.WriteList(7));
        await line.CreateAsync([.. CommandLine.Blanks, "--target", "5"]);
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
        await line.CreateAsync([.. CommandLine.Blanks]);

        var second = await line.CreateAsync();

        Assert.True(second.Code == 0, second.Problems);
        var remembered = second.Json.GetProperty("remembered");
        Assert.Equal("30", remembered.GetProperty("delete_days").GetString());
        Assert.Single(remembered.EnumerateObject(), blank => blank.Name.StartsWith("verify_phone@", StringComparison.Ordinal));
        Assert.False(remembered.TryGetProperty("date_from", out _));
    }

    [Fact]
    public async Task People_whose_language_the_template_lacks_are_counted_before_anybody_is_called()
    {
        var list = line.Beside("languages.csv");
        await File.WriteAllTextAsync(list, "姓名,手机,语言\n张三,15400000001,苗语\n李四,15400000002,普通话\n王五,15400000003,苗语\n赵六,15400000004,\n", TestContext.Current.CancellationToken);
        await line.ImportAsync(list);
        var created = await line.CreateAsync([.. CommandLine.Blanks]);
        Assert.Equal(0, created.Code);
        Assert.Contains("有 2 人的语言模板没有（苗语 2），会用普通话打给他们", created.Out + created.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_lists_townships_and_rounds_are_named()
    {
        await line.ImportAsync(line.WriteList(3));

        var frame = await line.CreateAsync([.. CommandLine.Blanks, "--frame", "9"]);
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
    [InlineData("--last-day", "1.3.2026")]
    [InlineData("--seed", "many")]
    public async Task Wrong_use_ends_with_2(string option, string value)
        => Assert.Equal(2, (await line.OnDataAsync("campaign", "create", option, value)).Code);

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
