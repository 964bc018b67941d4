using System.Net;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Web;
using SurveyDialer.Calls;
using SurveyDialer.Fieldwork;
using SurveyDialer.Scheduling;
using SurveyDialer.Twilio;

namespace SurveyDialer.App.Hosting;

/// <summary>The real thing in real time: pages, the carrier's listener, the jobs and the dispatcher, on one data folder.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RealTimeline timeline;
    private readonly FieldOffice office;
    private readonly IJobHost jobs;
    private readonly PageListener pages;
    private readonly CarrierListener? listener;
    private readonly ICarrier carrier;

    private Server(RealTimeline timeline, FieldOffice office, IJobHost jobs, PageListener pages, CarrierListener? listener, ICarrier carrier)
        => (this.timeline, this.office, this.jobs, this.pages, this.listener, this.carrier) = (timeline, office, jobs, pages, listener, carrier);

    /// <summary>Where a browser finds the pages.</summary>
    internal Uri Address => pages.Address;

    /// <summary>How other machines come in; null: they do not.</summary>
    internal LanEntrance? Lan => pages.Lan;

    internal PageListener Pages => pages;

    /// <summary>Null without an account at a carrier.</summary>
    internal CarrierListener? Carrier => listener;

    /// <summary>Starts everything; what an earlier process left behind is put in order first.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    internal static async Task<Server> StartAsync(Installation installation, ServerSettings settings, ILoggerFactory logs, CancellationToken cancellation)
    {
        var timeline = new RealTimeline(installation.Clock, (key, fault) => ServerLog.EventFailed(logs.CreateLogger<Server>(), key, fault));
        ICarrier carrier = settings.HasCarrier
            ? new TwilioCarrier(settings.Twilio, installation.Clock, logs.CreateLogger<TwilioCarrier>())
            : new MissingCarrier();
        var office = installation.OpenOffice(timeline, carrier, settings.Dispatching);
        var runner = new JobRunner(new JobCatalog(office.Jobs), new JobRunStore(installation.Database), installation.Clock, logs.CreateLogger<JobRunner>());
#if HANGFIRE
        var jobs = new SurveyDialer.Hangfire.HangfireJobHost(runner);
#else
        var jobs = new QuartzJobHost(runner);
#endif
        var listener = settings.HasCarrier
            ? await CarrierListener.StartAsync(
                IPAddress.Parse(settings.CarrierAddress), settings.CarrierPort, settings.Twilio, office, logs, cancellation)
            : null;
        var lan = settings.LanListening is { Count: > 0 } addresses ? new LanListening(addresses, settings.LanPort) : null;
        var pages = await PageListener.StartAsync(
            installation, office, jobs, settings.PagesPort, lan, options =>
            {
                options.WallClock = installation.Clock;
                options.DoorsAtTheMachineToo = settings.DoorsAtTheMachineToo;
                if (settings.HasCarrier) (options.Carrier, options.CallerNumber) = (settings.Dispatching.CarrierName, settings.Twilio.CallerNumber);
                options.FormKeysFolder = Path.Combine(Path.GetDirectoryName(installation.KeyPath)!, "form-keys");
            },
            app => app.MapLocalCommands(
                installation.Folder.Announce($"http://127.0.0.1:{settings.PagesPort}"), new LocalDesk(installation.With(office, lan?.Roots))),
            cancellation);
        await jobs.StartAsync(cancellation);
        await office.StartAsync(cancellation);
        return new Server(timeline, office, jobs, pages, listener, carrier);
    }

    /// <summary>Starts no new call, waits for what is being written, and lets calls in progress go on at the carrier; the next start asks after them.</summary>
    public async ValueTask DisposeAsync()
    {
        office.Stop();
        using var patience = new CancellationTokenSource(Patience, timeline.Clock);
        await jobs.StopAsync(patience.Token);
        await timeline.StopAsync(patience.Token);
        await pages.DisposeAsync();
        if (listener is not null) await listener.DisposeAsync();
        await jobs.DisposeAsync();
        await timeline.DisposeAsync();
        (carrier as IDisposable)?.Dispose();
    }
}

internal static partial class ServerLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Key} failed")]
    internal static partial void EventFailed(ILogger logger, string key, Exception fault);
}
