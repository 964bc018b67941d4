using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Answers;

/// <summary>Owner of the answer ledger (<c>interview</c>, <c>answer</c>, <c>flag</c>) and of the encrypted link to the contact side.</summary>
internal static class InterviewStore
{
    private const string SelectInterview = """
        SELECT id, campaign_id, area_id, number_kind, stratum, numbers, channel, language, turn, position, outcome, flagged, asked, consent, topic, next_step, careless
        FROM interview WHERE id = @id;
        """;

    private const string InsertInterview = """
        INSERT INTO interview (id, campaign_id, area_id, number_kind, stratum, numbers, channel, language, turn, position, outcome, flagged, asked)
        VALUES (@Id, @CampaignId, @AreaId, @NumberKind, @Stratum, @Numbers, @Channel, @Language, @Turn, @Position, @Outcome, 0, 0);
        """;

    private const string UpdateInterview = """
        UPDATE interview
        SET number_kind = @NumberKind, numbers = @Numbers, language = @Language, channel = @Channel, turn = @Turn, position = @Position, outcome = @Outcome, flagged = @Flagged, asked = @Asked,
            consent = @Consent, topic = @Topic, next_step = @NextStep, careless = @Careless
        WHERE id = @Id AND turn <= @Turn;
        """;

    // Most turns bring an answer and change nothing else; each column of the statement above costs its share of a turn.
    private const string UpdatePosition = """
        UPDATE interview SET turn = @Turn, position = @Position, language = @Language WHERE id = @Id AND turn <= @Turn;
        """;

    private const string InsertAnswer = """
        INSERT INTO answer (interview_id, question_id, tag, key, turn, explained, replays, how)
        VALUES (@InterviewId, @QuestionId, @Tag, @Key, @Turn, @Explained, @Replays, @How)
        ON CONFLICT (interview_id, question_id) DO UPDATE
        SET key = excluded.key, turn = excluded.turn, explained = excluded.explained, replays = excluded.replays, how = excluded.how
        WHERE excluded.turn > answer.turn;
        """;

    internal static InterviewRow? Find(SqliteConnection connection, byte[] id)
        => connection.QuerySingleOrDefault<InterviewRow>(SelectInterview, new { id });

    /// <summary>Number of the prompt that is answered next; null when the interview is not there.</summary>
    internal static long? TurnOf(SqliteConnection connection, byte[] id)
        => connection.ExecuteScalar<long?>("SELECT turn FROM interview WHERE id = @id;", new { id });

    internal static void Insert(SqliteConnection connection, InterviewRow interview) => connection.Execute(InsertInterview, interview);

    /// <param name="before">As it is stored, where that is known.</param>
    internal static void Save(SqliteConnection connection, InterviewRow interview, InterviewRow? before = null)
    {
        var goesOn = before is not null && interview == before with { Turn = interview.Turn, Position = interview.Position, Language = interview.Language };
        var changed = goesOn
            ? connection.Execute(UpdatePosition, new { interview.Turn, interview.Position, interview.Language, interview.Id })
            : connection.Execute(UpdateInterview, interview);
        if (changed != 1) throw new InvalidOperationException("The interview changed while its turn was taken.");
    }

    /// <summary>An answer is stored once: a repeated turn changes nothing, the same question asked again in a later turn replaces it.</summary>
    internal static void AddAnswer(SqliteConnection connection, AnswerRow answer) => connection.Execute(InsertAnswer, answer);

    /// <summary>Takes an answer back that was entered by mistake. Nothing of it is kept: the ledger holds what respondents say, not what callers press.</summary>
    internal static void DropAnswer(SqliteConnection connection, byte[] interviewId, string questionId)
        => connection.Execute("DELETE FROM answer WHERE interview_id = @interviewId AND question_id = @questionId;", new { interviewId, questionId });

    /// <summary>Takes all flags of an interview away, before those are raised that its answers still raise.</summary>
    internal static void DropFlags(SqliteConnection connection, byte[] interviewId)
        => connection.Execute("DELETE FROM flag WHERE interview_id = @interviewId;", new { interviewId });

    /// <summary>All answers of one interview, by question.</summary>
    internal static List<AnswerRow> Answers(SqliteConnection connection, byte[] id)
        => connection.Query<AnswerRow>(
            "SELECT interview_id, question_id, tag, key, turn, explained, replays, how FROM answer WHERE interview_id = @id;", new { id }).AsList();

    internal static void AddFlag(SqliteConnection connection, byte[] interviewId, string ruleId)
        => connection.Execute(
            "INSERT INTO flag (interview_id, rule_id) VALUES (@interviewId, @ruleId) ON CONFLICT (interview_id, rule_id) DO NOTHING;",
            new { interviewId, ruleId });

    internal static byte[]? FindLink(SqliteConnection connection, long campaignId, long respondentId)
        => connection.QuerySingleOrDefault<byte[]>(
            "SELECT link_enc FROM interview_link WHERE campaign_id = @campaignId AND respondent_id = @respondentId;", new { campaignId, respondentId });

    internal static void AddLink(SqliteConnection connection, long campaignId, long respondentId, byte[] link)
        => connection.Execute(
            "INSERT INTO interview_link (campaign_id, respondent_id, link_enc) VALUES (@campaignId, @respondentId, @link);",
            new { campaignId, respondentId, link });
}

/// <summary>One stored answer. <c>Key</c>: the option's key; 8 covers "don't know"; several keys of a multiple choice are joined by commas.</summary>
internal sealed record AnswerRow
{
    public required byte[] InterviewId { get; init; }

    public required string QuestionId { get; init; }

    public required string Tag { get; init; }

    public required string Key { get; init; }

    public required long Turn { get; init; }

    public required long Explained { get; init; }

    public required long Replays { get; init; }

    /// <summary><c>given</c>, <c>no_input</c> or <c>invalid</c>.</summary>
    public required string How { get; init; }
}
