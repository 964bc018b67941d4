using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SurveyDialer.App.Health;
using SurveyDialer.App.Web;
using SurveyDialer.Exports;
using SurveyDialer.Fieldwork;
using SurveyDialer.Scheduling;

namespace SurveyDialer.App.Hosting;

/// <summary>The listener of the pages: this machine only unless told otherwise, and never the carrier's port.</summary>
internal sealed class PageListener : IAsyncDisposable
{
    private readonly WebApplication app;

    private readonly LanCertificate? certificate;

    private PageListener(WebApplication app, LanCertificate? certificate, int port)
        => (this.app, this.certificate, Address) = (app, certificate, new Uri($"http://127.0.0.1:{port}"));

    /// <summary>Where a browser finds the pages.</summary>
    internal Uri Address { get; }

    /// <summary>How other machines come in; null: they do not.</summary>
    internal LanEntrance? Lan => app.Services.GetRequiredService<IOptions<SurveyPagesOptions>>().Value.Lan;

    /// <summary>Everything that answers here.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    internal IServiceProvider Services => app.Services;

    /// <summary>Starts listening.</summary>
    /// <param name="port">On this machine; 0: any free one.</param>
    /// <param name="lan">Other machines come in there too; null: they do not.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    internal static async Task<PageListener> StartAsync(
        Installation installation, FieldOffice office, IJobHost jobs, int port, LanListening? lan, Action<SurveyPagesOptions> configure,
        Action<WebApplication>? more, CancellationToken cancellation)
    {
        if (port == 0) port = Loopback.FreePort();
        var certificate = lan is null ? null : new LanCertificate(LanCertificate.PathBeside(installation.KeyPath), lan.Names, installation.Clock);
        var open = installation.With(office);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PageListener).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
            foreach (var other in lan?.Addresses ?? [])
                kestrel.Listen(other, lan!.Port, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate!.Current()));
        });
        builder.Services.AddSingleton(installation.Database).AddSingleton(installation.Cipher).AddSingleton(installation.Clock).AddSingleton(office.Control).AddSingleton(office.Callers).AddSingleton(office.Enquiries)
            .AddSingleton(jobs).AddSingleton(installation).AddSingleton(open).AddSingleton(installation.Templates).AddSingleton(installation.Calendars)
            .AddSingleton<IHealthDesk>(new HealthDesk(open)).AddSingleton(new KeyCopy(installation))
            .AddSingleton<IExportCatalog>(new ExportCatalog(installation.Database, installation.Cipher, installation.Clock));
        builder.Services.AddSurveyPages(options =>
        {
            configure(options);
            if (lan is not null) options.Lan = new LanEntrance(lan.Names, lan.Roots, certificate!.Fingerprint);
        });
        var app = builder.Build();
        more?.Invoke(app);
        app.MapSurveyPages();
        await app.StartAsync(cancellation);
        return new PageListener(app, certificate, port);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        certificate?.Dispose();
    }
}

/// <summary>Where the pages answer other machines.</summary>
/// <param name="Addresses">Of this machine; at least one.</param>
internal sealed record LanListening(IReadOnlyList<IPAddress> Addresses, int Port)
{
    /// <summary>What may stand in the Host header: these addresses first, since a machine's name is not known on every network.</summary>
    internal IReadOnlyList<string> Names { get; } = [.. Addresses.Select(Host), .. MachineName()];

    /// <summary>What is typed into a browser.</summary>
    internal IReadOnlyList<Uri> Roots => [.. Names.Select(name => new Uri($"https://{name}:{Port}"))];

    private static string Host(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    /// <summary>As browsers send it; none where it cannot be a name in an address.</summary>
    private static IEnumerable<string> MachineName()
    {
        if (!Uri.TryCreate($"https://{Environment.MachineName.ToLowerInvariant()}", UriKind.Absolute, out var address)) return [];
        return Uri.CheckHostName(address.IdnHost) == UriHostNameType.Dns ? [address.IdnHost] : [];
    }
}
