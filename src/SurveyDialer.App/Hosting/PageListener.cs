using System.Net;
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

    private PageListener(WebApplication app, Uri address) => (this.app, Address) = (app, address);

    /// <summary>Where a browser finds the pages.</summary>
    internal Uri Address { get; }

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    internal static async Task<PageListener> StartAsync(
        Installation installation, FieldOffice office, IJobHost jobs, IPAddress address, int port, Action<SurveyPagesOptions> configure,
        Action<WebApplication>? more, CancellationToken cancellation)
    {
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
            kestrel.Listen(address, port);
        });
        builder.Services.AddSingleton(installation.Database).AddSingleton(installation.Cipher).AddSingleton(installation.Clock).AddSingleton(office.Control).AddSingleton(office.Callers)
            .AddSingleton(jobs).AddSingleton(installation.Templates).AddSingleton(installation.Calendars)
            .AddSingleton<IHealthDesk>(new HealthDesk(installation.With(office))).AddSingleton(new KeyCopy(installation))
            .AddSingleton<IExportCatalog>(new ExportCatalog(installation.Database, installation.Cipher, installation.Clock));
        builder.Services.AddSurveyPages(configure);
        var app = builder.Build();
        more?.Invoke(app);
        app.MapSurveyPages();
        await app.StartAsync(cancellation);
        return new PageListener(app, new Uri(app.Urls.First()));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
