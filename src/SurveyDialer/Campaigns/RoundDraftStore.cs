using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Campaigns;

/// <summary>A round in preparation.</summary>
/// <param name="CampaignId">Set once its campaign was made; null before.</param>
/// <param name="Who">Who changed it last.</param>
/// <param name="ChangedAt">UTC milliseconds.</param>
public sealed record RoundDraft(long Id, RoundPlan Plan, long? CampaignId, string Who, long ChangedAt);

/// <summary>Owner of <c>round_draft</c>.</summary>
internal static class RoundDraftStore
{
    private const string Select = "SELECT id, plan, campaign_id, who, changed_at FROM round_draft";

    internal static long Insert(SqliteConnection connection, RoundPlan plan, string who, long now)
        => connection.QuerySingle<long>(
            "INSERT INTO round_draft (plan, who, changed_at) VALUES (@plan, @who, @now) RETURNING id;", new { plan = Write(plan), who, now });

    internal static RoundDraft? Find(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<Row>(Select + " WHERE id = @id;", new { id })?.Read();

    /// <summary>The newest first.</summary>
    internal static List<RoundDraft> All(SqliteConnection connection)
        => connection.Query<Row>(Select + " ORDER BY changed_at DESC, id DESC;").Select(row => row.Read()).ToList();

    /// <summary>Changes the stored plan, whatever others have made of it since it was shown. False where the draft is gone.</summary>
    internal static bool Change(SqliteConnection connection, long id, Func<RoundPlan, RoundPlan> change, string who, long now)
    {
        if (Find(connection, id) is not { } draft) return false;
        connection.Execute("UPDATE round_draft SET plan = @plan, who = @who, changed_at = @now WHERE id = @id;", new { id, plan = Write(change(draft.Plan)), who, now });
        return true;
    }

    /// <summary>Its campaign was made: the next launch goes on with that one.</summary>
    internal static void BecameCampaign(SqliteConnection connection, long id, long campaignId)
        => connection.Execute("UPDATE round_draft SET campaign_id = @campaignId WHERE id = @id;", new { id, campaignId });

    internal static void Delete(SqliteConnection connection, long id) => connection.Execute("DELETE FROM round_draft WHERE id = @id;", new { id });

    private static string Write(RoundPlan plan) => JsonSerializer.Serialize(plan, RoundPlanJson.Default.RoundPlan);

    private sealed record Row
    {
        public long Id { get; init; }

        public string Plan { get; init; } = "";

        public long? CampaignId { get; init; }

        public string Who { get; init; } = "";

        public long ChangedAt { get; init; }

        internal RoundDraft Read() => new(Id, JsonSerializer.Deserialize(Plan, RoundPlanJson.Default.RoundPlan)!, CampaignId, Who, ChangedAt);
    }
}
