using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Estimates;

namespace SurveyDialer.App.Pages.Results;

/// <summary>The indices of a round: value, interval, verdict with advice, change, official results.</summary>
[Needs(PageRight.Results)]
internal sealed class RoundModel(ResultsDesk desk) : ResultsPage(desk)
{
    /// <summary>The chart's data.</summary>
    public string Figures => Chart(new
    {
        rows = Results.Indices.Select(index => Row(
            Name(index.Index.Name), index.Whole, Before(index.Change),
            View.Compared(index).FirstOrDefault(one => one.Official.Level == OfficialLevel.Own) is { } own ? (double)own.Official.Percent : null)).ToList(),
    });

    /// <summary>Indices with a sentence on how they compare.</summary>
    public IReadOnlyList<(IndexResult Index, string Sentence)> Sentences =>
    [
        .. Results.Indices.Select(index => (index, View.Standing.Sentence(index, Results.Predecessor, Culture))).Where(one => one.Item2.Length > 0),
    ];

    /// <summary>The round, then its townships.</summary>
    public static IEnumerable<(string Name, CompositeFigure Figure)> Lines(CompositeResult composite, string whole)
        => composite.Townships.Select(township => (township.Name, township.Figure)).Prepend((whole, composite.Whole));

    /// <summary>What a composite was to reach and whether it did; null: nothing was set.</summary>
    public string? TargetInWords(CompositeResult composite) => View.Standing.TargetInWords(composite.Index.Id, composite.Whole.Low, composite.Whole.High, Culture);

    public IActionResult OnGet(long id)
    {
        if (!Load(id)) return NotFound();
        Decide();
        return Page();
    }

    private void Decide()
    {
        var withheld = Results.Indices.Count(index => index.Whole.Withheld);
        var open = Results.Indices.FirstOrDefault(index => index.Whole.AdvisesMore);
        if (Results.Completes + Results.Partials == 0) NextIs(T["Next_NoInterviews"], T["ToRound"], $"/supervisor/{Round.CampaignId}");
        else if (withheld == Results.Indices.Count) NextIs(T["Next_AllWithheld"], T["ToRound"], $"/supervisor/{Round.CampaignId}");
        else if (open is not null && Results.Running) NextIs(T["Next_Open", Name(open.Index.Name), open.Whole.LineInWords(Culture)]);
        else if (Results.Running) NextIs(T["Next_StillRunning"], T["ToRound"], $"/supervisor/{Round.CampaignId}");
        else if (Round.Practice) NextIs(T["Next_Practice"]);
        else if (View.Standing.IsComparable && View.Standing.Official.Count == 0) NextIs(T["Next_Official"], T["Nav_Benchmarks"], "/benchmarks");
        else NextIs(T["Next_Report"], T["Nav_Exports"], $"/exports?campaign={Round.CampaignId}");
    }
}
