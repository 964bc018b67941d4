using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Calls;

/// <summary>Takes away what the carrier told of one respondent's attempts in a closed round, and the texts that were sent.</summary>
internal static class CallForgetting
{
    private const string Mine = "SELECT id FROM attempt WHERE respondent_id = @respondentId AND campaign_id = @campaignId";

    // What the carrier has not blanked yet is asked of it on, by its id alone.
    private const string KeepToRedact = $"""
        INSERT INTO incoming_message (carrier_id, at, redacted)
        SELECT carrier_id, 0, 0 FROM message WHERE attempt_id IN ({Mine}) AND redacted = 0 AND carrier_id IS NOT NULL
        ON CONFLICT (carrier_id) DO NOTHING;
        """;

    internal static void Forget(SqliteConnection connection, long campaignId, long respondentId)
    {
        var of = new { campaignId, respondentId };
        connection.Execute(KeepToRedact, of);
        connection.Execute($"DELETE FROM message WHERE attempt_id IN ({Mine});", of);
        connection.Execute($"DELETE FROM carrier_event WHERE attempt_id IN ({Mine});", of);
    }
}
