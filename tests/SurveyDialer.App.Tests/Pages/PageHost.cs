using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SurveyDialer.App.Health;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.Fieldwork;
using SurveyDialer.Scheduling;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>The page listener alone, on a free port of this machine, over a database of its own.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private PageHost(WebApplication app, TestDatabase files, StoppedClock clock, Fakes fakes)
    {
        this.app = app;
        Files = files;
        Clock = clock;
        Fakes = fakes;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    public TestDatabase Files { get; }

    public StoppedClock Clock { get; }

    public Fakes Fakes { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<PageHost> StartAsync(
        bool filled, int port = 0, Action<IServiceCollection>? change = null, IReadOnlyList<NamedDays>? officialSurveys = null)
    {
        var clock = new StoppedClock();
        var files = TestDatabase.Create(clock);
        var fakes = new Fakes();
        if (filled) await SampleTownship.FillAsync(files, clock);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(SurveyPages).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(files.Database).AddSingleton(files.Cipher);
        builder.Services.AddSingleton<ICampaignControl>(fakes).AddSingleton<IJobHost>(fakes).AddSingleton<IExportCatalog>(fakes).AddSingleton<IHealthDesk>(fakes);
        builder.Services.AddSingleton(new TemplateLibrary(SampleTownship.TemplatesFolder)).AddSingleton(new CalendarBook([], officialSurveys ?? []));
        builder.Services.AddSingleton(services => Office(files, services).Callers).AddSingleton(services => Office(files, services).Enquiries);
        builder.Services.AddSurveyPages(options =>
        {
            options.WallClock = SystemClock();
            options.LiveInterval = TimeSpan.FromMilliseconds(20);
            options.Demonstration = true;
        });
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapSurveyPages();
        await app.StartAsync();
        return new PageHost(app, files, clock, fakes);
    }

    /// <summary>A browser: keeps cookies, follows redirects.</summary>
    public HttpClient Browser(string? language = null, bool follow = true)
    {
        var cookies = new CookieContainer();
        if (language is not null) cookies.Add(Address, new Cookie("language", language));
        return new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = follow }) { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Files.DisposeAsync();
    }

    private static FieldOffice Office(TestDatabase files, IServiceProvider services) => new(new FieldOfficeParts
    {
        Database = files.Database,
        Keys = files.Keys,
        Templates = services.GetRequiredService<TemplateLibrary>(),
        Calendars = services.GetRequiredService<CalendarBook>(),
        Timeline = new VirtualTime(services.GetRequiredService<TimeProvider>().GetUtcNow()),
        Carrier = new MissingCarrier(),
        Options = new FieldworkOptions(),
    });

    // The pages' live updates follow people, not the product's clock.
#pragma warning disable RS0030 // The composition root of a test names the system clock as Program does.
    private static TimeProvider SystemClock() => TimeProvider.System;
#pragma warning restore RS0030
}
