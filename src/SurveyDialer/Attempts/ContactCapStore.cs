using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Attempts;

/// <summary>
/// Owner of <c>do_not_call</c> and <c>contact_cap</c>: what must be remembered of a number after the number itself is gone. Both hold keyed
/// hashes only, without campaign, area or outcome.
/// </summary>
internal static class ContactCapStore
{
    private const string InsertDoNotCall = """
        INSERT INTO do_not_call (number_index, key_version, day) VALUES (@numberIndex, @keyVersion, @day) ON CONFLICT (number_index) DO NOTHING;
        """;

    private const string Count = """
        INSERT INTO contact_cap (number_index, kind, day, key_version, times) VALUES (@numberIndex, @kind, @day, @keyVersion, 1)
        ON CONFLICT (number_index, kind, day) DO UPDATE SET times = times + 1;
        """;

    private const string SelectSince = """
        SELECT kind, day, times FROM contact_cap WHERE number_index = @numberIndex AND day >= @sinceDay;
        """;

    private const string DeleteBefore = """
        DELETE FROM contact_cap WHERE (number_index, kind, day) IN (SELECT number_index, kind, day FROM contact_cap WHERE day < @day LIMIT @limit);
        """;

    /// <summary>Never again, for every campaign. True for a number that was not on the list.</summary>
    internal static bool AddDoNotCall(SqliteConnection connection, byte[] numberIndex, long keyVersion, long day)
        => connection.Execute(InsertDoNotCall, new { numberIndex, keyVersion, day }) == 1;

    internal static bool IsDoNotCall(SqliteConnection connection, byte[] numberIndex)
        => connection.ExecuteScalar<long>("SELECT count(*) FROM do_not_call WHERE number_index = @numberIndex;", new { numberIndex }) > 0;

    /// <summary>Counts one contact of a kind (<c>attempt</c>, <c>busy</c>, <c>text</c>, <c>interview</c>, <c>round</c>) on a day.</summary>
    internal static void Add(SqliteConnection connection, byte[] numberIndex, string kind, long day, long keyVersion)
        => connection.Execute(Count, new { numberIndex, kind, day, keyVersion });

    internal static List<ContactCapRow> Since(SqliteConnection connection, byte[] numberIndex, long sinceDay)
        => connection.Query<ContactCapRow>(SelectSince, new { numberIndex, sinceDay }).AsList();

    /// <summary>Forgets what lies before a day.</summary>
    /// <param name="limit">At most so many rows at a time.</param>
    /// <returns>Rows forgotten.</returns>
    internal static int Forget(SqliteConnection connection, long day, int limit) => connection.Execute(DeleteBefore, new { day, limit });
}

/// <summary>How often a number was contacted in one way on one day.</summary>
internal sealed record ContactCapRow
{
    public string Kind { get; init; } = "";

    public long Day { get; init; }

    public long Times { get; init; }
}
