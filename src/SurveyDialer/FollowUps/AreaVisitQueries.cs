using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>Reads for the pages of area visits: an area, a topic and how many voices; never who.</summary>
public sealed class AreaVisitQueries(Database database, FieldCipher cipher)
{
    private const string SelectVisits = $"""
        SELECT v.id, v.campaign_id, v.area_id, a.name AS area, t.name AS township, a.parent_id, v.topic, v.state, v.due_at, v.visited_at, v.public_answer,
               coalesce(s.voices, 0) AS voices, g.name AS campaign, g.organiser, g.time_zone
        FROM area_visit v JOIN area a ON a.id = v.area_id LEFT JOIN area t ON t.id = a.parent_id JOIN campaign g ON g.id = v.campaign_id
        LEFT JOIN ({AreaVisitStore.ShownVoices}) s ON s.campaign_id = v.campaign_id AND s.area_id = v.area_id AND s.topic = v.topic
        """;

    private const string OfCampaign = """
        WHERE (@campaign IS NULL OR v.campaign_id = @campaign) AND (s.voices > 0 OR v.state <> 'planned')
        ORDER BY v.state = 'answered', v.state = 'visited', v.due_at, v.id;
        """;

    private const string SelectWords = $"""
        SELECT written_enc FROM ({AreaVisitStore.ShownWords}) WHERE campaign_id = @CampaignId AND area_id = @AreaId AND topic = @Topic ORDER BY id;
        """;

    /// <summary>Visits still to be made first, by due time. A planned visit whose voices all moved to their own village is left out.</summary>
    public IReadOnlyList<AreaVisitItem> List(long? campaign)
        => database.Read(connection => connection.Query<AreaVisitItem>(
            SelectVisits + "\n" + OfCampaign, new { campaign }).AsList());

    /// <summary>One visit; null when there is none.</summary>
    public AreaVisitItem? Find(long id)
        => database.Read(connection => connection.QuerySingleOrDefault<AreaVisitItem>(SelectVisits + " WHERE v.id = @id;", new { id }));

    /// <summary>What residents there said, as written down without names; empty below five voices. In an order that says nothing.</summary>
    public IReadOnlyList<string> Words(AreaVisitItem visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var written = database.Read(connection => connection.Query<byte[]>(SelectWords, new { visit.CampaignId, visit.AreaId, visit.Topic }).AsList());
        return written.ConvertAll(words => cipher.Decrypt(AreaWordsDesk.Purpose, words)!);
    }

    /// <summary>Visits still to be made, over all campaigns.</summary>
    public long CountPlanned() => List(null).Count(visit => visit.State == "planned");
}

/// <summary>Area × topic. Times are UTC milliseconds.</summary>
public sealed record AreaVisitItem
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long AreaId { get; init; }

    public string Area { get; init; } = "";

    /// <summary>Null where <see cref="Area"/> is the township.</summary>
    public string? Township { get; init; }

    /// <summary>0: a township.</summary>
    public long ParentId { get; init; }

    public string Topic { get; init; } = "";

    /// <summary><c>planned</c>, <c>visited</c> or <c>answered</c>.</summary>
    public string State { get; init; } = "";

    public long DueAt { get; init; }

    public long? VisitedAt { get; init; }

    /// <summary>What was told to everybody there.</summary>
    public string? PublicAnswer { get; init; }

    /// <summary>Pages show 1 to 4 as "&lt;5"; a printed sheet shows none.</summary>
    public long Voices { get; init; }

    public string Campaign { get; init; } = "";

    public string Organiser { get; init; } = "";

    public string TimeZone { get; init; } = "";
}
