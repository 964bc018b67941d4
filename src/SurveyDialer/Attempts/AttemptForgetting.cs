using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Attempts;

/// <summary>Takes the attempts of a closed round away, with their histories; the caps of the numbers stay.</summary>
internal static class AttemptForgetting
{
    private const string Mine = "SELECT id FROM attempt WHERE respondent_id = @respondentId AND campaign_id = @campaignId";

    /// <summary>Whether anything of a campaign is still on its way: such a round is not over.</summary>
    internal static bool AnyUnderWay(SqliteConnection connection, long campaignId)
        => connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM attempt WHERE state IN ('leased', 'placing', 'placed', 'unknown') AND campaign_id = @campaignId);", new { campaignId });

    /// <returns>Attempts that were taken away.</returns>
    internal static int Forget(SqliteConnection connection, long campaignId, long respondentId)
    {
        var of = new { campaignId, respondentId };
        connection.Execute($"DELETE FROM attempt_history WHERE attempt_id IN ({Mine});", of);
        return connection.Execute("DELETE FROM attempt WHERE respondent_id = @respondentId AND campaign_id = @campaignId;", of);
    }
}
