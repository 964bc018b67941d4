using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Statistics.Weighting;
using SurveyDialer.Storage;

namespace SurveyDialer.Dispositions;

/// <summary>Reads the outcome rates of a round: one walk through an index of its sample, and the few rows of its calls.</summary>
public sealed class OutcomeQueries(Database database)
{
    private const string SelectRound = """
        SELECT c.time_zone, c.counted_at, g.e, g.source, g.who, g.at
        FROM campaign c LEFT JOIN given_eligibility g ON g.campaign_id = c.id WHERE c.id = @id;
        """;

    // The index holds all that is counted, in the order in which it is grouped. 3.11: nobody was called yet.
    internal const string SelectMembers = """
        SELECT CASE WHEN a.parent_id = 0 THEN a.id ELSE a.parent_id END AS township, m.stratum, m.number_kind, m.language, coalesce(m.final_code, m.code, '3.11') AS code,
               m.final_code IS NULL AS open, m.persons
        FROM (SELECT area_id, stratum, number_kind, language, final_code, code, count(*) AS persons
              FROM sample_member INDEXED BY sample_member_outcome WHERE campaign_id = @id GROUP BY area_id, stratum, number_kind, language, final_code, code) m
        CROSS JOIN area a ON a.id = m.area_id;
        """;

    private const string SelectCalls = "SELECT quarter, code, calls FROM call_total WHERE campaign_id = @id;";

    private const string SelectTotals = """
        SELECT measure, area_id, code, total FROM campaign_total WHERE campaign_id = @id AND measure IN ('outcomes', 'call-hours', 'call-weekdays');
        """;

    private const string SelectStrata = "SELECT number, population, released FROM sample_stratum WHERE campaign_id = @id AND released > 0;";

    private const string SelectTownships = "SELECT id, name FROM area WHERE parent_id = 0;";

    /// <summary>The outcome rates of one round; null when there is no such round.</summary>
    public OutcomeResults? Find(long campaignId) => database.Read(connection => Find(connection, campaignId));

    /// <inheritdoc cref="Find(long)"/>
    internal static OutcomeResults? Find(SqliteConnection connection, long id)
    {
        if (connection.QuerySingleOrDefault<RoundRow>(SelectRound, new { id }) is not { } round) return null;
        var tally = new OutcomeCounting(id, round.E is { } e ? new GivenEligibility(e, round.Source!, round.Who!, round.At!.Value) : null);
        foreach (var (township, name) in connection.Query<(long, string)>(SelectTownships)) tally.Townships[township] = name;
        foreach (var (stratum, population, released) in connection.Query<(long, double, double)>(SelectStrata, new { id })) tally.Weights[stratum] = BaseWeight.Stratum(population, released);
        if (round.CountedAt is null) ReadRows(connection, id, TimeZoneInfo.FindSystemTimeZoneById(round.TimeZone), tally);
        else ReadTotals(connection, id, tally);
        return tally.Results();
    }

    private static void ReadRows(SqliteConnection connection, long id, TimeZoneInfo zone, OutcomeCounting tally)
    {
        foreach (var member in connection.Query<MemberRow>(SelectMembers, new { id }, buffered: false))
            tally.Member(member.Township, member.Stratum, member.NumberKind, member.Language, member.Code, member.Open == 1, member.Persons);
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

        public double? E { get; init; }

        public string? Source { get; init; }

        public string? Who { get; init; }

        public long? At { get; init; }
    }

    private sealed record MemberRow
    {
        public long Township { get; init; }

        public long Stratum { get; init; }

        public string NumberKind { get; init; } = "";

        public string Language { get; init; } = "";

        public string Code { get; init; } = "";

        public long Open { get; init; }

        public long Persons { get; init; }
    }
}
