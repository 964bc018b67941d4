using Dapper;
using SurveyDialer.CallingHours;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Scheduling;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A whole field office in virtual time on a database of its own, with a recording carrier and a few respondents.</summary>
internal sealed class TextOffice : IAsyncDisposable
{
    internal const string Mobile = "+8615400000001";
    internal const string OtherMobile = "+8615400000002";
    internal const string Landline = "+8685101234567";

    private readonly TestDatabase files;
    private readonly FieldOffice office;
    private readonly TemplateLibrary library;
    private int received;

    internal TextOffice(string carrierName = "simulator", string? ownTemplates = null, IReadOnlyList<NamedDays>? officialSurveys = null)
    {
        library = new TemplateLibrary([.. ownTemplates is null ? [] : new[] { ownTemplates }, Path.Combine(SourceTree.Root, "campaign-templates")]);
        Time = new VirtualTime(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8)));
        files = TestDatabase.Create(Time.Clock);
        Carrier = new TextCarrier(Time.Clock);
        var calendar = CalendarFile.Read(SourceTree.Read("campaign-templates/calendars/cn.yaml")).Calendar!;
        office = new FieldOffice(new FieldOfficeParts
        {
            Database = files.Database,
            Keys = files.Keys,
            Templates = library,
            Calendars = new CalendarBook([calendar], officialSurveys ?? []),
            Timeline = Time,
            Carrier = Carrier,
            Options = new FieldworkOptions { CarrierName = carrierName, StartsPerSecond = 10, Lines = 5 },
        });
    }

    internal VirtualTime Time { get; }

    internal TestDatabase Files => files;

    internal TextCarrier Carrier { get; }

    internal FieldOffice Office => office;

    internal IReadOnlyList<string> Bodies => [.. Carrier.Sent.Select(order => order.Body)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await files.DisposeAsync();

    /// <summary>Launches a campaign whose respondents have these numbers, and lets the first texts and calls go out.</summary>
    internal async Task LaunchAsync(string template, IReadOnlyList<string[]> respondents, Func<Template, Template>? change = null, bool liveCallers = false,
        Func<CampaignDraft, CampaignDraft>? draft = null)
    {
        await PrepareAsync(respondents);
        var id = await office.Launch.CreateAsync((draft?.Invoke(Draft(template)) ?? Draft(template)) with { LiveCallers = liveCallers }, Cancellation);
        if (change is not null) await files.Database.WriteAsync(connection => Change(connection, id, change), Cancellation);
        await office.Launch.LaunchAsync(id, "test", null, Cancellation);
        await office.StartAsync(Cancellation);
        await SettleAsync();
    }

    internal LaunchCampaign Launch => office.Launch;

    /// <summary>A list whose respondents have these numbers.</summary>
    internal async Task PrepareAsync(IReadOnlyList<string[]> respondents)
    {
        await files.Database.WriteAsync(
            connection =>
            {
                connection.Execute("INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '云溪镇');");
                connection.Execute("""
                    INSERT INTO frame (id, name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
                    VALUES (1, '名单', '台账', '依法履职', 'list', 1, 1, 1, 0, 0);
                    """);
                for (var i = 0; i < respondents.Count; i++) AddRespondent(connection, i + 1, respondents[i]);
            },
            Cancellation);
    }

    /// <summary>A respondent texts; what follows from it goes out.</summary>
    internal async Task ReplyAsync(string body, string from = Mobile, string? id = null, bool optOut = false)
    {
        await office.Inbox.TextReceivedAsync(new IncomingText(id ?? $"IN{++received}", from, body, optOut), Cancellation);
        await SettleAsync();
    }

    internal async Task RepliesAsync(params string[] bodies)
    {
        foreach (var body in bodies) await ReplyAsync(body);
    }

    internal async Task ReportAsync(TextStatus status, int order = -1, string? carrierId = null)
    {
        var index = order < 0 ? Carrier.Sent.Count - 1 : order;
        await office.Inbox.TextReportedAsync(new TextReport(Carrier.Sent[index].Token, carrierId ?? $"SM{index + 1}", status, null), Cancellation);
        await SettleAsync();
    }

    internal Task SettleAsync() => Time.AdvanceAsync(TimeSpan.FromSeconds(5), Cancellation);

    /// <summary>Lets time pass and runs the jobs of texts and calls once at its end.</summary>
    internal async Task PassAsync(TimeSpan time)
    {
        await Time.AdvanceAsync(time, Cancellation);
        await JobAsync("reconcile");
        await JobAsync("texts");
        await SettleAsync();
    }

    internal Task JobAsync(string name)
        => Job(name).Run(new JobContext(name, Time.Now, Time.Clock), Cancellation);

    internal RecurringJob Job(string name) => office.Jobs.Single(job => job.Name == name);

    /// <summary>The carrier asks what to say: turn 0 when the call connects, then what the respondent did at the prompt of a turn.</summary>
    internal Task<VoiceReply?> TurnAsync(int call, int turn, string? keys, string? carrierId = null) => office.Inbox.VoiceTurnAsync(
        new VoiceTurn(Carrier.Called[call].Token, carrierId ?? $"CA{call + 1}", turn, keys is null ? null : new InterviewInput.Keys(keys), null), Cancellation);

    /// <summary>Answers everything with 1 until follow-up consent is asked, then with these keys; the call goes on.</summary>
    /// <returns>The prompt after that.</returns>
    internal async Task<VoiceReply> ToConsentAsync(int call, params string[] keys)
    {
        var reply = (await TurnAsync(call, 0, null))!;
        for (var step = 0; step < 20 && One<long>("SELECT count(*) FROM interview WHERE asked = 1;") <= call; step++)
            reply = (await TurnAsync(call, reply.Turn, "1"))!;
        foreach (var key in keys) reply = (await TurnAsync(call, reply.Turn, key))!;
        return reply;
    }

    /// <summary>The carrier announces a voice comment.</summary>
    internal Task AnnounceAsync(int call, string recording, bool absent = false) => office.Inbox.RecordingReportedAsync(
        new RecordingReport(Carrier.Called[call].Token, $"CA{call + 1}", recording, TimeSpan.FromSeconds(absent ? 0 : 12), absent), Cancellation);

    internal Task EndCallAsync(int call, CallStatus status, int sequence = 3, string? carrierId = null) => office.Inbox.CallReportedAsync(
        new CallReport(Carrier.Called[call].Token, carrierId ?? $"CA{call + 1}", status, sequence, null, TimeSpan.FromSeconds(60)), Cancellation);

    internal Task PauseAsync() => office.Control.PauseAsync(1, "test", Cancellation);

    internal Task ResumeAsync() => office.Control.ResumeAsync(1, "test", Cancellation);

    /// <summary>Puts rows into the state that a crash would have left, then does what a start does.</summary>
    internal async Task RestartAfterAsync(string crash)
    {
        await files.Database.WriteAsync(connection => connection.Execute(crash), Cancellation);
        await office.StartAsync(Cancellation);
        await SettleAsync();
    }

    internal CampaignProgress Progress => new CampaignQueries(files.Database).Find(1)!;

    internal T One<T>(string sql) => files.Database.Read(connection => connection.QuerySingle<T>(sql))!;

    internal IReadOnlyList<string> All(string sql) => files.Database.Read(connection => connection.Query<string>(sql).AsList());

    /// <summary>Final code of the first respondent; empty while open.</summary>
    internal string Code => One<string?>("SELECT coalesce(final_code, '') FROM sample_member WHERE respondent_id = 1;")!;

    internal string Interview => One<string>("SELECT outcome FROM interview;");

    internal IReadOnlyList<string> Answers => All("SELECT question_id || '=' || key || how FROM answer ORDER BY question_id;");

    internal bool IsDoNotCall(string number)
    {
        var index = SampleFields.NumberIndex(files.Cipher, PhoneNumber.Read(number));
        return files.Database.Read(connection => connection.QuerySingle<long>("SELECT count(*) FROM do_not_call WHERE number_index = @index;", new { index })) == 1;
    }

    /// <summary>What an opt-out leaves behind, before anything is launched.</summary>
    internal Task NeverAgainAsync(string number)
    {
        var index = SampleFields.NumberIndex(files.Cipher, PhoneNumber.Read(number));
        return files.Database.WriteAsync(
            connection => connection.Execute("INSERT INTO do_not_call (number_index, key_version, day) VALUES (@index, 1, 0);", new { index }), Cancellation);
    }

    internal string? Words(string table)
        => files.Database.Read(connection => connection.QuerySingleOrDefault<byte[]>($"SELECT words_enc FROM {table};")) is { } sealedWords
            ? files.Cipher.Decrypt("case.words", sealedWords)
            : null;

    private void AddRespondent(Microsoft.Data.Sqlite.SqliteConnection connection, long id, string[] numbers)
    {
        connection.Execute("INSERT INTO respondent (id, frame_id, area_id, added_at) VALUES (@id, 1, 1, 0);", new { id });
        foreach (var (position, canonical) in numbers.Index())
        {
            var number = PhoneNumber.Read(canonical);
            var index = SampleFields.NumberIndex(files.Cipher, number);
            connection.Execute(
                """
                INSERT INTO phone (number_enc, number_index, trunk_index, key_version, kind, fictional, desk_only, bad)
                VALUES (@encrypted, @index, @trunk, 1, @kind, 1, @desk, 0) ON CONFLICT (number_index) DO NOTHING;
                INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (@id, @position, (SELECT id FROM phone WHERE number_index = @index));
                """,
                new
                {
                    encrypted = files.Cipher.Encrypt("phone.number", canonical), index, trunk = number.Extension is null ? null : SampleFields.NumberIndex(files.Cipher, PhoneNumber.Read(number.E164)),
                    desk = number.DeskOnly ? 1 : 0, id, position, kind = number.Kind == PhoneKind.Mobile ? "mobile" : "landline",
                });
        }
    }

    internal CampaignDraft Draft(string template)
    {
        var read = library.Read(template)!.Template!;
        return new CampaignDraft
        {
            Name = "测试",
            TemplateId = template,
            Carrier = "simulator",
            Organiser = "云溪镇人民政府",
            Approval = "云统〔2026〕1号",
            Blanks = new Dictionary<string, string>(BlankFilling.Examples(read), StringComparer.Ordinal) { ["delete_days"] = "30", ["verify_phone"] = "0851-01234567" },
            Frames = [1],
        };
    }

    private static void Change(Microsoft.Data.Sqlite.SqliteConnection connection, long id, Func<Template, Template> change)
    {
        var template = TemplateJson.Read(connection.QuerySingle<string>("SELECT template_json FROM campaign WHERE id = @id;", new { id }));
        connection.Execute("UPDATE campaign SET template_json = @json WHERE id = @id;", new { id, json = TemplateJson.Write(change(template)) });
    }
}
