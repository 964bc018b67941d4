using System.Net;
using Dapper;
using SurveyDialer.Crash.Rig;
using SurveyDialer.Storage;

namespace SurveyDialer.Crash.Fuzz;

/// <summary>
/// A real server, after a round of calls and texts has come to its end, under generated requests: first what nobody signed, which must change
/// nothing; then what the carrier signed; then pages and forms; beside it lists and templates in this process.
/// </summary>
internal sealed class FuzzRun(CrashPlan plan)
{
    private const int AtOnce = 8;
    private const int MostFindings = 50;
    private const long MemoryAllowance = 160L << 20;

    // What only answers, opt-outs and cases may change; jobs and logs of the server go on by themselves.
    private const string SelectLedger = """
        SELECT (SELECT count(*) || '/' || coalesce(sum(length(key)), 0) FROM answer) || ' ' || (SELECT count(*) || '/' || coalesce(sum(turn), 0) FROM interview) || ' ' ||
               (SELECT count(*) FROM do_not_call) || ' ' || (SELECT count(*) FROM follow_up_case) || ' ' || (SELECT count(*) FROM recording) || ' ' ||
               (SELECT count(*) || group_concat(state || coalesce(outcome, '') || coalesce(code, ''), '') FROM attempt) || ' ' || (SELECT group_concat(state) FROM campaign);
        """;

    private readonly Random random = new(plan.Seed);
    private readonly FuzzOutcome outcome = new();

    private string Database => Path.Combine(plan.Folder, "data", DataFolder.DatabaseName);

    internal async Task<FuzzOutcome> RunAsync(int requests, CancellationToken cancellation)
    {
        using var township = new Township(plan);
        await township.OpenAsync(cancellation);
        using var server = township.Serve();
        await server.AnnouncedAsync();
        await SettledAsync(cancellation);
        var (tokens, calls) = Known();
        using var carrier = Browser(township.CarrierAddress);
        var webhooks = new WebhookFuzz(township.CarrierAddress, Township.Account, Township.Token, tokens, calls, random);

        var ledger = Ledger();
        await EachAsync(requests / 2, carrier, "unsigned webhook", () => webhooks.Make(signed: false), (status, opens) => status is 400 or 403 or 404 or 405 or 413 or 415 || (opens && status == 200), cancellation);
        if (Ledger() != ledger) outcome.Found("An unsigned request changed what is stored.");
        var memory = server.Memory;
        await EachAsync(requests / 2, carrier, "signed webhook", () => webhooks.Make(signed: true), (status, _) => status < 500, cancellation);

        using var browser = Browser(township.PagesAddress);
        var pages = new PageFuzz(browser, random);
        await pages.OpenAsync(cancellation);
        await EachAsync(requests / 4, browser, "page or form", () => (pages.Make(), false), (status, _) => status < 500, cancellation);
        if (server.Memory - memory is > MemoryAllowance and var grown) outcome.Found($"The server's memory grew by {grown >> 20} MB.");

        var files = new FileFuzz(Township.SourceRoot(), random);
        for (var i = 0; i < requests / 4; i++) outcome.Counted("list or template", files.Try());
        foreach (var damage in SurveyDialer.Storage.Database.Damage(Database)) outcome.Found($"The database is damaged: {damage}");
        await server.KillAsync();
        return outcome;
    }

    private static HttpClient Browser(Uri address) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = AtOnce }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Requests are made one after another, so that the seed decides them, and sent several at a time.</summary>
    private async Task EachAsync(
        int times, HttpClient client, string what, Func<(HttpRequestMessage Request, bool Opens)> make, Func<int, bool, bool> mayAnswer, CancellationToken cancellation)
    {
        for (var sent = 0; sent < times && outcome.Findings.Count < MostFindings; sent += AtOnce)
        {
            var batch = Enumerable.Range(0, AtOnce).Select(_ => make()).ToList();
            await Task.WhenAll(batch.Select(one => SendAsync(client, what, one.Request, status => mayAnswer(status, one.Opens), cancellation)));
            if (sent / 10_000 != (sent + AtOnce) / 10_000) plan.Tell($"{sent + AtOnce} of {times}: {what}");
        }
    }

    private async Task SendAsync(HttpClient client, string what, HttpRequestMessage request, Func<int, bool> mayAnswer, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                var status = (int)answer.StatusCode;

                // Live updates go on for as long as somebody listens.
                if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream") await answer.Content.LoadIntoBufferAsync(cancellation);
                outcome.Counted(what, mayAnswer(status) ? null : $"{what}: {request.Method} {request.RequestUri} was answered {status}.");
            }
            catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
            {
                outcome.Counted(what, $"{what}: {request.Method} {request.RequestUri} was not answered in time.");
            }
            catch (HttpRequestException fault) when (fault.InnerException is IOException or null)
            {
                // The server may close a connection on a body that is too large.
                outcome.Counted(what, fault.HttpRequestError is HttpRequestError.ConnectionError ? $"{what}: the server is gone ({fault.Message})." : null);
            }
        }
    }

    /// <summary>Until the round has ended by itself, and only the fuzzer changes anything.</summary>
    private async Task SettledAsync(CancellationToken cancellation)
    {
        for (var looks = 0; looks < 600; looks++)
        {
            using (var connection = BooksReader.Open(Database))
            {
                if (BooksReader.LeftOpen(connection) == 0) return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), plan.Clock, cancellation);
        }

        throw new InvalidOperationException("The round did not come to its end.");
    }

    private (IReadOnlyList<string> Tokens, IReadOnlyList<string> Calls) Known()
    {
        using var connection = BooksReader.Open(Database);
        return (
            connection.Query<string>("SELECT token FROM attempt WHERE token IS NOT NULL UNION ALL SELECT token FROM message;").AsList(),
            connection.Query<string>("SELECT carrier_id FROM attempt WHERE carrier_id IS NOT NULL UNION ALL SELECT carrier_id FROM message WHERE carrier_id IS NOT NULL;").AsList());
    }

    private string Ledger()
    {
        using var connection = BooksReader.Open(Database);
        return connection.QuerySingle<string>(SelectLedger);
    }
}
