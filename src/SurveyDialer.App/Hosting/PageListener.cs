using System.Net;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>What the pages show and do.</summary>
internal sealed record PageParts
{
    internal required Database Database { get; init; }

    internal required FieldCipher Cipher { get; init; }

    /// <summary>The product's clock; virtual in a demonstration.</summary>
    internal required TimeProvider Clock { get; init; }

    internal required ICampaignControl Control { get; init; }

    internal required IJobHost Jobs { get; init; }

    internal required TemplateLibrary Templates { get; init; }
}

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
        PageParts parts, IPAddress address, int port, Action<SurveyPagesOptions> configure, Action<WebApplication>? more, CancellationToken cancellation)
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
        builder.Services.AddSingleton(parts.Database).AddSingleton(parts.Cipher).AddSingleton(parts.Clock).AddSingleton(parts.Control)
            .AddSingleton(parts.Jobs).AddSingleton(parts.Templates)
            .AddSingleton<IExportCatalog>(new ExportCatalog(parts.Database, parts.Cipher, parts.Clock));
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
