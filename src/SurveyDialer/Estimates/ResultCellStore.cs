using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Estimates;

/// <summary>Owner of the totals of finished interviews: <c>result_cell</c>, <c>result_funnel</c>, <c>result_interviewer</c>.</summary>
internal static class ResultCellStore
{
    private const string Key = "campaign_id = @campaignId AND area_id = @AreaId AND stratum = @Stratum AND number_kind = @NumberKind AND channel = @Channel AND profile = @Profile AND numbers = @Numbers AND careless = @Careless";

    private const string SelectCounts = $"SELECT counts FROM result_cell WHERE {Key};";

    private const string UpsertCell = """
        INSERT INTO result_cell (campaign_id, area_id, stratum, number_kind, channel, profile, numbers, careless, completes, partials, counts)
        VALUES (@campaignId, @AreaId, @Stratum, @NumberKind, @Channel, @Profile, @Numbers, @Careless, @completes, @partials, @counts)
        ON CONFLICT (campaign_id, area_id, stratum, number_kind, channel, profile, numbers, careless)
        DO UPDATE SET completes = completes + excluded.completes, partials = partials + excluded.partials, counts = excluded.counts;
        """;

    private const string UpsertFunnel = """
        INSERT INTO result_funnel (campaign_id, question_id, answered, silences, wrong_keys, broken_off)
        VALUES (@campaignId, @QuestionId, @Answered, @Silences, @WrongKeys, @BrokenOff)
        ON CONFLICT (campaign_id, question_id) DO UPDATE SET answered = answered + excluded.answered, silences = silences + excluded.silences,
            wrong_keys = wrong_keys + excluded.wrong_keys, broken_off = broken_off + excluded.broken_off;
        """;

    private const string UpsertInterviewer = """
        INSERT INTO result_interviewer (campaign_id, interviewer, area_id, question_id, valid, positive)
        VALUES (@campaignId, @interviewer, @areaId, @questionId, 1, @positive)
        ON CONFLICT (campaign_id, interviewer, area_id, question_id) DO UPDATE SET valid = valid + 1, positive = positive + excluded.positive;
        """;

    private const string SelectCells = """
        SELECT area_id, stratum, number_kind, channel, profile, numbers, careless, completes, partials, counts FROM result_cell WHERE campaign_id = @id;
        """;

    /// <summary>Adds one finished interview to its cell.</summary>
    /// <param name="outcome"><c>complete</c> or <c>partial</c>.</param>
    internal static void Add(SqliteConnection connection, long campaignId, CellLayout layout, CellKey key, string outcome, IEnumerable<CountedAnswer> answers)
    {
        var stored = connection.QuerySingleOrDefault<byte[]>(SelectCounts, Parameters(campaignId, key, [], 0, 0));
        var counts = stored is null ? new uint[layout.Length] : layout.FromBlob(stored);
        foreach (var answer in answers)
        {
            if (layout.Find(answer.QuestionId) is { } place) CellLayout.Count(counts, place, answer.Key, answer.Explained);
        }

        var complete = outcome == "complete" ? 1 : 0;
        connection.Execute(UpsertCell, Parameters(campaignId, key, CellLayout.ToBlob(counts), complete, 1 - complete));
    }

    internal static void AddFunnel(SqliteConnection connection, long campaignId, FunnelCount step)
        => connection.Execute(UpsertFunnel, new { campaignId, step.QuestionId, step.Answered, step.Silences, step.WrongKeys, step.BrokenOff });

    /// <summary>Counts the scale answers of an interview for the caller who took them down.</summary>
    internal static void AddInterviewer(SqliteConnection connection, long campaignId, string interviewer, long areaId, CellLayout layout, IEnumerable<CountedAnswer> answers)
    {
        foreach (var answer in answers)
        {
            var pole = layout.Find(answer.QuestionId)?.Question.Options.FirstOrDefault(option => option.Key == answer.Key)?.Pole;
            if (pole is OptionPole.Positive or OptionPole.Middle or OptionPole.Negative)
                connection.Execute(UpsertInterviewer, new { campaignId, interviewer, areaId, questionId = answer.QuestionId, positive = pole == OptionPole.Positive ? 1 : 0 });
        }
    }

    /// <summary>Takes away what callers took down, which only field work needs.</summary>
    internal static void ForgetInterviewers(SqliteConnection connection, long campaignId)
        => connection.Execute("DELETE FROM result_interviewer WHERE campaign_id = @campaignId;", new { campaignId });

    internal static List<(string Interviewer, long AreaId, string QuestionId, long Valid, long Positive)> Interviewers(SqliteConnection connection, long id)
        => connection.Query<(string, long, string, long, long)>(
            "SELECT interviewer, area_id, question_id, valid, positive FROM result_interviewer WHERE campaign_id = @id;", new { id }).AsList();

    internal static List<ResultCell> Cells(SqliteConnection connection, long id, CellLayout layout)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SelectCells;
        command.Parameters.AddWithValue("@id", id);
        using var reader = command.ExecuteReader();
        var cells = new List<ResultCell>();
        while (reader.Read())
        {
            var key = new CellKey(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetInt64(5), reader.GetInt64(6));
            cells.Add(new ResultCell(key, layout.FromBlob(reader.GetFieldValue<byte[]>(9))) { Completes = reader.GetInt64(7), Partials = reader.GetInt64(8) });
        }

        return cells;
    }

    /// <summary>In no particular order.</summary>
    internal static List<FunnelCount> Funnel(SqliteConnection connection, long id)
        => connection.Query<FunnelCount>(
            "SELECT question_id, answered, silences, wrong_keys, broken_off FROM result_funnel WHERE campaign_id = @id;", new { id }).AsList();

    /// <summary>Puts recounted totals in the place of what stood; where interviews broke off is kept, since only their way told it.</summary>
    internal static void Replace(SqliteConnection connection, long campaignId, IEnumerable<ResultCell> cells, IEnumerable<FunnelCount> funnel)
    {
        connection.Execute("DELETE FROM result_cell WHERE campaign_id = @campaignId;", new { campaignId });
        foreach (var cell in cells) connection.Execute(UpsertCell, Parameters(campaignId, cell.Key, CellLayout.ToBlob(cell.Counts), cell.Completes, cell.Partials));
        connection.Execute("UPDATE result_funnel SET answered = 0, silences = 0, wrong_keys = 0 WHERE campaign_id = @campaignId;", new { campaignId });
        foreach (var step in funnel) AddFunnel(connection, campaignId, step);
    }

    private static object Parameters(long campaignId, CellKey key, byte[] counts, long completes, long partials) => new
    {
        campaignId, key.AreaId, key.Stratum, key.NumberKind, key.Channel, key.Profile, key.Numbers, key.Careless, counts, completes, partials,
    };
}

/// <summary>A stored answer, as far as totals go.</summary>
internal readonly record struct CountedAnswer(string QuestionId, string Key, bool Explained, AnswerHow How);

/// <summary>What happened at a question.</summary>
internal sealed record FunnelCount
{
    public string QuestionId { get; init; } = "";

    public long Answered { get; init; }

    public long Silences { get; init; }

    public long WrongKeys { get; init; }

    public long BrokenOff { get; init; }

    /// <summary>Interviews that came to it.</summary>
    internal long Reached => Answered + Silences + WrongKeys + BrokenOff;
}
