using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Dangers;

/// <summary>The danger notices of the pages that are open, and that somebody has seen to one; a page of its own it has none.</summary>
[Needs(PageRight.Danger)]
internal sealed class IndexModel(DangerDesk dangers) : SurveyPage("Dangers")
{
    public IActionResult OnGet() => LocalRedirect("/");

    /// <summary>The notices, for a page that is already open; nothing when it shows them already.</summary>
    public IActionResult OnGetNow(string? shown)
        => DangerView.Of(dangers, Now) is var now && now.Signature == (shown ?? "") ? new NoContentResult() : Partial("_Dangers", now);

    public async Task<IActionResult> OnPostSeenAsync(long notice, string? back, CancellationToken cancellation)
    {
        if (await dangers.MarkSeenAsync(notice, Who, cancellation)) Done = T["Danger_SeenDone"];
        else NotDone = T["Danger_SeenBefore"];
        return LocalRedirect(back is not null && Url.IsLocalUrl(back) ? back : "/");
    }
}
