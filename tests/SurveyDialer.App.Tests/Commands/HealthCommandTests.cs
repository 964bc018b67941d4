using SurveyDialer.App.Health;
using SurveyDialer.Storage;
using Calendar = SurveyDialer.CallingHours.Calendar;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class HealthCommandTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;
    private static readonly DateOnly Today = new(2026, 3, 2);

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_list_without_a_backup_fails_and_a_backup_mends_it()
    {
        await line.ImportAsync(line.WriteList(4));

        var before = await line.OnDataAsync("health", "--json");
        Assert.Equal(1, before.Code);
        Assert.Equal(HealthDesk.Checks.Select(check => check.Id), before.Json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()));
        Assert.Equal("failure", Level(before, "backup"));
        Assert.Equal("warning", Level(before, "keys"));

        await line.OnDataAsync("backup", "--save-keys", line.Beside("keys.json"));
        await line.OnDataAsync("backup", line.Beside("copy.db"));
        var after = await line.OnDataAsync("health", "--json");

        Assert.True(after.Code == 0, after.Problems + after.Out);
        Assert.Equal(("fine", "fine", "fine"), (Level(after, "backup"), Level(after, "keys"), Level(after, "database")));
    }

    [Fact]
    public async Task Keys_that_others_can_read_fail()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows keeps a profile's files to their owner.");
        await line.ImportAsync(line.WriteList(1));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(DataFolder.DefaultKeyPath(line.Data), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Equal("failure", Level(await line.OnDataAsync("health", "--json"), "keys"));
    }

    [Theory]
    [InlineData(100, 1, "Failure")]
    [InlineData(1000, 900, "Failure")]
    [InlineData(1000, 1, "Warning")]
    [InlineData(9000, 1, "Fine")]
    public void Disk_space_is_judged_by_what_the_database_needs(long free, long database, string level)
        => Assert.Equal(level, DiskSpace.Judge(free * Megabyte, database * Megabyte).Level.ToString());

    [Theory]
    [InlineData(-1, true, "Failure")]
    [InlineData(-1, false, "Warning")]
    [InlineData(29, true, "Warning")]
    [InlineData(30, true, "Fine")]
    public void A_calendar_that_ends_is_told_in_time(int daysLeft, bool calling, string level)
    {
        var calendar = new Calendar("cn", "test", Today.AddDays(-300), Today.AddDays(daysLeft), [], [], []);

        Assert.Equal(level, CalendarCoverage.Judge([calendar], calling ? ["cn"] : [], Today).Level.ToString());
        Assert.Equal("Failure", CalendarCoverage.Judge([calendar], ["xx"], Today).Level.ToString());
    }

    private static string Level(Told told, string check)
        => told.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("check").GetString() == check).GetProperty("level").GetString()!;
}
