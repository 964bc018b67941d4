using System.Buffers.Binary;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Exports;
using SurveyDialer.FollowUps;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.CallingHours;

namespace SurveyDialer.Tests.Exports;

/// <summary>A database with one campaign of the short key-press template, filled line by line by a test.</summary>
internal sealed class ExportData : IAsyncDisposable
{
    internal const long Township = 1;
    internal const long Village = 2;
    internal const long OtherVillage = 3;

    /// <summary>Monday 2026-03-02 09:30 in Shanghai.</summary>
    internal const long Morning = 1_772_415_000_000;

    private readonly TestDatabase store = TestDatabase.Create();
    private readonly List<string> secrets = [];
    private int interviews;

    private ExportData()
    {
    }

    internal static Template Template { get; } =
        TemplateReader.Read(SourceTree.Read("campaign-templates", "short-keys", "template.yaml"), "short-keys/template.yaml").Template!;

    internal TestDatabase Store => store;

    internal StoppedClock Clock { get; } = new();

    internal ExportCatalog Catalog => new(store.Database, store.Cipher, Clock);

    internal long Campaign { get; private set; }

    /// <summary>Every name and number of the database, however it may be written.</summary>
    internal IReadOnlyList<string> Secrets => secrets;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static async Task<ExportData> CreateAsync()
    {
        var data = new ExportData();
        await data.WriteAsync(connection =>
        {
            connection.Execute("""
                INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '云溪镇'), (2, 1, 'village', '龙井村'), (3, 1, 'village', '石桥村');
                INSERT INTO frame (id, name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
                VALUES (1, '户籍台账', '村委会', '依法履职', 'list', 0, 0, 0, 0, 0);
                """);
            data.Campaign = CampaignStore.Insert(connection, new CampaignRow
            {
                Name = "二〇二六年第一轮", Carrier = "simulator", TemplateId = Template.Id, TemplateHash = TemplateJson.Hash(Template), TemplateJson = TemplateJson.Write(Template),
                Organiser = "云溪镇", OrganiserUnit = "township", Approval = "平统制〔2026〕3号", FrameSource = "村委会", LinkKeyId = "k", CreatedAt = 0,
            });
        });
        return data;
    }

    public async ValueTask DisposeAsync() => await store.DisposeAsync();

    internal Task WriteAsync(Action<SqliteConnection> story) => store.Database.WriteAsync(story, Cancellation);

    internal Task ExecuteAsync(string sql, object? values = null) => WriteAsync(connection => connection.Execute(sql, values));

    /// <summary>A respondent of the sample with one number; the number's last digits follow the id.</summary>
    internal async Task<long> AddRespondentAsync(long id, string name, string number, long area = Village, string? finalCode = null)
    {
        secrets.Add(name);
        secrets.AddRange(Spellings(number));
        var cipher = store.Cipher;
        await WriteAsync(connection =>
        {
            connection.Execute(
                "INSERT INTO respondent (id, frame_id, area_id, name_enc, added_at) VALUES (@id, 1, @area, @name, 0);",
                new { id, area, name = cipher.Encrypt(SampleFields.NamePurpose, name) });
            connection.Execute(
                """
                INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad)
                VALUES (@id, @number, @index, 1, @kind, 1, 0, 0);
                INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (@id, 0, @id);
                """,
                new
                {
                    id, number = cipher.Encrypt(SampleFields.NumberPurpose, number), index = cipher.Index("number", number),
                    kind = number.StartsWith("+861", StringComparison.Ordinal) ? "mobile" : "landline",
                });
            SampleMemberStore.Add(connection, Campaign, id, area, 1);
            if (finalCode is not null) SampleMemberStore.Record(connection, Campaign, id, null, finalCode, final: true, Morning);
        });
        return id;
    }

    /// <summary>An interview with its answers, for example <c>("Q1", "SAFE", "4")</c>.</summary>
    internal Task AddInterviewAsync(long area, string outcome, params (string Question, string Tag, string Key)[] answers)
        => AddInterviewAsync(area, outcome, answers.Select(answer => (answer.Question, answer.Tag, answer.Key, Explained: false, How: "given")));

    internal Task AddInterviewAsync(long area, string outcome, IEnumerable<(string Question, string Tag, string Key, bool Explained, string How)> answers)
    {
        var id = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(12), ++interviews);
        return WriteAsync(connection =>
        {
            InterviewStore.Insert(connection, new InterviewRow
            {
                Id = id, CampaignId = Campaign, AreaId = area, NumberKind = "mobile", Channel = "voice", Language = "zh-CN", Outcome = outcome,
            });
            foreach (var (question, tag, key, explained, how) in answers)
            {
                InterviewStore.AddAnswer(connection, new AnswerRow
                {
                    InterviewId = id, QuestionId = question, Tag = tag, Key = key, Turn = 1, Explained = explained ? 1 : 0, Replays = 0, How = how,
                });
            }
        });
    }

    /// <summary>The case of a respondent who agreed, with own words.</summary>
    internal Task<long> AddCaseAsync(long respondent, string? words, string way = "phone", string topic = "order")
    {
        if (words is not null) secrets.Add(words);
        return store.Database.WriteAsync(
            connection =>
            {
                var id = CaseStore.Open(connection, new NewCase
                {
                    CampaignId = Campaign, RespondentId = respondent, PhoneId = respondent, AreaId = Village, PreferredWay = way, Language = "zh-CN",
                    OpenedAt = Morning, DueAt = Morning + (2 * 86_400_000),
                });
                CaseStore.SetTopic(connection, Campaign, respondent, topic);
                CaseStore.SetWords(connection, Campaign, respondent, words is null ? null : store.Cipher.Encrypt("case.words", words));
                return id;
            },
            Cancellation);
    }

    internal async Task<byte[]> ExportAsync(string kind, string language = "zh-CN")
    {
        using var output = new MemoryStream();
        await Catalog.WriteAsync(kind, Campaign, output, language, progress: null, Cancellation);
        return output.ToArray();
    }

    /// <summary>Lines of a text export, without the byte order mark.</summary>
    internal async Task<string[]> LinesAsync(string kind, string language = "zh-CN")
    {
        var text = Encoding.UTF8.GetString(await ExportAsync(kind, language));
        Assert.Equal('\uFEFF', text[0]);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text[1..^2].Split("\r\n");
    }

    private static IEnumerable<string> Spellings(string number)
    {
        yield return number;
        yield return number[3..];
        yield return number[^8..];
        yield return Phones(number);
        static string Phones(string canonical) => SurveyDialer.Phones.PhoneNumber.Read(canonical).Display;
    }
}
