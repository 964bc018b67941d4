using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>Reads for the follow-up list and the page of one case. Sealed matters are only counted: they are the county's.</summary>
public sealed class CaseQueries(Database database, FieldCipher cipher)
{
    private const string Unfinished = "state NOT IN ('closed', 'withdrawn')";

    private const string Recorded = "SELECT case_id FROM recording WHERE state = 'fetched' AND case_id IS NOT NULL";

    /// <summary>Told to <c>@who</c> in an interview: somebody else follows it up.</summary>
    private const string IsOwn = """
        EXISTS (SELECT 1 FROM attempt o WHERE o.respondent_id = c.respondent_id AND o.campaign_id = c.campaign_id
                AND o.channel = 'live' AND o.lease_owner = @who AND o.answered_at IS NOT NULL)
        """;

    private const string SelectLoad = $"""
        SELECT count(*) AS open, count(*) FILTER (WHERE c.due_at < @now) AS overdue, count(*) FILTER (WHERE c.state = 'open') AS untaken
        FROM follow_up_case c JOIN area a ON a.id = c.area_id WHERE c.{Unfinished} AND {Filtered} AND NOT {IsOwn};
        """;

    private const string Filtered = """
        (@Campaign IS NULL OR c.campaign_id = @Campaign)
          AND (@Area IS NULL OR c.area_id = @Area OR a.parent_id = @Area)
          AND (@Topic IS NULL OR c.topic = @Topic)
          AND (@Language IS NULL OR c.language = @Language)
        """;

    private const string CaseColumns = """
        c.id, c.campaign_id, c.area_id, a.name AS area, t.name AS township, c.state, c.preferred_way, c.topic, c.language, c.worker,
        c.opened_at, c.due_at, c.next_at, c.closed_at, c.outcome, g.time_zone,
        EXISTS (SELECT 1 FROM recording r WHERE r.case_id = c.id AND r.state = 'fetched') AS to_write_down
        """;

    private const string CaseTables = """
        follow_up_case c JOIN campaign g ON g.id = c.campaign_id JOIN area a ON a.id = c.area_id LEFT JOIN area t ON t.id = a.parent_id
        """;

    private const string SelectPage = $"""
        SELECT {CaseColumns}, {IsOwn} AS own
        FROM {CaseTables}
        WHERE {Filtered}
          AND (CASE WHEN @State IS NULL THEN c.{Unfinished} WHEN @State = 'all' THEN 1 = 1 WHEN @State = '{CaseFilter.ToWriteDown}' THEN c.id IN ({Recorded})
               ELSE c.state = @State END)
        ORDER BY own, c.due_at, c.id LIMIT @take OFFSET @skip;
        """;

    private const string SelectOne = $"""
        SELECT {CaseColumns}, c.name_enc, c.number_enc, c.words_enc, r.address_enc, g.name AS campaign, g.organiser
        FROM {CaseTables} LEFT JOIN respondent r ON r.id = c.respondent_id
        WHERE c.id = @id;
        """;

    private const string SelectHistory = """
        SELECT at, from_state, to_state, who, what, note_enc FROM follow_up_case_history WHERE case_id = @id ORDER BY id DESC;
        """;

    private const string SelectRecordings = """
        SELECT id, state, at_carrier, seconds, at, delete_at FROM recording WHERE case_id = @id ORDER BY at, id;
        """;

    private const string SelectChoices = """
        SELECT DISTINCT 'topic' AS kind, coalesce(c.topic, '') AS value, '' AS name, max(c.campaign_id) AS campaign
        FROM follow_up_case c WHERE c.topic IS NOT NULL GROUP BY c.topic
        UNION ALL
        SELECT 'language', c.language, '', 0 FROM follow_up_case c GROUP BY c.language
        UNION ALL
        SELECT 'round', '', g.name, g.id FROM campaign g WHERE EXISTS (SELECT 1 FROM follow_up_case c WHERE c.campaign_id = g.id)
        UNION ALL
        SELECT DISTINCT 'area', CAST(coalesce(t.id, a.id) AS TEXT), coalesce(t.name, a.name), 0
        FROM follow_up_case c JOIN area a ON a.id = c.area_id LEFT JOIN area t ON t.id = a.parent_id;
        """;

    private const string SelectRounds = $"""
        SELECT g.id, g.name, g.time_zone FROM campaign g
        WHERE EXISTS (SELECT 1 FROM follow_up_case c WHERE c.campaign_id = g.id AND c.{Unfinished})
        ORDER BY g.id DESC;
        """;

    /// <summary>Rounds in which something is left to do, the latest first.</summary>
    public IReadOnlyList<CaseRound> Rounds() => database.Read(connection => connection.Query<CaseRound>(SelectRounds).AsList());

