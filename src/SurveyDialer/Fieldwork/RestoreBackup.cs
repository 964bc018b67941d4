using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Brings a backup back into an empty data folder, on this or another machine. Nobody here knows whom the old machine rang after the copy was
/// made, nor who asked it never to be called again, nor which doors were closed: so every running round is paused and a person decides, and every
/// door is closed.
/// </summary>
public static class RestoreBackup
{
    private const string SelectRounds = "SELECT id, name, state, link_key_id, unlinked_at FROM campaign ORDER BY id;";

    /// <param name="path">Of the database to be made; must not exist.</param>
    /// <param name="who">Stands in the audit log.</param>
    /// <exception cref="StorageException">Damaged, of a newer version, under other keys, no room: nothing was changed.</exception>
    /// <param name="sound">Called once the backup has proved sound, before the database is put into its place.</param>
    public static Task<RestoredOffice> RunAsync(
        string file, string path, KeyRing keys, string who, Action sound, TimeProvider clock, CancellationToken cancellation) => Restoration.IntoAsync(
            file, path, keys, clock,
            async database =>
            {
                var restored = await database.WriteAsync(connection => Settle(connection, keys, who, clock.GetUtcNow()), cancellation);
                sound();
                return restored;
            });

    private static RestoredOffice Settle(SqliteConnection connection, KeyRing keys, string who, DateTimeOffset now)
    {
        DateTimeOffset? copied = SettingStore.Find(connection, SettingStore.CopiedAt) is { } at ? Instants.FromMillis(long.Parse(at)) : null;
        var rounds = connection.Query<Round>(SelectRounds).AsList();
        var paused = rounds.FindAll(round => round.State == CampaignLifecycle.ToColumn(CampaignState.Running));
        foreach (var round in paused) CampaignStore.Move(connection, round.Id, CampaignEvent.PausedByFault, new PauseCause(PauseCause.Restored, 0).Reason, who, now);
        var doors = DoorStore.RevokeAll(connection, now.ToUnixTimeMilliseconds());
        AuditLog.Add(connection, now.ToUnixTimeMilliseconds(), who, "restored", $"from a backup of {copied:u}; paused: {paused.Count}; doors closed: {doors}");
        return new RestoredOffice(
            copied, rounds.Count, connection.ExecuteScalar<long>("SELECT count(*) FROM respondent;"),
            paused.ConvertAll(round => round.Name), doors,
            rounds.FindAll(round => round.UnlinkedAt is null && keys.LinkKey(round.LinkKeyId) is null).ConvertAll(round => round.Name));
    }

    private sealed record Round
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string State { get; init; } = "";

        public string LinkKeyId { get; init; } = "";

        public long? UnlinkedAt { get; init; }
    }
}

/// <summary>What a backup held.</summary>
/// <param name="CopiedAt">When it was made; null for a copy that was not made as a backup.</param>
/// <param name="Paused">Names of the rounds that were running then.</param>
/// <param name="DoorsClosed">Doors that were open then: some may have been closed since.</param>
/// <param name="WithoutKey">Names of the rounds whose own key the key file lacks: their answers stay, but nothing joins them to a person.</param>
public sealed record RestoredOffice(
    DateTimeOffset? CopiedAt, int Rounds, long Respondents, IReadOnlyList<string> Paused, int DoorsClosed, IReadOnlyList<string> WithoutKey);
