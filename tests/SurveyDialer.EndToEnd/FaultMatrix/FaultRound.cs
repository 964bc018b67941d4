using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd.FaultMatrix;

/// <summary>A round with a few residents whose conduct is written down, against a carrier with one fault, over real HTTP in virtual time.</summary>
internal sealed class FaultRound : IAsyncDisposable
{
    /// <summary>Takes part, is an adult, lives here, and answers every question by 1, the offer to be contacted by 4.</summary>
    internal const string Answers = "answer: 1 1 1 1 1 1 1 1 4";

    /// <summary>From the start of virtual time to the first call.</summary>
    internal static readonly TimeSpan Opening = TimeSpan.FromMinutes(30);

    private readonly string root;
    private readonly DataFolder folder;
    private readonly List<string> failures;

    private FaultRound(string root, DataFolder folder, PracticeRun run, List<string> failures)
        => (this.root, this.folder, Run, this.failures) = (root, folder, run, failures);

    internal PracticeRun Run { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="residents">What each of them does, attempt by attempt, in the simulator's words.</param>
    internal static Task<FaultRound> StartAsync(Fault[] faults, params string[][] residents) => StartAsync(new FaultPlan(), faults, residents);

    internal static async Task<FaultRound> StartAsync(FaultPlan plan, Fault[] faults, params string[][] residents)
    {
        var root = Directory.CreateTempSubdirectory("surveydialer-matrix-").FullName;
        var list = Path.Combine(root, "list.csv");
        await File.WriteAllTextAsync(list, "姓名,手机\n" + string.Concat(residents.Select((_, i) => $"张三{i + 1},{NumberOf(i)[3..]}\n")), Cancellation);
        var folder = DataFolder.TryOwn(Path.Combine(root, "data"))!;
        var failures = new List<string>();
        var options = new PracticeOptions
        {
            Folder = folder.Root, TemplateId = plan.Edit is null ? plan.Template : WriteEdited(folder.TemplatesPath, plan), FrameFile = list, Seed = 3, Faults = faults,
            Lines = plan.Lines, StartsPerSecond = plan.StartsPerSecond,
        };
        var run = await PracticeRun.StartAsync(options, folder, new StillClock(), (key, fault) => failures.Add($"{key}: {fault}"), Cancellation);
        Assert.Null(await run.ImportAsync(null, Cancellation));
        Assert.Empty(await run.LaunchAsync(Cancellation));
        var texts = plan.Template == "text";
        for (var i = 0; i < residents.Length; i++)
            run.Simulator.AddScript(new NumberScript { Number = NumberOf(i), Script = texts ? [] : [.. residents[i]], Texts = texts ? [.. residents[i]] : [], TextDelay = 30 });
        return new FaultRound(root, folder, run, failures);
    }

    private static string WriteEdited(string templates, FaultPlan plan)
    {
        const string Id = "edited";
        var yaml = File.ReadAllText(Path.Combine(ContentFolders.Templates(), plan.Template, "template.yaml"));
        var edited = plan.Edit!(yaml).Replace($"id: {plan.Template}", $"id: {Id}", StringComparison.Ordinal);
        Assert.NotEqual(yaml, edited);
        Directory.CreateDirectory(Path.Combine(templates, Id));
        File.WriteAllText(Path.Combine(templates, Id, "template.yaml"), edited);
        return Id;
    }

    internal static string NumberOf(int resident) => $"+86154000000{resident + 1:D2}";

    /// <summary>Until the round has closed. Nothing may have failed on the way, and nobody may be left over.</summary>
    internal async Task<FaultRound> FinishAsync()
    {
        Assert.True(await Run.RunAsync(Cancellation), string.Join('\n', failures));
        Assert.Empty(failures);
        Assert.Equal(0, One<long>("SELECT count(*) FROM attempt WHERE state NOT IN ('ended', 'cancelled');"));
        Assert.Equal(0, One<long>("SELECT count(*) FROM sample_member WHERE final_code IS NULL;"));
        return this;
    }

    internal Task AdvanceAsync(TimeSpan time) => Run.Timeline.AdvanceToAsync(Run.Timeline.Clock.GetUtcNow() + time, Cancellation);

    internal T One<T>(string sql) => Run.Database.Read(connection => connection.ExecuteScalar<T>(sql)!);

    internal IReadOnlyList<string> All(string sql) => Run.Database.Read(connection => connection.Query<string>(sql).AsList());

    /// <summary>A request that the carrier has signed.</summary>
    internal Task<(HttpStatusCode Status, string Body)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] all = [.. fields, ("AccountSid", new SimulatorOptions().AccountSid)];
        return SendAsync(path, Sign(path, all), all);
    }

    /// <param name="token">Null: the account's own.</param>
    internal string Sign(string path, (string Name, string Value)[] fields, string? token = null)
    {
        var signed = new Uri(Run.PublicAddress, path) + string.Concat(fields.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => field.Name + field.Value));
#pragma warning disable CA5350 // The carrier's signature is HMAC-SHA1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token ?? new SimulatorOptions().AuthToken), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
    }

    /// <param name="signature">Null: none.</param>
    internal async Task<(HttpStatusCode Status, string Body)> SendAsync(string path, string? signature, (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Run.PublicAddress, path))
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (signature is not null) request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>The witness's entries of a kind.</summary>
    internal IReadOnlyList<WitnessEntry> Seen(WitnessKind kind) => [.. Run.Simulator.Witness.Entries().Where(entry => entry.Kind == kind)];

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        folder.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private sealed class StillClock : TimeProvider;
}

/// <param name="Template">One of those delivered.</param>
/// <param name="Edit">What is changed of its text; null: nothing.</param>
internal sealed record FaultPlan(string Template = "short-keys", Func<string, string>? Edit = null, int Lines = 10, double StartsPerSecond = 5);
