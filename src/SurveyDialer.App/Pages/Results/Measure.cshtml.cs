using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Estimates;
using SurveyDialer.Statistics;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.App.Pages.Results;

/// <summary>One index of a round: townships in order with rank ranges, earlier rounds and official results, and how far the figure hangs on how it is made.</summary>
[Needs(PageRight.Results)]
internal sealed class MeasureModel(ResultsDesk desk) : ResultsPage(desk)
{
    public IndexResult Index { get; private set; } = null!;

    public IReadOnlyList<OfficialComparison> Compared { get; private set; } = [];

    public IReadOnlyList<PastRound> History { get; private set; } = [];

    /// <summary>In the order of their ranks where these mean something, else by name.</summary>
    public IReadOnlyList<TownshipFigure> Townships => Index.RanksHidden == RanksHidden.No
        ? [.. Index.Townships.OrderBy(township => township.Rank?.Rank ?? int.MaxValue).ThenBy(township => township.Name, StringComparer.Ordinal)]
        : Index.Townships;

    public string TownshipFigures => Chart(new { rows = Townships.Select(township => Row(township.Name, township.Figure, Before(township.Change))).ToList() });

    /// <summary>Rehearsals and every published series over their periods.</summary>
    public string HistoryFigures
    {
        get
        {
            var published = View.Standing.Official.Where(result => View.Standing.IsComparable && result.Tag == Index.Index.Tag && result.Period.From <= Round.Period.To).ToList();
            var periods = History.Select(one => one.Round.Period).Concat(published.Select(result => result.Period)).Distinct().Order().ToList();
            var lines = new List<ChartSeries> { new(T["Rehearsed"], [.. periods.Select(period => History.LastOrDefault(one => one.Round.Period == period) is { } one ? Hundred(FigureOf(one).Value) : null)]) };
            lines.AddRange(published.GroupBy(result => (result.Level, result.Name, result.Source)).Select(series => new ChartSeries(
                OfficialName(series.First()), [.. periods.Select(period => series.FirstOrDefault(result => result.Period == period) is { } result ? (double?)result.Percent : null)])));
            return Chart(new { names = periods.Select(period => period.InWords(Culture)), series = lines, line = Hundred(Index.Index.Line) });
        }
    }

    /// <summary>What is known of how far rehearsals are from official results; null where these do not speak of the same people.</summary>
    public string? Bias => View.Standing.BiasInWords(Index.Index.Tag, History, Culture);

    public Figure FigureOf(PastRound round) => round.Figures[Index.Index.Tag];

    public IActionResult OnGet(long id, string tag)
    {
        if (!Load(id) || Results.Indices.FirstOrDefault(index => index.Index.Tag == tag) is not { } index) return NotFound();
        (Index, Compared, History) = (index, View.Compared(index), Desk.History(View, index.Index));
        Title = $"{Name(index.Index.Name)} · {Round.Name}";
        var withheld = index.Townships.Count(township => township.Figure.Withheld);
        if (index.Whole.Withheld) NextIs(T["Next_IndexWithheld", Value(index.Whole)], T["ToRound"], $"/supervisor/{id}");
        else if (index.Whole.AdvisesMore) NextIs(index.Whole.LineInWords(Culture)!);
        else if (withheld > 0) NextIs(T["Next_TownshipsWithheld", withheld], T["ToRound"], $"/supervisor/{id}");
        else if (Compared.Count == 0) NextIs(T["Next_Official"], T["Nav_Benchmarks"], "/benchmarks");
        else NextIs(T["Next_Read"]);
        return Page();
    }

    /// <summary>第5名（可能为第1–11名）, with how far it moved; a dash where there is no rank.</summary>
    public string Rank(TownshipFigure township)
    {
        if (township.Rank is not { } rank) return "—";
        var words = Sentences.Ranked(new RankRow(township.Name, township.Figure.Value ?? 0, rank.Rank, default, rank.Best, rank.Worst), Culture);
        return rank is { Moved: { } moved and not 0, ByChance: { } chance } ? words + T[moved > 0 ? "Moved_Up" : "Moved_Down", Math.Abs(moved), Figure.Percent(chance, 0)] : words;
    }

    public static string OfficialName(OfficialResult result) => RoundStanding.Named(result, Culture);

    /// <summary>The same figure made otherwise: what it is called, and what it is.</summary>
    public IReadOnlyList<(string What, Figure Figure)> Otherwise =>
    [
        (T["WithoutCareless"], Index.WithoutCareless), (T["Explained"], Index.Explained), (T["NotExplained"], Index.NotExplained),
    ];
}
