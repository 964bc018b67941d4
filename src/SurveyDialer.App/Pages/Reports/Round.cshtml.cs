using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Exports.Reports;

namespace SurveyDialer.App.Pages.Reports;

/// <summary>The report of one round, ready to be printed; the same text as the Word document.</summary>
[Needs(PageRight.Results)]
internal sealed class RoundModel(RoundReports reports) : SurveyPage("Reports")
{
    public RoundReport Report { get; private set; } = null!;

    public long Campaign { get; private set; }

    public IActionResult OnGet(long id, CancellationToken cancellation)
    {
        if (reports.Find(id, PageLanguage.Current, cancellation) is not { } found) return NotFound();
        (Report, Campaign, Title) = (found, id, found.Title);
        NextIs(T["Next_Report"], T["Nav_Exports"], $"/exports?campaign={id}");
        return Page();
    }
}
