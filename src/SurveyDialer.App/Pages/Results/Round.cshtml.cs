using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Estimates;
using SurveyDialer.Statistics.Quality;

namespace SurveyDialer.App.Pages.Results;

/// <summary>The indices of a round: value, interval, verdict with advice, change, official results.</summary>
[Needs(PageRight.Results)]
internal sealed class RoundModel(ResultsDesk desk) : ResultsPage(desk)
{
    /// <summary>The chart's data.</summary>
    public string Figures => Chart(new
    {
        rows = Results.Indices.Select(index => Row(
            Name(index.Index.Name), index.Whole, Before(index.Whole, index.Change),
            View.Compared(index).FirstOrDefault(one => one.Official.Level == OfficialLevel.Own) is { } own ? (double)own.Official.Percent : null)).ToList(),
    });

    /// <summary>Indices with a sentence on how they compare.</summary>
    public IReadOnlyList<(IndexResult Index, string Sentence)> Sentences =>
    [
        .. Results.Indices.Select(index => (index, OfficialComparison.Sentence(index.Whole, index.Change, View.Compared(index), Culture))).Where(one => one.Item2.Length > 0),
    ];

    /// <summary>Names of the indices that a composite goes without.</summary>
    public string Dropped(CompositeResult composite) => composite.Dropped.Count == 0 ? "—" : string.Join(
        PageLanguage.IsEnglish ? ", " : "、", composite.Dropped.Select(tag => Results.Set.Indices.FirstOrDefault(index => index.Tag == tag) is { } known ? Name(known.Name) : tag));

    /// <summary>Whether the round counts, and what it lacks, in one sentence.</summary>
    public string Gate
    {
        get
        {
            var gate = Results.Gate;
            var contact = gate.ContactRate is { } rate ? Figure.Percent(rate, 0) : "—";
            if (gate.Lacks.Count == 0) return T["Gate_Good", Show.Count(gate.Interviews), contact, Show.Count(gate.Checked)];
            var lacks = gate.Lacks.Select(lack => lack switch
            {
                RoundShortfall.Interviews => T["Gate_Interviews", gate.Wanted.LeastInterviews, Show.Count(gate.Interviews)],
                RoundShortfall.ContactRate => T["Gate_ContactRate", Figure.Percent(gate.Wanted.LeastContactRate, 0), contact],
                RoundShortfall.SupervisedChecks => T["Gate_SupervisedChecks", Figure.Percent(gate.Wanted.LeastCheckedShare, 0), Show.Count(gate.Checked)],
            });
            return T["Gate_Lacks", string.Join(PageLanguage.IsEnglish ? "; " : "；", lacks)];
        }
    }

    public IActionResult OnGet(long id)
    {
        if (!Load(id)) return NotFound();
        Decide();
        return Page();
    }

    private void Decide()
    {
        var withheld = Results.Indices.Count(index => index.Whole.Withheld);
        var open = Results.Indices.FirstOrDefault(index => index.Whole.MoreForVerdict > 0);
        if (Results.Completes + Results.Partials == 0) NextIs(T["Next_NoInterviews"], T["ToRound"], $"/supervisor/{Round.CampaignId}");
        else if (withheld == Results.Indices.Count) NextIs(T["Next_AllWithheld"], T["ToRound"], $"/supervisor/{Round.CampaignId}");
        else if (open is not null && Results.Running) NextIs(T["Next_Open", Name(open.Index.Name), open.Whole.LineInWords(Culture)]);
        else if (Results.Running) NextIs(T["Next_StillRunning"], T["ToRound"], $"/supervisor/{Round.CampaignId}");
        else if (View.Official.Count == 0) NextIs(T["Next_Official"], T["Nav_Benchmarks"], "/benchmarks");
        else NextIs(T["Next_Report"], T["Nav_Exports"], $"/exports?campaign={Round.CampaignId}");
    }
}
