using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>What supervisors see of danger that callers reported, and that they have seen to it.</summary>
public sealed class DangerDesk(Database database, TimeProvider clock)
{
    private const int MostSeen = 10;

    /// <summary>Notices that nobody has seen to yet, the oldest first.</summary>
    public IReadOnlyList<DangerNotice> Unseen() => database.Read(DangerStore.Unseen);

    /// <summary>The latest that somebody has seen to.</summary>
    public IReadOnlyList<DangerNotice> Seen() => database.Read(connection => DangerStore.Seen(connection, MostSeen));

    /// <summary>Notes who saw to it.</summary>
    /// <returns>False when there is no such notice, or somebody else was quicker.</returns>
    public Task<bool> MarkSeenAsync(long id, string who, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            if (!DangerStore.MarkSeen(connection, id, who, clock.NowMillis())) return false;
            AuditLog.Add(connection, clock.NowMillis(), who, "danger-seen", $"notice {id}");
            return true;
        },
        cancellation);
}

/// <summary>That a caller reported danger. Times are UTC milliseconds.</summary>
public sealed record DangerNotice
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    /// <summary>Name of the round.</summary>
    public string Campaign { get; init; } = "";

    /// <summary>IANA zone in which the time is shown.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Whom to ask.</summary>
    public string Caller { get; init; } = "";

    public long At { get; init; }

    public long? SeenAt { get; init; }

    public string? SeenBy { get; init; }
}
