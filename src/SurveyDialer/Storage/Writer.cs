using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>
/// The only thread that writes or checkpoints. Commits whatever has queued up in one transaction, a savepoint a story, so that turns that
/// arrive together share a commit and one bad story fails alone. The log is moved into the file between two commits, when those who waited
/// for the one before have been answered.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const int LargestGroup = 512;

    /// <summary>Pages in the log, 4 MB, from which on it is moved into the file.</summary>
    private const long LongLog = 1_000;

    /// <summary>Pages from which on it is moved even while somebody waits.</summary>
    private const long LongestLog = 4 * LongLog;

    /// <summary><c>SQLITE_DBSTATUS_CACHE_WRITE</c> of sqlite3.h: pages written since it was last asked.</summary>
    private const int StatusCacheWrite = 9;

    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection connection;
    private readonly Queue<Story> urgent = new();
    private readonly Queue<Story> background = new();
    private readonly Lock gate = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly int queueLength;
    private readonly bool throwAway;
    private readonly Thread thread;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand rollback;
    private readonly SqliteCommand savepoint;
    private readonly SqliteCommand release;
    private readonly SqliteCommand rollbackToSavepoint;
    private readonly SqliteCommand checkpoint;
    private long loggedPages;
    private bool flushing = true;
    private bool stopping;

    internal Writer(SqliteConnection connection, int queueLength, bool throwAway)
    {
        this.connection = connection;
        this.throwAway = throwAway;
        this.queueLength = queueLength;
        begin = Command("BEGIN IMMEDIATE;");
        commit = Command("COMMIT;");
        rollback = Command("ROLLBACK;");
        savepoint = Command("SAVEPOINT story;");
        release = Command("RELEASE story;");
        rollbackToSavepoint = Command("ROLLBACK TO story;");
        checkpoint = Command("PRAGMA wal_checkpoint(PASSIVE);");
        thread = new Thread(Run) { IsBackground = true, Name = "SurveyDialer writer" };
        thread.Start();
    }

    /// <param name="alone">Between the groups, outside of any transaction: only for what SQLite does in none, and only in the background.</param>
    internal Task<T> Enqueue<T>(Func<SqliteConnection, T> work, WriteUrgency urgency, CancellationToken cancellation, bool alone = false)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<T>(cancellation);
        var story = new Story<T>(work) { Alone = alone, Repeatable = urgency == WriteUrgency.Repeatable };
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            var queue = urgency == WriteUrgency.Now ? urgent : background;
            if (queue.Count >= queueLength) throw new WriterBusyException();
            queue.Enqueue(story);
        }

        available.Release();
        return story.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (stopping) return;
            stopping = true;
        }

        available.Release();
        await ended.Task;
        available.Dispose();
    }

    private void Run()
    {
        var group = new List<Story>();
        while (true)
        {
            available.Wait();
            if (!TryTake(backgroundToo: true, out var first))
            {
                if (stopping) break;
                continue;
            }

            RunGroup(first, group);
            group.Clear();
            CheckpointWhenLong();
        }

        foreach (var command in (SqliteCommand[])[begin, commit, rollback, savepoint, release, rollbackToSavepoint, checkpoint]) command.Dispose();
        connection.Dispose();
        ended.SetResult();
    }

    private void RunGroup(Story first, List<Story> group)
    {
        if (first.Alone)
        {
            RunAlone(first);
            return;
        }

        if (first.Repeatable)
        {
            RunRepeatable(first);
            return;
        }

        try
        {
            Flush(each: true);
            begin.ExecuteNonQuery();
            var started = Stopwatch.GetTimestamp();
            var story = first;
            do
            {
                group.Add(story);
                RunStory(story);
            }
            while (group.Count < LargestGroup && Stopwatch.GetElapsedTime(started) < LongestGroup && TryTakeNext(out story));
            commit.ExecuteNonQuery();
        }
        catch (SqliteException fault)
        {
            if (group.Count == 0) group.Add(first);
            TryRollback();
            foreach (var story in group) story.Fail(StorageException.Writing(fault));
            return;
        }

        foreach (var story in group) story.Complete();
    }

    /// <summary>Whether commits wait for the disk from now on; a file that is thrown away never does.</summary>
    private void Flush(bool each)
    {
        if (throwAway || each == flushing) return;

        // It acts when it is compiled, so that a prepared one would act once.
        SQLitePCL.raw.sqlite3_exec(connection.Handle, each ? "PRAGMA synchronous = FULL;" : "PRAGMA synchronous = NORMAL;");
        flushing = each;
    }

    /// <summary>What cannot be moved now, because somebody reads or the disk is full, stays in the log and is tried again when it has grown as much.</summary>
    private void CheckpointWhenLong()
    {
        SQLitePCL.raw.sqlite3_db_status(connection.Handle, StatusCacheWrite, out var pages, out _, resetFlg: 1);
        loggedPages += pages;
        if (loggedPages < LongLog || (loggedPages < LongestLog && UrgentWaits)) return;
        loggedPages = 0;
        try
        {
            checkpoint.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // The next commit says what is wrong with the disk, to those who can be told.
        }
    }

    private void RunAlone(Story story)
    {
        try
        {
            Flush(each: true);
            story.Run(connection);
        }
        catch (SqliteException fault)
        {
            story.Fail(StorageException.Writing(fault));
            return;
        }

        story.Complete();
    }

    /// <summary>In a transaction of its own it needs no savepoint, which would copy each page that it changes.</summary>
    private void RunRepeatable(Story story)
    {
        try
        {
            Flush(each: false);
            begin.ExecuteNonQuery();
            (story.Run(connection) ? commit : rollback).ExecuteNonQuery();
        }
        catch (SqliteException fault)
        {
            TryRollback();
            story.Fail(StorageException.Writing(fault));
            return;
        }

        story.Complete();
    }

    private void RunStory(Story story)
    {
        savepoint.ExecuteNonQuery();
        if (!story.Run(connection)) rollbackToSavepoint.ExecuteNonQuery();
        release.ExecuteNonQuery();
    }

    private void TryRollback()
    {
        try
        {
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // A failed COMMIT may already have ended the transaction; there is nothing left to undo then.
        }
    }

    private bool TryTakeNext(out Story story)
    {
        if (!TryTake(backgroundToo: false, out story)) return false;
        available.Wait();
        return true;
    }

    private bool TryTake(bool backgroundToo, out Story story)
    {
        lock (gate)
        {
            if (urgent.TryDequeue(out story!)) return true;
            return backgroundToo && background.TryDequeue(out story!);
        }
    }

    private bool UrgentWaits
    {
        get
        {
            lock (gate) return urgent.Count > 0;
        }
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Prepare();
        return command;
    }

    private abstract class Story
    {
        internal bool Alone { get; init; }

        internal bool Repeatable { get; init; }

        /// <returns>False when the story failed and its savepoint must be undone; what the disk refuses is thrown and fails the group.</returns>
        internal abstract bool Run(SqliteConnection connection);

        internal abstract void Complete();

        internal abstract void Fail(Exception fault);
    }

    private sealed class Story<T>(Func<SqliteConnection, T> work) : Story
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;
        private Exception? failure;

        internal Task<T> Task => completion.Task;

        internal override bool Run(SqliteConnection connection)
        {
            try
            {
                result = work(connection);
                return true;
            }
            catch (Exception fault) when (fault is not SqliteException
            {
                SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_NOMEM or SQLitePCL.raw.SQLITE_READONLY,
            })
            {
                failure = fault;
                return false;
            }
        }

        internal override void Complete()
        {
            if (failure is null) completion.SetResult(result);
            else completion.SetException(failure);
        }

        internal override void Fail(Exception fault) => completion.SetException(failure ?? fault);
    }
}
