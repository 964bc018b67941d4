using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.AreaVisits;

/// <summary>One area visit: say that it was made, and what everybody there is told.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class VisitModel(AreaVisitQueries queries, AreaVisitDesk desk) : SurveyPage("AreaVisits")
{
    public AreaVisitItem Visit { get; private set; } = null!;

    /// <summary>What residents there said, without names; empty below five voices.</summary>
    public IReadOnlyList<string> Words { get; private set; } = [];

    [BindProperty]
    public string? Answer { get; set; }

    public IActionResult OnGet(long id) => Load(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostVisitedAsync(long id, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        if (await desk.MarkVisitedAsync(id, Who, cancellation) is { } problem) NotDone = T[$"Problem_{problem}"];
        else Done = T["Done_Visited"];
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostAnswerAsync(long id, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        if (await desk.AnswerAsync(id, Who, Answer, cancellation) is { } problem)
        {
            // What was typed stays on the page.
            NotDone = T[$"Problem_{problem}"];
            return Page();
        }

        Done = T["Done_Answer"];
        return RedirectToPage(new { id });
    }

    public string Day(long millis) => Show.Day(millis, Show.Zone(Visit.TimeZone), Now);

    private bool Load(long id)
    {
        if (queries.Find(id) is not { } found) return false;
        Visit = found;
        Words = queries.Words(found);
        Title = T["One_Title", found.Area];
        NextIs(T[$"NextOne_{found.State}"]);
        return true;
    }
}
