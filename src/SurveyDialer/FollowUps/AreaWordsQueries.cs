using Dapper;
using SurveyDialer.Campaigns;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>
/// Reads for the page of words to write down: township, topic and round; no interview, number or name, and no time finer than the round. The
/// order is that of random ids. Nothing is decrypted here.
/// </summary>
public sealed class AreaWordsQueries(Database database)
{
    // A recording that is not here yet is nobody's work yet.
    private const string Waiting = "w.state = 'waiting' AND (w.words_enc IS NOT NULL OR r.state = 'fetched')";

    private const string CountItems = $"SELECT count(*) FROM area_words w LEFT JOIN recording r ON r.words_id = w.id WHERE {Waiting};";

    private const string SelectItems = $"""
        SELECT w.id, w.campaign_id, g.name AS campaign, coalesce(t.name, a.name) AS township, w.topic, r.id IS NOT NULL AS recorded, r.seconds,
               g.blanks, g.launched_at, g.time_zone
        FROM area_words w JOIN campaign g ON g.id = w.campaign_id JOIN area a ON a.id = w.area_id LEFT JOIN area t ON t.id = a.parent_id
        LEFT JOIN recording r ON r.words_id = w.id
        WHERE {Waiting}
        """;

    /// <summary>How many wait, over all rounds.</summary>
    public long CountWaiting() => database.Read(connection => connection.ExecuteScalar<long>(CountItems));

    /// <summary>How many were deleted because nobody had written them down in time.</summary>
    public long CountExpired() => database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM area_words WHERE state = 'expired';"));

    /// <summary>What waits, round by round; at most <paramref name="take"/>.</summary>
    public IReadOnlyList<AreaWordsItem> List(int take)
        => database.Read(connection => connection.Query<ItemRow>($"{SelectItems} ORDER BY w.campaign_id, w.id LIMIT @take;", new { take }).Select(Item).ToList());

    /// <summary>One of those that wait; null when it does not wait (any more).</summary>
    public AreaWordsItem? Find(long id)
        => database.Read(connection => connection.QuerySingleOrDefault<ItemRow>($"{SelectItems} AND w.id = @id;", new { id }) is { } row ? Item(row) : null);

    private static AreaWordsItem Item(ItemRow row)
        => row with { SafeUntil = row.LaunchedAt is { } launched ? launched + (long)WordsRetention.Of(row.Blanks).TotalMilliseconds : null };

    private sealed record ItemRow : AreaWordsItem
    {
        public string Blanks { get; init; } = "{}";

        public long? LaunchedAt { get; init; }
    }
}

/// <summary>Words of an area that wait to be written down.</summary>
public record AreaWordsItem
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    /// <summary>Name of the round.</summary>
    public string Campaign { get; init; } = "";

    public string Township { get; init; } = "";

    public string? Topic { get; init; }

    /// <summary>False: typed.</summary>
    public bool Recorded { get; init; }

    /// <summary>Length of a recording.</summary>
    public long? Seconds { get; init; }

    /// <summary>
    /// UTC milliseconds; from here on words of this round are deleted unread, the oldest first. Says nothing about these words: the day on
    /// which they themselves go would say when they were spoken.
    /// </summary>
    public long? SafeUntil { get; init; }

    public string TimeZone { get; init; } = "";
}
