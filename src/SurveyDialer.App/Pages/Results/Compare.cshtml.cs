using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Estimates;

namespace SurveyDialer.App.Pages.Results;

/// <summary>Two townships of a round, or two rounds, beside each other in all indices. Only published figures are compared.</summary>
[Needs(PageRight.Results)]
internal sealed class CompareModel(ResultsDesk desk) : ResultsPage(desk)
{
    /// <summary>Township.</summary>
    [BindProperty(SupportsGet = true)]
    public long? First { get; set; }

    /// <summary>Township that the first is held against.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Second { get; set; }

    /// <summary>The other round.</summary>
    [BindProperty(SupportsGet = true)]
    public long? With { get; set; }

    public IReadOnlyList<(long Id, string Name)> Townships { get; private set; } = [];

    public IReadOnlyList<Round> Rounds { get; private set; } = [];

    /// <summary>Empty until two townships are chosen.</summary>
    public IReadOnlyList<TownshipDifference> Differences { get; private set; } = [];

    /// <summary>Null until one is chosen.</summary>
    public Round? Other { get; private set; }

    public IActionResult OnGet(long id)
    {
        if (!Load(id, With)) return NotFound();
        Rounds = Desk.Comparable(Round);
        Other = Rounds.FirstOrDefault(round => round.CampaignId == With);
        Townships = [.. Results.Indices.SelectMany(index => index.Townships).DistinctBy(township => township.AreaId).OrderBy(township => township.Name, StringComparer.Ordinal).Select(township => (township.AreaId, township.Name))];
        if (First is { } first && Second is { } second && first != second) Differences = Results.Between(first, second);
        var apart = Differences.Count(pair => pair.Difference is { Changed: true }) + (Other is null ? 0 : Results.Indices.Count(index => index.Change is { Changed: true }));
        if (Townships.Count < 2 && Rounds.Count == 0) NextIs(T["Next_CompareNone"]);
        else if (Differences.Count == 0 && Other is null) NextIs(T["Next_CompareChoose"]);
        else if (apart == 0) NextIs(T["Next_CompareNothing"]);
        else NextIs(T["Next_CompareApart", apart]);
        return Page();
    }

    public string NameOf(long? township) => Townships.FirstOrDefault(one => one.Id == township).Name ?? "";
}
