using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using SurveyDialer.FollowUps;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>The totals of one campaign, as <c>demo --json</c> prints them. What was rung comes from the simulator's own log.</summary>
internal sealed record RunTotals
{
    private const string SelectCodes = """
        SELECT coalesce(final_code, '') AS code, count(*) AS n FROM sample_member WHERE campaign_id = @campaignId GROUP BY 1;
        """;

    private const string SelectInterviews = """
        SELECT (SELECT count(*) FROM answer a JOIN interview i ON i.id = a.interview_id WHERE i.campaign_id = @campaignId) AS answers,
               count(CASE WHEN flagged = 1 THEN 1 END) AS flags,
               count(CASE WHEN flagged = 1 AND asked = 1 THEN 1 END) AS flags_asked,
               count(CASE WHEN flagged = 1 AND consent = 'phone' THEN 1 END) AS flags_phone,
               count(CASE WHEN flagged = 1 AND consent = 'visit' THEN 1 END) AS flags_visit,
               count(CASE WHEN flagged = 1 AND next_step IS NULL THEN 1 END) AS flags_without_next_step,
               (SELECT count(*) FROM attempt WHERE campaign_id = @campaignId AND placing_at IS NOT NULL) AS attempts,
               (SELECT count(*) FROM follow_up_case WHERE campaign_id = @campaignId)
                   + (SELECT count(*) FROM sealed_item WHERE campaign_id = @campaignId AND kind = 'case') AS cases,
               (SELECT count(*) FROM do_not_call) AS do_not_call
        FROM interview WHERE campaign_id = @campaignId;
        """;

    public long RespondentsImported { get; init; }

    public long RowsRejected { get; init; }

    public long Attempts { get; init; }

    public long CallsPlaced { get; init; }

    public long TextsSent { get; init; }

    public long Completes { get; init; }

    public long Partials { get; init; }

    public long BreakOffs { get; init; }

    public long Refusals { get; init; }

    public long NonContacts { get; init; }

    public long Answers { get; init; }

    public long Flags { get; init; }

    public long FlagsAsked { get; init; }

    public long FlagsPhone { get; init; }

    public long FlagsVisit { get; init; }

    public long Cases { get; init; }

    public long AreaVisits { get; init; }

    public long FlagsWithoutNextStep { get; init; }

    public long DoNotCall { get; init; }

    public long AttemptsRungTwice { get; init; }

    /// <summary>Wall clock.</summary>
    public double Seconds { get; init; }

    /// <summary>Respondents by final AAPOR code.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, long> Codes { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The way from a dissatisfied answer to a visit.</summary>
    [JsonIgnore]
    public Chain Chain => new()
    {
        Flagged = Flags, Asked = FlagsAsked, AgreedPhone = FlagsPhone, AgreedVisit = FlagsVisit,
        Voices = Flags - FlagsPhone - FlagsVisit - FlagsWithoutNextStep, Cases = Cases, AreaVisits = AreaVisits,
    };

    internal static RunTotals Of(Database database, long campaignId, WitnessSummary witness, long imported, long rejected, TimeSpan wallClock)
    {
        var (codes, totals, visits) = database.Read(connection => (
            connection.Query<(string Code, long N)>(SelectCodes, new { campaignId }).ToDictionary(row => row.Code, row => row.N, StringComparer.Ordinal),
            connection.QuerySingle<RunTotals>(SelectInterviews, new { campaignId }),
            connection.ExecuteScalar<long>($"SELECT count(*) FROM ({AreaVisitStore.ShownVoices}) WHERE campaign_id = @campaignId;", new { campaignId })));
        long Sum(params string[] prefixes) => codes.Where(pair => prefixes.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.Ordinal))).Sum(pair => pair.Value);
        var breakOffs = Sum("2.12");
        return totals with
        {
            RespondentsImported = imported,
            RowsRejected = rejected,
            CallsPlaced = witness.CallsAccepted,
            TextsSent = witness.TextsAccepted,
            Completes = Sum("1.1"),
            Partials = Sum("1.2"),
            BreakOffs = breakOffs,
            Refusals = Sum("2.1") - breakOffs,
            NonContacts = Sum("2.2", "3.1"),
            AreaVisits = visits,
            AttemptsRungTwice = witness.AttemptsRungTwice.Count + witness.TextsAcceptedTwice.Count + witness.NumbersRungOverlapping.Count,
            Seconds = Math.Round(wallClock.TotalSeconds, 2),
            Codes = codes,
        };
    }

    internal string ToJson() => JsonSerializer.Serialize(this, RunTotalsJson.Default.RunTotals);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunTotals))]
internal sealed partial class RunTotalsJson : JsonSerializerContext;
