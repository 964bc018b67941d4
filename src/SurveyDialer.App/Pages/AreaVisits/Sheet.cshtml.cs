using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.AreaVisits;

/// <summary>The area visit on one sheet of paper: for an open round to all households, without a count and without a hint at who spoke.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class SheetModel(AreaVisitQueries queries) : SurveyPage("AreaVisits")
{
    public AreaVisitItem Visit { get; private set; } = null!;

    /// <summary>What residents there said, without names; empty below five voices.</summary>
    public IReadOnlyList<string> Words { get; private set; } = [];

    public IActionResult OnGet(long id)
    {
        if (queries.Find(id) is not { } found) return NotFound();
        Visit = found;
        Words = queries.Words(found);
        Title = T["SheetOf", found.Area];
        NextIs(T["Next_Sheet"]);
        return Page();
    }
}
