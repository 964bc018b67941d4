using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Storage;

public sealed class BackupShelfTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 2, 30, 0, TimeSpan.FromHours(8));

    private readonly string folder = Directory.CreateTempSubdirectory("surveydialer-shelf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_year_of_nights_leaves_a_week_of_days_and_a_month_of_weeks()
    {
        var shelf = new BackupShelf(folder);
        for (var night = 0; night < 365; night++)
        {
            var now = Monday.AddDays(night);
            File.WriteAllText(shelf.FileAt(now), "");
            File.WriteAllText(BackupShelf.FilesBeside(shelf.FileAt(now)), "");
            shelf.Rotate(now);
        }

        // 1 March 2027, the last night, is a Monday: seven days back to 23 February, then the Sundays or what stands for their weeks.
        var days = Directory.GetFiles(folder, "*.db").Select(file => Path.GetFileName(file)[13..21]).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["20270207", "20270214", "20270221", "20270222", "20270223", "20270224", "20270225", "20270226", "20270227", "20270228", "20270301"], days);
        Assert.Equal(days.Count, Directory.GetFiles(folder, "*.files.zip").Length);
    }

    [Fact]
    public void Whatever_lies_there_the_newest_stays_and_so_do_files_of_other_names()
        => Prop.ForAll(
            Gen.ArrayOf(Gen.Choose(0, 60 * 24 * 60)).ToArbitrary(),
            ages =>
            {
                foreach (var old in Directory.GetFiles(folder)) File.Delete(old);
                var shelf = new BackupShelf(folder);
                var files = ages.Select(minutes => shelf.FileAt(Monday.AddMinutes(-minutes))).ToHashSet(StringComparer.Ordinal);
                foreach (var file in files.Append(Path.Combine(folder, "surveydialer-mine.db")).Append(Path.Combine(folder, "before-update.db"))) File.WriteAllText(file, "");
                var gone = shelf.Rotate(Monday);
                var left = Directory.GetFiles(folder).ToHashSet(StringComparer.Ordinal);
                return left.Contains(Path.Combine(folder, "surveydialer-mine.db")) && left.Contains(Path.Combine(folder, "before-update.db"))
                    && left.Count == files.Count + 2 - gone && left.Count <= BackupShelf.Days + BackupShelf.Weeks + 2
                    && (files.Count == 0 || ages.Min() > 28 * 24 * 60 || left.Contains(files.Max(StringComparer.Ordinal)!))
                    && shelf.Rotate(Monday) == 0;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_copy_made_while_others_write_holds_one_state_and_says_how_it_is_restored()
    {
        await using var files = TestDatabase.Create();
        await files.Database.WriteAsync(connection => { connection.Execute("INSERT INTO setting (name, value) VALUES ('a', '0'), ('b', '0');"); }, TestContext.Current.CancellationToken);
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 1; !enough.IsCancellationRequested; i++)
                    await files.Database.WriteAsync(connection => { connection.Execute("UPDATE setting SET value = @i WHERE name IN ('a', 'b');", new { i = $"{i}" }); }, CancellationToken.None);
            },
            TestContext.Current.CancellationToken);
        var copies = Enumerable.Range(0, 5).Select(i => Path.Combine(folder, $"copy{i}.db")).ToList();
        foreach (var copy in copies) await BackupShelf.WriteAsync(files.Database, files.Keys, copy, new StoppedClock());
        await enough.CancelAsync();
        await writing;

        Assert.All(copies, copy => Assert.Single(Read<string>(copy, "SELECT DISTINCT value FROM setting WHERE name IN ('a', 'b');")));
        Assert.Equal(copies.Count + 1, Directory.GetFiles(folder).Length);
        var page = await File.ReadAllTextAsync(Directory.GetFiles(folder, "*.txt").Single(), TestContext.Current.CancellationToken);
        Assert.Contains("restore", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_restored_is_not_kept()
    {
        await using var files = TestDatabase.Create();
        var foreign = KeyRing.OpenOrCreate(Path.Combine(folder, "keys.json"), "foreign");
        await BackupShelf.WriteAsync(files.Database, files.Keys, Path.Combine(folder, "first.db"), new StoppedClock());
        await Restoration.IntoAsync(Path.Combine(folder, "first.db"), Path.Combine(folder, "again.db"), files.Keys, new StoppedClock(), _ => Task.FromResult(0));

        await using (var again = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "again.db"), Keys = files.Keys }, new StoppedClock()))
            await Assert.ThrowsAsync<StorageException>(() => BackupShelf.WriteAsync(again, foreign, Path.Combine(folder, "second.db"), new StoppedClock()));

        Assert.Empty(Directory.GetFiles(folder, "second*"));
    }

    private static List<T> Read<T>(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        return connection.Query<T>(sql).AsList();
    }
}
