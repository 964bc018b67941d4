using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Dispositions;

/// <summary>Reads for the list of a campaign's respondents and the page of one: states, reasons and histories; never an answer.</summary>
public sealed class RespondentQueries(Database database, FieldCipher cipher)
{
    private const string OpenStates = "'pending', 'leased', 'placing', 'placed', 'unknown'";

    private const string ItemColumns = """
        m.respondent_id AS id, m.area_id, a.name AS area, t.name AS township, m.code, m.final_code, m.finished_at, r.name_enc,
        o.state AS attempt_state, o.due_at, o.waiting_reason, o.appointment,
        (SELECT count(*) FROM attempt e WHERE e.respondent_id = m.respondent_id AND e.campaign_id = m.campaign_id AND e.state = 'ended') AS attempts,
        (SELECT p.number_enc FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id
         WHERE rp.respondent_id = m.respondent_id ORDER BY rp.position LIMIT 1) AS number_enc
        """;

    private const string ItemJoins = $"""
        JOIN respondent r ON r.id = m.respondent_id JOIN area a ON a.id = m.area_id LEFT JOIN area t ON t.id = a.parent_id
        """;

    private const string FromMembers = $"""
        FROM sample_member m {ItemJoins}
        LEFT JOIN attempt o ON o.campaign_id = m.campaign_id AND o.respondent_id = m.respondent_id AND o.state IN ({OpenStates})
        """;

    // Few attempts are under way at a time, so these states start from the attempts: SQLite keeps the order of a cross join.
    private const string FromAttempts = $"""
        FROM attempt o CROSS JOIN sample_member m {ItemJoins}
        """;

    // The four states stand as in the index attempt_live.
    private const string UnderWay = """
        AND o.state IN ('leased', 'placing', 'placed', 'unknown') AND m.campaign_id = o.campaign_id AND m.respondent_id = o.respondent_id
        """;

    private const string SelectNumbers = """
        SELECT p.number_enc, p.kind, p.desk_only, p.bad FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id
        WHERE rp.respondent_id = @id ORDER BY rp.position;
        """;

    private const string SelectAttempts = """
        SELECT t.id, t.ordinal, t.channel, t.state, t.due_at, t.appointment, t.waiting_reason, t.rang_at, t.answered_at, t.ended_at, t.code, t.our_fault, p.number_enc
        FROM attempt t LEFT JOIN phone p ON p.id = t.phone_id
        WHERE t.respondent_id = @id AND t.campaign_id = @campaign ORDER BY t.ordinal DESC, t.id DESC;
        """;

    private const string SelectSteps = """
        SELECT h.attempt_id, h.at, h.from_state, h.to_state, h.reason FROM attempt_history h JOIN attempt t ON t.id = h.attempt_id
        WHERE t.respondent_id = @id AND t.campaign_id = @campaign ORDER BY h.id;
        """;

    private const string SelectCodes = """
        SELECT at, from_code, to_code, final FROM disposition_history WHERE campaign_id = @campaign AND respondent_id = @id ORDER BY id DESC;
        """;

    private const string SelectAreas = $"""
        SELECT DISTINCT t.id, t.name FROM sample_member m JOIN area a ON a.id = m.area_id JOIN area t ON t.id = {AreaSql.Township}
        WHERE m.campaign_id = @campaign ORDER BY t.id;
        """;

    /// <summary>Respondents in the order of the list.</summary>
    /// <param name="after">Only those after this id; 0 from the beginning.</param>
    /// <param name="take">At most so many.</param>
    public IReadOnlyList<RespondentItem> Page(long campaign, RespondentFilter filter, long after, int take)
    {
        var (from, condition) = filter.State is not { } state ? (FromMembers, "") : state switch
        {
            RespondentState.Waiting => (FromMembers, "AND o.state = 'pending'"),
            RespondentState.Calling => (FromAttempts, $"{UnderWay} AND o.state <> 'unknown'"),
            RespondentState.Unclear => (FromAttempts, $"{UnderWay} AND o.state = 'unknown'"),
            RespondentState.Interviewed => (FromMembers, "AND m.final_code >= '1' AND m.final_code < '2'"),
            RespondentState.Finished => (FromMembers, "AND m.final_code >= '2'"),
            RespondentState.Idle => (FromMembers, "AND m.final_code IS NULL AND o.id IS NULL"),
        };
        var sql = $"""
            SELECT {ItemColumns} {from}
            WHERE m.campaign_id = @campaign {condition} AND (@area IS NULL OR m.area_id = @area OR a.parent_id = @area) AND m.respondent_id > @after
            ORDER BY m.respondent_id LIMIT @take;
            """;
        var rows = database.Read(connection => connection.Query<ItemRow>(sql, new { campaign, area = filter.Area, after, take }).AsList());
        return rows.ConvertAll(ToItem);
    }

    /// <summary>Townships of the sample.</summary>
    public IReadOnlyList<(long Id, string Name)> Townships(long campaign)
        => database.Read(connection => connection.Query<(long, string)>(SelectAreas, new { campaign }).AsList());

    /// <summary>One respondent of one campaign with the histories; null when not of its sample.</summary>
    public RespondentDetail? Find(long campaign, long id) => database.Read(connection => Load(connection, campaign, id));

    private RespondentDetail? Load(SqliteConnection connection, long campaign, long id)
    {
        var row = connection.QuerySingleOrDefault<ItemRow>(
            $"SELECT {ItemColumns} {FromMembers} WHERE m.campaign_id = @campaign AND m.respondent_id = @id;", new { campaign, id });
        if (row is null) return null;
        var steps = connection.Query<AttemptStep>(SelectSteps, new { campaign, id }).ToLookup(step => step.AttemptId);
        return new RespondentDetail
        {
            Item = ToItem(row),
            Numbers = connection.Query<NumberRow>(SelectNumbers, new { id })
                .Select(n => new RespondentNumber(cipher.Decrypt(SampleFields.NumberPurpose, n.NumberEnc)!, n.Kind, n.DeskOnly == 1, n.Bad == 1)).ToList(),
            Attempts = connection.Query<AttemptRowRead>(SelectAttempts, new { campaign, id })
                .Select(a => new AttemptView(a, cipher.Decrypt(SampleFields.NumberPurpose, a.NumberEnc), [.. steps[a.Id]])).ToList(),
            Codes = connection.Query<CodeChange>(SelectCodes, new { campaign, id }).AsList(),
        };
    }

    private RespondentItem ToItem(ItemRow row) => new(row, cipher.Decrypt(SampleFields.NamePurpose, row.NameEnc), cipher.Decrypt(SampleFields.NumberPurpose, row.NumberEnc));

    private sealed record NumberRow
    {
        public byte[] NumberEnc { get; init; } = [];

        public string Kind { get; init; } = "";

        public long DeskOnly { get; init; }

        public long Bad { get; init; }
    }

    private sealed record ItemRow : RespondentSummary
    {
        public byte[]? NameEnc { get; init; }

        public byte[]? NumberEnc { get; init; }
    }

    private sealed record AttemptRowRead : AttemptSummary
    {
        public byte[]? NumberEnc { get; init; }
    }
}
