using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Exports.Reports;

namespace SurveyDialer.App.Pages.Reports;

/// <summary>What was done for residents after a round, on a sheet for the notice board.</summary>
[Needs(PageRight.Results)]
internal sealed class ResidentsModel(RoundReports reports) : SurveyPage("Reports")
{
    public RoundReport Report { get; private set; } = null!;

    public long Campaign { get; private set; }

    public IActionResult OnGet(long id, CancellationToken cancellation)
    {
        if (reports.Find(id, PageLanguage.Current, cancellation) is not { } found) return NotFound();
        (Report, Campaign) = (found with { Sections = [.. found.Sections.Where(section => section.Key == "residents")] }, id);
        Title = Report.Sections[0].Title;
        NextIs(T["Next_Residents"]);
        return Page();
    }
}
