using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Fieldwork;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Benchmarks;

/// <summary>How long people wait for pages over a large round, how much script a page brings, and what the program costs that only waits.</summary>
internal static partial class PagesFigure
{
    private const int OpenCases = 5_000;
    private const int MostScriptKilobytes = 300;
    private const int MostIdleMegabytes = 200;
    private const int Looks = 7;
    private const int Interviews = 15;
    private const double MostForQuestion = 50;

    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostForCases = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan MostForFirstPage = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly string[] Pages =
    [
        "/", "/campaigns", "/campaigns/1", "/campaigns/1/respondents", "/campaigns/1/respondents/777", "/campaigns/1/notices", "/supervisor", "/supervisor/1", "/area-visits", "/exports", "/jobs", "/cases", "/interview",
    ];

    // Of a round with as many interviews: these bring the charts.
    private static readonly string[] ResultPages = ["/results", "/results/1", "/results/1/index/SAFE", "/results/1/quality", "/outcomes/1", "/reports/1"];

    // Two of three are finished, one of four of these with an interview.
    private const string FinishMembers = """
        UPDATE sample_member SET code = CASE respondent_id % 4 WHEN 0 THEN '1.1' WHEN 1 THEN '2.111' WHEN 2 THEN '3.13' ELSE '2.21' END,
            final_code = CASE respondent_id % 4 WHEN 0 THEN '1.1' WHEN 1 THEN '2.111' WHEN 2 THEN '3.13' ELSE '2.21' END, finished_at = @now
        WHERE campaign_id = 1 AND respondent_id % 3 > 0;
        UPDATE attempt SET state = 'ended', ended_at = @now WHERE campaign_id = 1 AND respondent_id % 3 > 0;
        INSERT INTO result_code (campaign_id, stratum, code, total) SELECT 1, stratum, final_code, count(*) FROM sample_member WHERE final_code IS NOT NULL GROUP BY 2, 3;
        INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked, consent)
        SELECT randomblob(16), 1, 1, 'mobile', 'voice', 'zh-CN', 9, 'complete', respondent_id % 8 = 0, 1, 'no' FROM sample_member WHERE final_code = '1.1';
        """;

    private const string OpenSomeCases = """
        INSERT INTO follow_up_case (campaign_id, respondent_id, area_id, state, preferred_way, language, topic, number_enc, opened_at, due_at)
        SELECT 1, respondent_id, 1, 'open', CASE respondent_id % 2 WHEN 0 THEN 'phone' ELSE 'visit' END, 'zh-CN', 'order', p.number_enc, @now, @now + respondent_id * 1000
        FROM sample_member m JOIN phone p ON p.id = m.respondent_id WHERE m.final_code = '1.1' LIMIT @cases;
        """;

    private const string LaunchResults = """
        UPDATE campaign SET state = 'running', launched_at = @now;
        INSERT INTO result_code (campaign_id, stratum, code, total)
        SELECT campaign_id, number, c.code, drawn / 4 FROM sample_stratum CROSS JOIN (SELECT '1.1' AS code UNION ALL SELECT '2.111' UNION ALL SELECT '3.13' UNION ALL SELECT '2.21') c;
        """;

    internal static async Task RunAsync(Run run)
    {
        var respondents = run.Quick ? 20_000 : 200_000;
        run.Say($"Pages over a round at desk telephones with {respondents:N0} respondents and {OpenCases:N0} open cases, and result pages over {respondents:N0} interviews in 30 townships: median of {Looks} requests on the same machine after one to warm up, the whole page read. Script: everything that a page's script elements bring, compressed as browsers ask for it.");
        run.Say("");
        run.Say("| page | median | script |");
        run.Say("|---|---|---|");
        var desk = await OverARoundAsync(run, respondents);
        await OverResultsAsync(run, respondents);
        run.Say("");
        run.Say(desk);
        await IdleAsync(run);
        await FirstPageAsync(run);
    }

