using System.Diagnostics;
using System.Net;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Scheduling;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;
using SurveyDialer.Twilio;

namespace SurveyDialer.App.Hosting;

/// <summary>What a demonstration or rehearsal is made of.</summary>
internal sealed record PracticeOptions
{
    internal required string Folder { get; init; }

    /// <summary>Folder name of the template.</summary>
    internal string TemplateId { get; init; } = "short-keys";

    /// <summary>The office's own templates and recordings; null: those of the folder.</summary>
    internal string? OfficeTemplates { get; init; }

    /// <summary>A list of one's own; null: a generated one.</summary>
    internal string? FrameFile { get; init; }

    /// <summary>Of landlines that the list writes without one; null: they are rejected. Generated lists are made for 0851.</summary>
    internal string? AreaCode { get; init; } = "0851";

    /// <summary>Size of a generated list.</summary>
    internal int Respondents { get; init; } = 400;

    internal long Seed { get; init; } = 1;

    internal double StartsPerSecond { get; init; } = 5;

    internal int Lines { get; init; } = 10;

    /// <summary>Virtual seconds a second; null: as fast as possible.</summary>
    internal double? Speed { get; init; }

    internal DateTimeOffset Start { get; init; } = VirtualTimeline.DefaultStart;

    /// <summary>Completed interviews at which the round ends; null: everybody is tried.</summary>
    internal int? Target { get; init; }

    /// <summary>How the sample is drawn; null: everybody.</summary>
    internal SamplePlan? Sample { get; init; }

    /// <summary>Data folder whose calendars and official surveys hold; null: those delivered.</summary>
    internal string? DaysFrom { get; init; }

    /// <summary>Goes on until everybody has been tried, however many days that takes; otherwise ends like any round.</summary>
    internal bool WithoutLastDay { get; init; }

    /// <summary>What the simulated carrier does wrong.</summary>
    internal IReadOnlyList<Fault> Faults { get; init; } = [];

    internal ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}

/// <summary>
/// A whole campaign against the embedded simulator in virtual time, over real HTTP on loopback: import, launch, calls, answers, cases. Reaches
/// nothing else, whatever the list holds.
/// </summary>
internal sealed class PracticeRun : IAsyncDisposable
{
    private const string Township = "云溪镇";
    private const string SampleGround = "演示，不需要批准（示例）";
    private const string Organiser = Township + "人民政府（演示）";

    private const string SelectProgress = """
        SELECT (SELECT count(*) FROM sample_member WHERE campaign_id = @id AND final_code IS NOT NULL) AS done,
               (SELECT count(*) FROM sample_member WHERE campaign_id = @id) AS everybody,
               (SELECT count(*) FROM sample_member WHERE campaign_id = @id AND final_code = '1.1') AS completes;
        """;

    // A failure repeats with every event that meets it; a rehearsal that goes on failing would never end.
    private const int FailuresBorne = 20;

    private readonly PracticeOptions options;
    private readonly Installation installation;
    private readonly SimulatorHost simulator;
    private readonly CarrierListener listener;
    private readonly TwilioCarrier carrier;
    private readonly TimelineJobHost jobs;
    private readonly FailureCount failures;
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private FrameImportResult? imported;

    private PracticeRun(
        PracticeOptions options, Installation installation, VirtualTimeline timeline, SimulatorHost simulator, CarrierListener listener,
        TwilioCarrier carrier, FieldOffice office, TimelineJobHost jobs, FailureCount failures)
    {
        (this.options, this.installation, Timeline, this.simulator, this.listener) = (options, installation, timeline, simulator, listener);
        (this.carrier, Office, this.jobs, this.failures) = (carrier, office, jobs, failures);
    }

    internal Database Database => installation.Database;

    internal FieldCipher Cipher => installation.Cipher;

    internal VirtualTimeline Timeline { get; }

    internal FieldOffice Office { get; }

    /// <summary>Where the carrier's listener answers.</summary>
    internal required Uri PublicAddress { get; init; }

    internal DataFolder Folder => installation.Folder;

    /// <summary>Row of the campaign; 0 before the launch.</summary>
    internal long CampaignId { get; private set; }

    /// <summary>The pretend carrier.</summary>
    internal CarrierSimulator Simulator => simulator.Carrier;

    /// <summary>The simulator's own log: the witness of what rang.</summary>
    internal WitnessSummary Witness => simulator.Carrier.Witness.Summary();

    /// <summary>An empty folder for one rehearsal of this process; whoever asks for it deletes it.</summary>
    internal static DirectoryInfo Temporary() => Directory.CreateTempSubdirectory($"surveydialer-rehearsal-{Environment.ProcessId}-");

