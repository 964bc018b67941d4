using System.Data;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>A command that runs on a statement kept by its connection, with the values of its own parameters.</summary>
internal sealed class PreparedCommand : SqliteCommand
{
    private string text = "";
    private SqliteCommand? statement;

    [AllowNull]
    public override string CommandText
    {
        get => text;
        set
        {
            GiveBack();
            text = value ?? "";
        }
    }

    public override SqliteDataReader ExecuteReader() => Ready().ExecuteReader();

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

    public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

    public override object? ExecuteScalar() => Ready().ExecuteScalar();

    public override void Prepare() => Ready().Prepare();

    protected override void Dispose(bool disposing)
    {
        if (disposing) GiveBack();
        base.Dispose(disposing);
    }

    private SqliteCommand Ready()
    {
        statement ??= ((PreparedConnection)Connection!).Rent(text);
        statement.Transaction = Transaction;
        var (given, bound) = (Parameters, statement.Parameters);
        if (bound.Count != given.Count) bound.Clear();
        for (var index = 0; index < given.Count; index++)
        {
            if (bound.Count == index) bound.Add(new SqliteParameter());
            bound[index].ParameterName = Prefixed(given[index].ParameterName, bound[index].ParameterName);
            bound[index].Value = given[index].Value;
        }

        return statement;
    }

    /// <summary>Named as the text names it: a name without its prefix is looked for four times at each run.</summary>
    private static string Prefixed(string name, string known)
        => name[0] is '@' or '$' or ':' ? name
            : known.Length == name.Length + 1 && known.EndsWith(name, StringComparison.Ordinal) ? known
            : "@" + name;

    private void GiveBack()
    {
        if (statement is null) return;
        ((PreparedConnection)Connection!).Return(statement);
        statement = null;
    }
}
