using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Cases;

/// <summary>The case on one sheet of paper, with lines to fill in at the door; no score, the number masked.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class SheetModel(CaseQueries queries, CaseDesk desk) : SurveyPage("Cases")
{
    public CaseDetail Detail { get; private set; } = null!;

    public IActionResult OnGet(long id)
    {
        if (queries.Find(id) is not { } found) return NotFound();
        if (desk.IsOwnInterview(id, Who)) return RedirectToPage("Case", new { id });
        Detail = found;
        Title = T["SheetOf", id];
        NextIs(T["Next_Sheet"]);
        return Page();
    }

    public string Time(long millis) => Show.Time(millis, Show.Zone(Detail.Item.TimeZone), Now);

    public string Day(long millis) => Show.Day(millis, Show.Zone(Detail.Item.TimeZone), Now);
}
