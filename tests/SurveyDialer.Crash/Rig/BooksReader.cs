using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Crash.Checks;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Crash.Rig;

/// <summary>Reads the product's database as it lies on disk, without the product.</summary>
internal static class BooksReader
{
    private const string SelectAttempts = """
        SELECT id, campaign_id, respondent_id, channel, state, token, carrier_id, carrier_status, outcome, rang_at FROM attempt;
        """;

    private const string SelectAnswers = """
        SELECT hex(a.interview_id) AS interview_id, a.question_id, a.key, a.how FROM answer a;
        """;

    private const string SelectLinks = """
        SELECT l.campaign_id, l.respondent_id, l.link_enc, c.link_key_id FROM interview_link l JOIN campaign c ON c.id = l.campaign_id;
        """;

    private const string CountOpen = """
        SELECT (SELECT count(*) FROM sample_member WHERE final_code IS NULL)
             + (SELECT count(*) FROM attempt WHERE state IN ('leased', 'placing', 'placed', 'unknown'))
             + (SELECT count(*) FROM message WHERE state IN ('pending', 'placing', 'unknown'));
        """;

    internal static SqliteConnection Open(string database)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Respondents, attempts and texts that are not over yet.</summary>
    internal static long LeftOpen(SqliteConnection connection) => connection.ExecuteScalar<long>(CountOpen);

    internal static Books Read(SqliteConnection connection, KeyRing keys, IReadOnlyList<Template> templates)
    {
        var cipher = new FieldCipher(keys);
        var owners = connection.Query<LinkRow>(SelectLinks).Select(link => (Owner: (link.CampaignId, link.RespondentId), Interview: Interview(cipher, link))).ToList();
        var interviews = connection.Query<string>("SELECT hex(id) FROM interview;").ToHashSet(StringComparer.Ordinal);
        var byInterview = owners.ToLookup(one => one.Interview, one => one.Owner, StringComparer.Ordinal);
        return new Books
        {
            Attempts = connection.Query<AttemptLine>(SelectAttempts).AsList(),
            Messages = connection.Query<MessageLine>("SELECT attempt_id, turn, state, token FROM message;").AsList(),
            Members = connection.Query<MemberLine>("SELECT campaign_id, respondent_id, final_code FROM sample_member;").AsList(),
            Answers = [.. connection.Query<AnswerRow>(SelectAnswers).SelectMany(answer => byInterview[answer.InterviewId], (answer, owner) =>
                new AnswerLine(owner.CampaignId, owner.RespondentId, answer.QuestionId, answer.Key, answer.How))],
            StrayInterviews = interviews.Count(id => byInterview[id].Count() != 1),
            Options = templates.SelectMany(template => template.Screening.Concat(template.Questions)).GroupBy(question => question.Id, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, IReadOnlySet<string> (group) => group.Select(Keys).Aggregate((one, other) => [.. one.Intersect(other)]), StringComparer.Ordinal),
            Core = [.. templates.Select(template => template.Questions.Where(question => question.Core).Select(question => question.Id).ToList()).MinBy(core => core.Count)!],
        };
    }

    private static HashSet<string> Keys(Question question) => [.. question.Options.Select(option => option.Key)];

    private static string Interview(FieldCipher cipher, LinkRow link)
        => Convert.ToHexString(cipher.OpenLink(link.LinkKeyId, link.RespondentId, link.LinkEnc) ?? throw new InvalidDataException("A link cannot be opened."));

    private sealed record LinkRow
    {
        public long CampaignId { get; init; }

        public long RespondentId { get; init; }

        public byte[] LinkEnc { get; init; } = [];

        public string LinkKeyId { get; init; } = "";
    }

    private sealed record AnswerRow
    {
        public string InterviewId { get; init; } = "";

        public string QuestionId { get; init; } = "";

        public string Key { get; init; } = "";

        public string How { get; init; } = "";
    }
}
