using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;

namespace SurveyDialer.App.Pages.Exports;

/// <summary>What can be taken out of the program, with one button each.</summary>
[Needs(PageRight.Results)]
internal sealed class IndexModel(ExportDesk desk, CampaignQueries queries, ExportRuns runs) : SurveyPage("Exports")
{
    public IReadOnlyList<CampaignView> Campaigns { get; private set; } = [];

    /// <summary>What names persons is only for those who do the follow-up.</summary>
    public IReadOnlyList<ExportKind> Kinds => May(PageRight.FollowUp) ? desk.Kinds : [.. desk.Kinds.Where(kind => !kind.NamesPersons)];

    [BindProperty(SupportsGet = true)]
    public long? Campaign { get; set; }

    public void OnGet()
    {
        Title = T["Title"];
        Campaigns = [.. queries.List().Select(summary => summary.Campaign)];
        var chosen = Campaigns.FirstOrDefault(campaign => campaign.Id == Campaign)
            ?? Campaigns.FirstOrDefault(campaign => campaign.LaunchedAt is not null)
            ?? (Campaigns.Count > 0 ? Campaigns[0] : null);
        Campaign = chosen?.Id;
        if (chosen is null && May(PageRight.Rounds)) NextIs(T["Next_Empty"], T["Nav_Campaigns"], "/campaigns");
        else if (chosen is null) NextIs(T["Next_Empty"]);
        else NextIs(T[chosen.State == "closed" ? "Next_Closed" : "Next_Running", chosen.Name]);
    }

    public async Task<IActionResult> OnPostDownloadAsync(string kind, string? run, CancellationToken cancellation)
    {
        if (Kinds.FirstOrDefault(known => known.Id == kind) is not { } wanted) return NotFound();
        if (Campaign is not { } id || queries.Find(id) is not { } found) return NotFound();
        Response.ContentType = wanted.ContentType;
        var local = TimeZoneInfo.ConvertTime(Now, Show.Zone(found.Campaign.TimeZone));
        var name = $"{found.Campaign.Name}-{Words(wanted).Name}-{local:yyyyMMdd-HHmm}.{wanted.Extension}";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        Response.Headers.ContentDisposition = disposition.ToString();
        // Writers of sheets flush without waiting; nothing is put aside on the disk in between.
        HttpContext.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        using var watched = runs.Begin(run);
        await desk.WriteAsync(wanted, id, Who, Response.Body, PageLanguage.Current, watched, cancellation);
        await Response.Body.FlushAsync(cancellation);
        watched.Complete();
        return new EmptyResult();
    }

    public static ExportWords Words(ExportKind kind) => PageLanguage.IsEnglish ? kind.English : kind.Chinese;
}
