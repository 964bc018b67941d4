using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Statistics.Weighting;
using SurveyDialer.Storage;

namespace SurveyDialer.Dispositions;

/// <summary>Reads the outcome rates of a round from its kept totals: as many rows for a million respondents as for a thousand.</summary>
public sealed class OutcomeQueries(Database database)
{
    private const string SelectRound = "SELECT time_zone, counted_at FROM campaign WHERE id = @id;";

    private const string SelectCalls = "SELECT quarter, code, calls FROM call_total WHERE campaign_id = @id;";

    private const string SelectTotals = """
        SELECT measure, area_id, code, total FROM campaign_total WHERE campaign_id = @id AND measure IN ('outcomes', 'call-hours', 'call-weekdays');
        """;

    private const string SelectStrata = "SELECT number, population, released FROM sample_stratum WHERE campaign_id = @id AND released > 0;";

    private const string SelectTownships = "SELECT id, name FROM area WHERE parent_id = 0;";

    private const string SelectCounted = "SELECT DISTINCT area_id FROM campaign_total WHERE campaign_id = @id AND measure = 'outcomes';";

    /// <summary>The outcome rates of one round; null when there is no such round.</summary>
    public OutcomeResults? Find(long campaignId) => database.Read(connection => Find(connection, campaignId));

    /// <inheritdoc cref="Find(long)"/>
    internal static OutcomeResults? Find(SqliteConnection connection, long id)
    {
        if (connection.QuerySingleOrDefault<RoundRow>(SelectRound, new { id }) is not { } round) return null;
        var tally = new OutcomeCounting(id, EligibilityDesk.Given(connection, id));
        foreach (var (township, name) in connection.Query<(long, string)>(SelectTownships)) tally.Townships[township] = name;
        foreach (var (stratum, population, released) in connection.Query<(long, double, double)>(SelectStrata, new { id })) tally.Weights[stratum] = BaseWeight.Stratum(population, released);
        if (round.CountedAt is null) ReadRows(connection, id, TimeZoneInfo.FindSystemTimeZoneById(round.TimeZone), tally);
        else ReadTotals(connection, id, tally);
        return tally.Results();
    }

    /// <summary>Townships of which somebody is, or was, in the sample.</summary>
    internal static HashSet<long> Townships(SqliteConnection connection, CampaignRow campaign)
        => campaign.CountedAt is null ? [.. Members(connection, campaign.Id).Select(total => total.AreaId)] : [.. connection.Query<long>(SelectCounted, new { campaign.Id })];

    /// <summary>Rounds of earlier versions are counted until their totals have been looked through.</summary>
    private static IEnumerable<MemberTotal> Members(SqliteConnection connection, long id)
        => (SettingStore.Find(connection, SettingStore.TotalsDue) is null ? MemberTotalStore.Of(connection, id) : MemberTotalStore.Recount(connection, id)).Where(total => total.Persons > 0);

    private static void ReadRows(SqliteConnection connection, long id, TimeZoneInfo zone, OutcomeCounting tally)
    {
        foreach (var total in Members(connection, id)) tally.Member(total.AreaId, total.Stratum, total.NumberKind, total.Language, total.Code, total.Final == 0, total.Persons);
        foreach (var (quarter, code, calls) in connection.Query<(long, string, long)>(SelectCalls, new { id }))
        {
            var time = CallTime.Of(quarter, zone);
            tally.Call(OutcomeBreakdown.Hour, time.Hour, code, calls);
            tally.Call(OutcomeBreakdown.Weekday, (int)time.Weekday, code, calls);
        }
    }

    private static void ReadTotals(SqliteConnection connection, long id, OutcomeCounting tally)
    {
        foreach (var total in connection.Query<CampaignTotal>(SelectTotals, new { id }))
        {
            if (total.Measure == CampaignTotalStore.Outcomes)
            {
                var parts = total.Code.Split('|');
                tally.Member(total.AreaId, long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2], parts[3], open: false, total.Total);
                continue;
            }

            var (time, code) = (total.Code.Split(' ')[0], total.Code.Split(' ')[1]);
            var by = total.Measure == CampaignTotalStore.CallHours ? OutcomeBreakdown.Hour : OutcomeBreakdown.Weekday;
            tally.Call(by, int.Parse(time, CultureInfo.InvariantCulture), code, total.Total);
        }
    }

    private sealed record RoundRow
    {
        public string TimeZone { get; init; } = "";

        public long? CountedAt { get; init; }
    }
}
