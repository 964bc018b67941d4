using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;

namespace SurveyDialer.Dispositions;

/// <summary>
/// Owner of <c>member_total</c>: how many members of a sample stand at each code, by all that outcome rates are told apart by. Changed by
/// <see cref="SampleMemberStore"/> with each member, so that reading it costs the same however large the sample is.
/// </summary>
internal static class MemberTotalStore
{
    private const string Columns = "campaign_id, area_id, stratum, number_kind, language, code, final";

    // Kept as a sum of changes without a floor: what is wrong once is wrong by the same number for good, until it is put right.
    private const string Change = $"""
        INSERT INTO member_total ({Columns}, persons)
        SELECT @campaignId, {AreaSql.Township}, @Stratum, @NumberKind, @Language, @Code, @Final, @Persons FROM area a WHERE a.id = @AreaId
        ON CONFLICT ({Columns}) DO UPDATE SET persons = persons + excluded.persons;
        """;

    private const string Select = """
        SELECT area_id, stratum, number_kind, language, code, final, persons FROM member_total WHERE campaign_id = @campaignId AND persons <> 0;
        """;

    private const string SelectMembers = $"""
        SELECT {AreaSql.Township} AS area_id, m.stratum, m.number_kind, m.language, coalesce(m.final_code, m.code, '{Uncalled}') AS code, m.final_code IS NOT NULL AS final, count(*) AS persons
        FROM sample_member m CROSS JOIN area a ON a.id = m.area_id WHERE m.campaign_id = @campaignId GROUP BY 1, 2, 3, 4, 5, 6;
        """;

    /// <summary>The code of a member whom nobody has called yet.</summary>
    internal const string Uncalled = "3.11";

    /// <param name="change">Its area may be any below the township.</param>
    internal static void Add(SqliteConnection connection, long campaignId, MemberTotal change)
        => connection.Execute(Change, new { campaignId, change.AreaId, change.Stratum, change.NumberKind, change.Language, change.Code, change.Final, change.Persons });

    /// <summary>As kept; no line of nobody.</summary>
    internal static List<MemberTotal> Of(SqliteConnection connection, long campaignId) => connection.Query<MemberTotal>(Select, new { campaignId }).AsList();

    /// <summary>The same counted anew from the members: what the kept totals must equal at any time.</summary>
    internal static List<MemberTotal> Recount(SqliteConnection connection, long campaignId) => connection.Query<MemberTotal>(SelectMembers, new { campaignId }).AsList();

    /// <summary>What must be added to the kept totals to make them right; empty: they are. Holds whatever changes meanwhile, since changes only add up.</summary>
    internal static List<MemberTotal> Errors(SqliteConnection connection, long campaignId)
        => [.. Recount(connection, campaignId).Concat(Of(connection, campaignId).Select(kept => kept with { Persons = -kept.Persons }))
            .GroupBy(total => total with { Persons = 0 }).Select(line => line.Key with { Persons = line.Sum(total => total.Persons) }).Where(line => line.Persons != 0)];

    /// <summary>Puts right what <see cref="Errors"/> found.</summary>
    internal static void Correct(SqliteConnection connection, long campaignId, IEnumerable<MemberTotal> errors)
    {
        foreach (var error in errors) Add(connection, campaignId, error);
    }
}

/// <summary>Members of a sample who are alike but for their names.</summary>
internal sealed record MemberTotal
{
    /// <summary>The township.</summary>
    public long AreaId { get; init; }

    public long Stratum { get; init; }

    /// <summary>Of the first number on the list; empty: not known.</summary>
    public string NumberKind { get; init; } = "";

    /// <summary>As on the list; empty: none.</summary>
    public string Language { get; init; } = "";

    /// <summary>The final code, else the present one.</summary>
    public string Code { get; init; } = "";

    /// <summary>1: nothing more will be tried.</summary>
    public long Final { get; init; }

    public long Persons { get; init; }
}
