using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Sample;

namespace SurveyDialer.Dispositions;

/// <summary>Owner of <c>sample_member</c> (who is in a campaign's sample, and how it ended) and of <c>disposition_history</c>.</summary>
internal static class SampleMemberStore
{
    private const string InsertMember = """
        INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, stratum) VALUES (@campaignId, @respondentId, @areaId, @replicate, @stratum)
        ON CONFLICT (campaign_id, respondent_id) DO NOTHING;
        """;

    private const string SelectCode = """
        SELECT code FROM sample_member WHERE campaign_id = @campaignId AND respondent_id = @respondentId;
        """;

    private const string UpdateCode = """
        UPDATE sample_member
        SET code = @code, final_code = CASE WHEN @final = 1 THEN @code ELSE final_code END, finished_at = CASE WHEN @final = 1 THEN @at ELSE finished_at END
        WHERE campaign_id = @campaignId AND respondent_id = @respondentId AND final_code IS NULL
        RETURNING stratum;
        """;

    private const string InsertHistory = """
        INSERT INTO disposition_history (campaign_id, respondent_id, attempt_id, at, from_code, to_code, final)
        VALUES (@campaignId, @respondentId, @attemptId, @at, @from, @code, @final);
        """;

    /// <summary>Puts a respondent into the sample. False when he or she is in it already.</summary>
    internal static bool Add(SqliteConnection connection, long campaignId, long respondentId, long areaId, long replicate, long stratum = 0)
        => connection.Execute(InsertMember, new { campaignId, respondentId, areaId, replicate, stratum }) == 1;

    /// <summary>Respondents of a campaign that ended with a code.</summary>
    internal static long Finished(SqliteConnection connection, long campaignId, string code)
        => connection.ExecuteScalar<long>(
            "SELECT count(*) FROM sample_member WHERE campaign_id = @campaignId AND final_code = @code;", new { campaignId, code });

    /// <summary>Records a respondent's code after an attempt. False when a final code stood already: that one stays.</summary>
    internal static bool Record(SqliteConnection connection, long campaignId, long respondentId, long? attemptId, string code, bool final, long at)
    {
        var from = connection.QuerySingleOrDefault<string?>(SelectCode, new { campaignId, respondentId });
        var change = new { campaignId, respondentId, attemptId, at, from, code, final = final ? 1 : 0 };
        if (connection.QuerySingleOrDefault<long?>(UpdateCode, change) is not { } stratum) return false;
        connection.Execute(InsertHistory, change);
        if (final) SampleStratumStore.CountFinished(connection, campaignId, stratum, code);
        return true;
    }

    /// <summary>Some of a campaign's sample.</summary>
    internal static List<long> Some(SqliteConnection connection, long campaignId, int limit)
        => connection.Query<long>("SELECT respondent_id FROM sample_member WHERE campaign_id = @campaignId LIMIT @limit;", new { campaignId, limit }).AsList();

    /// <summary>Takes a respondent out of a closed round's sample, with the history of his or her codes.</summary>
    internal static void Forget(SqliteConnection connection, long campaignId, long respondentId)
    {
        connection.Execute("DELETE FROM disposition_history WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });
        connection.Execute("DELETE FROM sample_member WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });
    }

    /// <summary>Whether anybody of the sample is still without a final code.</summary>
    internal static bool AnyUnfinished(SqliteConnection connection, long campaignId)
        => connection.ExecuteScalar<long?>("SELECT 1 FROM sample_member WHERE campaign_id = @campaignId AND final_code IS NULL LIMIT 1;", new { campaignId }) is not null;
}
