using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>Single rows of <c>phone</c>, once a list has been imported.</summary>
internal static class PhoneStore
{
    /// <summary>The number, encrypted for <see cref="SampleFields.NumberPurpose"/>.</summary>
    internal static byte[] NumberOf(SqliteConnection connection, long id)
        => connection.QuerySingle<byte[]>("SELECT number_enc FROM phone WHERE id = @id;", new { id });

    /// <summary>The keyed hash under which caps and do-not-call know the number.</summary>
    internal static byte[] IndexOf(SqliteConnection connection, long id)
        => connection.QuerySingle<byte[]>("SELECT number_index FROM phone WHERE id = @id;", new { id });

    /// <summary>The carrier says that it does not exist; it is not dialled again.</summary>
    internal static void MarkBad(SqliteConnection connection, long id)
        => connection.Execute("UPDATE phone SET bad = 1 WHERE id = @id;", new { id });
}
