using Dapper;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A field office in virtual time with several campaigns, each on a list of its own, and a carrier whose calls nobody answers.</summary>
internal sealed class LineOffice : IAsyncDisposable
{
    private readonly TestDatabase files;
    private readonly FieldOffice office;
    private readonly CalendarBook calendars;

    internal LineOffice(FieldworkOptions options, double ringingSeconds)
    {
        Time = new VirtualTime(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8)));
        files = TestDatabase.Create(Time.Clock);
        Carrier = new LineCarrier(Time, TimeSpan.FromSeconds(ringingSeconds));
        Options = options;
        calendars = new CalendarBook([CalendarFile.Read(SourceTree.Read("campaign-templates/calendars/cn.yaml")).Calendar!], []);
        office = new FieldOffice(new FieldOfficeParts
        {
            Database = files.Database,
            Keys = files.Keys,
            Templates = new TemplateLibrary(Path.Combine(SourceTree.Root, "campaign-templates")),
            Calendars = calendars,
            Timeline = Time,
            Carrier = Carrier,
            Options = options,
        });
        Carrier.Inbox = office.Inbox;
    }

    internal VirtualTime Time { get; }

    internal LineCarrier Carrier { get; }

    internal FieldworkOptions Options { get; }

    internal TestDatabase Files => files;

    internal CampaignBook Book => new(calendars);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => files.DisposeAsync();

    /// <summary>Launches a campaign on a list of so many respondents.</summary>
    /// <returns>Its id; its numbers begin with <c>+86154</c> and the id.</returns>
    internal async Task<long> LaunchAsync(int respondents, int? lines = null, double? starts = null, bool allOptedOut = false)
    {
        var frame = await files.Database.WriteAsync(connection => AddList(connection, respondents), Cancellation);
        var template = TemplateLibrary.ReadFile(Path.Combine(SourceTree.Root, "campaign-templates", "short-keys", "template.yaml")).Template!;
        var id = await office.Launch.CreateAsync(
            new CampaignDraft
            {
                Name = $"第 {frame} 轮",
                TemplateId = "short-keys",
                Carrier = "simulator",
                Organiser = "云溪镇人民政府",
                Approval = "云统〔2026〕1号",
                Blanks = new Dictionary<string, string>(BlankFilling.Examples(template), StringComparer.Ordinal) { ["delete_days"] = "30", ["verify_phone"] = "0851-01234567" },
                Frames = [frame],
                MaxLines = lines,
                MaxStarts = starts,
            },
            Cancellation);
        Assert.Equal(frame, id);
        await office.Launch.LaunchAsync(id, "test", null, Cancellation);
        // Before the launch it would be refused.
        if (allOptedOut)
            await files.Database.WriteAsync(
                connection => connection.Execute("INSERT INTO do_not_call (number_index, key_version, day) SELECT number_index, 1, 0 FROM phone WHERE id >= @frame * 1000000;", new { frame }), Cancellation);
        return id;
    }

    internal async Task RunAsync(double seconds)
    {
        await office.StartAsync(Cancellation);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(seconds), Cancellation);
    }

    internal List<DateTimeOffset> StartsOf(long campaign)
        => [.. Carrier.Calls.Where(call => call.Number.StartsWith($"+86154{campaign}", StringComparison.Ordinal)).Select(call => call.From)];

    /// <summary>Most calls at one time, of one campaign or of all.</summary>
    internal int MostLines(long? campaign = null)
    {
        var calls = Carrier.Calls.Where(call => campaign is null || call.Number.StartsWith($"+86154{campaign}", StringComparison.Ordinal)).ToList();
        return calls.Count == 0 ? 0 : calls.Max(one => calls.Count(other => other.From <= one.From && one.From < other.To));
    }

    internal T One<T>(string sql) => files.Database.Read(connection => connection.QuerySingle<T>(sql))!;

    private long AddList(Microsoft.Data.Sqlite.SqliteConnection connection, int respondents)
    {
        connection.Execute("INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '云溪镇') ON CONFLICT DO NOTHING;");
        var frame = connection.QuerySingle<long>("""
            INSERT INTO frame (name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
            VALUES ('名单', '台账', '依法履职', 'list', 1, 1, 1, 0, 0) RETURNING id;
            """);
        for (var i = 0; i < respondents; i++)
        {
            var number = PhoneNumber.Read($"+86154{frame}{i:D7}");
            connection.Execute(
                """
                INSERT INTO respondent (id, frame_id, area_id, added_at) VALUES (@id, @frame, 1, 0);
                INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad)
                VALUES (@id, @encrypted, @index, 1, 'mobile', 1, 0, 0);
                INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (@id, 0, @id);
                """,
                new
                {
                    id = (frame * 1_000_000) + i, frame, encrypted = files.Cipher.Encrypt("phone.number", number.Canonical),
                    index = SampleFields.NumberIndex(files.Cipher, number),
                });
        }

        return frame;
    }
}
