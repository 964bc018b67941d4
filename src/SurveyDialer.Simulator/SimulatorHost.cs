using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace SurveyDialer.Simulator;

/// <summary>A simulator on its own loopback port.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RealTimeSchedule? _schedule;
    private readonly HttpMessageHandler _handler;

    private SimulatorHost(WebApplication app, CarrierSimulator carrier, RealTimeSchedule? schedule, HttpMessageHandler handler, Uri address)
        => (_app, Carrier, _schedule, _handler, Address) = (app, carrier, schedule, handler, address);

    /// <summary>The simulator itself.</summary>
    public CarrierSimulator Carrier { get; }

    /// <summary>Base address, such as <c>http://127.0.0.1:4010/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts listening on 127.0.0.1.</summary>
    /// <param name="options">How the carrier behaves.</param>
    /// <param name="clock">The time that it lives in.</param>
    /// <param name="port">0: any free one.</param>
    /// <param name="schedule">Runs what happens later; null: timers of the clock, events side by side.</param>
    /// <param name="cancellation">Gives up starting.</param>
    public static async Task<SimulatorHost> StartAsync(
        SimulatorOptions options, TimeProvider clock, int port, Action<DateTimeOffset, string, Func<CancellationToken, Task>>? schedule, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var timers = schedule is null ? new RealTimeSchedule(clock, static (key, fault) => Console.Error.WriteLine($"{key}: {fault}")) : null;
        var handler = CarrierSimulator.CreateHandler();
        var carrier = new CarrierSimulator(options, clock, schedule ?? timers!.Schedule, handler);
        app.UseRouting();
        app.MapCarrierSimulator(carrier);
        await app.StartAsync(cancellation);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        carrier.PublicAddress = address;
        return new SimulatorHost(app, carrier, timers, handler, new Uri(address));
    }

    /// <summary>Stops listening; events that have not begun are forgotten, those that have are awaited.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_schedule is not null)
            await _schedule.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Carrier.Dispose();
        _handler.Dispose();
    }
}