    /// <summary>Pages of the running round, each printed.</summary>
    /// <returns>What an interview at a desk telephone costs on the same data.</returns>
    private static async Task<string> OverARoundAsync(Run run, int respondents)
    {
        var folder = run.FreshFolder("data");
        var clock = new ShiftedClock(run.Clock);
        await using (var office = await Office.OpenAsync(folder, clock, null, null, new FieldworkOptions(), atDesk: true))
        {
            await office.AddDueAsync(respondents);
            var values = new { now = clock.GetUtcNow().ToUnixTimeMilliseconds(), cases = OpenCases };
            await office.Database.WriteAsync(connection => connection.Execute(FinishMembers + OpenSomeCases + "ANALYZE main;", values), CancellationToken.None);
            await office.Database.WriteAsync(connection => MemberTotalStore.Correct(connection, 1, MemberTotalStore.Errors(connection, 1)), CancellationToken.None);
        }

        var desk = "";
        await ServedAsync(folder, clock, async browser =>
        {
            await EachPageAsync(run, browser, Pages);
            desk = await DeskAsync(run, browser);
        });
        return desk;
    }

    private static async Task OverResultsAsync(Run run, int interviews)
    {
        var folder = run.FreshFolder("results");
        var clock = new ShiftedClock(run.Clock);
        var template = TemplateLibrary.ReadFile(Path.Combine(ContentFolders.Templates(), "standard", "template.yaml")).Template!;
        KeyRing.OpenOrCreate(Path.Combine(folder, "keys.json"), "Benchmark: these keys protect nothing.");
        await using (var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "surveydialer.db") }, clock))
        {
            await EstimatesFigure.FillAsync(database, template, interviews);
            await database.WriteAsync(connection => connection.Execute(LaunchResults, new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() }), CancellationToken.None);
        }

        await ServedAsync(folder, clock, browser => EachPageAsync(run, browser, ResultPages));
    }

    /// <summary>The server as it is started for an office, on a folder that is dropped afterwards.</summary>
    private static async Task ServedAsync(string folder, TimeProvider clock, Func<HttpClient, Task> look)
    {
        var owned = DataFolder.TryOwn(folder)!;
        var keys = Path.Combine(folder, "keys.json");
        await using (var installation = Installation.Make(owned, keys, KeyRing.Open(keys), shelf: null, clock))
        {
            await using var server = await Server.StartAsync(
                installation, new ServerSettings { PagesPort = Loopback.FreePort(), CarrierPort = Loopback.FreePort() }, NullLoggerFactory.Instance, CancellationToken.None);
            using var browser = new HttpClient { BaseAddress = server.Address };
            await look(browser);
        }

        Run.Drop(folder);
    }

    private static async Task EachPageAsync(Run run, HttpClient browser, IEnumerable<string> pages)
    {
        foreach (var page in pages)
        {
            var took = await MedianAsync(browser, page);
            var script = await ScriptBytesAsync(browser, page) / 1000.0;
            var most = page == "/cases" ? MostForCases : Most;
            run.Say($"| {page} | {took.TotalMilliseconds:F0} ms: {run.Verdict(took <= most)} (aim: {most.TotalMilliseconds:F0} ms) | {script:F0} kB: {run.Verdict(script <= MostScriptKilobytes)} |");
        }
    }

    /// <summary>Whole interviews by one caller: from a key to the next question on the screen, and from one call to the next respondent.</summary>
    private static async Task<string> DeskAsync(Run run, HttpClient browser)
    {
        var caller = await DeskCaller.SignInAsync(browser, "王芳");
        for (var interview = 0; interview < Interviews; interview++) await caller.InterviewAsync();
        // The first interview compiles what the others run.
        var (turns, next) = (caller.Turns.Skip(caller.Turns.Count / Interviews).ToList(), caller.Next.Skip(1).ToList());
        var (median, slow, taken) = (Run.Median(turns), Run.Percentile(turns, 0.95), Run.Median(next));
        return $"- `/interview`: from a key to the next question {median:F0} ms in the median of {turns.Count} and {slow:F0} ms in 95 of 100; aim {MostForQuestion} ms in 95 of 100: {run.Verdict(slow <= MostForQuestion)}. "
            + $"The next respondent, asked of the planner anew: {taken:F0} ms in the median of {next.Count}; aim {Most.TotalMilliseconds:F0} ms: {run.Verdict(taken <= Most.TotalMilliseconds)}.";
    }

    private static async Task<TimeSpan> MedianAsync(HttpClient browser, string page)
    {
        await browser.GetStringAsync(new Uri(page, UriKind.Relative));
        var took = new List<TimeSpan>();
        for (var i = 0; i < Looks; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await browser.GetStringAsync(new Uri(page, UriKind.Relative));
            took.Add(Stopwatch.GetElapsedTime(started));
        }

        took.Sort();
        return took[Looks / 2];
    }

    private static async Task<long> ScriptBytesAsync(HttpClient browser, string page)
    {
        var html = await browser.GetStringAsync(new Uri(page, UriKind.Relative));
        long bytes = 0;
        foreach (var source in ScriptSource().Matches(html).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, source);
            request.Headers.AcceptEncoding.ParseAdd("gzip, br");
            using var response = await browser.SendAsync(request);
            response.EnsureSuccessStatusCode();
            bytes += (await response.Content.ReadAsByteArrayAsync()).Length;
        }

        return bytes;
    }

    /// <summary>The program as it is started for an office, with nothing to do.</summary>
    private static async Task IdleAsync(Run run)
    {
        var folder = run.FreshFolder("idle");
        var port = Loopback.FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "settings.json"), $$"""{"PagesPort": {{port}}}""");
        using var process = Start(Path.Combine(AppContext.BaseDirectory, "SurveyDialer"), folder, "serve", "--data", folder);
        await AnswersAsync(run, port);
        await Task.Delay(Settling, run.Clock);
        var megabytes = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var resident = double.Parse(megabytes, CultureInfo.InvariantCulture) / 1024;
        await StopAsync(process);
        Run.Drop(folder);
        run.Say($"- Resident memory of `serve` that has nothing to do, {Settling.TotalSeconds:F0} s after its first page: {resident:F0} MB; aim under {MostIdleMegabytes} MB: {run.Verdict(resident < MostIdleMegabytes)}.");
    }

    /// <summary>The demonstration from a fresh clone, with the packages of this machine.</summary>
    private static async Task FirstPageAsync(Run run)
    {
        var folder = run.FreshFolder("clone");
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));
        using (var clone = Process.Start("git", ["clone", "--quiet", "--no-hardlinks", root, folder])) await clone.WaitForExitAsync();
        var port = Loopback.FreePort();
        var started = Stopwatch.GetTimestamp();
        using var process = Start(Path.Combine(folder, "scripts", "demo.sh"), folder, "--data", Path.Combine(folder, "demo-data"), "--port", $"{port}");
        await AnswersAsync(run, port);
        var took = Stopwatch.GetElapsedTime(started);
        await StopAsync(process);
        Run.Drop(folder);
        run.Say($"- `demo.sh` in a fresh clone to its first page, packages cached: {took.TotalSeconds:F0} s; aim {MostForFirstPage.TotalSeconds:F0} s: {run.Verdict(took <= MostForFirstPage)}.");
    }

    private static Process Start(string program, string home, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["XDG_DATA_HOME"] = Path.Combine(home, "profile");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Run.Note(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task AnswersAsync(Run run, int port)
    {
        using var browser = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Patience;)
        {
            try
            {
                using var response = await browser.GetAsync(new Uri("/campaigns", UriKind.Relative));
                if (response.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), run.Clock);
        }

        throw new InvalidOperationException("No page came.");
    }

    /// <summary>As a person ends it: the whole group, since a script starts the program.</summary>
    private static async Task StopAsync(Process process)
    {
        using (var stop = Process.Start("pkill", ["-TERM", "-P", $"{process.Id}"])) await stop.WaitForExitAsync();
        using (var stop = Process.Start("kill", ["-TERM", $"{process.Id}"])) await stop.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    [GeneratedRegex("<script[^>]*\\ssrc=\"([^\"]+)\"")]
    private static partial Regex ScriptSource();
}
