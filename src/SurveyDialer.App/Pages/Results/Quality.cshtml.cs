using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Estimates;

namespace SurveyDialer.App.Pages.Results;

/// <summary>How good the answers of a round are: where people hung up or kept silent, and signs of careless answers.</summary>
[Needs(PageRight.Results)]
internal sealed class QualityModel(ResultsDesk desk, SupervisedChecks checks) : ResultsPage(desk)
{
    public string FunnelFigures => Chart(new
    {
        lying = true,
        names = Results.Funnel.Select(step => $"{step.QuestionId} {Question(step.Question)}"),
        series = new[] { new ChartSeries(T["Reached"], [.. Results.Funnel.Select(step => (double?)step.Reached)]) },
    });

    public IActionResult OnGet(long id)
    {
        if (!Load(id)) return NotFound();
        var worst = Results.Funnel.Where(step => step.BrokenOff is > 0).MaxBy(step => step.BrokenOff);
        if (Results.Funnel.Count == 0) NextIs(T["Next_NoInterviews"], T["ToRound"], $"/supervisor/{id}");
        else if (worst is not null) NextIs(T["Next_Worst", worst.QuestionId, Show.Count(worst.BrokenOff!.Value)]);
        else NextIs(T["Next_QualityFine"]);
        return Page();
    }

    public async Task<IActionResult> OnPostCheckAsync(long id, long interviews, long confirmed, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        if (interviews is < 1 or > 1_000_000 || confirmed < 0 || confirmed > interviews)
        {
            NotDone = T["ChecksWrong"];
        }
        else
        {
            await checks.AddAsync(id, interviews, confirmed, Who, cancellation);
            Done = T["ChecksSaved"];
        }

        return RedirectToPage(new { id });
    }

    /// <summary>A count of persons, or what stands in its place.</summary>
    public static string Persons(long? count) => count is { } shown ? Show.Count(shown) : Show.Small;
}
