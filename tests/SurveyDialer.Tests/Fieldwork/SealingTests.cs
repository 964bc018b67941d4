using System.Text;
using Dapper;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A round organised by the police: what residents say about the police is sealed to the county as it arises, by call and by text.</summary>
public sealed class SealingTests : IAsyncDisposable
{
    private const string Visit = "2";
    private const string ReportOnly = "3";
    private const string Police = "3";
    private const string Services = "5";
    private const string Complaint = "派出所去了三次都不受理";
    private const string Passphrase = "县委政法委的口令要长一些";

    private static readonly (string PrivatePem, string PublicPem) Pair = CountyPrivateKey.Create(Passphrase);

    /// <summary>Replies up to the question for follow-up consent.</summary>
    private static readonly string[] ByText = ["1", "1", "5", "1", Complaint];

    private readonly TextOffice office = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static byte[] Sound => [.. "RIFF"u8, .. new byte[40], .. "派出所不受理"u8];

    private CaseQueries Cases => new(office.Files.Database, office.Files.Cipher);

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_case_its_number_and_its_recording_are_readable_by_the_county_alone()
    {
        await StartAsync("short-keys");
        await office.ToConsentAsync(0, Visit);
        Assert.InRange(office.One<long>("SELECT id FROM follow_up_case;"), 100_000, 99_999_999);
        await NameTopicAsync(Police);
        await CommentAsync();

        Assert.Equal(0, office.One<long>("SELECT (SELECT count(*) FROM follow_up_case) + (SELECT count(*) FROM follow_up_case_history) + (SELECT count(*) FROM recording) + (SELECT count(*) FROM area_words);"));
        Assert.Equal(["RE1"], office.Carrier.Deleted);
        Assert.Equal(["case", "recording"], office.All("SELECT kind FROM sealed_item ORDER BY kind;"));
        Assert.Equal((1L, 1L), (Cases.CountSealed(), new ChainQueries(office.Files.Database).Find(1).Cases));
        Assert.Equal("sealed", office.One<string>("SELECT topic FROM interview;"));
        var (head, sound) = ((await OpenAsync("case")).Single(), (await OpenAsync("recording")).Single());
        Assert.Equal(("visit", "+8615400000001", "张三", "三组12号", "云溪镇"), (head.PreferredWay, head.Number, head.Name, head.Address, head.Township));
        Assert.Contains("公安", head.Topic, StringComparison.Ordinal);
        Assert.Equal((head.Matter, new DateOnly(2026, 3, 2)), (sound.Matter, head.Day));
        Assert.Equal(Sound, sound.Audio);
    }

    [Fact]
    public async Task A_report_without_contact_counts_for_the_area_without_its_topic()
    {
        await StartAsync("short-keys");
        await office.ToConsentAsync(0, ReportOnly, Police);
        await CommentAsync();
        await office.SettleAsync();
        var report = (await OpenAsync("report")).Single();
        Assert.Equal((null, null, null, "云溪镇"), (report.Name, report.Number, report.PreferredWay, report.Township));
        Assert.Equal(report.Matter, (await OpenAsync("recording")).Single().Matter);
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM area_words;"));
        Assert.DoesNotContain("police", office.All("SELECT topic FROM area_voice UNION SELECT topic FROM area_visit;"));
    }

    [Fact]
    public async Task Other_matters_stay_with_the_office()
    {
        await StartAsync("short-keys");
        await office.ToConsentAsync(0, Visit, Services);
        await CommentAsync();
        var id = office.One<long>("SELECT id FROM follow_up_case;");
        Assert.Equal(("services", "张三"), (Cases.Find(id)!.Item.Topic, Cases.Find(id)!.Name));
        Assert.Equal(0, Cases.CountSealed());
        Assert.Equal(RecordingState.Fetched, Cases.Find(id)!.Recordings.Single().State);
    }

    [Fact]
    public async Task Words_texted_before_the_topic_are_sealed_with_it()
    {
        await StartAsync("text");
        await office.RepliesAsync([.. ByText, Visit, Police]);
        Assert.Equal(0, office.One<long>("SELECT (SELECT count(*) FROM follow_up_case) + (SELECT count(*) FROM area_words);"));
        var head = (await OpenAsync("case")).Single();
        Assert.Equal(("张三", Complaint), (head.Name, head.Words));
    }

    [Fact]
    public async Task Words_texted_without_wish_for_contact_are_sealed_without_a_name()
    {
        await StartAsync("text");
        await office.RepliesAsync([.. ByText, ReportOnly, Police]);
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM area_words;"));
        var head = (await OpenAsync("report")).Single();
        Assert.Equal((null, null, Complaint), (head.Name, head.Number, head.Words));
    }

