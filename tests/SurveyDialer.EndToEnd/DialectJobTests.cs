using System.Net;
using System.Net.Http.Headers;
using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.EndToEnd;

/// <summary>A round in a dialect that is recorded completely, over real HTTP: the simulated residents hear nothing but the addresses that are played.</summary>
public sealed class DialectJobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_in_a_recorded_dialect_runs_to_its_end_without_the_folder_it_came_from()
    {
        var templates = Directory.CreateTempSubdirectory("surveydialer-dialect-").FullName;
        var audio = DialectTemplate.Write(templates, await File.ReadAllTextAsync(Path.Combine(ContentFolders.Templates(), "short-keys", "template.yaml"), Cancellation));
        var identity = await File.ReadAllBytesAsync(Path.Combine(audio, "identity.wav"), Cancellation);
        var faults = new List<string>();
        using var folder = DataFolder.TryOwn(Directory.CreateTempSubdirectory("surveydialer-endtoend-").FullName)!;
        await using (var run = await PracticeRun.StartAsync(
            new PracticeOptions { Folder = folder.Root, OfficeTemplates = templates, TemplateId = DialectTemplate.Id, Respondents = 40, Seed = 7 },
            folder, new FrozenClock(), (key, fault) => faults.Add($"{key}: {fault}"), Cancellation))
        {
            Assert.Null(await run.ImportAsync(null, Cancellation));
            Assert.Empty(await run.LaunchAsync(Cancellation));
            Directory.Delete(templates, recursive: true);
            Assert.True(await run.RunAsync(Cancellation), string.Join('\n', faults));
            Assert.Empty(faults);

            // Only who hears the question answers it by what it asks: most live here, and nobody without hearing would say so for 19 in 20.
            Assert.True(run.Totals().Completes > 5, $"{run.Totals().Completes}");
            Assert.Equal(0, run.Totals().AttemptsRungTwice);
            var adults = run.Database.Read(connection => connection.Query<(string Key, long Times)>("""
                SELECT a.key, count(*) FROM answer a JOIN interview i ON i.id = a.interview_id
                WHERE a.question_id = 'S2' AND i.language = 'cmn-x-yunxi' GROUP BY a.key;
                """).ToDictionary(row => row.Key, row => row.Times));
            Assert.True(adults["1"] > 10 && adults["1"] > 5 * adults.GetValueOrDefault("2"), string.Join(' ', adults));
            await ServedAsync(run, identity);
        }

        folder.Dispose();
        Directory.Delete(folder.Root, recursive: true);
    }

    private static async Task ServedAsync(PracticeRun run, byte[] identity)
    {
        var sha256 = run.Database.Read(connection => connection.QuerySingle<string>("SELECT lower(hex(sha256)) FROM campaign_recording WHERE step = 'identity';"));
        using var http = new HttpClient { BaseAddress = run.PublicAddress };
        Assert.Equal(identity, await http.GetByteArrayAsync($"carrier/audio/{sha256}.wav", Cancellation));
        using var part = new HttpRequestMessage(HttpMethod.Get, $"carrier/audio/{sha256}.wav") { Headers = { Range = new RangeHeaderValue(0, 3) } };
        using var answer = await http.SendAsync(part, Cancellation);
        Assert.Equal((HttpStatusCode.PartialContent, "RIFF"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
        foreach (var other in (string[])[$"carrier/audio/{new string('0', 64)}.wav", $"audio/{sha256}.wav", $"dial-pad/walk?handler=Audio&template=yunxi&sha256={sha256}", "carrier/audio/"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(other, Cancellation)).StatusCode);
        await using var pages = await run.OpenPagesAsync(0, new FrozenClock(), Cancellation);
        using var browser = new HttpClient { BaseAddress = pages.Address };
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"carrier/audio/{sha256}.wav", Cancellation)).StatusCode);
    }

    private sealed class FrozenClock : TimeProvider;
}
