using System.Text;
using Dapper;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Exports;
using SurveyDialer.Fieldwork;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>Five interviews, one of them with an open case; then the time of the round is over.</summary>
public sealed class EndOfRoundTests : IAsyncDisposable
{
    private const int Respondents = 5;

    private readonly TextOffice office = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => Path.GetDirectoryName(office.Files.Database.Path)!;

    private string Backups => Path.Combine(Folder, "backups");

    private EndOfRound End => new(office.Files.Database, office.Files.Keys, new BackupShelf(Backups), office.Time.Clock);

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_in_the_file_its_log_or_a_backup_joins_an_answer_to_a_person(bool anotherRoundRuns)
    {
        await HoldRoundAsync();
        var secrets = Secrets();
        Assert.True(secrets.Count > 5 * Respondents, $"{secrets.Count} secrets");
        var aside = Path.Combine(Folder, "aside.db");
        office.Files.Database.CopyTo(aside);
        Directory.CreateDirectory(Backups);
        office.Files.Database.CopyTo(Path.Combine(Backups, "surveydialer-20260301-000000.db"));
        if (anotherRoundRuns) await ExecuteAsync("INSERT INTO campaign (id, name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind, organiser_unit, approval, county_key, sealed_taken_at, live_callers, frame_source, time_zone, seed, target, max_lines, max_starts, last_day, link_key_id, created_at, launched_at, closed_at, counted_at, unlinked_at) SELECT 2, name, 'running', 'twilio', template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind, organiser_unit, approval, county_key, sealed_taken_at, live_callers, frame_source, time_zone, seed, target, max_lines, max_starts, last_day, 'other', created_at, launched_at, closed_at, NULL, NULL FROM campaign;");
        Assert.True(secrets.TrueForAll(secret => Holds(office.Files.Database.Path, secret) || Holds(office.Files.Database.Path + "-wal", secret)));

        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));

        foreach (var file in Directory.GetFiles(Folder, "surveydialer.db*").Concat(Directory.GetFiles(Backups)))
            Assert.True(secrets.TrueForAll(secret => !Holds(file, secret)), file);
        Assert.Single(Directory.GetFiles(Backups, "*.db"));
        Assert.Equal(0, office.One<long>("SELECT (SELECT count(*) FROM interview_link) + (SELECT count(*) FROM attempt) + (SELECT count(*) FROM attempt_history) + (SELECT count(*) FROM carrier_event) + (SELECT count(*) FROM sample_member) + (SELECT count(*) FROM disposition_history) + (SELECT count(*) FROM message);"));
        Assert.Equal(Respondents, office.One<long>("SELECT count(*) FROM interview WHERE turn = 0 AND position IS NULL AND consent IS NULL AND topic IS NULL AND next_step IS NULL AND asked = 0;"));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM answer WHERE turn <> 0 OR replays <> 0;"));
        CheckAside(aside);
        Assert.Equal(anotherRoundRuns ? 1 : 0, office.One<long>("SELECT count(*) FROM setting WHERE name = 'vacuum.due';"));
    }

    [Fact]
    public void No_time_stands_in_the_answer_ledger_and_no_row_number_tells_an_order()
    {
        foreach (var table in (string[])["interview", "answer", "flag"])
        {
            var sql = office.One<string>($"SELECT sql FROM sqlite_schema WHERE name = '{table}';");
            Assert.Contains("WITHOUT ROWID", sql, StringComparison.Ordinal);
            var columns = office.All($"SELECT name FROM pragma_table_info('{table}');");
            Assert.True(columns.Count > 1);
            Assert.DoesNotContain(columns, name => name.EndsWith("_at", StringComparison.Ordinal) || name.Contains("millis", StringComparison.Ordinal) || name is "at" or "day");
        }
    }

    [Fact]
    public async Task Pages_and_exports_count_as_before()
    {
        await HoldRoundAsync();
        var before = await CountsAsync();
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        var after = await CountsAsync();
        Assert.Equal(before, after);
        Assert.NotEqual(0, new ChainQueries(office.Files.Database).Find(1).Flagged);
        Assert.Equal((Respondents, Respondents), (new OutcomeQueries(office.Files.Database).Find(1)!.Whole.Total, new OutcomeQueries(office.Files.Database).Find(1)!.Hours.Sum(hour => hour.Total)));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM call_total;"));
        Assert.Empty(new RespondentQueries(office.Files.Database, office.Files.Cipher).Page(1, new RespondentFilter(null, null), 0, 10));
    }

    [Fact]
    public async Task It_waits_for_the_days_that_residents_were_told_and_then_goes_by_itself()
    {
        await HoldRoundAsync();
        await office.Time.AdvanceAsync(TimeSpan.FromDays(29), Cancellation);
        await office.JobAsync("end-of-round");
        Assert.Equal(EndOfRoundProblem.NotOver, await End.EndAsync(1, "王芳", early: false, Cancellation));
        Assert.Equal(Respondents, office.One<long>("SELECT count(*) FROM interview_link;"));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(1.1), Cancellation);
        await office.JobAsync("end-of-round");
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM interview_link;"));
        Assert.Equal(0, office.One<long>("SELECT (SELECT count(*) FROM respondent) + (SELECT count(*) FROM phone) + (SELECT count(*) FROM respondent_phone);"));
        Assert.Null(office.Files.Cipher.SealLink(office.One<string>("SELECT link_key_id FROM campaign;"), 1, new byte[16]));
        await office.JobAsync("end-of-round");
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM audit_log WHERE action = 'round-unlinked';"));
    }

    [Fact]
    public async Task A_round_that_is_not_closed_or_has_a_call_under_way_is_left_alone()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        Assert.Equal(EndOfRoundProblem.NotThere, await End.EndAsync(4711, "王芳", early: true, Cancellation));
        Assert.Equal(EndOfRoundProblem.NotClosed, await End.EndAsync(1, "王芳", early: true, Cancellation));
        await office.ToConsentAsync(0);
        await office.Office.Control.CloseAsync(1, "王芳", Cancellation);
        Assert.Equal(EndOfRoundProblem.UnderWay, await End.EndAsync(1, "王芳", early: true, Cancellation));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM attempt WHERE token IS NOT NULL;"));
    }

    [Fact]
    public async Task Persons_whom_another_round_needs_stay_until_its_end()
    {
        await HoldRoundAsync();
        // The next round comes when those who were interviewed may be called again.
        await ExecuteAsync("DELETE FROM contact_cap;");
        var second = await office.Launch.CreateAsync(office.Draft("short-keys"), Cancellation);
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        Assert.Equal((long)Respondents, office.One<long>("SELECT count(*) FROM respondent;"));
        Assert.Equal((long)Respondents, office.One<long>("SELECT count(*) FROM phone;"));
        await ExecuteAsync($"UPDATE campaign SET state = 'closed', closed_at = 0, launched_at = 0 WHERE id = {second};");
        Assert.Null(await End.EndAsync(second, "王芳", early: true, Cancellation));
        Assert.Equal(0, office.One<long>("SELECT (SELECT count(*) FROM respondent) + (SELECT count(*) FROM phone);"));
    }

    [Fact]
    public async Task Whoever_stands_on_another_list_stays_and_the_list_that_is_over_may_come_again()
    {
        await HoldRoundAsync();
        await ExecuteAsync("""
            INSERT INTO frame (id, name, source, legal_basis, kind, population, file_sha256, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
            SELECT 99, 'next', source, legal_basis, kind, population, x'99', 1, 1, 0, 0, 1 FROM frame LIMIT 1;
            INSERT INTO frame_member (respondent_id, frame_id) VALUES (2, 99);
            UPDATE frame SET file_sha256 = x'01' WHERE id = 1;
            """);
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        Assert.Equal("2 99", office.One<string>("SELECT group_concat(id || ' ' || frame_id) FROM respondent;"));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM frame_member;"));
        Assert.Equal("99", office.One<string>("SELECT group_concat(id) FROM frame WHERE file_sha256 IS NOT NULL;"));
    }

    [Fact]
    public async Task Never_again_and_the_caps_outlive_the_numbers()
    {
        await HoldRoundAsync();
        await office.NeverAgainAsync(Number(0));
        var caps = office.One<long>("SELECT count(*) FROM contact_cap;");
        Assert.True(caps > 0);
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        Assert.Equal(caps, office.One<long>("SELECT count(*) FROM contact_cap;"));
        Assert.True(office.IsDoNotCall(Number(0)));
    }

    [Fact]
    public async Task An_open_case_keeps_its_name_until_it_has_been_closed_as_long()
    {
        await HoldRoundAsync();
        await office.Time.AdvanceAsync(TimeSpan.FromDays(31), Cancellation);
        await office.JobAsync("end-of-round");
        var cases = new CaseQueries(office.Files.Database, office.Files.Cipher);
        Assert.Equal(("居民1", true), (cases.Find(1)!.Name, cases.Find(1)!.Number is not null));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM follow_up_case WHERE respondent_id IS NOT NULL;"));

        var desk = new CaseDesk(office.Files.Database, office.Files.Cipher, office.Time.Clock);
        foreach (var (step, outcome) in new[] { (CaseEvent.Take, (string?)null), (CaseEvent.Contact, null), (CaseEvent.Close, "solved") })
            Assert.Null(await desk.TakeStepAsync(new CaseStep { CaseId = 1, Event = step, Who = "王芳", Note = "灯修好了", Outcome = outcome }, Cancellation));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(29), Cancellation);
        await office.JobAsync("end-of-round");
        Assert.Equal("居民1", cases.Find(1)!.Name);
        await office.Time.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        await office.JobAsync("end-of-round");
        var erased = cases.Find(1)!;
        Assert.Equal((null, null, null), (erased.Name, erased.Number, erased.Words));
        Assert.All(erased.History, step => Assert.Null(step.Note));
        Assert.Equal("solved", erased.Item.Outcome);
        Assert.Equal(1, office.One<long>("SELECT total FROM campaign_total WHERE measure = 'deleted' AND code = 'cases';"));
    }

    [Fact]
    public async Task What_was_cut_short_is_taken_up_and_counts_nothing_twice()
    {
        await HoldRoundAsync();
        var before = await CountsAsync();
        await office.Files.Database.WriteAsync(
            connection =>
            {
                Assert.True(CampaignTotalStore.Write(connection, 1, CampaignTotalStore.Count(connection, 1), 1));
                Assert.False(CampaignTotalStore.Write(connection, 1, CampaignTotalStore.Count(connection, 1), 2));
                InterviewUnlinking.Rewrite(connection, InterviewUnlinking.Ids(connection, 1)[0], []);
                var first = SampleMemberStore.Some(connection, 1, 1)[0];
                CallForgetting.Forget(connection, 1, first);
                AttemptForgetting.Forget(connection, 1, first);
                SampleMemberStore.Forget(connection, 1, first);
            },
            Cancellation);
        Assert.Equal(before, await CountsAsync());
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        Assert.Equal(before, await CountsAsync());
        Assert.Equal(Respondents, office.One<long>("SELECT count(*) FROM interview;"));
    }

    [Fact]
    public async Task The_certificate_says_what_went_and_what_the_carrier_holds()
    {
        await HoldRoundAsync();
        Assert.Contains(DeletionCertificate.Read(office.Files.Database, 1, "zh-CN")!.Lines, line => line.What.Contains("尚未删除", StringComparison.Ordinal));
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        var certificate = DeletionCertificate.Read(office.Files.Database, 1, "en")!;
        Assert.Equal((5L, 5L, 5L, 5L, 5L), (certificate.Deleted["members"], certificate.Deleted["attempts"], certificate.Deleted["links"], certificate.Deleted["persons"], certificate.Deleted["numbers"]));
        Assert.Equal((5L, 1L, 0L), (certificate.Left["carrier_calls"], certificate.Left["cases_named"], certificate.Left["sealed"]));
        Assert.Contains(certificate.Lines, line => line is { Number: 5, What: "Records of calls at the carrier (number, time, length)" });
        Assert.Equal("王芳", office.One<string>("SELECT who FROM audit_log WHERE action = 'round-unlinked' AND detail LIKE 'campaign 1: attempts 5, %links 5%';"));
    }

    [Fact]
    public async Task Texts_that_the_carrier_has_not_blanked_are_still_asked_to_be()
    {
        await office.LaunchAsync("text", [[TextOffice.Mobile]]);
        await office.RepliesAsync("1", "1", "5", "1", "路灯不亮", "2", "5");
        Assert.True(office.One<long>("SELECT count(*) FROM message WHERE redacted = 0 AND carrier_id IS NOT NULL;") > 0);
        var sent = office.One<long>("SELECT count(*) FROM message WHERE carrier_id IS NOT NULL;");
        Assert.Null(await End.EndAsync(1, "王芳", early: true, Cancellation));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM message;"));
        Assert.Equal(sent, DeletionCertificate.Read(office.Files.Database, 1, "en")!.Left["carrier_texts"]);
        await office.JobAsync("redact-texts");
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM incoming_message WHERE redacted = 0;"));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(31), Cancellation);
        await office.JobAsync("end-of-round");
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM incoming_message;"));
    }

    /// <summary>Everybody is interviewed; the first asks for a visit. The round closes by itself.</summary>
    private async Task HoldRoundAsync()
    {
        await office.LaunchAsync("short-keys", [.. Enumerable.Range(0, Respondents).Select(i => new[] { Number(i) })]);
        await office.Files.Database.WriteAsync(
            connection =>
            {
                for (var id = 1; id <= Respondents; id++)
                    connection.Execute("UPDATE respondent SET name_enc = @name WHERE id = @id;", new { id, name = office.Files.Cipher.Encrypt("respondent.name", $"居民{id}") });
            },
            Cancellation);
        var first = Enumerable.Range(0, Respondents).First(call => office.One<long>($"SELECT respondent_id FROM attempt WHERE token = '{office.Carrier.Called[call].Token}';") == 1);
        for (var call = 0; call < Respondents; call++)
        {
            await office.ToConsentAsync(call, call == first ? ["2", "5"] : ["4"]);
            await office.EndCallAsync(call, CallStatus.Completed);
        }

        await ExecuteAsync("INSERT INTO flag (interview_id, rule_id) SELECT id, 'unsafe' FROM interview; UPDATE interview SET flagged = 1;");
        Assert.Equal("closed", office.One<string>("SELECT state FROM campaign;"));
    }

    private static string Number(int i) => $"+861540000010{i}";

    private Task<int> ExecuteAsync(string sql) => office.Files.Database.WriteAsync(connection => connection.Execute(sql), Cancellation);

    /// <summary>All bytes that could lead from an answer to a person: ids, links, encrypted numbers and names, tokens, ids at the carrier.</summary>
    private List<byte[]> Secrets() => office.Files.Database.Read(connection => connection.Query<byte[]>("""
        SELECT id FROM interview UNION ALL SELECT link_enc FROM interview_link UNION ALL SELECT number_enc FROM phone
        UNION ALL SELECT name_enc FROM respondent WHERE id > 1
        UNION ALL SELECT CAST(token AS BLOB) FROM attempt WHERE token IS NOT NULL UNION ALL SELECT CAST(position AS BLOB) FROM interview
        UNION ALL SELECT name_enc FROM follow_up_case WHERE 0;
        """).Where(secret => !IsOfCase(connection, secret)).ToList());

    // The open case keeps its own copy of its resident's number, by consent.
    private static bool IsOfCase(Microsoft.Data.Sqlite.SqliteConnection connection, byte[] secret)
        => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM follow_up_case WHERE number_enc = @secret OR name_enc = @secret);", new { secret });

    private static bool Holds(string file, byte[] secret)
    {
        if (!File.Exists(file)) return false;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(secret) >= 0;
    }

    /// <summary>A copy that somebody kept elsewhere, tried with the keys that are left.</summary>
    private void CheckAside(string aside)
    {
        using var copy = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={aside};Mode=ReadOnly;Pooling=False");
        copy.Open();
        var links = copy.Query<(long Respondent, byte[] Link, string Key)>("SELECT l.respondent_id, l.link_enc, c.link_key_id FROM interview_link l JOIN campaign c ON c.id = l.campaign_id;").ToList();
        Assert.Equal(Respondents, links.Count);
        var keys = new FieldCipher(KeyRing.Open(Path.Combine(Folder, "keys.json")));
        Assert.All(links, link => Assert.Null(keys.OpenLink(link.Key, link.Respondent, link.Link)));
        var ids = copy.Query<byte[]>("SELECT id FROM interview;").Select(Convert.ToHexString).ToHashSet();
        Assert.DoesNotContain(office.All("SELECT hex(id) FROM interview;"), ids.Contains);
        Assert.All(links, link => Assert.DoesNotContain(copy.Query<byte[]>("SELECT id FROM interview;"), id => link.Link.AsSpan().IndexOf(id) >= 0));
    }

    private async Task<string> CountsAsync()
    {
        var database = office.Files.Database;
        var text = new StringBuilder();
        text.AppendJoin(' ', office.Progress.Tally.ByCode.Select(pair => $"{pair.Key}={pair.Value}")).AppendLine();
        text.AppendLine(new ChainQueries(database).Find(1).ToString());
        text.AppendJoin('\n', new AreaProgressQueries(database).ByTownship(1).Select(township => $"{township.Name} {township.Members} {township.Finished} {township.Completes}")).AppendLine();
        text.AppendJoin('\n', new CampaignQueries(database).List().Select(one => $"{one.Campaign.Id} {one.Tally.Members} {one.Tally.Completes}")).AppendLine();
        foreach (var kind in (string[])["dispositions", "field-report"])
        {
            using var stream = new MemoryStream();
            await new ExportCatalog(database, office.Files.Cipher, office.Time.Clock).WriteAsync(kind, 1, stream, "zh-CN", progress: null, Cancellation);
            text.AppendLine(Encoding.UTF8.GetString(stream.ToArray()));
        }

        return text.ToString();
    }
}
