using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Health;
using SurveyDialer.App.Pages.Exports;
using SurveyDialer.Dispositions;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Pages.NewRound;
using SurveyDialer.App.Pages.Results;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Exports;
using SurveyDialer.Exports.Notices;
using SurveyDialer.Exports.Reports;
using SurveyDialer.Fieldwork;
using SurveyDialer.FollowUps;
using SurveyDialer.People;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Web;

/// <summary>
/// Puts the page listener together. The host registers <c>Database</c>, <c>FieldCipher</c>, <c>TimeProvider</c>, <c>ICampaignControl</c>, <c>CallerDesk</c>, <c>EnquiryDesk</c>,
/// <c>IJobHost</c>, <c>IHealthDesk</c>, <c>KeyCopy</c>, <c>TemplateLibrary</c>, <c>CalendarBook</c> and <c>IExportCatalog</c>, calls both methods, and gives the application a listener of its own.
/// </summary>
internal static class SurveyPages
{
    /// <summary>Registers the pages and what they read.</summary>
    public static IServiceCollection AddSurveyPages(this IServiceCollection services, Action<SurveyPagesOptions> configure)
    {
        services.AddOptions<SurveyPagesOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddRazorPages();
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.FormFieldName = "form-token";
        });
        services.Configure<CookieTempDataProviderOptions>(notice =>
        {
            notice.Cookie.Name = "notice";
            notice.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.Configure<WebEncoderOptions>(web => web.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        AddFormKeys(services, configure);
        services.AddSingleton<Assets>().AddSingleton<Live>();
        services.AddSingleton<DoorDesk>().AddSingleton<IPageAccess, DoorAccess>();
        services.AddSingleton<CampaignQueries>().AddSingleton<AreaProgressQueries>().AddSingleton<ChainQueries>();
        services.AddSingleton<OutcomeQueries>().AddSingleton<EligibilityDesk>().AddSingleton<RoundReports>();
        services.AddSingleton<RespondentQueries>().AddSingleton<TopicWords>().AddSingleton<ExportDesk>();
        services.AddSingleton<CaseQueries>().AddSingleton<CaseDesk>().AddSingleton<FollowUpResults>().AddSingleton<AreaVisitQueries>().AddSingleton<AreaVisitDesk>();
        services.AddSingleton<DangerDesk>().AddSingleton<ExportRuns>().AddSingleton<PracticeCalls>();
        services.AddSingleton<FrameQueries>().AddSingleton<VillageNotices>().AddSingleton<UploadShelf>().AddSingleton<RehearsalDesk>().AddSingleton<PracticeDesk>().AddSingleton<RoundDesk>().AddSingleton<ListImports>();
        services.AddSingleton(provider => new IndexSetLibrary(provider.GetRequiredService<TemplateLibrary>().Roots)).AddSingleton<IndexSetDesk>();
        services.AddSingleton<RoundSeries>().AddSingleton<OfficialDesk>().AddSingleton<PopulationMargins>().AddSingleton<SupervisedChecks>().AddSingleton<ResultsDesk>();
        services.AddSingleton<RecordingSounds>().AddSingleton<CaseWordsDesk>().AddSingleton<AreaWordsQueries>().AddSingleton<AreaWordsDesk>();
        return services;
    }

    /// <summary>Puts the pages' checks and endpoints into an application that serves nothing else.</summary>
    public static WebApplication MapSurveyPages(this WebApplication app)
    {
        app.UseMiddleware<HostCheck>();
        app.Use(SecurityHeaders.Add);
        app.Use(PageLanguage.Choose);
        app.Use(UploadLimit.Set);
        app.UseExceptionHandler("/errors/500");
        app.UseStatusCodePagesWithReExecute("/errors/{0}");
        app.UseRouting();
        app.Use(AccessCheck.Run);
        app.MapRazorPages();
        var open = new NeedsAttribute(PageRight.None);
        app.MapGet("/assets/{version}/{name}", (string version, string name, Assets assets, HttpContext context) => assets.Serve(version, name, context))
            .WithMetadata(open);
        app.MapGet("/language/{language}", (string language, string? back, HttpContext context) => PageLanguage.Switch(context, language, back))
            .WithMetadata(open);
        app.MapGet("/health.json", async (IHealthDesk desk, CancellationToken cancellation) =>
        {
            var outcome = HealthOutcome.Of(await desk.LookAsync(quick: true, cancellation), CultureInfo.CurrentUICulture);
            return Results.Json(outcome, LocalJson.Plain.HealthOutcome, statusCode: outcome.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithMetadata(new NeedsAttribute(PageRight.Rounds));
        app.MapGet("/live", (Live live, HttpContext context) => live.Stream(context)).WithMetadata(new NeedsAttribute(PageRight.Inside));
        app.MapGet("/exports/progress/{run}", (string run, ExportRuns runs, HttpContext context) => runs.FollowAsync(run, context))
            .WithMetadata(new NeedsAttribute(PageRight.Results));
        app.MapGet(DoorEntry.Path, DoorEntry.EnterAsync).WithMetadata(open);
        return app;
    }

    private static void AddFormKeys(IServiceCollection services, Action<SurveyPagesOptions> configure)
    {
        var options = new SurveyPagesOptions();
        configure(options);
        var keys = services.AddDataProtection().SetApplicationName("SurveyDialer");
        if (options.FormKeysFolder is { } folder) keys.PersistKeysToFileSystem(new DirectoryInfo(folder));
        else keys.UseEphemeralDataProtectionProvider();
    }
}