    /// <summary>How much there is to do for one person, who does not work on what was told to her in an interview.</summary>
    /// <param name="now">UTC milliseconds.</param>
    /// <param name="filter">What the list shows, its state aside; null: all campaigns.</param>
    public CaseLoad Load(long now, string who, CaseFilter? filter = null)
        => database.Read(connection => connection.QuerySingle<CaseLoad>(SelectLoad, new { now, who, filter?.Campaign, filter?.Area, filter?.Topic, filter?.Language }));

    /// <summary>How many residents' matters are sealed to the county: cases, and reports without contact.</summary>
    public long CountSealed() => database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM sealed_item WHERE kind IN ('case', 'report');"));

    /// <summary>The same in one campaign.</summary>
    public long CountSealed(long campaignId)
        => database.Read(connection => SealedStore.Count(connection, campaignId) is var kinds
            ? kinds.GetValueOrDefault(SealedStore.Case) + kinds.GetValueOrDefault(SealedStore.Report)
            : 0);

    /// <summary>Cases with a recording that waits to be written down.</summary>
    public long CountToWriteDown()
        => database.Read(connection => connection.ExecuteScalar<long>($"SELECT count(*) FROM follow_up_case WHERE id IN ({Recorded});"));

    /// <summary>Cases by due date, earliest first, those last that somebody else has to follow up; at most <paramref name="take"/>.</summary>
    /// <param name="who">Who looks.</param>
    public IReadOnlyList<CaseItem> Page(CaseFilter filter, string who, int skip, int take)
        => database.Read(connection => connection.Query<CaseItem>(
            SelectPage, new { filter.Campaign, filter.Area, filter.Topic, filter.Language, filter.State, who, skip, take }).AsList());

    /// <summary>What the list can be filtered by: only what occurs.</summary>
    public CaseChoices Choices()
        => database.Read(connection =>
        {
            var rows = connection.Query<(string Kind, string Value, string Name, long Campaign)>(SelectChoices).ToLookup(row => row.Kind);
            return new CaseChoices(
                [.. rows["topic"].Select(row => (row.Value, row.Campaign))],
                [.. rows["language"].Select(row => row.Value)],
                [.. rows["area"].Select(row => (long.Parse(row.Value), row.Name))],
                [.. rows["round"].Select(row => (row.Campaign, row.Name)).OrderByDescending(round => round.Campaign)]);
        });

    /// <summary>One case with its history, newest first; null when there is none.</summary>
    public CaseDetail? Find(long id)
    {
        var (row, history, recordings) = database.Read(connection => (
            connection.QuerySingleOrDefault<CaseRow>(SelectOne, new { id }),
            connection.Query<HistoryRow>(SelectHistory, new { id }).AsList(),
            connection.Query<RecordingRow>(SelectRecordings, new { id }).AsList()));
        if (row is null) return null;
        return new CaseDetail
        {
            Item = row,
            Campaign = row.Campaign,
            Organiser = row.Organiser,
            Name = cipher.Decrypt(SampleFields.NamePurpose, row.NameEnc),
            Number = cipher.Decrypt(SampleFields.NumberPurpose, row.NumberEnc),
            Address = cipher.Decrypt(SampleFields.AddressPurpose, row.AddressEnc),
            Words = cipher.Decrypt(CaseWordsDesk.Purpose, row.WordsEnc),
            Recordings = recordings.ConvertAll(one => new CaseRecording(
                one.Id, RecordingLifecycle.FromColumn(one.State), one.AtCarrier == 1, one.Seconds ?? 0, one.At ?? 0, one.DeleteAt)),
            History = history.ConvertAll(step => new CaseStepTaken(step.At, step.FromState, step.ToState, step.Who, step.What, cipher.Decrypt("case.note", step.NoteEnc))),
        };
    }

    /// <summary>The number on which the resident agreed to be contacted, encrypted; null when there is none to be shown.</summary>
    internal static byte[]? FindNumber(SqliteConnection connection, long id)
        => connection.QuerySingleOrDefault<byte[]>("SELECT number_enc FROM follow_up_case WHERE id = @id;", new { id });

    private sealed record CaseRow : CaseItem
    {
        public byte[]? NameEnc { get; init; }

        public byte[]? NumberEnc { get; init; }

        public byte[]? WordsEnc { get; init; }

        public byte[]? AddressEnc { get; init; }

        public string Campaign { get; init; } = "";

        public string Organiser { get; init; } = "";
    }

    private sealed record HistoryRow
    {
        public long At { get; init; }

        public string FromState { get; init; } = "";

        public string ToState { get; init; } = "";

        public string Who { get; init; } = "";

        public string? What { get; init; }

        public byte[]? NoteEnc { get; init; }
    }
}
