using SurveyDialer.Statistics.Outcomes;
using SurveyDialer.Statistics.Weighting;

namespace SurveyDialer.Estimates;

/// <summary>A stratum of the sample.</summary>
/// <param name="Population">Numbers (or persons) of the frame in it.</param>
/// <param name="Released">Of these given to the callers.</param>
/// <param name="Households">On a landline one adult answers for the others of the household, and any of its numbers could have been drawn.</param>
/// <param name="Wanted">Interviews at which it stops; null: as many as come.</param>
internal sealed record SampledStratum(long Number, double Population, double Released, bool Households, long? Wanted = null);

/// <summary>A population count that weights are fitted to.</summary>
/// <param name="Tag">Of the demographic question, or of two joined by a plus.</param>
/// <param name="Key">Its answer, or theirs.</param>
public sealed record PopulationCount(string Tag, string Key, double Persons);

/// <summary>What the steps of weighting did; printed with every weighted figure.</summary>
public sealed record WeightSummary
{
    /// <summary>Completes and partials.</summary>
    public required long Interviews { get; init; }

    /// <summary>Kish's effective size of all interviews.</summary>
    public required double EffectiveSize { get; init; }

    /// <summary>Kish's design effect, at least 1.</summary>
    public required double DesignEffect { get; init; }

    /// <summary>Strata of the sample, each with its selection weight.</summary>
    public required int Strata { get; init; }

    /// <summary>Strata with a ratio of their own for those who did not answer; the others had too few numbers for one and share one.</summary>
    public required int Adjusted { get; init; }

    /// <summary>Tags of the demographic questions that were fitted to population counts; empty: none were entered.</summary>
    public required IReadOnlyList<string> FittedTo { get; init; }

    /// <summary>Crossed questions that were fitted to one by one, since one of their cells had fewer than ten interviews.</summary>
    public IReadOnlyList<string> ByMargins { get; init; } = [];

    /// <summary>People of the population of whom nobody was interviewed: the others of their question stand for them.</summary>
    public IReadOnlyList<PopulationCount> NotInterviewed { get; init; } = [];

    /// <summary>Rounds of fitting.</summary>
    public int Rounds { get; init; }

    /// <summary>The only dimension that was met, where fitting all of them did not end.</summary>
    public string? FellBackTo { get; init; }

    /// <summary>Interviews without an answer to one of these questions: they keep the weight that they had before.</summary>
    public long Unfitted { get; init; }

    /// <summary>Interviews whose weight was cut at three times the mean.</summary>
    public required long Trimmed { get; init; }

    /// <summary>Least and largest weight over the mean.</summary>
    public required double Least { get; init; }

    /// <inheritdoc cref="Least"/>
    public required double Largest { get; init; }
}

/// <summary>The weight of an interview of each cell: selection and household, non-response, population counts, trimming.</summary>
internal sealed record CellWeights(IReadOnlyList<double> Weights, IReadOnlyList<double> Base, WeightSummary Summary)
{
    private const double CapTimesMean = 3;

    /// <summary>Of a round's interviews, with the e that its outcome rates use.</summary>
    internal static CellWeights Of(RoundTotals totals, IReadOnlyList<PopulationCount> population) => Of(totals.Cells, totals.Strata, totals.Codes, population, totals.Given?.E);

