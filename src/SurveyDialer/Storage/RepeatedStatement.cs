using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SurveyDialer.Storage;

/// <summary>
/// A statement that runs some million times, as those of an import: what a command does around each run (its parameters as objects, a reader
/// even where nothing is read) takes longer than an insertion. Values are bound in the order in which the text first names its parameters.
/// </summary>
internal sealed class RepeatedStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private int bound;

    internal RepeatedStatement(SqliteConnection connection, string text)
    {
        database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, text, raw.SQLITE_PREPARE_PERSISTENT, out statement), database);
    }

    internal RepeatedStatement Bind(long value) => Bound(raw.sqlite3_bind_int64(statement, ++bound, value));

    internal RepeatedStatement Bind(string? value)
        => Bound(value is null ? raw.sqlite3_bind_null(statement, ++bound) : raw.sqlite3_bind_text(statement, ++bound, value));

    /// <param name="value">Empty: null.</param>
    internal RepeatedStatement Bind(ReadOnlySpan<byte> value)
        => Bound(value.IsEmpty ? raw.sqlite3_bind_null(statement, ++bound) : raw.sqlite3_bind_blob(statement, ++bound, value));

    /// <returns>Rows changed.</returns>
    internal int Run()
    {
        Step();
        Reset();
        return raw.sqlite3_changes(database);
    }

    /// <returns>The first column of the first row; null where there is none, or nothing in it.</returns>
    internal long? Find()
    {
        var found = Step() && raw.sqlite3_column_type(statement, 0) != raw.SQLITE_NULL ? raw.sqlite3_column_int64(statement, 0) : (long?)null;
        Reset();
        return found;
    }

    public void Dispose() => statement.Dispose();

    /// <returns>Whether there is a row.</returns>
    private bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE) return result == raw.SQLITE_ROW;
        try
        {
            SqliteException.ThrowExceptionForRC(result, database);
            return false;
        }
        finally
        {
            Reset();
        }
    }

    private void Reset()
    {
        bound = 0;
        raw.sqlite3_reset(statement);
    }

    private RepeatedStatement Bound(int result)
    {
        SqliteException.ThrowExceptionForRC(result, database);
        return this;
    }
}
