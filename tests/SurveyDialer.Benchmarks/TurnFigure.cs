using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Win32.SafeHandles;
using SurveyDialer.App.Hosting;
using SurveyDialer.Fieldwork;
using SurveyDialer.Twilio;

namespace SurveyDialer.Benchmarks;

/// <summary>
/// One turn of a call as the carrier sees it, against an endpoint of the same server that reads the same form and answers an empty document.
/// </summary>
internal static class TurnFigure
{
    private const int Connections = 32;
    private const double AimShare = 0.2;
    private const double AimMillis = 25;

    // The generator lives for seconds: compiling it twice would take the processor from the server that is measured.
    private static readonly (string Name, string Value) CompiledOnce = ("DOTNET_TieredCompilation", "0");
    private static readonly byte[] EmptyDocument = """<?xml version="1.0" encoding="UTF-8"?><Response/>"""u8.ToArray();

    internal static async Task RunAsync(Run run)
    {
        var (rounds, seconds) = run.Quick ? (3, 2) : (5, 6);
        var folder = run.FreshFolder("data");
        var flush = FlushMillis(Path.Combine(folder, "flush"));
        var clock = new ShiftedClock(run.Clock);
        List<Dictionary<string, double>> turns = [], bare = [];
        long answers;
        await using (var office = await Office.OpenAsync(folder, clock, null, null, new FieldworkOptions()))
        {
            await office.AddPlacedAsync(run.Quick ? 20_000 : 60_000);
            var port = Loopback.FreePort();
            await using var server = await ServeAsync(office, port);
            var conversation = 1;
            for (var round = 0; round <= rounds; round++)
            {
                // The first round warms up: the server's code is compiled and improved while it runs.
                var length = round == 0 ? 2 * seconds : seconds;
                var one = await Child.RunAsync(Load("turn", port, length, conversation), CompiledOnce);
                var other = await Child.RunAsync(Load("bare", port, length, 1), CompiledOnce);
                conversation = (int)one["last"] + 1;
                if (round == 0) continue;
                turns.Add(one);
                bare.Add(other);
            }

            answers = office.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM answer;"));
        }

        Run.Drop(folder);
        if (answers == 0) throw new InvalidOperationException("No answer was stored.");
        Report(run, turns, bare, flush, answers, seconds);
    }

    private static void Report(Run run, List<Dictionary<string, double>> turns, List<Dictionary<string, double>> bare, double[] flush, long answers, int seconds)
    {
        static double Of(List<Dictionary<string, double>> rounds, string name) => Run.Median(rounds.Select(round => round[name]));
        var share = Of(turns, "a_second") / Of(bare, "a_second");
        var slowest = Of(turns, "p99_ms");
        run.Say($"Turns of interviews over HTTP at {Connections} connections: signature, form, answer committed to the disk, TwiML; load from a process of its own on the same machine; "
            + $"{turns.Count} rounds of {seconds} s of each in turn, medians. {answers:N0} answers were stored.");
        run.Say("");
        run.Say("| | requests a second | median | 99th percentile |");
        run.Say("|---|---|---|---|");
        run.Say($"| reads the form, answers an empty document | {Of(bare, "a_second"):N0} | {Of(bare, "p50_ms"):F1} ms | {Of(bare, "p99_ms"):F1} ms |");
        run.Say($"| a turn | {Of(turns, "a_second"):N0} | {Of(turns, "p50_ms"):F1} ms | {slowest:F1} ms |");
        run.Say("");
        run.Say($"- Share: {share:P1}; aim at least {AimShare:P0}: {run.Verdict(share >= AimShare)}.");
        run.Say($"- 99th percentile of a turn: {slowest:F1} ms; aim under {AimMillis:F0} ms: {run.Verdict(slowest < AimMillis)}.");
        run.Say($"- fdatasync of 4 KiB on this disk: median {Run.Median(flush):F2} ms, 99th percentile {Run.Percentile(flush, 0.99):F2} ms.");
    }

    private static string[] Load(string kind, int port, int seconds, int first)
        => ["load", kind, .. new[] { port, seconds, Connections, first }.Select(number => number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The listener of the carrier as the product starts it, with the bare endpoint beside its own.</summary>
    private static async Task<WebApplication> ServeAsync(Office office, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        var app = builder.Build();
        app.UseRouting();
        var options = new TwilioOptions
        {
            AccountSid = LoadConnection.Account,
            AuthToken = LoadConnection.Token,
            CallerNumber = "+8685101234567",
            PublicAddress = new Uri(LoadConnection.PublicAddress),
        };
        app.MapTwilioEndpoints(options, office.Field.Inbox, (_, _) => default);
        app.MapPost("/bare", AnswerBareAsync);
        await app.StartAsync();
        return app;
    }

    private static async Task AnswerBareAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form.Count != 28) throw new InvalidOperationException($"The form has {form.Count} fields.");
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.ContentLength = EmptyDocument.Length;
        await context.Response.Body.WriteAsync(EmptyDocument);
    }

    private static double[] FlushMillis(string path)
    {
        var block = new byte[4096];
        var millis = new double[300];
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        for (var i = 0; i < millis.Length; i++)
        {
            RandomAccess.Write(file, block, (long)i * block.Length);
            var started = Stopwatch.GetTimestamp();
            if (OperatingSystem.IsLinux() && FDataSync(file) != 0) throw new IOException("fdatasync failed.");
            millis[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return millis;
    }

    [DllImport("libc", EntryPoint = "fdatasync")]
    private static extern int FDataSync(SafeFileHandle file);
}
