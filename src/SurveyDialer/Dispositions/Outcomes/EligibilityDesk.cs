using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.Dispositions;

/// <summary>Owner of <c>given_eligibility</c>: an e that was entered, with its source; every change is written down, for e must never be chosen to raise a rate.</summary>
public sealed class EligibilityDesk(Database database, TimeProvider clock)
{
    /// <summary>In characters.</summary>
    public const int LongestSource = 400;

    private const int ShortestSource = 4;

    private const string Save = """
        INSERT INTO given_eligibility (campaign_id, e, source, who, at) VALUES (@campaignId, @e, @source, @who, @at)
        ON CONFLICT (campaign_id) DO UPDATE SET e = excluded.e, source = excluded.source, who = excluded.who, at = excluded.at;
        """;

    /// <summary>What was entered for a round; null: e is estimated from its own numbers.</summary>
    internal static GivenEligibility? Given(SqliteConnection connection, long campaignId)
        => connection.QuerySingleOrDefault<GivenEligibility>("SELECT e, source, who, at FROM given_eligibility WHERE campaign_id = @campaignId;", new { campaignId });

    /// <summary>Uses a given e from now on; null when it was kept.</summary>
    /// <param name="e">As typed: a share such as 0.62, or 62 %.</param>
    /// <param name="source">Where it comes from.</param>
    public async Task<EligibilityProblem?> GiveAsync(long campaignId, string? e, string? source, string who, CancellationToken cancellation)
    {
        if (Share(e) is not { } share) return EligibilityProblem.NotAShare;
        var from = source?.Trim() ?? "";
        if (from.Length < ShortestSource) return EligibilityProblem.SourceMissing;
        if (from.Length > LongestSource) return EligibilityProblem.SourceTooLong;
        return await database.WriteAsync<EligibilityProblem?>(
            connection =>
            {
                if (CampaignStore.Find(connection, campaignId) is null) return EligibilityProblem.NotThere;
                var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
                connection.Execute(Save, new { campaignId, e = share, source = from, who, at });
                AuditLog.Add(connection, at, who, "eligibility-given", string.Create(CultureInfo.InvariantCulture, $"campaign {campaignId}: e = {share}; {from}"));
                return null;
            },
            cancellation);
    }

    /// <summary>Estimates e from the round's own numbers again.</summary>
    public Task EstimateAsync(long campaignId, string who, CancellationToken cancellation)
        => database.WriteAsync(
            connection =>
            {
                if (connection.Execute("DELETE FROM given_eligibility WHERE campaign_id = @campaignId;", new { campaignId }) == 1)
                    AuditLog.Add(connection, clock.GetUtcNow().ToUnixTimeMilliseconds(), who, "eligibility-estimated", $"campaign {campaignId}");
            },
            cancellation);

    private static double? Share(string? typed)
    {
        var text = (typed ?? "").Normalize(System.Text.NormalizationForm.FormKC).Trim();
        var percent = text.EndsWith('%');
        if (!double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)) return null;
        var share = percent ? number / 100 : number;
        return share is >= 0 and <= 1 ? share : null;
    }
}

/// <summary>Why an e was not kept.</summary>
public enum EligibilityProblem
{
    /// <summary>Not between 0 and 1.</summary>
    NotAShare,

    SourceMissing,

    SourceTooLong,

    /// <summary>There is no such round.</summary>
    NotThere,
}
