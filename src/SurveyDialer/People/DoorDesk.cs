using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SurveyDialer.Storage;

namespace SurveyDialer.People;

/// <summary>Makes, opens and revokes doors. Keys and sessions are 256 random bits, told once and kept as hashes; every change stands in the audit log.</summary>
public sealed class DoorDesk(Database database, TimeProvider clock)
{
    /// <summary>Doors that a list shows, open ones first.</summary>
    public const int MostListed = 200;

    private const int SecretBytes = 32;

    // Written once a minute only, so that looking at pages does not keep the writer busy.
    private const long SeenEvery = 60_000;

    /// <summary>Makes a door for a named person.</summary>
    /// <returns>The key of its link, which cannot be shown again; or why there is none.</returns>
    public async Task<(NewDoor? Made, DoorProblem? Problem)> MakeAsync(DoorKind kind, string? person, string who, CancellationToken cancellation)
    {
        if (PersonName.Clean(person) is not { } name) return (null, DoorProblem.NameMissing);
        var key = Secret();
        var id = await database.WriteAsync(
            connection =>
            {
                var made = DoorStore.Add(connection, kind, name, Hash(key)!, who, clock.NowMillis());
                AuditLog.Add(connection, clock.NowMillis(), who, "door-made", $"door {made}: {DoorStore.Column(kind)}, {name}");
                return made;
            },
            cancellation);
        return (new NewDoor(id, kind, name, key), null);
    }

    /// <summary>Ends a door at once; whoever holds its session is a stranger from the next request on.</summary>
    /// <returns>False when there is no open door of this number.</returns>
    public Task<bool> RevokeAsync(long id, string who, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            if (DoorStore.Revoke(connection, id, clock.NowMillis()) is not { } door) return false;
            AuditLog.Add(connection, clock.NowMillis(), who, "door-revoked", $"door {id}: {DoorStore.Column(door.Kind)}, {door.Person}");
            return true;
        },
        cancellation);

    /// <summary>The first visit: exchanges the key of a link for a session.</summary>
    /// <returns>The session, which is told once; null when no door waits for this key, also when it was used before.</returns>
    public async Task<string?> EnterAsync(string? key, CancellationToken cancellation)
    {
        if (Hash(key) is not { } keyHash) return null;
        var session = Secret();
        var entered = await database.WriteAsync(
            connection =>
            {
                if (DoorStore.Enter(connection, keyHash, Hash(session)!, clock.NowMillis()) is not { } door) return false;
                AuditLog.Add(connection, clock.NowMillis(), door.Person, "door-entered", $"door {door.Id}: {DoorStore.Column(door.Kind)}");
                return true;
            },
            cancellation);
        return entered ? session : null;
    }

    /// <summary>The open door of a session, noting that it was used; null for a session that is none (any more).</summary>
    public async Task<Door?> FindAsync(string? session, CancellationToken cancellation)
    {
        if (Hash(session) is not { } hash || database.Read(connection => DoorStore.OfSession(connection, hash)) is not { } door) return null;
        var now = clock.NowMillis();
        if (now - door.SeenAt >= SeenEvery) await database.WriteAsync(connection => DoorStore.Seen(connection, door.Id, now), cancellation);
        return door;
    }

    /// <summary>Open doors, then revoked ones, the newest first; at most <see cref="MostListed"/>.</summary>
    public IReadOnlyList<Door> List() => database.Read(connection => DoorStore.List(connection, MostListed));

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Null for what cannot be a key or session.</summary>
    private static byte[]? Hash(string? secret)
        => secret is { Length: > 0 and <= 100 } ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;
}

/// <summary>A door that was just made.</summary>
/// <param name="Key">Part of its link; told this once.</param>
public sealed record NewDoor(long Id, DoorKind Kind, string Person, string Key);
