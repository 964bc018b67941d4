using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Simulator;

namespace SurveyDialer.Crash.Rig;

/// <summary>
/// A data folder with one round by telephone and one by text, whose policy is the delivered templates' with a hundredth of the times, and the
/// simulator that it practises with.
/// </summary>
internal sealed class Township(CrashPlan plan) : IDisposable
{
    /// <summary>The simulator's account and its token.</summary>
    internal const string Account = "AC00000000000000000000000000000001";

    internal const string Token = "simulator-auth-token";

    private const string Pace = "0.01";
    private readonly int carrierPort = FreePort();
    private readonly int pagesPort = FreePort();
    private Product? simulator;

    internal string Data => Path.Combine(plan.Folder, "data");

    internal string Witness => Path.Combine(plan.Folder, "witness.jsonl");

    internal string Log => Path.Combine(plan.Folder, "serve.log");

    /// <summary>Where the carrier reaches the server.</summary>
    internal Uri CarrierAddress => new($"http://127.0.0.1:{carrierPort}");

    /// <summary>Where a browser reaches it.</summary>
    internal Uri PagesAddress => new($"http://127.0.0.1:{pagesPort}");

    internal Uri Simulator { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Makes the folder, starts the simulator, imports, creates and launches.</summary>
    internal async Task OpenAsync(CancellationToken cancellation)
    {
        WriteTemplate("short-keys", "crash-voice", "voice-policy.yaml");
        WriteTemplate("text", "crash-text", "text-policy.yaml");
        WriteCalendar();
        await StartSimulatorAsync(cancellation);
        WriteSettings();
        await LaunchAsync("crash-voice", plan.CalledPeople, 1);
        await LaunchAsync("crash-text", plan.TextedPeople, 2);
    }

    internal Product Serve() => Product.Start(plan.Folder, Log, "serve", "--data", Data, "--json");

    internal Template Template(string id) => TemplateLibrary.ReadFile(Path.Combine(Data, "templates", id, "template.yaml")).Template!;

    /// <summary>Switches faults of the carrier on.</summary>
    internal async Task SetFaultsAsync(IReadOnlyList<Fault> faults, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = Simulator };
        using var answer = await http.PostAsJsonAsync(new Uri("simulator/faults", UriKind.Relative), faults, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => simulator?.Dispose();

    /// <summary>Of the source tree that these tests were built from.</summary>
    internal static string SourceRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "campaign-templates"))) folder = folder.Parent!;
        return folder.FullName;
    }

    private async Task StartSimulatorAsync(CancellationToken cancellation)
    {
        var file = Path.Combine(plan.Folder, "population.json");
        await File.WriteAllTextAsync(file, await PeopleAsync(), cancellation);
        simulator = Product.Start(
            plan.Folder, Path.Combine(plan.Folder, "simulator.log"), "simulator", "--json", "--population", file, "--witness", Witness, "--pace", Pace,
            "--calls-per-second", "0", "--seed", plan.Seed.ToString(CultureInfo.InvariantCulture), "--product", $"http://127.0.0.1:{carrierPort}");
        using var said = JsonDocument.Parse(await simulator.AnnouncedAsync());
        Simulator = new Uri(said.RootElement.GetProperty("address").GetString()!);
    }

    /// <summary>Residents of both templates, who are mostly at home and answer texts at once.</summary>
    private async Task<string> PeopleAsync()
    {
        var people = new Population { Default = "called", Prefixes = { ["+8615402"] = "texted" } };
        foreach (var (name, id) in new[] { ("called", "crash-voice"), ("texted", "crash-text") })
        {
            var written = Path.Combine(plan.Folder, id + ".json");
            await File.WriteAllTextAsync(written, await Product.RunAsync(plan.Folder, Log, "template", "population", id, "--data", Data));
            var segment = Population.Parse(await File.ReadAllTextAsync(written)).Segments["resident"];
            (segment.NeverAnswers, segment.AtWork, segment.Mobile.AnswerByHour) = (0.03, 0, new Dictionary<int, double> { [0] = 0.8 });
            segment.Mobile.Machine = 0.05;
            segment.Talk.HangUpFirst = 0.08;
            (segment.Texts.Reply, segment.Texts.Delay, segment.Texts.Words) = (0.95, [5, 60], 0.02);
            people.Segments[name] = segment;
        }

        return people.ToJson();
    }

    private void WriteTemplate(string from, string id, string policy)
    {
        var text = File.ReadAllText(Path.Combine(SourceRoot(), "campaign-templates", from, "template.yaml"));
        text = text[..text.IndexOf("\npolicy:", StringComparison.Ordinal)].Replace($"\nid: {from}\n", $"\nid: {id}\n", StringComparison.Ordinal) + "\n"
            + File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rig", policy)).Replace("NOON", ZoneAtNoon(), StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(Data, "templates", id));
        File.WriteAllText(Path.Combine(folder.FullName, "template.yaml"), text);
    }

    // Where it is noon now, no midnight can close the windows during a run, nor begin another day.
    private string ZoneAtNoon()
    {
        var east = 12 - plan.Clock.GetUtcNow().Hour;
        return east == 0 ? "Etc/GMT" : $"Etc/GMT{(east > 0 ? '-' : '+')}{Math.Abs(east)}";
    }

    private void WriteCalendar()
    {
        var year = plan.Clock.GetUtcNow().Year;
        Directory.CreateDirectory(Path.Combine(Data, "calendars"));
        File.WriteAllText(Path.Combine(Data, "calendars", "crash.yaml"), $"calendar: crash\nsource: made up\nfirst_day: {year - 1}-01-01\nlast_day: {year + 1}-12-31\nholidays: []\nmake_up_workdays: []\nsilent: []\n");
    }

    private void WriteSettings() => File.WriteAllText(Path.Combine(Data, "settings.json"), $$"""
        {
          "Practice": true, "PagesPort": {{pagesPort}}, "CarrierPort": {{carrierPort}},
          "Twilio": {
            "BaseAddress": "{{Simulator}}", "AccountSid": "{{Account}}", "AuthToken": "{{Token}}", "CallerNumber": "+8685101234567",
            "TextSenderNumber": "+8615400000000", "PublicAddress": "http://127.0.0.1:{{carrierPort}}", "CallsPerSecond": 20, "Lines": 30, "RequestSeconds": 2
          },
          "Fieldwork": {
            "TextSilence": "00:00:04", "LeaseTime": "00:00:03", "PlacingTime": "00:00:03", "RingTime": "00:00:01", "MaximumCall": "00:00:03", "ReportSlack": "00:00:01",
            "LookAgain": "00:00:01", "ReconcileEvery": "00:00:01", "NeverCreatedAfter": "00:00:08"
          }
        }
        """);

    private async Task LaunchAsync(string template, int people, int kind)
    {
        var list = Path.Combine(plan.Folder, template + ".csv");
        var rows = new StringBuilder("姓名,手机\n");
        for (var i = 1; i <= people; i++) rows.Append(CultureInfo.InvariantCulture, $"张三{i},154{(kind * 1_000_000) + i:D8}\n");
        await File.WriteAllTextAsync(list, rows.ToString());
        await Run("import", list, "--source", "made up", "--legal-basis", "test", "--township", "云溪镇");
        List<string> create =
        [
            "campaign", "create", "--name", template, "--template", template, "--frame", kind.ToString(CultureInfo.InvariantCulture), "--organiser", "云溪镇人民政府", "--approval", "云统〔2026〕1号",
            "--carrier", "simulator", "--blank", "delete_days=30", "--blank", "verify_phone=0851-01234567",
        ];
        foreach (var (name, value) in BlankFilling.Examples(Template(template)))
        {
            if (name is not ("delete_days" or "verify_phone" or "township")) create.AddRange(["--blank", $"{name}={value}"]);
        }

        await Run([.. create]);
        await Run("campaign", "launch", kind.ToString(CultureInfo.InvariantCulture));
    }

    private Task<string> Run(params string[] arguments) => Product.RunAsync(plan.Folder, Log, [.. arguments, "--data", Data, "--json"]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
