using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Campaigns;

/// <summary>Owner of <c>campaign_total</c>: what reports need of a round whose rows are gone. Counts only.</summary>
internal static class CampaignTotalStore
{
    /// <summary>Sample members by area and final code.</summary>
    internal const string Members = "members";

    /// <summary>Attempts that ended, not by our fault, by area.</summary>
    internal const string Attempts = "attempts";

    /// <summary>Sample members by township and <c>stratum|number kind|language|code</c>, for the outcome rates.</summary>
    internal const string Outcomes = "outcomes";

    /// <summary>Calls by local hour and code, <c>9 3.13</c>.</summary>
    internal const string CallHours = "call-hours";

    /// <summary>Calls by weekday (0 Sunday) and code, <c>1 3.13</c>.</summary>
    internal const string CallWeekdays = "call-weekdays";

    /// <summary>The way from a dissatisfied answer: <c>flagged</c>, <c>asked</c>, <c>phone</c>, <c>visit</c>, <c>voice</c>.</summary>
    internal const string Chain = "chain";

    /// <summary>What was deleted, for the certificate.</summary>
    internal const string Deleted = "deleted";

    /// <summary>What others still hold or what waits, for the certificate.</summary>
    internal const string Left = "left";

    private const string SelectCounts = $"""
        SELECT 'members' AS measure, area_id, coalesce(final_code, code, '3.11') AS code, count(*) AS total
        FROM sample_member WHERE campaign_id = @campaignId GROUP BY 2, 3
        UNION ALL
        SELECT 'outcomes', {AreaSql.Township}, m.stratum || '|' || m.number_kind || '|' || m.language || '|' || coalesce(m.final_code, m.code, '3.11'), count(*)
        FROM sample_member m JOIN area a ON a.id = m.area_id WHERE m.campaign_id = @campaignId GROUP BY 2, 3
        UNION ALL
        SELECT 'attempts', m.area_id, '', count(*)
        FROM sample_member m CROSS JOIN attempt a ON a.respondent_id = m.respondent_id AND a.campaign_id = m.campaign_id
        WHERE m.campaign_id = @campaignId AND a.state = 'ended' AND a.our_fault = 0 GROUP BY 2
        UNION ALL
        SELECT 'chain', 0, 'flagged', count(*) FROM interview WHERE campaign_id = @campaignId AND flagged = 1
        UNION ALL
        SELECT 'chain', 0, 'asked', count(*) FROM interview WHERE campaign_id = @campaignId AND flagged = 1 AND asked = 1
        UNION ALL
        SELECT 'chain', 0, consent, count(*) FROM interview WHERE campaign_id = @campaignId AND flagged = 1 AND consent IN ('phone', 'visit') GROUP BY 3
        UNION ALL
        SELECT 'chain', 0, 'voice', count(*) FROM interview WHERE campaign_id = @campaignId AND flagged = 1 AND next_step = 'voice'
        UNION ALL
        SELECT 'left', 0, 'carrier_calls', count(*) FROM sample_member m CROSS JOIN attempt a ON a.respondent_id = m.respondent_id AND a.campaign_id = m.campaign_id
        WHERE m.campaign_id = @campaignId AND a.channel = 'voice' AND a.carrier_id IS NOT NULL
        UNION ALL
        SELECT 'left', 0, 'carrier_texts', count(*) FROM sample_member m CROSS JOIN attempt a ON a.respondent_id = m.respondent_id AND a.campaign_id = m.campaign_id
        CROSS JOIN message g ON g.attempt_id = a.id WHERE m.campaign_id = @campaignId AND g.carrier_id IS NOT NULL;
        """;

    private const string SelectCalls = "SELECT quarter, code, calls FROM call_total WHERE campaign_id = @campaignId;";

    private const string Insert = """
        INSERT INTO campaign_total (campaign_id, measure, area_id, code, total) VALUES (@campaignId, @measure, @areaId, @code, @total)
        ON CONFLICT (campaign_id, measure, area_id, code) DO UPDATE SET total = total + excluded.total;
        """;

    /// <summary>Counts a closed round; takes as long as its rows need to be read.</summary>
    internal static List<CampaignTotal> Count(SqliteConnection connection, long campaignId)
    {
        var totals = connection.Query<CampaignTotal>(SelectCounts, new { campaignId }).AsList();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(connection.QuerySingle<string>("SELECT time_zone FROM campaign WHERE id = @campaignId;", new { campaignId }));
        var calls = connection.Query<(long Quarter, string Code, long Calls)>(SelectCalls, new { campaignId }).Select(row => (Time: CallTime.Of(row.Quarter, zone), row.Code, row.Calls)).ToList();
        totals.AddRange(calls.GroupBy(row => $"{row.Time.Hour} {row.Code}", row => row.Calls).Select(hour => new CampaignTotal { Measure = CallHours, Code = hour.Key, Total = hour.Sum() }));
        totals.AddRange(calls.GroupBy(row => $"{(int)row.Time.Weekday} {row.Code}", row => row.Calls).Select(day => new CampaignTotal { Measure = CallWeekdays, Code = day.Key, Total = day.Sum() }));
        return totals;
    }

    /// <summary>Writes the totals once. False when they stand already, or the round is not closed.</summary>
    internal static bool Write(SqliteConnection connection, long campaignId, IEnumerable<CampaignTotal> totals, long at)
    {
        if (connection.Execute("UPDATE campaign SET counted_at = @at WHERE id = @campaignId AND state = 'closed' AND counted_at IS NULL;", new { campaignId, at }) != 1) return false;
        foreach (var total in totals) Add(connection, campaignId, total);
        return true;
    }

    /// <summary>Adds to a total.</summary>
    internal static void Add(SqliteConnection connection, long campaignId, CampaignTotal total)
    {
        if (total.Total > 0) connection.Execute(Insert, new { campaignId, measure = total.Measure, areaId = total.AreaId, code = total.Code, total = total.Total });
    }

    internal static void AddDeleted(SqliteConnection connection, long campaignId, string what, long number)
        => Add(connection, campaignId, new CampaignTotal { Measure = Deleted, Code = what, Total = number });

    /// <summary>The totals of one kind by code, over all areas.</summary>
    internal static Dictionary<string, long> Of(SqliteConnection connection, long campaignId, string measure)
        => connection.Query<(string Code, long Total)>(
            "SELECT code, sum(total) FROM campaign_total WHERE campaign_id = @campaignId AND measure = @measure GROUP BY code;", new { campaignId, measure })
            .ToDictionary(row => row.Code, row => row.Total, StringComparer.Ordinal);
}

internal sealed record CampaignTotal
{
    public string Measure { get; init; } = "";

    public long AreaId { get; init; }

    public string Code { get; init; } = "";

    public long Total { get; init; }
}
