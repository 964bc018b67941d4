using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.Exports.Notices;

namespace SurveyDialer.App.Pages.Notices;

/// <summary>What the villages are told about a round, on the board and by loudspeaker: to be printed, or taken as a document.</summary>
[Needs(PageRight.Rounds)]
internal sealed class IndexModel(CampaignQueries campaigns, VillageNotices notices, ExportDesk exports) : SurveyPage("Notices")
{
    public CampaignView Campaign { get; private set; } = null!;

    public IReadOnlyList<VillageNotice> All { get; private set; } = [];

    /// <summary>Null where the round has no public texts.</summary>
    public VillageNotice? Shown { get; private set; }

    public IActionResult OnGet(long id, long? township, string? language)
    {
        if (!Load(id)) return NotFound();
        var wanted = language ?? PageLanguage.Current;
        Shown = All.OrderByDescending(notice => notice.TownshipId == township).ThenByDescending(notice => notice.Language == wanted).FirstOrDefault();
        Title = T["Title"];
        NextIs(T[Shown switch { null => "Next_Empty", { Steers.Count: > 0 } => "Next_Steers", _ => "Next" }]);
        return Page();
    }

    /// <summary>All townships and languages in one document.</summary>
    public async Task<IActionResult> OnPostDocumentAsync(long id, CancellationToken cancellation)
    {
        if (!Load(id) || exports.Kinds.FirstOrDefault(kind => kind.Id == ExportCatalog.NoticeKind) is not { } kind) return NotFound();
        using var document = new MemoryStream();
        await exports.WriteAsync(kind, id, Who, document, PageLanguage.Current, progress: null, cancellation);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{Campaign.Name}-{T["Title"]}.{kind.Extension}");
        Response.Headers.ContentDisposition = disposition.ToString();
        return File(document.ToArray(), kind.ContentType);
    }

    /// <summary>In the language of the notice, not of the page.</summary>
    public static string LoudspeakerTitle(string language) => ExportCatalog.LoudspeakerTitle(language);

    private bool Load(long id)
    {
        if (campaigns.Find(id) is not { } found) return false;
        Campaign = found.Campaign;
        All = notices.Of(id);
        return true;
    }
}