    [Fact]
    public async Task Nothing_readable_is_left_in_the_file()
    {
        await StartAsync("text");
        await office.RepliesAsync([.. ByText, Visit]);
        var openCase = office.One<byte[]>("SELECT number_enc FROM follow_up_case;");
        var words = office.One<byte[]>("SELECT words_enc FROM follow_up_case;");
        await office.ReplyAsync(Police);
        var copy = Path.Combine(Path.GetDirectoryName(office.Files.Database.Path)!, "copy.db");
        office.Files.Database.CopyTo(copy);
        var bytes = await File.ReadAllBytesAsync(copy, Cancellation);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("三次都不受理")));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(words));

        // The number's own row still holds it; the copy that made it a case does not.
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM phone WHERE number_enc IS NOT NULL;"));
        Assert.Equal(1, Occurrences(bytes, openCase));
        foreach (var (_, content) in office.Files.Database.Read(connection => SealedStore.Of(connection, 1).ToList()))
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => office.Files.Cipher.DecryptBytes("case", content));
    }

    [Fact]
    public async Task Pieces_say_nothing_about_the_order_in_which_they_came()
    {
        await StartAsync("short-keys", [["+8615400000011"], ["+8615400000012"], ["+8615400000013"]]);
        for (var call = 0; call < 3; call++) await office.ToConsentAsync(call, Visit, Police);
        var columns = office.All("SELECT name FROM pragma_table_info('sealed_item');");
        Assert.Equal(["id", "campaign_id", "kind", "content"], columns);
        Assert.Equal(3, office.All("SELECT hex(id) FROM sealed_item;").Distinct().Count());
        Assert.All(office.All("SELECT hex(id) FROM sealed_item;"), id => Assert.Equal(32, id.Length));
    }

    [Theory]
    [InlineData("police", null, "organiser_concerned")]
    [InlineData("polcie", null, "organiser_unit_unknown")]
    [InlineData("police", "not a key", "county_key_none")]
    [InlineData("township", "not a key", "county_key_none")]
    [InlineData("other", null, null)]
    [InlineData("township", null, null)]
    public async Task The_gate_asks_for_the_key_where_a_topic_concerns_the_organiser(string unit, string? key, string? problem)
    {
        await office.PrepareAsync([[TextOffice.Mobile]]);
        var missing = office.Launch.Missing(office.Draft("short-keys") with { OrganiserUnit = unit, CountyKey = key });
        Assert.Equal(problem is null ? [] : [problem], missing.Select(one => one.Key));
    }

    [Fact]
    public async Task A_private_key_given_by_mistake_is_refused_and_a_township_may_seal_too()
    {
        await office.PrepareAsync([[TextOffice.Mobile]]);
        var draft = office.Draft("short-keys");
        Assert.Equal("county_key_private", office.Launch.Missing(draft with { CountyKey = Pair.PrivatePem }).Single().Key);
        Assert.Empty(office.Launch.Missing(draft with { CountyKey = Pair.PublicPem }));
    }

    [Fact]
    public async Task The_bundle_holds_every_piece_once_and_names_nobody()
    {
        await StartAsync("short-keys");
        await office.ToConsentAsync(0, Visit, Police);
        await CommentAsync();
        using var bundle = await BundleAsync();
        var names = Encoding.UTF8.GetString(bundle.ToArray());
        Assert.DoesNotContain("张三", names, StringComparison.Ordinal);
        using var key = CountyPrivateKey.Read(Pair.PrivatePem, Passphrase)!;
        var kinds = new List<string>();
        Assert.Null(SealedBundle.Open(bundle, key, (_, kind, matter) => kinds.Add(matter is null ? "damaged" : kind)));
        Assert.Equal(["case", "recording"], kinds.Order());
        Assert.NotEqual(0, office.One<long>("SELECT sealed_taken_at FROM campaign;"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM audit_log WHERE action = 'exported' AND detail = 'sealed of campaign 1, 2 rows';"));
    }

    private Task StartAsync(string template, IReadOnlyList<string[]>? respondents = null) => office.LaunchAsync(
        template, respondents ?? [[TextOffice.Mobile]], draft: draft =>
        {
            var (name, address) = (office.Files.Cipher.Encrypt("respondent.name", "张三"), office.Files.Cipher.Encrypt("respondent.address", "三组12号"));
            office.Files.Database.WriteAsync(connection => connection.Execute("UPDATE respondent SET name_enc = @name, address_enc = @address;", new { name, address }), Cancellation)
                .GetAwaiter().GetResult();
            return draft with { OrganiserKind = "department", OrganiserUnit = "police", CountyKey = Pair.PublicPem };
        });

    private async Task NameTopicAsync(string key)
    {
        var turn = office.One<long>("SELECT turn FROM interview;");
        await office.TurnAsync(0, (int)turn, key);
    }

    private async Task CommentAsync()
    {
        office.Carrier.Recordings["RE1"] = Sound;
        await office.EndCallAsync(0, CallStatus.Completed);
        await office.AnnounceAsync(0, "RE1");
        await office.JobAsync("recordings");
    }

    private async Task<MemoryStream> BundleAsync()
    {
        var catalog = new ExportCatalog(office.Files.Database, office.Files.Cipher, office.Time.Clock);
        var desk = new ExportDesk(catalog, office.Files.Database, office.Time.Clock);
        var stream = new MemoryStream();
        await desk.WriteAsync(desk.Kinds.Single(kind => kind.Id == "sealed"), 1, "王芳", stream, "zh-CN", progress: null, Cancellation);
        stream.Position = 0;
        return stream;
    }

    private async Task<List<SealedMatter>> OpenAsync(string wanted)
    {
        using var bundle = await BundleAsync();
        using var key = CountyPrivateKey.Read(Pair.PrivatePem, Passphrase)!;
        var found = new List<SealedMatter>();
        Assert.Null(SealedBundle.Open(bundle, key, (_, kind, matter) =>
        {
            Assert.NotNull(matter);
            if (kind == wanted) found.Add(matter);
        }));
        return found;
    }

    private static int Occurrences(byte[] bytes, byte[] what)
    {
        var count = 0;
        for (int at = 0, next; (next = bytes.AsSpan(at).IndexOf(what)) >= 0; at += next + 1) count++;
        return count;
    }
}
