using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>
/// The one SQLite file of a data folder. One thread writes (<see cref="Writer"/>); everything else reads over read-only connections,
/// each in a transaction of its own, so that a page sees one state.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary><c>SQLITE_CONFIG_MEMSTATUS</c> of sqlite3.h.</summary>
    private const int ConfigMemoryStatus = 9;

    /// <summary>How long another program that holds the file is waited for.</summary>
    private const int BusySeconds = 5;

    private readonly ConcurrentBag<PreparedConnection> idleReaders = [];
    private readonly string readerConnectionString;
    private readonly Writer writer;
    private bool disposed;

    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SQLitePCL.Batteries_V2.Init();

        // Counting its memory, which nothing here asks for, puts one lock around every allocation of all connections.
        SQLitePCL.raw.sqlite3_config(ConfigMemoryStatus, 0);
    }

    private Database(DatabaseOptions options, Writer writer)
    {
        Path = options.Path;
        readerConnectionString = new SqliteConnectionStringBuilder { DataSource = options.Path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        this.writer = writer;
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>Opens or creates the file and brings it to this version's schema.</summary>
    /// <exception cref="StorageException">The file is damaged, locked, read-only, from a newer version or under other keys, or the disk is full; the message says what to do.</exception>
    public static Database Open(DatabaseOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        var connection = new PreparedConnection(
            new SqliteConnectionStringBuilder { DataSource = options.Path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = BusySeconds }.ToString());
        try
        {
            connection.Open();

            // What cannot be written SQLite opens for reading, and says so only at the first write: perhaps to somebody on the telephone.
            if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 1) throw StorageException.ReadOnly(options.Path);
            connection.Execute("PRAGMA journal_mode = WAL;");
            connection.Execute(options.ThrowAway ? "PRAGMA synchronous = OFF;" : "PRAGMA synchronous = FULL;");
            connection.Execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;");
            connection.Execute("PRAGMA wal_autocheckpoint = 0;");
            Migrator.Migrate(connection, options.Path, clock);
            if (options.Keys is { } keys) KeyProof.Check(connection, options.Path, keys);
            return new Database(options, new Writer(connection, options.QueueLength, options.ThrowAway));
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw StorageException.Opening(options.Path, fault);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Queues a story to the one writer: load, decide, save, without waiting, HTTP, encryption or parsing inside. It runs in its own savepoint,
    /// sees the writes before it, and the task completes when the group that it was committed with is durable.
    /// </summary>
    /// <exception cref="WriterBusyException">The queue is full: try again later.</exception>
    /// <exception cref="StorageException">The commit failed; nothing of the group was kept.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> story, CancellationToken cancellation, WriteUrgency urgency = WriteUrgency.Now)
        => writer.Enqueue(story, urgency, cancellation);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteConnection> story, CancellationToken cancellation, WriteUrgency urgency = WriteUrgency.Now)
        => writer.Enqueue<object?>(
            connection =>
            {
                story(connection);
                return null;
            },
            urgency,
            cancellation);

    /// <summary>Reads one consistent state on the calling thread.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!idleReaders.TryTake(out var connection))
        {
            connection = new PreparedConnection(readerConnectionString);
            connection.Open();
            connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;");
        }

        try
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            return query(connection);
        }
        finally
        {
            if (disposed) connection.Dispose();
            else idleReaders.Add(connection);
        }
    }

    /// <summary>Writes a consistent copy of the file as it is now, compacted; the original stays in use.</summary>
    /// <param name="path">Must not exist.</param>
    /// <exception cref="StorageException">The copy cannot be written; the message says what to do.</exception>
    public void CopyTo(string path)
    {
        try
        {
            using var connection = new SqliteConnection(readerConnectionString);
            connection.Open();
            connection.Execute("VACUUM INTO @path;", new { path });
        }
        catch (SqliteException fault)
        {
            throw StorageException.Opening(path, fault);
        }
    }

    /// <summary>
    /// Leaves nothing of what was deleted in the write-ahead log; with <paramref name="whole"/> the file is written anew, which keeps every story
    /// waiting as long as it takes. (Deleted content is overwritten with zeros in any case.)
    /// </summary>
    /// <returns>False when somebody was reading; try again later.</returns>
    /// <exception cref="StorageException">The disk is full.</exception>
    public Task<bool> CompactAsync(bool whole, CancellationToken cancellation) => writer.Enqueue(
        connection =>
        {
            if (whole) connection.Execute("VACUUM;");
            connection.Execute("PRAGMA busy_timeout = 0;");
            var busy = connection.QuerySingle<(long Busy, long Log, long Done)>("PRAGMA wal_checkpoint(TRUNCATE);").Busy;
            connection.Execute("PRAGMA busy_timeout = 5000;");
            return busy == 0;
        },
        WriteUrgency.Background, cancellation, alone: true);

    /// <summary>Reads all of a file and looks for damage: pages, indexes, rows without the row that they refer to.</summary>
    /// <returns>What is wrong, in SQLite's words; empty when nothing is.</returns>
    public static IReadOnlyList<string> Damage(string path)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            var pages = connection.Query<string>("PRAGMA integrity_check(20);").Where(line => line != "ok");
            var orphans = connection.Query("PRAGMA foreign_key_check;").Select(row => $"{row.table} -> {row.parent}").Distinct();
            return [.. pages, .. orphans];
        }
        catch (SqliteException fault)
        {
            return [fault.Message];
        }
    }

    /// <summary>Deletes a file and what SQLite keeps beside it; nothing happens where there is none.</summary>
    internal static void Delete(string path)
    {
        foreach (var ending in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(path + ending);
    }

    /// <summary>Lets the writer finish what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        await writer.DisposeAsync();
        while (idleReaders.TryTake(out var connection)) await connection.DisposeAsync();
    }
}

/// <summary>Where the file is and how careful the writer is.</summary>
public sealed record DatabaseOptions
{
    /// <summary>Full path of the SQLite file.</summary>
    public required string Path { get; init; }

    /// <summary>Held against the file; null: names and numbers are not asked for.</summary>
    public KeyRing? Keys { get; init; }

    /// <summary>True only for the files of a demonstration or rehearsal: commits do not wait for the disk.</summary>
    public bool ThrowAway { get; init; }

    /// <summary>Stories that may wait; more are refused.</summary>
    public int QueueLength { get; init; } = 20_000;
}

/// <summary>Which stories go first.</summary>
public enum WriteUrgency
{
    /// <summary>A respondent, a carrier or a person at a page waits for it.</summary>
    Now,

    /// <summary>Import, retention, totals: in slices of at most 10 ms, taken only when nobody waits.</summary>
    Background,

    /// <summary>
    /// As <see cref="Background"/>, for what is made again from its source after a power cut: it is durable together with the next story of another
    /// kind, so that a large import does not wait for the disk at each slice.
    /// </summary>
    Repeatable,
}
