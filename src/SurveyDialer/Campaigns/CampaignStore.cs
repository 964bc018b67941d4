using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>Owner of the tables <c>campaign</c> and <c>campaign_history</c>.</summary>
internal static class CampaignStore
{
    private const string InsertCampaign = """
        INSERT INTO campaign (name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind,
                              organiser_unit, approval, county_key, live_callers, frame_source, time_zone, seed, target, max_lines, max_starts, last_day, link_key_id, created_at, population, sample_plan)
        VALUES (@Name, 'draft', @Carrier, @TemplateId, @TemplateHash, @TemplateJson, @EngineVersion, @Blanks, @Organiser, @OrganiserKind,
                @OrganiserUnit, @Approval, @CountyKey, @LiveCallers, @FrameSource, @TimeZone, @Seed, @Target, @MaxLines, @MaxStarts, @LastDay, @LinkKeyId, @CreatedAt, @Population, @SamplePlan)
        RETURNING id;
        """;

    private const string SelectCampaign = """
        SELECT id, name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind,
               organiser_unit, approval, county_key, live_callers, frame_source, time_zone, seed, target, max_lines, max_starts, last_day, link_key_id, created_at, launched_at, closed_at,
               counted_at, unlinked_at, sealed_taken_at, population, sample_plan
        FROM campaign
        """;

    private const string MoveCampaign = """
        UPDATE campaign
        SET state = @to,
            launched_at = CASE WHEN @to = 'running' AND launched_at IS NULL THEN @at ELSE launched_at END,
            closed_at = CASE WHEN @to = 'closed' THEN @at ELSE closed_at END
        WHERE id = @id AND state = @from;
        """;

    private const string InsertHistory = """
        INSERT INTO campaign_history (campaign_id, at, from_state, to_state, reason, who) VALUES (@id, @at, @from, @to, @reason, @who);
        """;

    internal static long Insert(SqliteConnection connection, CampaignRow campaign) => connection.QuerySingle<long>(InsertCampaign, campaign);

    internal static CampaignRow? Find(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<CampaignRow>(SelectCampaign + " WHERE id = @id;", new { id });

    /// <summary>State alone, without the template: asked for every attempt.</summary>
    internal static CampaignState StateOf(SqliteConnection connection, long id)
        => CampaignLifecycle.FromColumn(connection.QuerySingle<string>("SELECT state FROM campaign WHERE id = @id;", new { id }));

    /// <summary>Ids of the running campaigns of one carrier, in order.</summary>
    internal static List<long> Running(SqliteConnection connection, string carrier)
        => connection.Query<long>("SELECT id FROM campaign WHERE state = 'running' AND carrier = @carrier ORDER BY id;", new { carrier }).AsList();

    /// <summary>The campaigns in a state whose live attempts are handed to callers, the one that ends first before the others. A simulator's list is for nobody to ring.</summary>
    internal static List<long> AtDesk(SqliteConnection connection, CampaignState state)
        => connection.Query<long>(
            "SELECT id FROM campaign WHERE state = @state AND (carrier = 'desk-phone' OR (carrier = 'twilio' AND live_callers = 1)) ORDER BY last_day, id;",
            new { state = CampaignLifecycle.ToColumn(state) }).AsList();

    /// <summary>What the rounds are called.</summary>
    internal static List<string> Names(SqliteConnection connection) => connection.Query<string>("SELECT name FROM campaign;").AsList();

    internal static List<CampaignRow> All(SqliteConnection connection) => connection.Query<CampaignRow>(SelectCampaign + " ORDER BY id;").AsList();

    /// <summary>What is null stays as it is.</summary>
    internal static void Change(SqliteConnection connection, long id, CampaignChange change)
        => connection.Execute(
            """
            UPDATE campaign
            SET last_day = coalesce(@lastDay, last_day), target = coalesce(@target, target), max_lines = coalesce(@lines, max_lines)
            WHERE id = @id;
            """,
            new { id, lastDay = change.LastDay is { } day ? Instants.Day(day) : (long?)null, target = change.Target, lines = change.MaxLines });

    /// <summary>The last day of a campaign for which none was chosen.</summary>
    internal static void SetLastDay(SqliteConnection connection, long id, long day)
        => connection.Execute("UPDATE campaign SET last_day = @day WHERE id = @id AND last_day IS NULL;", new { id, day });

    /// <summary>What is sealed to the county was taken out.</summary>
    internal static void SealedTaken(SqliteConnection connection, long id, long at)
        => connection.Execute("UPDATE campaign SET sealed_taken_at = @at WHERE id = @id;", new { id, at });

    /// <summary>Closed campaigns whose data have not come to their end yet, without their templates.</summary>
    internal static List<(long Id, long ClosedAt, string Blanks)> ToEnd(SqliteConnection connection)
        => connection.Query<(long, long, string)>(
            "SELECT id, closed_at, blanks FROM campaign WHERE state = 'closed' AND unlinked_at IS NULL ORDER BY id;").AsList();

    /// <summary>Campaigns whose data have come to their end, for the cases that outlive them.</summary>
    internal static List<(long Id, string Blanks)> Ended(SqliteConnection connection)
        => connection.Query<(long, string)>("SELECT id, blanks FROM campaign WHERE unlinked_at IS NOT NULL ORDER BY id;").AsList();

    /// <summary>Nothing joins its answers to a person any more. False when that was noted before.</summary>
    internal static bool Unlinked(SqliteConnection connection, long id, long at)
        => connection.Execute("UPDATE campaign SET unlinked_at = @at WHERE id = @id AND unlinked_at IS NULL;", new { id, at }) == 1;

    /// <summary>Ids and targets of the campaigns in a state, without their templates; in order.</summary>
    internal static List<(long Id, long? Target)> InState(SqliteConnection connection, CampaignState state)
        => connection.Query<(long, long?)>(
            "SELECT id, target FROM campaign WHERE state = @state ORDER BY id;", new { state = CampaignLifecycle.ToColumn(state) }).AsList();

    /// <summary>Moves a campaign and leaves a history row. Null when the campaign does not exist or the event is not possible now.</summary>
    internal static CampaignState? Move(SqliteConnection connection, long id, CampaignEvent happened, string reason, string who, DateTimeOffset now)
    {
        if (connection.QuerySingleOrDefault<string>("SELECT state FROM campaign WHERE id = @id;", new { id }) is not { } column) return null;
        var from = CampaignLifecycle.FromColumn(column);
        if (CampaignLifecycle.After(from, happened) is not { } to) return null;
        var change = new { id, from = column, to = CampaignLifecycle.ToColumn(to), at = now.ToUnixTimeMilliseconds(), reason, who };
        if (connection.Execute(MoveCampaign, change) != 1) throw new InvalidOperationException($"Campaign {id} changed while it was moved.");
        connection.Execute(InsertHistory, change);
        return to;
    }
}

/// <summary>One campaign as stored; times are UTC milliseconds.</summary>
internal sealed record CampaignRow
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary><c>twilio</c>, <c>simulator</c> or <c>desk-phone</c>.</summary>
    public string Carrier { get; init; } = "";

