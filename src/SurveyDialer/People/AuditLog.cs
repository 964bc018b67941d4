using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.People;

/// <summary>Owner of <c>audit_log</c>: who saw or took out what names a person. Append-only; holds no number and no name of a resident.</summary>
internal static class AuditLog
{
    private const string InsertEntry = """
        INSERT INTO audit_log (at, who, action, detail) VALUES (@at, @who, @action, @detail);
        """;

    /// <param name="at">UTC milliseconds.</param>
    /// <param name="action">One word, for example <c>number-shown</c>.</param>
    /// <param name="detail">Which record, and the reason given.</param>
    internal static void Add(SqliteConnection connection, long at, string who, string action, string detail)
        => connection.Execute(InsertEntry, new { at, who, action, detail });
}
