using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>
/// Rows on their way into one table, <see cref="AtOnce"/> to a statement: what running a statement costs beside its rows is paid once for all of
/// them. Rows left over go one by one.
/// </summary>
internal sealed class RowBatch : IDisposable
{
    internal const int AtOnce = 16;

    private readonly int columns;
    private readonly SqliteCommand many;
    private readonly SqliteCommand one;
    private readonly List<object?> values = [];

    /// <param name="insert">Up to and without <c>VALUES</c>.</param>
    /// <param name="columns">How many values a row has.</param>
    /// <param name="ending">What follows the rows.</param>
    internal RowBatch(SqliteConnection connection, string insert, int columns, string ending = "")
    {
        this.columns = columns;
        many = Prepare(connection, insert, AtOnce, ending);
        one = Prepare(connection, insert, 1, ending);
    }

    /// <summary>Rows added and not yet written.</summary>
    internal int Count => values.Count / columns;

    internal void Add(params ReadOnlySpan<object?> row) => values.AddRange(row);

    /// <summary>Forgets what was added.</summary>
    internal void Clear() => values.Clear();

    /// <summary>Writes what was added.</summary>
    /// <returns>How many rows the table has more.</returns>
    internal int Write()
    {
        var (written, from) = (0, 0);
        for (; values.Count - from >= AtOnce * columns; from += AtOnce * columns) written += Run(many, from);
        for (; from < values.Count; from += columns) written += Run(one, from);
        values.Clear();
        return written;
    }

    public void Dispose()
    {
        many.Dispose();
        one.Dispose();
    }

    private int Run(SqliteCommand command, int from)
    {
        for (var index = 0; index < command.Parameters.Count; index++) command.Parameters[index].Value = values[from + index] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(SqliteConnection connection, string insert, int rows, string ending)
    {
        var names = Enumerable.Range(0, rows * columns).Select(index => string.Create(CultureInfo.InvariantCulture, $"${index}")).ToList();
        var command = new SqliteCommand($"{insert} VALUES {string.Join(", ", names.Chunk(columns).Select(row => $"({string.Join(", ", row)})"))} {ending};", connection);
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        return command;
    }
}
