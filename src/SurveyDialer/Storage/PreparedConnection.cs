using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>
/// A connection that keeps its prepared statements by their text. Dapper makes a new command for each call, and preparing the same SQL again
/// took more than half of the writer's time. Used by one thread at a time, as every connection here is.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>Texts differ in the lengths of their lists only; beyond this many the lists have become the rule, and all are prepared anew.</summary>
    private const int MostTexts = 500;

    private readonly Dictionary<string, SqliteCommand> idle = new(StringComparer.Ordinal);

    /// <summary>What has been run on this connection.</summary>
    internal IReadOnlyCollection<string> Texts => idle.Keys;

    public override SqliteCommand CreateCommand() => new PreparedCommand { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <summary>A statement that nobody runs at this moment; a text that runs inside itself gets a second one.</summary>
    internal SqliteCommand Rent(string text)
        => idle.Remove(text, out var kept) ? kept : new SqliteCommand(text, this) { CommandTimeout = DefaultTimeout };

    /// <summary>Takes back a statement that ran to its end.</summary>
    internal void Return(SqliteCommand statement)
    {
        if (idle.Count >= MostTexts)
        {
            foreach (var kept in idle.Values) kept.Dispose();
            idle.Clear();
        }

        if (!idle.TryAdd(statement.CommandText, statement)) statement.Dispose();
    }
}