    /// <param name="e">Share of eligible numbers among those of unknown eligibility; null: each stratum estimates its own.</param>
    internal static CellWeights Of(
        IReadOnlyList<ResultCell> cells, IReadOnlyList<SampledStratum> strata, IReadOnlyList<(long Stratum, string Code, long Total)> codes,
        IReadOnlyList<PopulationCount> population, double? e = null)
    {
        var byNumber = strata.ToDictionary(stratum => stratum.Number);
        var (ratios, others, adjusted) = NonResponse(codes, e);
        var selected = cells.Select(cell => Selection(cell.Key, byNumber)).ToArray();
        var start = cells.Select((cell, i) => selected[i] * ratios.GetValueOrDefault(cell.Key.Stratum, others)).ToArray();
        var units = cells.Select(cell => (double)cell.Interviews).ToArray();
        var fit = PopulationFit.Of(cells, start, units, population);
        var trimming = Trimming.Of(fit.Weights, CapTimesMean, units);
        var mean = units.Sum() > 0 ? fit.Weights.Zip(units, (w, n) => w * n).Sum() / units.Sum() : 1;
        var kish = KishOf(trimming.Weights, units);
        var summary = new WeightSummary
        {
            Interviews = cells.Sum(cell => cell.Interviews),
            EffectiveSize = kish.EffectiveSize,
            DesignEffect = kish.DesignEffect,
            Strata = strata.Count,
            Adjusted = adjusted,
            FittedTo = fit.Tags,
            ByMargins = fit.ByMargins,
            NotInterviewed = fit.NotInterviewed,
            Rounds = fit.Raking?.Rounds ?? 0,
            FellBackTo = fit.Raking?.FellBackTo,
            Unfitted = fit.Unfitted,
            Trimmed = trimming.Rounds == 0 ? 0 : cells.Where((_, i) => trimming.Weights[i] >= CapTimesMean * mean * (1 - 1e-12)).Sum(cell => cell.Interviews),
            Least = trimming.Weights.DefaultIfEmpty(mean).Min() / mean,
            Largest = trimming.Weights.DefaultIfEmpty(mean).Max() / mean,
        };
        return new CellWeights(trimming.Weights, selected, summary);
    }

    /// <summary>Kish's figures of weights that stand for several units each.</summary>
    internal static Kish KishOf(IReadOnlyList<double> weights, IReadOnlyList<double> units)
    {
        double n = 0, sum = 0, squares = 0;
        for (var i = 0; i < weights.Count; i++) (n, sum, squares) = (n + units[i], sum + (weights[i] * units[i]), squares + (weights[i] * weights[i] * units[i]));
        return Kish.FromSums(n, sum, squares);
    }

    private static double Selection(CellKey key, Dictionary<long, SampledStratum> strata)
    {
        if (!strata.TryGetValue(key.Stratum, out var stratum) || stratum.Released <= 0) return 1;
        var weight = BaseWeight.Stratum(stratum.Population, stratum.Released);
        if (!stratum.Households || key.NumberKind != "landline") return weight;
        // 1 to 6 are answers; 8, and 98 and 99 of live callers, say that none was given.
        var adults = key.Answer(CellLayout.AdultsTag) is { } answer && int.TryParse(answer, out var number) && number is >= 1 and <= 6 ? number : 1;
        return BaseWeight.Household(weight, adults, Math.Max(1, key.Numbers));
    }

    /// <summary>
    /// How many of each stratum an interview stands for. Strata too small for a ratio of their own share one, since a ratio of 1 beside others of three
    /// or four would count their people for a fraction; where even together they are too few, they take that of the whole round.
    /// </summary>
    private static (Dictionary<long, double> Ratios, double Others, int Adjusted) NonResponse(IReadOnlyList<(long Stratum, string Code, long Total)> codes, double? e)
    {
        var strata = codes.GroupBy(code => code.Stratum).ToDictionary(stratum => stratum.Key, stratum => Ratio(stratum, e));
        var own = strata.Where(stratum => stratum.Value is not null).ToDictionary(stratum => stratum.Key, stratum => stratum.Value!.Value);
        var others = Ratio(codes.Where(code => !own.ContainsKey(code.Stratum)), e) ?? Ratio(codes, e) ?? 1;
        return (own, others, own.Count);
    }

    /// <summary>Null where there are too few numbers for one.</summary>
    private static double? Ratio(IEnumerable<(long Stratum, string Code, long Total)> codes, double? e)
    {
        var counts = OutcomeCounts.Sum(codes.Select(code => (OutcomeGroups.FromCode(code.Code) ?? OutcomeGroup.UnknownOther, (double)code.Total)));
        var eligible = counts.Eligible + ((e ?? counts.EstimatedEligibility ?? 0) * counts.Unknown);
        var interviews = counts.Complete + counts.Partial;
        return eligible >= BaseWeight.LeastForNonResponse && interviews > 0 ? BaseWeight.NonResponse(eligible, interviews) : null;
    }
}