    public string TemplateId { get; init; } = "";

    public byte[] TemplateHash { get; init; } = [];

    /// <summary>The template as it was at launch, in canonical JSON; the file is never read again.</summary>
    public string TemplateJson { get; init; } = "";

    public long EngineVersion { get; init; }

    /// <summary>JSON object: name of a blank to its value.</summary>
    public string Blanks { get; init; } = "{}";

    public string Organiser { get; init; } = "";

    public string OrganiserKind { get; init; } = "township";

    /// <summary>The organiser's own unit, as topics name units: <c>township</c>, <c>police</c>, <c>court</c> ...</summary>
    public string OrganiserUnit { get; init; } = "";

    /// <summary>Approval number of the survey, or the signed reason why none applies.</summary>
    public string Approval { get; init; } = "";

    /// <summary>PEM of the county's public key; null where none was needed.</summary>
    public string? CountyKey { get; init; }

    /// <summary>1 when people at desk telephones work for this campaign, so that attempts may wait for them.</summary>
    public long LiveCallers { get; init; }

    public string FrameSource { get; init; } = "";

    public string TimeZone { get; init; } = "Asia/Shanghai";

    public long Seed { get; init; }

    /// <summary>Completed interviews at which the campaign ends; null: until everybody has been tried.</summary>
    public long? Target { get; init; }

    /// <summary>Whom it is about, as its lists say.</summary>
    public string Population { get; init; } = "residents";

    /// <summary>How its sample is drawn, canonical JSON; null: everybody of the lists.</summary>
    public string? SamplePlan { get; init; }

    public long? MaxLines { get; init; }

    public double? MaxStarts { get; init; }

    /// <summary>Days since 1970, where the respondents live; null: not yet launched and nothing chosen.</summary>
    public long? LastDay { get; init; }

    public string LinkKeyId { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? LaunchedAt { get; init; }

    public long? ClosedAt { get; init; }

    /// <summary>Its totals are written and its rows go.</summary>
    public long? CountedAt { get; init; }

    /// <summary>Nothing joins its answers to a person any more.</summary>
    public long? UnlinkedAt { get; init; }

    /// <summary>What is sealed to the county was last taken out.</summary>
    public long? SealedTakenAt { get; init; }
}
