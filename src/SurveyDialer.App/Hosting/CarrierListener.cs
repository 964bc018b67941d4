using System.Net;
using SurveyDialer.Fieldwork;
using SurveyDialer.Twilio;

namespace SurveyDialer.App.Hosting;

/// <summary>The listener that the carrier reaches: signed requests and prompt audio, 404 for the rest. Pages never answer here.</summary>
internal sealed class CarrierListener : IAsyncDisposable
{
    private readonly WebApplication app;

    private CarrierListener(WebApplication app) => this.app = app;

    /// <summary>Everything that answers here.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Starts listening.</summary>
    /// <param name="address">Of this machine; loopback unless the settings say otherwise.</param>
    internal static async Task<CarrierListener> StartAsync(
        IPAddress address, int port, TwilioOptions options, FieldOffice office, ILoggerFactory? logs, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        if (logs is not null) builder.Services.AddSingleton(logs);
        var app = builder.Build();
        app.UseRouting();
        app.MapTwilioEndpoints(options, office.Inbox, (sha256, _) => ValueTask.FromResult(office.PromptAudio(sha256)));
        await app.StartAsync(cancellation);
        return new CarrierListener(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
