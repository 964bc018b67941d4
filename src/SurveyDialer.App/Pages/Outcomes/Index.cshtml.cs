using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Pages.Results;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Statistics.Disclosure;

namespace SurveyDialer.App.Pages.Outcomes;

/// <summary>AAPOR outcome rates of one round, and the form for a given share of eligible numbers.</summary>
[Needs(PageRight.Results)]
internal sealed class IndexModel(OutcomeQueries outcomes, CampaignQueries queries, EligibilityDesk desk) : SurveyPage("Outcomes")
{
    /// <summary>Shown in the tables by part; all sixteen stand under the whole round.</summary>
    private static readonly string[] Chosen = ["RR1", "RR2", "RR3", "RR4", "COOP1", "COOP2", "REF1", "REF2", "CON1", "CON2"];

    public static IReadOnlyList<OutcomeMeasure> Columns { get; } = [.. OutcomeMeasure.All.Where(measure => Chosen.Contains(measure.Name))];

    private static readonly OutcomeMeasure ContactRate = OutcomeMeasure.All.Single(measure => measure.Name == "CON1");

    public CampaignView Campaign { get; private set; } = null!;

    public OutcomeResults Results { get; private set; } = null!;

    /// <summary>As typed, where it was not kept.</summary>
    [BindProperty]
    public string? E { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    public IReadOnlyList<(string Key, IReadOnlyList<OutcomeBlock> Blocks)> Parts =>
        [("Townships", Results.Townships), ("NumberKinds", Results.NumberKinds), ("Languages", Results.Languages), ("Hours", Results.Hours), ("Weekdays", Results.Weekdays)];

    /// <summary>Calls by hour have no weight: one respondent may be called in several of them.</summary>
    public static bool IsWeighed(string part) => part is not ("Hours" or "Weekdays");

    /// <summary>The chart's data: CON1 of the calls of each hour, per cent; hours of too few calls have no bar.</summary>
    public string ContactByHour => ResultsPage.Chart(new
    {
        percent = true,
        names = Results.Hours.Select(NameOf),
        series = new[] { new ChartSeries(T["ContactByHour"], [.. Results.Hours.Select(hour => hour.Of(ContactRate).Value is { } rate ? (double?)Math.Round(rate * 100, 1) : null)]) },
    });

    public string EligibilityWords => Results.Given is { } given
        ? T["E_Given", Number(given.E), given.Source, given.Who, Show.Day(given.At, Show.Zone(Campaign.TimeZone), Now)]
        : Results.Whole.Rates.E is { } e ? T["E_Estimated", Number(e), OutcomeMeasure.EligibilityFormula] : T["E_None"];

    public IActionResult OnGet(long id) => Load(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostGiveAsync(long id, CancellationToken cancellation)
    {
        if (await desk.GiveAsync(id, E, Source, Who, cancellation) is { } problem)
        {
            if (!Load(id)) return NotFound();
            NotDone = T[$"Problem_{problem}"];
            return Page();
        }

        Done = T["Given"];
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostEstimateAsync(long id, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        await desk.EstimateAsync(id, Who, cancellation);
        Done = T["Estimated"];
        return RedirectToPage(new { id });
    }

    public string NameOf(OutcomeBlock block) => block.By switch
    {
        OutcomeBreakdown.Whole => T["Whole"],
        OutcomeBreakdown.Township => block.Name,
        OutcomeBreakdown.NumberKind => T[$"Kind_{block.Key}"],
        OutcomeBreakdown.Language => block.Key.Length == 0 ? T["NotKnown"] : TopicWords.Language(block.Key),
        OutcomeBreakdown.Hour => T["Hour", block.Key],
        OutcomeBreakdown.Weekday => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName((DayOfWeek)int.Parse(block.Key, CultureInfo.InvariantCulture)),
    };

    public static string Count(double count, CellDisplay display) => Show.Persons((long)count, display);

    /// <summary>A rate as it may be shown.</summary>
    public static string Rate(OutcomeBlock block, OutcomeMeasure measure, bool weighted = false) => block.Of(measure, weighted) switch
    {
        { MoreNeeded: > 0 and var more } => PageWords.Of("Outcomes")["TooFew", more],
        { MoreNeeded: 0 } => Show.Small,
        { Value: null } => "—",
        { Value: { } value, Decimals: var decimals } => (value * 100).ToString(decimals == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + "%",
    };

    /// <summary>The share of eligible numbers that a part's rates use.</summary>
    public static string EligibleShare(OutcomeBlock block, bool weighted) => block.EligibilityOf(weighted) is { } e ? e.ToString("0.##", CultureInfo.InvariantCulture) : "—";

    /// <summary>With which e a rate of the whole round was counted, and, where weights differ, with which the weighted one.</summary>
    public string WithE(OutcomeMeasure measure, OutcomeBlock whole)
    {
        if (!measure.UsesEligibility || whole.Rates.E is not { } e) return "";
        var from = T[Results.Given is null ? "E_IsEstimated" : "E_IsGiven"];
        return Results.IsWeighted && Results.Given is null && whole.WeightedRates.E is { } weighted ? T["WithBothE", Number(e), Number(weighted), from] : T["WithE", Number(e), from];
    }

    private static string Number(double e) => e.ToString("0.###", CultureInfo.InvariantCulture);

    private bool Load(long id)
    {
        if (queries.Find(id) is not { } found || outcomes.Find(id) is not { } results) return false;
        (Campaign, Results) = (found.Campaign, results);
        Title = T["Title"];
        if (Results.Whole.Total == 0) NextIs(T["Next_Empty"]);
        else if (Results.Whole.Open > 0) NextIs(T["Next_Open", Show.Count(Results.Whole.Open)]);
        else NextIs(T["Next_Done"], T["Nav_Exports"], $"/exports?campaign={id}");
        return true;
    }
}
