using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>Where a campaign stands among the rounds of its office.</summary>
public sealed record Round
{
    public required long CampaignId { get; init; }

    public required string Name { get; init; }

    /// <summary>From 1 within its series.</summary>
    public required int Number { get; init; }

    public required RoundPeriod Period { get; init; }

    /// <summary>The campaign of the round before; null: the first of its series.</summary>
    public long? PredecessorId { get; init; }

    /// <summary>As campaigns have it: draft, ready, running, paused, closed.</summary>
    public required string State { get; init; }

    /// <summary>Held with the simulator: no resident was asked.</summary>
    public bool Practice { get; init; }

    /// <summary>Whom its lists are about: <c>residents</c>, or others who are reported apart.</summary>
    public string Population { get; init; } = "";
}

/// <summary>Why a round cannot be given a place in a series. Key and arguments; put into words at the edge.</summary>
public sealed record RoundProblem(string Key, params IReadOnlyList<string> Arguments)
{
    /// <summary>One sentence.</summary>
    public string InWords(CultureInfo culture) => RoundTexts.Say(Key, culture, [.. Arguments]);
}

/// <summary>Number, period and predecessor of rounds; owner of <c>campaign_round</c>. Proposed when a round is made, and corrected by people.</summary>
public sealed class RoundSeries(Database database, TimeProvider clock)
{
    /// <summary>Practice with a simulator and rounds with residents are never one series, nor are rounds of different populations.</summary>
    private const string SelectRounds = """
        SELECT c.id AS campaign_id, c.name, c.state, c.carrier = 'simulator' AS practice, c.population, c.created_at, c.time_zone, r.number, r.period, r.predecessor
        FROM campaign c LEFT JOIN campaign_round r ON r.campaign_id = c.id
        ORDER BY c.id;
        """;

    private const string SaveRound = """
        INSERT INTO campaign_round (campaign_id, number, period, predecessor) VALUES (@CampaignId, @Number, @Period, @PredecessorId)
        ON CONFLICT (campaign_id) DO UPDATE SET number = excluded.number, period = excluded.period, predecessor = excluded.predecessor;
        """;

    /// <summary>All rounds, the oldest first.</summary>
    public IReadOnlyList<Round> All() => database.Read(All);

    /// <summary>One round; null when there is no such campaign.</summary>
    public Round? Find(long campaignId) => database.Read(connection => Find(connection, campaignId));

    /// <inheritdoc cref="All()"/>
    public static IReadOnlyList<Round> All(SqliteConnection connection)
    {
        var rounds = new List<Round>();
        foreach (var row in connection.Query<Row>(SelectRounds)) rounds.Add(row.Period is null ? Proposed(row, rounds) : row.Stored());
        return rounds;
    }

    /// <inheritdoc cref="Find(long)"/>
    public static Round? Find(SqliteConnection connection, long campaignId) => All(connection).FirstOrDefault(round => round.CampaignId == campaignId);

    /// <summary>Gives a round its place in the series.</summary>
    /// <param name="who">Stands in the audit log.</param>
    /// <returns>Null when it was changed; otherwise why not.</returns>
    public Task<RoundProblem?> ChangeAsync(long campaignId, int number, RoundPeriod period, long? predecessor, string who, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            var rounds = All(connection).ToDictionary(round => round.CampaignId);
            if (!rounds.TryGetValue(campaignId, out var round)) return new RoundProblem("round_unknown", $"{campaignId}");
            if (number is < 1 or > 9999) return new RoundProblem("round_number", $"{number}");
            if (predecessor is { } before && !rounds.ContainsKey(before)) return new RoundProblem("round_unknown", $"{before}");
            if (predecessor is { } one && (rounds[one].Practice != round.Practice || rounds[one].Population != round.Population || rounds[one].State is "draft" or "ready"))
                return new RoundProblem("round_other_series", rounds[one].Name);
            if (Leads(rounds, predecessor, campaignId)) return new RoundProblem("round_circle", rounds[predecessor!.Value].Name);
            var changed = round with { Number = number, Period = period, PredecessorId = predecessor };
            Save(connection, changed);
            AuditLog.Add(connection, clock.NowMillis(), who, "round-changed", $"campaign {campaignId}, number {number}, period {period}, predecessor {(predecessor is { } known ? $"{known}" : "none")}");
            return null;
        },
        cancellation);

    /// <summary>Stores what is proposed for a campaign that was just made.</summary>
    internal static void Propose(SqliteConnection connection, long campaignId) => Save(connection, Find(connection, campaignId)!);

    private static void Save(SqliteConnection connection, Round round)
        => connection.Execute(SaveRound, new { round.CampaignId, round.Number, Period = round.Period.ToString(), round.PredecessorId });

    private static bool Leads(Dictionary<long, Round> rounds, long? from, long to)
    {
        for (var (at, steps) = (from, 0); at is { } id && steps <= rounds.Count; steps++)
        {
            if (id == to) return true;
            at = rounds.GetValueOrDefault(id)?.PredecessorId;
        }

        return false;
    }

    /// <summary>The next of the series, in the period in which it was made; periods stay as long as those before.</summary>
    private static Round Proposed(Row row, IReadOnlyList<Round> earlier)
    {
        var last = earlier.LastOrDefault(round => round.State is not ("draft" or "ready") && round.Practice == (row.Practice == 1) && round.Population == row.Population);
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(row.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return row.With((last?.Number ?? 0) + 1, RoundPeriod.Containing(Instants.FromMillis(row.CreatedAt).DayIn(zone), last?.Period.Kind ?? PeriodKind.Quarter), last?.CampaignId);
    }

    private sealed record Row
    {
        public long CampaignId { get; init; }

        public string Name { get; init; } = "";

        public string State { get; init; } = "";

        public long Practice { get; init; }

        public string Population { get; init; } = "";

        public long CreatedAt { get; init; }

        public string TimeZone { get; init; } = "";

        public long? Number { get; init; }

        public string? Period { get; init; }

        public long? Predecessor { get; init; }

        internal Round Stored() => With((int)Number!.Value, RoundPeriod.Read(Period!), Predecessor);

        internal Round With(int number, RoundPeriod period, long? predecessor)
            => new() { CampaignId = CampaignId, Name = Name, State = State, Practice = Practice == 1, Population = Population, Number = number, Period = period, PredecessorId = predecessor };
    }
}
