using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.Questionnaires;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.Benchmarks;

/// <summary>
/// A field office as it runs for real (commits wait for the disk), with one running campaign whose respondents are made by SQL: one mobile
/// each, all of the same made-up number.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    private const int Slice = 50_000;

    private const string InsertContacts = """
        INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT i, @number, randomblob(22), 1, 'mobile', @fictional, 0, 0 FROM n;

        INSERT INTO respondent (id, frame_id, area_id, added_at)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT i, 1, 1, @now FROM n;

        INSERT INTO respondent_phone (respondent_id, position, phone_id)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT i, 0, i FROM n;

        INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT @campaignId, i, 1, 1 FROM n;
        """;

    // Attempts fall due in another order than that of their respondents, as in a drawn sample: 7919 shares no factor with the counts used.
    private const string InsertDue = """
        INSERT INTO attempt (campaign_id, respondent_id, ordinal, channel, state, due_at, appointment, lease_number, our_fault)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT @campaignId, i * 7919 % @count + 1, 1, @channel, 'pending', @now - 1000, 0, 0, 0 FROM n;
        """;

    private const string InsertPlaced = """
        INSERT INTO attempt (campaign_id, respondent_id, ordinal, channel, state, due_at, appointment, phone_id, token, carrier_id, placing_at, placed_at,
            deadline_at, lease_number, our_fault)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT @campaignId, i, 1, 'voice', 'placed', @now - 1000, 0, i, printf('t%08d', i), printf('CA%032d', i), @now, @now, @now + 7200000, 1, 0 FROM n;
        """;

    private readonly TimeProvider clock;
    private readonly bool atDesk;

    private Office(string folder, TimeProvider clock, ITimeline? timeline, ICarrier? carrier, FieldworkOptions options, bool atDesk)
    {
        this.clock = clock;
        this.atDesk = atDesk;
        Database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "surveydialer.db") }, clock);
        Keys = KeyRing.OpenOrCreate(Path.Combine(folder, "keys.json"), "Benchmark: these keys protect nothing.");
        Cipher = new FieldCipher(Keys);
        Calendars = ContentFolders.Calendars(null);
        Field = new FieldOffice(new FieldOfficeParts
        {
            Database = Database,
            Keys = Keys,
            Templates = new TemplateLibrary(ContentFolders.Templates()),
            Calendars = Calendars,
            Timeline = timeline ?? new VirtualTimeline(clock.GetUtcNow(), (key, fault) => Run.Note($"{key}: {fault}")),
            Carrier = carrier ?? new AnsweringCarrier(clock),
            Options = options,
        });
    }

    internal Database Database { get; }

    internal KeyRing Keys { get; }

    internal FieldCipher Cipher { get; }

    internal CalendarBook Calendars { get; }

    internal FieldOffice Field { get; }

    internal long CampaignId { get; private set; }

    /// <param name="timeline">Null where nothing is dialled.</param>
    /// <param name="carrier">Null where nothing is dialled.</param>
    /// <param name="atDesk">A round of the standard questionnaire for callers at desk telephones, whose numbers pass for numbers that ring; else one of the short key-press questionnaire for the simulator.</param>
    internal static async Task<Office> OpenAsync(string folder, TimeProvider clock, ITimeline? timeline, ICarrier? carrier, FieldworkOptions options, bool atDesk = false)
    {
        var office = new Office(folder, clock, timeline, carrier, options, atDesk);
        await office.BeginCampaignAsync();
        return office;
    }

    /// <summary>Respondents whose first call is due.</summary>
    internal Task AddDueAsync(int count) => AddAsync(count, InsertDue);

    /// <summary>Respondents whose call has been placed, with tokens <c>t00000001</c> and so on and carrier ids likewise.</summary>
    internal Task AddPlacedAsync(int count) => AddAsync(count, InsertPlaced);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task AddAsync(int count, string insertAttempts)
    {
        var number = Cipher.Encrypt("phone.number", "+8615400000001");
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var sql in (string[])[InsertContacts, insertAttempts])
        {
            for (var from = 1; from <= count; from += Slice)
            {
                var arguments = new { from, to = Math.Min(count, from + Slice - 1), number, now, campaignId = CampaignId, count, fictional = atDesk ? 0 : 1, channel = atDesk ? "live" : "voice" };
                await Database.WriteAsync(connection => connection.Execute(sql, arguments), CancellationToken.None);
            }
        }

        await Database.WriteAsync(connection => connection.Execute("ANALYZE main;"), CancellationToken.None);
    }

    private async Task BeginCampaignAsync()
    {
        await Database.WriteAsync(
            connection => connection.Execute("""
                INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '云溪镇');
                INSERT INTO frame (id, name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
                VALUES (1, '名单', '台账', '演示', 'generated', 0, 0, 0, 0, 0);
                INSERT INTO respondent (id, frame_id, area_id, added_at) VALUES (1, 1, 1, 0);
                INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad) VALUES (1, x'00', randomblob(22), 1, 'mobile', @fictional, 0, 0);
                INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (1, 0, 1);
                """, new { fictional = atDesk ? 0 : 1 }),
            CancellationToken.None);
        var questionnaire = atDesk ? "standard" : "short-keys";
        var template = TemplateLibrary.ReadFile(Path.Combine(ContentFolders.Templates(), questionnaire, "template.yaml")).Template!;
        CampaignId = await Field.Launch.CreateAsync(
            new CampaignDraft
            {
                Name = "测速",
                TemplateId = questionnaire,
                Carrier = atDesk ? "desk-phone" : "simulator",
                Organiser = "云溪镇人民政府",
                Approval = "云统〔2026〕1号",
                Blanks = new Dictionary<string, string>(BlankFilling.Examples(template), StringComparer.Ordinal) { ["verify_phone"] = "0851-01234567", ["delete_days"] = "30" },
                Frames = [1],
            },
            CancellationToken.None);

        // A list without anybody to call cannot become a campaign; the respondents come later, in their states.
        await Database.WriteAsync(connection => connection.Execute("DELETE FROM respondent_phone; DELETE FROM respondent; DELETE FROM phone;"), CancellationToken.None);
        await Field.Launch.LaunchAsync(CampaignId, "benchmark", null, CancellationToken.None);
    }
}
