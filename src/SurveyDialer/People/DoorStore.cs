using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.People;

/// <summary>Owner of <c>door</c>. Knows hashes only: neither keys nor sessions are stored.</summary>
internal static class DoorStore
{
    private const string Columns = "id, kind, person, made_at, made_by, seen_at, revoked_at";

    private const string InsertDoor = """
        INSERT INTO door (kind, person, key_hash, made_at, made_by) VALUES (@kind, @person, @keyHash, @at, @who) RETURNING id;
        """;

    private const string SelectAll = $"""
        SELECT {Columns} FROM door ORDER BY revoked_at IS NOT NULL, id DESC LIMIT @most;
        """;

    private const string UpdateEntered = $"""
        UPDATE door SET key_hash = NULL, session_hash = @sessionHash, seen_at = @at WHERE key_hash = @keyHash RETURNING {Columns};
        """;

    private const string UpdateRevoked = $"""
        UPDATE door SET key_hash = NULL, session_hash = NULL, revoked_at = @at WHERE id = @id AND revoked_at IS NULL RETURNING {Columns};
        """;

    internal static long Add(SqliteConnection connection, DoorKind kind, string person, byte[] keyHash, string who, long at)
        => connection.QuerySingle<long>(InsertDoor, new { kind = Column(kind), person, keyHash, who, at });

    /// <summary>Open doors first, the newest first.</summary>
    internal static List<Door> List(SqliteConnection connection, int most) => connection.Query<Door>(SelectAll, new { most }).AsList();

    /// <summary>The open door that a session belongs to; null when there is none.</summary>
    internal static Door? OfSession(SqliteConnection connection, byte[] sessionHash)
        => connection.QuerySingleOrDefault<Door>($"SELECT {Columns} FROM door WHERE session_hash = @sessionHash;", new { sessionHash });

    /// <summary>Takes a key for a session: works once. Null when no door waits for this key.</summary>
    internal static Door? Enter(SqliteConnection connection, byte[] keyHash, byte[] sessionHash, long at)
        => connection.QuerySingleOrDefault<Door>(UpdateEntered, new { keyHash, sessionHash, at });

    /// <summary>Ends link and session. Null when there is no such door, or it was revoked before.</summary>
    internal static Door? Revoke(SqliteConnection connection, long id, long at) => connection.QuerySingleOrDefault<Door>(UpdateRevoked, new { id, at });

    /// <summary>Ends all links and sessions.</summary>
    /// <returns>How many doors were open.</returns>
    internal static int RevokeAll(SqliteConnection connection, long at)
        => connection.Execute("UPDATE door SET key_hash = NULL, session_hash = NULL, revoked_at = @at WHERE revoked_at IS NULL;", new { at });

    internal static void Seen(SqliteConnection connection, long id, long at)
        => connection.Execute("UPDATE door SET seen_at = @at WHERE id = @id AND revoked_at IS NULL;", new { id, at });

    /// <summary>The word of a kind in the column, in audit lines and on the command line.</summary>
    internal static string Column(DoorKind kind) => kind switch
    {
        DoorKind.Staff => "staff",
        DoorKind.Caller => "caller",
        DoorKind.Supervisor => "supervisor",
    };
}
