using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;

namespace SurveyDialer.Tests.Storage;

public sealed class PreparedConnectionTests : IDisposable
{
    private readonly PreparedConnection connection = new("Data Source=:memory:");

    public PreparedConnectionTests()
    {
        connection.Open();
        connection.Execute("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT UNIQUE); INSERT INTO line VALUES (1, 'one'), (2, 'two'), (3, NULL);");
    }

    public void Dispose() => connection.Dispose();

    [Fact]
    public void A_text_is_prepared_once_and_takes_new_values_each_time()
    {
        const string Select = "SELECT words FROM line WHERE id = @id;";
        Assert.Equal("one", connection.ExecuteScalar<string>(Select, new { id = 1 }));
        Assert.Null(connection.ExecuteScalar<string>(Select, new { id = 3 }));
        Assert.Equal("two", connection.QuerySingle<string>(Select, new { id = 2 }));
        Assert.Same(Rented(Select), Rented(Select));
    }

    [Fact]
    public void A_text_that_runs_inside_itself_gets_a_statement_of_its_own()
    {
        const string Select = "SELECT id FROM line WHERE id >= @from ORDER BY id;";
        var pairs = connection.Query<long>(Select, new { from = 2 }, buffered: false)
            .SelectMany(outer => connection.Query<long>(Select, new { from = outer }, buffered: false).Select(inner => (outer, inner)))
            .ToList();
        Assert.Equal([(2, 2), (2, 3), (3, 3)], pairs);
    }

    [Fact]
    public void A_reader_left_half_way_holds_nothing_back()
    {
        const string Select = "SELECT id FROM line ORDER BY id;";
        Assert.Equal(1, connection.QueryFirst<long>(Select));
        connection.Execute("DELETE FROM line WHERE id = 1;");
        Assert.Equal(2, connection.QueryFirst<long>(Select));
        connection.Execute("DROP TABLE line;");
    }

    [Fact]
    public void A_statement_that_failed_can_be_run_again()
    {
        const string Insert = "INSERT INTO line (id, words) VALUES (@id, @words);";
        connection.Execute(Insert, new { id = 4, words = "four" });
        Assert.Throws<SqliteException>(() => connection.Execute(Insert, new { id = 5, words = "four" }));
        Assert.Equal(1, connection.Execute(Insert, new { id = 5, words = "five" }));
        Assert.Throws<InvalidOperationException>(() => connection.Execute(Insert, new { id = 6 }));
        Assert.Equal(1, connection.Execute(Insert, new { id = 6, words = (string?)null }));
    }

    [Fact]
    public void Lists_of_any_length_and_long_texts_arrive_whole()
    {
        var words = new string('长', 10_000);
        connection.Execute("UPDATE line SET words = @words WHERE id = @id;", new { id = 1, words });
        Assert.Equal(words, connection.ExecuteScalar<string>("SELECT words FROM line WHERE id = @id;", new { id = 1 }));
        foreach (var ids in (long[][])[[1], [1, 2], [3, 2, 1], []])
            Assert.Equal(ids.Length, connection.ExecuteScalar<long>("SELECT count(*) FROM line WHERE id IN @ids;", new { ids }));
    }

    [Fact]
    public void A_statement_outlives_transactions_and_changes_of_the_schema()
    {
        const string Count = "SELECT count(*) FROM line;";
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("DELETE FROM line WHERE id = 3;", transaction: transaction);
            Assert.Equal(2, connection.ExecuteScalar<long>(Count, transaction: transaction));
            transaction.Rollback();
        }

        Assert.Equal(3, connection.ExecuteScalar<long>(Count));
        connection.Execute("ALTER TABLE line ADD COLUMN more INTEGER DEFAULT 7;");
        const string All = "SELECT * FROM line WHERE id = @id;";
        Assert.Equal(7L, connection.QuerySingle(All, new { id = 1 }).more);
        connection.Execute("ALTER TABLE line ADD COLUMN last INTEGER DEFAULT 8;");
        Assert.Equal(8L, connection.QuerySingle<Line>(All, new { id = 1 }).Last);
    }

    [Fact]
    public void Many_texts_are_not_kept_for_ever()
    {
        for (var length = 0; length < 2_000; length++) connection.ExecuteScalar<long>($"SELECT {length};");
        Assert.InRange(connection.Texts.Count, 1, 500);
    }

    private SqliteCommand Rented(string text)
    {
        var statement = connection.Rent(text);
        connection.Return(statement);
        return statement;
    }

    private sealed record Line
    {
        public long Last { get; init; }
    }
}