    /// <summary>Takes the folder and starts everything; nothing is imported or called yet.</summary>
    internal static async Task<PracticeRun> StartAsync(PracticeOptions options, DataFolder folder, TimeProvider wallClock, Action<string, Exception> failed, CancellationToken cancellation)
    {
        var failures = new FailureCount();
        var timeline = new VirtualTimeline(options.Start, (key, fault) => failed(key, failures.Counted(fault)), wallClock) { Speed = options.Speed };
        var keyPath = Path.Combine(folder.Root, "demo-keys.json");
        var keys = KeyRing.OpenOrCreate(keyPath, "Demonstration: these keys lie beside the data on purpose and protect nothing.");
        var installation = Installation.Make(folder, keyPath, keys, shelf: null, timeline.Clock, options.OfficeTemplates, options.DaysFrom);
        var port = Loopback.FreePort();
        var publicAddress = new Uri($"http://127.0.0.1:{port}");
        var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions
            {
                Seed = (ulong)options.Seed,
                CallsPerSecond = 0,
                TextsPerSecond = 0,
                IncomingTextUrl = new Uri(publicAddress, "carrier/text").ToString(),
                IncomingCallUrl = new Uri(publicAddress, "carrier/incoming").ToString(),
                WallClock = wallClock,
                Faults = options.Faults,
            },
            timeline.Clock, 0, (due, key, work) => timeline.Schedule(due, TimelineOrder.Carrier, key, work), cancellation);
        var account = new SimulatorOptions();
        var twilio = new TwilioOptions
        {
            BaseAddress = simulator.Address,
            AccountSid = account.AccountSid,
            AuthToken = account.AuthToken,
            CallerNumber = "+8685101234567",
            TextSenderNumber = "+8615400000000",
            PublicAddress = publicAddress,
            CallsPerSecond = options.StartsPerSecond,
            Lines = options.Lines,
        };
        var carrier = new TwilioCarrier(twilio, timeline.Clock, options.Logs.CreateLogger<TwilioCarrier>());
        var office = installation.OpenOffice(
            timeline, carrier,
            new FieldworkOptions { StartsPerSecond = options.StartsPerSecond, Lines = options.Lines, ReconcileEvery = TimeSpan.FromMinutes(10) });
        var listener = await CarrierListener.StartAsync(IPAddress.Loopback, port, twilio, office, options.Logs, cancellation);
        var runner = new JobRunner(
            new JobCatalog(office.Jobs), new UnkeptJobRuns(), timeline.Clock, options.Logs.CreateLogger<JobRunner>());
        return new PracticeRun(options, installation, timeline, simulator, listener, carrier, office, new TimelineJobHost(runner, timeline), failures)
        {
            PublicAddress = publicAddress,
        };
    }

    /// <summary>Imports the list, or a generated one.</summary>
    /// <returns>What stops the import, in words of its user; null when it is done.</returns>
    internal async Task<FrameProblem?> ImportAsync(IProgress<FrameProgress>? progress, CancellationToken cancellation)
    {
        var import = new FrameImport(Database, Cipher, Timeline.Clock);
        var request = new FrameImportRequest
        {
            Name = options.FrameFile is { } path ? Path.GetFileName(path) : "演示名单",
            Source = "演示数据",
            LegalBasis = "演示：不涉及真实居民",
            Township = Township,
            Dial = new DialDefaults { AreaCode = options.AreaCode },
        };
        if (options.FrameFile is null)
        {
            var generated = new GeneratedFrame(new GeneratedFrameOptions { Rows = options.Respondents, Seed = options.Seed, DirtyShare = 0.03 });
            imported = await import.RunAsync(generated, request, progress, cancellation);
            return imported.Failure;
        }

        var (file, problem) = FrameReader.Open(options.FrameFile, null);
        if (file is null) return problem;
        using (file) imported = await import.RunAsync(file, request, progress, cancellation);
        return imported.Failure;
    }

    /// <summary>Makes the campaign with marked sample values and launches it.</summary>
    /// <returns>What is missing; empty when it runs.</returns>
    internal async Task<IReadOnlyList<LaunchProblem>> LaunchAsync(CancellationToken cancellation)
    {
        var template = installation.Templates.Read(options.TemplateId)?.Template;
        var recordings = installation.Templates.Recordings(options.TemplateId);
        var draft = new CampaignDraft
        {
            Name = "演示：平安建设模拟测评",
            TemplateId = options.TemplateId,
            Carrier = "simulator",
            Organiser = Organiser,
            Approval = SampleGround,
            ApprovalSignedBy = "示例",
            Blanks = template is null ? new Dictionary<string, string>(StringComparer.Ordinal) : SampleBlanks(template, recordings),
            Frames = [imported!.FrameId],
            Seed = options.Seed,
            Target = options.Target,
            Sample = options.Sample,
            LastDay = options.WithoutLastDay && template is not null ? installation.Calendars.Find(template.Policy.Calendar)?.LastDay : null,
        };
        if (Office.Launch.Missing(draft) is { Count: > 0 } missing) return missing;
        simulator.Carrier.LoadPopulation(PracticePopulation.For(template!, recordings, Database, Cipher, options.Seed));
        CampaignId = await Office.Launch.CreateAsync(draft, cancellation);
        await Office.Launch.LaunchAsync(CampaignId, "demo", null, cancellation);
        await jobs.StartAsync(cancellation);
        await Office.StartAsync(cancellation);
        return [];
    }

    /// <summary>Runs virtual time until the campaign has closed. False when nothing was left to do before that.</summary>
    internal Task<bool> RunAsync(CancellationToken cancellation)
    {
        var looks = 0;
        var over = false;
        return Timeline.RunAsync(() => over = over || failures.Count > FailuresBorne || (++looks % 64 == 0 && IsClosed()), cancellation);
    }

    /// <summary>Opens the pages on this run.</summary>
    /// <param name="port">0: any free one.</param>
    internal Task<PageListener> OpenPagesAsync(int port, TimeProvider wallClock, CancellationToken cancellation) => PageListener.StartAsync(
        installation, Office, jobs, port, lan: null,
        pages =>
        {
            pages.WallClock = wallClock;
            pages.Demonstration = true;
        },
        null, cancellation);

    /// <summary>Writes every export of the campaign into the folder.</summary>
    /// <returns>Full paths.</returns>
    internal async Task<IReadOnlyList<string>> WriteExportsAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder.ExportsPath);
        var catalog = new ExportCatalog(Database, Cipher, Timeline.Clock);
        var files = new List<string>();
        foreach (var kind in catalog.Kinds)
        {
            var file = Path.Combine(Folder.ExportsPath, $"{kind.Id}.{kind.Extension}");
            await using (var stream = new FileStream(file, FileMode.Create, FileAccess.Write))
                await catalog.WriteAsync(kind.Id, CampaignId, stream, Words.Culture.Name == "en" ? "en" : "zh-CN", progress: null, cancellation);
            files.Add(file);
        }

        return files;
    }

    internal bool IsClosed()
        => Database.Read(connection => CampaignStore.StateOf(connection, CampaignId)) == CampaignState.Closed
            && simulator.Carrier.ActiveCalls == 0;

    /// <summary>Respondents finished, in all, and completely interviewed.</summary>
    internal (long Done, long Everybody, long Completes) Progress()
        => Database.Read(connection => connection.QuerySingle<(long, long, long)>(SelectProgress, new { id = CampaignId }));

    internal RunTotals Totals() => RunTotals.Of(
        Database, CampaignId, Witness, imported?.Imported ?? 0, imported?.Rejected ?? 0, Stopwatch.GetElapsedTime(startedAt));

    public async ValueTask DisposeAsync()
    {
        Office.Stop();
        await jobs.DisposeAsync();
        await listener.DisposeAsync();
        await simulator.DisposeAsync();
        carrier.Dispose();
        await installation.DisposeAsync();
    }

    private static Dictionary<string, string> SampleBlanks(Template template, RecordingSet recordings)
    {
        var blanks = new Dictionary<string, string>(BlankFilling.Examples(template), StringComparer.Ordinal);
        // In a text message, which is charged by its length, a number is not followed by a remark.
        string[] marked = template.Channels.Contains(Channel.Text) ? ["frame_name"] : ["frame_name", "verify_phone"];
        // Each resident's own township, and the organiser of this round, not those of the template's examples.
        foreach (var name in blanks.Keys.Where(name => name.Split('.')[0] is "township" or "org" or "sign" or "approval_no").ToList()) blanks.Remove(name);
        foreach (var name in blanks.Keys.Where(name => marked.Contains(name.Split('.')[0], StringComparer.Ordinal)).ToList())
            blanks[name] += name.EndsWith(".en", StringComparison.Ordinal) ? " (sample)" : "（示例）";
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("verify_phone", "0851-01234567"), ("delete_days", "30")]) blanks.TryAdd(name, value);

        // What was recorded for a real round is what this one says too.
        foreach (var (name, value) in recordings.SpokenBlanks(template)) blanks[name] = value;
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("org", Organiser), ("org.en", "the Yunxi township government (sample)"), ("sign", Township + "政府"), ("sign.en", "Yunxi"), ("approval_no", SampleGround), ("approval_no.en", "practice, none needed (sample)")])
            blanks.TryAdd(name, value);
        return blanks;
    }

    private sealed class FailureCount
    {
        internal int Count { get; private set; }

        internal Exception Counted(Exception fault)
        {
            Count++;
            return fault;
        }
    }
}
