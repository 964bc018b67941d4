using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Sample;

namespace SurveyDialer.Dispositions;

/// <summary>
/// Owner of <c>sample_member</c> (who is in a campaign's sample, and how it ended), of <c>disposition_history</c>, and of <c>result_code</c> (how
/// many of each stratum ended with each final code). Tells <see cref="MemberTotalStore"/> of every change.
/// </summary>
internal static class SampleMemberStore
{
    private const string InsertMember = """
        INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, stratum, number_kind, language)
        SELECT @campaignId, r.id, @areaId, @replicate, @stratum,
               coalesce((SELECT p.kind FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id WHERE rp.respondent_id = r.id ORDER BY rp.position LIMIT 1), ''),
               coalesce(r.language, '')
        FROM respondent r WHERE r.id = @respondentId
        ON CONFLICT (campaign_id, respondent_id) DO NOTHING
        RETURNING area_id, stratum, number_kind, language;
        """;

    private const string SelectCode = """
        SELECT code FROM sample_member WHERE campaign_id = @campaignId AND respondent_id = @respondentId;
        """;

    private const string UpdateCode = """
        UPDATE sample_member
        SET code = @code, final_code = CASE WHEN @final = 1 THEN @code ELSE final_code END, finished_at = CASE WHEN @final = 1 THEN @at ELSE finished_at END
        WHERE campaign_id = @campaignId AND respondent_id = @respondentId AND final_code IS NULL
        RETURNING area_id, stratum, number_kind, language;
        """;

    private const string InsertHistory = """
        INSERT INTO disposition_history (campaign_id, respondent_id, attempt_id, at, from_code, to_code, final)
        VALUES (@campaignId, @respondentId, @attemptId, @at, @from, @code, @final);
        """;

    private const string CountCode = """
        INSERT INTO result_code (campaign_id, stratum, code, total)
        VALUES (@campaignId, @stratum, @code, 1)
        ON CONFLICT (campaign_id, stratum, code) DO UPDATE SET total = total + 1;
        """;

    private const string SelectFinal = """
        SELECT stratum, final_code, count(*) FROM sample_member WHERE campaign_id = @campaignId AND final_code IS NOT NULL GROUP BY stratum, final_code;
        """;

    private const string DeleteMember = $"""
        DELETE FROM sample_member WHERE campaign_id = @campaignId AND respondent_id = @respondentId
        RETURNING area_id, stratum, number_kind, language, coalesce(final_code, code, '{MemberTotalStore.Uncalled}') AS code, final_code IS NOT NULL AS final;
        """;

    /// <summary>Puts a respondent into the sample. False when he or she is in it already.</summary>
    internal static bool Add(SqliteConnection connection, long campaignId, long respondentId, long areaId, long replicate, long stratum = 0)
    {
        if (connection.QuerySingleOrDefault<MemberTotal>(InsertMember, new { campaignId, respondentId, areaId, replicate, stratum }) is not { } member) return false;
        MemberTotalStore.Add(connection, campaignId, member with { Code = MemberTotalStore.Uncalled, Persons = 1 });
        return true;
    }

    /// <summary>The stratum of a member.</summary>
    internal static long StratumOf(SqliteConnection connection, long campaignId, long respondentId)
        => connection.ExecuteScalar<long>(
            "SELECT stratum FROM sample_member WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });

    /// <summary>Respondents of a campaign that ended with a code.</summary>
    internal static long Finished(SqliteConnection connection, long campaignId, string code)
        => connection.ExecuteScalar<long>(
            "SELECT coalesce(sum(total), 0) FROM result_code WHERE campaign_id = @campaignId AND code = @code;", new { campaignId, code });

    /// <summary>Finished members by stratum and final code, as kept.</summary>
    internal static List<(long Stratum, string Code, long Total)> Codes(SqliteConnection connection, long campaignId)
        => connection.Query<(long, string, long)>("SELECT stratum, code, total FROM result_code WHERE campaign_id = @campaignId;", new { campaignId }).AsList();

    /// <summary>The same counted anew; nothing of a round whose sample was deleted.</summary>
    internal static List<(long Stratum, string Code, long Total)> Recount(SqliteConnection connection, long campaignId)
        => connection.Query<(long, string, long)>(SelectFinal, new { campaignId }).AsList();

    /// <summary>Puts recounted totals in the place of those kept.</summary>
    internal static void ReplaceCodes(SqliteConnection connection, long campaignId, IEnumerable<(long Stratum, string Code, long Total)> codes)
    {
        connection.Execute("DELETE FROM result_code WHERE campaign_id = @campaignId;", new { campaignId });
        foreach (var (stratum, code, total) in codes)
            connection.Execute("INSERT INTO result_code (campaign_id, stratum, code, total) VALUES (@campaignId, @stratum, @code, @total);", new { campaignId, stratum, code, total });
    }

    /// <summary>Records a respondent's code after an attempt. False when a final code stood already: that one stays.</summary>
    internal static bool Record(SqliteConnection connection, long campaignId, long respondentId, long? attemptId, string code, bool final, long at)
    {
        var from = connection.QuerySingleOrDefault<string?>(SelectCode, new { campaignId, respondentId });
        var change = new { campaignId, respondentId, attemptId, at, from, code, final = final ? 1 : 0 };
        if (connection.QuerySingleOrDefault<MemberTotal>(UpdateCode, change) is not { } member) return false;
        connection.Execute(InsertHistory, change);
        if (from != code || final)
        {
            MemberTotalStore.Add(connection, campaignId, member with { Code = from ?? MemberTotalStore.Uncalled, Persons = -1 });
            MemberTotalStore.Add(connection, campaignId, member with { Code = code, Final = change.final, Persons = 1 });
        }

        if (!final) return true;
        SampleStratumStore.CountFinished(connection, campaignId, member.Stratum, code);
        connection.Execute(CountCode, new { campaignId, stratum = member.Stratum, code });
        return true;
    }

    /// <summary>Some of a campaign's sample.</summary>
    internal static List<long> Some(SqliteConnection connection, long campaignId, int limit)
        => connection.Query<long>("SELECT respondent_id FROM sample_member WHERE campaign_id = @campaignId LIMIT @limit;", new { campaignId, limit }).AsList();

    /// <summary>Takes a respondent out of a closed round's sample, with the history of his or her codes.</summary>
    internal static void Forget(SqliteConnection connection, long campaignId, long respondentId)
    {
        connection.Execute("DELETE FROM disposition_history WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });
        if (connection.QuerySingleOrDefault<MemberTotal>(DeleteMember, new { campaignId, respondentId }) is { } member)
            MemberTotalStore.Add(connection, campaignId, member with { Persons = -1 });
    }

    /// <summary>Whether anybody of the sample is still without a final code.</summary>
    internal static bool AnyUnfinished(SqliteConnection connection, long campaignId)
        => connection.ExecuteScalar<long?>("SELECT 1 FROM sample_member WHERE campaign_id = @campaignId AND final_code IS NULL LIMIT 1;", new { campaignId }) is not null;
}
