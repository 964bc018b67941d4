using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Storage;

public sealed class DatabaseTests
{
    private const string Insert = "INSERT INTO setting (name, value) VALUES (@name, 'x');";
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_can_be_made_again_does_not_wait_for_the_disk()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-flush-");
        try
        {
            await using var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder.FullName, "surveydialer.db") }, new StoppedClock());
            Task<long> LevelAsync(WriteUrgency urgency) => database.WriteAsync(connection => connection.ExecuteScalar<long>("PRAGMA synchronous;"), None, urgency);
            Assert.Equal(2, await LevelAsync(WriteUrgency.Now));
            Assert.Equal(1, await LevelAsync(WriteUrgency.Repeatable));
            Assert.Equal(1, await LevelAsync(WriteUrgency.Repeatable));
            Assert.Equal(2, await LevelAsync(WriteUrgency.Background));
            Assert.Equal(1, await LevelAsync(WriteUrgency.Repeatable));
            Assert.Equal(2, await LevelAsync(WriteUrgency.Now));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(WriteUrgency.Now)]
    [InlineData(WriteUrgency.Repeatable)]
    public async Task A_story_that_throws_fails_alone(WriteUrgency urgency)
    {
        await using var test = TestDatabase.Create();
        var good = test.Database.WriteAsync(connection => connection.Execute(Insert, new { name = "good" }), None);
        var bad = test.Database.WriteAsync<int>(
            connection =>
            {
                connection.Execute(Insert, new { name = "bad" });
                throw new InvalidOperationException("on purpose");
            },
            None,
            urgency);
        var later = test.Database.WriteAsync(connection => connection.Execute(Insert, new { name = "later" }), None);

        await good;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await later;
        Assert.Equal(["good", "later"], test.Database.Read(connection => connection.Query<string>("SELECT name FROM setting ORDER BY name;").ToList()));
    }

    [Fact]
    public async Task Stories_see_the_writes_before_them()
    {
        await using var test = TestDatabase.Create();
        var stories = Enumerable.Range(0, 1000)
            .Select(i => test.Database.WriteAsync(
                connection =>
                {
                    var before = connection.ExecuteScalar<long>("SELECT count(*) FROM setting;");
                    connection.Execute(Insert, new { name = $"{i:0000}" });
                    return before;
                },
                None))
            .ToList();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), await Task.WhenAll(stories));
    }

    [Fact]
    public async Task A_full_queue_is_refused_and_nothing_is_lost()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-queue-").FullName;
        await using var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "a.db"), QueueLength = 10 }, new StoppedClock());
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var first = database.WriteAsync(
            _ =>
            {
                started.Set();
                go.Wait(None);
            },
            None);
        started.Wait(None);
        var waiting = Enumerable.Range(0, 10).Select(i => database.WriteAsync(connection => connection.Execute(Insert, new { name = $"{i}" }), None)).ToList();
        Assert.Throws<WriterBusyException>(() => { _ = database.WriteAsync(_ => 0, None); });
        go.Set();
        await first;
        await Task.WhenAll(waiting);
        Assert.Equal(10, database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM setting;")));
    }

    [Fact]
    public async Task Background_work_waits_until_nobody_else_does()
    {
        await using var test = TestDatabase.Create();
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var order = new List<string>();
        var first = test.Database.WriteAsync(
            _ =>
            {
                started.Set();
                go.Wait(None);
            },
            None);
        started.Wait(None);
        var slice = test.Database.WriteAsync(_ => order.Add("slice"), None, WriteUrgency.Background);
        var turn = test.Database.WriteAsync(_ => order.Add("turn"), None);
        go.Set();
        await Task.WhenAll(first, slice, turn);
        Assert.Equal(["turn", "slice"], order);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_in_words()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-newer-").FullName;
        var path = Path.Combine(folder, "a.db");
        await using (var database = Database.Open(new DatabaseOptions { Path = path }, new StoppedClock()))
        {
            await database.WriteAsync(connection => connection.Execute("INSERT INTO schema_script VALUES (9999, 'later', x'00', 0);"), None);
        }

        var refusal = Assert.Throws<StorageException>(() => Database.Open(new DatabaseOptions { Path = path }, new StoppedClock()));
        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_words()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("surveydialer-damaged-").FullName, "a.db");
        File.WriteAllText(path, new string('x', 8192));
        var refusal = Assert.Throws<StorageException>(() => Database.Open(new DatabaseOptions { Path = path }, new StoppedClock()));
        Assert.Contains("备份", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_fails_the_stories_of_the_group_in_words_and_keeps_what_was_saved()
    {
        await using var test = TestDatabase.Create();
        await test.Database.WriteAsync(connection => connection.Execute(Insert, new { name = "kept" }), None);
        var pages = await test.Database.WriteAsync(connection => connection.ExecuteScalar<long>("PRAGMA page_count;"), None);
        await test.Database.WriteAsync(connection => connection.ExecuteScalar<long>($"PRAGMA max_page_count = {pages};"), None);
        var full = await Assert.ThrowsAsync<StorageException>(
            () => test.Database.WriteAsync(connection => connection.Execute("INSERT INTO setting VALUES ('big', @value);", new { value = new string('x', 1_000_000) }), None));
        Assert.Contains("磁盘已满", full.Message, StringComparison.Ordinal);
        await test.Database.WriteAsync(connection => connection.ExecuteScalar<long>("PRAGMA max_page_count = 1000000;"), None);
        await test.Database.WriteAsync(connection => connection.Execute(Insert, new { name = "after" }), None);
        Assert.Equal(["after", "kept"], test.Database.Read(connection => connection.Query<string>("SELECT name FROM setting ORDER BY name;").ToList()));
    }

    [Fact]
    public async Task A_file_that_another_program_holds_is_said_so()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-held-").FullName;
        var path = Path.Combine(folder, "a.db");
        await Database.Open(new DatabaseOptions { Path = path }, new StoppedClock()).DisposeAsync();
        await using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await other.OpenAsync(None);
            await other.ExecuteAsync("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO setting VALUES ('a', 'b');");
            var refusal = Assert.Throws<StorageException>(() => Database.Open(new DatabaseOptions { Path = path }, new StoppedClock()));
            Assert.Contains("别的程序", refusal.Message, StringComparison.Ordinal);
        }

        await Database.Open(new DatabaseOptions { Path = path }, new StoppedClock()).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Other_keys_are_found_out_when_the_file_is_opened()
    {
        await using var test = TestDatabase.Create();
        var path = Path.Combine(Path.GetDirectoryName(test.Database.Path)!, "b.db");
        await Database.Open(new DatabaseOptions { Path = path, Keys = test.Keys }, new StoppedClock()).DisposeAsync();
        var others = KeyRing.OpenOrCreate(Path.Combine(Path.GetDirectoryName(path)!, "others.json"), "others");
        Assert.Contains("密钥", Assert.Throws<StorageException>(() => Database.Open(new DatabaseOptions { Path = path, Keys = others }, new StoppedClock())).Message, StringComparison.Ordinal);
        await Database.Open(new DatabaseOptions { Path = path, Keys = test.Keys }, new StoppedClock()).DisposeAsync();
    }

    [Fact]
    public async Task A_long_reader_keeps_its_state_and_holds_nobody_up()
    {
        await using var test = TestDatabase.Create();
        var (reading, enough) = (new TaskCompletionSource(), new TaskCompletionSource());
        var reader = Task.Run(
            () => test.Database.Read(connection =>
            {
                var before = connection.ExecuteScalar<long>("SELECT count(*) FROM setting;");
                reading.SetResult();
                enough.Task.Wait(None);
                return (before, connection.ExecuteScalar<long>("SELECT count(*) FROM setting;"));
            }),
            None);
        await reading.Task;
        for (var i = 0; i < 3000; i++) await test.Database.WriteAsync(connection => connection.Execute(Insert, new { name = $"{i} {new string('x', 400)}" }), None);
        Assert.Equal(3000, test.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM setting;")));
        enough.SetResult();
        Assert.Equal((0, 0), await reader);

        // Once it is gone the log is written back and used anew.
        var log = new FileInfo(test.Database.Path + "-wal");
        var grown = log.Length;
        for (var i = 0; i < 3000; i++) await test.Database.WriteAsync(connection => connection.Execute("UPDATE setting SET value = 'y' WHERE name LIKE @name;", new { name = $"{i % 50} %" }), None);
        log.Refresh();
        Assert.True(log.Length <= 2 * grown, $"The log grew from {grown} to {log.Length} bytes.");
    }

    [Fact, Trait("case", "R7")]
    public void A_folder_has_one_owner()
    {
        var root = Directory.CreateTempSubdirectory("surveydialer-folder-").FullName;
        using (var first = DataFolder.TryOwn(root))
        {
            Assert.NotNull(first);
            Assert.Null(DataFolder.TryOwn(root));
            var announced = first.Announce("http://127.0.0.1:1");
            Assert.Equal(announced, DataFolder.RunningServer(root));
        }

        Assert.Null(DataFolder.RunningServer(root));
        using var next = DataFolder.TryOwn(root);
        Assert.NotNull(next);
    }
}
