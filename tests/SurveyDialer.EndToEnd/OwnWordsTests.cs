using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Scheduling;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>
/// Voice comments of a whole campaign, from the residents who speak to the page where they are written down, at a carrier that at first fails
/// to send and to delete them. What was fetched and what was deleted there comes from the simulator's own log.
/// </summary>
public sealed partial class OwnWordsTests(SpokenRound round) : IClassFixture<SpokenRound>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_comment_is_here_gone_at_the_carrier_and_covered_by_consent()
    {
        var fetched = Witnessed(WitnessKind.RecordingFetched);
        Assert.True(fetched.Count >= 4, $"{fetched.Count} comments");
        Assert.Equal(fetched.Select(entry => entry.Sid).Order(), Witnessed(WitnessKind.RecordingDeleted).Select(entry => entry.Sid).Order());
        Assert.Equal(fetched.Count, round.OfCases + round.OfAreas);
        Assert.True(round.OfCases >= 2 && round.OfAreas >= 2, $"{round.OfCases} belong to cases, {round.OfAreas} are only reported.");
        Assert.Equal(2 * SpokenRound.Failures, Witnessed(WitnessKind.FaultStruck).Count);
        Assert.Equal(0, Count("SELECT count(*) FROM area_words WHERE respondent_id IS NOT NULL"));
        Assert.Equal(0, Count("SELECT count(*) FROM recording WHERE case_id IS NULL AND (at IS NOT NULL OR carrier_id IS NOT NULL)"));
        await round.JobAsync("recordings");
        Assert.Equal(fetched.Count, Witnessed(WitnessKind.RecordingDeleted).Count);
    }

    [Fact]
    public async Task A_comment_is_played_as_it_was_spoken_written_down_and_gone()
    {
        var list = await round.Browser.GetStringAsync("/cases?state=to-write-down", Cancellation);
        var address = CaseLink.Match(list).Groups[1].Value;
        var page = await round.Browser.GetStringAsync(address, Cancellation);
        var source = WebUtility.HtmlDecode(SoundLink.Match(page).Groups[1].Value);
        var sound = await round.Browser.GetByteArrayAsync(source, Cancellation);
        var heard = Assert.Single(Witnessed(WitnessKind.RecordingFetched), entry => entry.Detail == Convert.ToHexString(SHA256.HashData(sound)));
        Assert.Contains(Witnessed(WitnessKind.RecordingDeleted), entry => entry.Sid == heard.Sid);

        var kept = await SendAsync(page, "Write", ("recording", RecordingField.Match(page).Groups[1].Value), ("text", "村口的路灯坏了"));
        Assert.Contains("村口的路灯坏了", kept);
        Assert.DoesNotContain("<audio", kept);
        Assert.Equal(HttpStatusCode.NotFound, (await round.Browser.GetAsync(source, Cancellation)).StatusCode);
        var id = address[(address.LastIndexOf('/') + 1)..];
        Assert.Equal([$"recording-played case {id}", $"recording-written-down case {id}"], Logged("% case %"));
        Assert.Equal(0, Count($"SELECT count(*) FROM recording WHERE case_id = {id} AND audio_enc IS NOT NULL"));
    }

    [Fact]
    public async Task A_report_without_contact_is_heard_written_down_without_names_and_nothing_else_is_left()
    {
        var before = Count("SELECT count(*) FROM recording");
        var list = await round.Browser.GetStringAsync("/area-visits/words", Cancellation);
        Assert.DoesNotContain("村</td>", list, StringComparison.Ordinal);
        var address = WordsLink.Match(list).Groups[1].Value;
        var page = await round.Browser.GetStringAsync(address, Cancellation);
        var sound = await round.Browser.GetByteArrayAsync($"{address}?handler=Sound", Cancellation);
        Assert.Contains(Witnessed(WitnessKind.RecordingFetched), entry => entry.Detail == Convert.ToHexString(SHA256.HashData(sound)));
        await SendAsync(page, "Write", ("text", "有一段路没有路灯"));
        Assert.Equal(before - 1, Count("SELECT count(*) FROM recording"));
        Assert.Equal(1, Count("SELECT count(*) FROM area_words WHERE state = 'written_down' AND words_enc IS NULL AND delete_at IS NULL"));
        Assert.Equal(["recording-played area words", "area-words-written-down area words"], Logged("% area words %").Select(line => line[..line.LastIndexOf(' ')]));
    }

    private async Task<string> SendAsync(string page, string handler, params (string Name, string Value)[] fields)
    {
        var action = WebUtility.HtmlDecode(Regex.Match(page, $"action=\"([^\"]+handler={handler})\"").Groups[1].Value);
        var token = FormToken.Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("form-token", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await round.Browser.PostAsync(action, form, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private List<WitnessEntry> Witnessed(WitnessKind kind) => [.. round.Run.Simulator.Witness.Entries().Where(entry => entry.Kind == kind)];

    private long Count(string sql) => round.Run.Database.Read(connection => connection.ExecuteScalar<long>(sql));

    private List<string> Logged(string like) => round.Run.Database.Read(connection => connection.Query<string>(
        "SELECT action || ' ' || detail FROM audit_log WHERE action || ' ' || detail LIKE @like ORDER BY id;", new { like }).AsList());

    [GeneratedRegex("href=\"(/cases/[0-9]+)\"")]
    private static partial Regex CaseLink { get; }

    [GeneratedRegex("href=\"(/area-visits/words/[0-9]+)\"")]
    private static partial Regex WordsLink { get; }

    [GeneratedRegex("<audio[^>]*src=\"([^\"]+)\"")]
    private static partial Regex SoundLink { get; }

    [GeneratedRegex("name=\"recording\" value=\"([0-9]+)\"")]
    private static partial Regex RecordingField { get; }

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken { get; }
}

/// <summary>A campaign of 150 made-up residents, run until it has closed, with its pages open.</summary>
public sealed class SpokenRound : IAsyncLifetime
{
    /// <summary>How often the carrier fails to send a recording, and to delete one.</summary>
    internal const int Failures = 7;

    private readonly string root = Directory.CreateTempSubdirectory("surveydialer-words-").FullName;
    private DataFolder folder = null!;
    private PageListener pages = null!;

    internal PracticeRun Run { get; private set; } = null!;

    internal HttpClient Browser { get; private set; } = null!;

    /// <summary>Recordings that were here before anybody listened.</summary>
    internal long OfCases { get; private set; }

    internal long OfAreas { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var failures = new List<string>();
        folder = DataFolder.TryOwn(root)!;
        Run = await PracticeRun.StartAsync(
            new PracticeOptions
            {
                Folder = root,
                Respondents = 150,
                Faults = [new Fault { Kind = FaultKind.ServerError, On = "recording-delete", Count = Failures }, new Fault { Kind = FaultKind.BadGateway, On = "recording", Count = Failures }],
            },
            folder, new StillClock(), (key, fault) => failures.Add($"{key}: {fault}"), cancellation);
        Assert.Null(await Run.ImportAsync(null, cancellation));
        Assert.Empty(await Run.LaunchAsync(cancellation));
        Assert.True(await Run.RunAsync(cancellation), string.Join('\n', failures));
        await JobAsync("recordings");
        (OfCases, OfAreas) = Run.Database.Read(connection => connection.QuerySingle<(long, long)>(
            "SELECT count(case_id), count(words_id) FROM recording WHERE state = 'fetched' AND at_carrier = 0;"));
        pages = await Run.OpenPagesAsync(0, new StillClock(), cancellation);
        Browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = pages.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await pages.DisposeAsync();
        await Run.DisposeAsync();
        folder.Dispose();
        Directory.Delete(root, recursive: true);
    }

    /// <summary>One run of a job beside its ticks.</summary>
    internal Task JobAsync(string name)
        => Run.Office.Jobs.Single(job => job.Name == name).Run(
            new JobContext(name, Run.Timeline.Clock.GetUtcNow(), Run.Timeline.Clock), TestContext.Current.CancellationToken);

    private sealed class StillClock : TimeProvider;
}
