using System.Globalization;
using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Dispositions;

/// <summary>Adds up what was counted of a round into the blocks of its results.</summary>
internal sealed class OutcomeCounting(long campaignId, GivenEligibility? given)
{
    private static readonly OutcomeBreakdown[] Fine = [OutcomeBreakdown.Language, OutcomeBreakdown.Hour, OutcomeBreakdown.Weekday];

    private readonly Dictionary<(OutcomeBreakdown By, string Key), Sums> sums = [];
    private readonly HashSet<double> weights = [];

    /// <summary>Id to name.</summary>
    internal Dictionary<long, string> Townships { get; } = [];

    /// <summary>Selection weight by stratum; 1 for a stratum that is not there.</summary>
    internal Dictionary<long, double> Weights { get; } = [];

    internal void Member(long township, long stratum, string kind, string language, string code, bool open, long persons)
    {
        var group = GroupOf(code);
        var weight = Weights.GetValueOrDefault(stratum, 1);
        weights.Add(weight);
        Add(OutcomeBreakdown.Whole, "", group, open, persons, weight);
        Add(OutcomeBreakdown.Township, township.ToString(CultureInfo.InvariantCulture), group, open, persons, weight);
        Add(OutcomeBreakdown.NumberKind, kind, group, open, persons, weight);
        Add(OutcomeBreakdown.Language, language, group, open, persons, weight);
    }

    /// <param name="time">Hour or weekday.</param>
    internal void Call(OutcomeBreakdown by, int time, string code, long calls) => Add(by, time.ToString(CultureInfo.InvariantCulture), GroupOf(code), open: false, calls, 1);

    internal OutcomeResults Results() => new()
    {
        CampaignId = campaignId,
        Given = given,
        IsWeighted = weights.Count > 1,
        Whole = Blocks(OutcomeBreakdown.Whole) is [var whole] ? whole : Block(OutcomeBreakdown.Whole, "", new Sums(), new CellDisplay[OutcomeGroups.Symbols.Count + 1]),
        Townships = [.. Blocks(OutcomeBreakdown.Township).OrderBy(block => long.Parse(block.Key, CultureInfo.InvariantCulture))],
        NumberKinds = [.. Blocks(OutcomeBreakdown.NumberKind).OrderBy(block => block.Key, StringComparer.Ordinal)],
        Languages = [.. Blocks(OutcomeBreakdown.Language).OrderBy(block => block.Key, StringComparer.Ordinal)],
        Hours = [.. Blocks(OutcomeBreakdown.Hour).OrderBy(block => int.Parse(block.Key, CultureInfo.InvariantCulture))],
        Weekdays = [.. Blocks(OutcomeBreakdown.Weekday).OrderBy(block => (int.Parse(block.Key, CultureInfo.InvariantCulture) + 6) % 7)],
    };

    private static OutcomeGroup GroupOf(string code) => OutcomeGroups.FromCode(code) ?? throw new InvalidDataException($"'{code}' is not a disposition code.");

    private void Add(OutcomeBreakdown by, string key, OutcomeGroup group, bool open, long persons, double weight)
    {
        if (!sums.TryGetValue((by, key), out var sum)) sums[(by, key)] = sum = new Sums();
        sum.Counts[(int)group] += persons;
        sum.Weighted[(int)group] += persons * weight;
        if (open) sum.Open += persons;
    }

    private List<OutcomeBlock> Blocks(OutcomeBreakdown by)
    {
        var own = sums.Where(pair => pair.Key.By == by).ToList();

        // The whole round is published too: a column's total, less what is shown, must not tell what is hidden.
        var displays = Fine.Contains(by) && own.Count > 0 ? new CountTable([.. own.Select(pair => pair.Value.Counts)]).Suppress() : null;
        return [.. own.Select((pair, row) => Block(by, pair.Key.Key, pair.Value, [.. Enumerable.Range(0, pair.Value.Counts.Length + 1).Select(column => displays?[row, column] ?? CellDisplay.Shown)]))];
    }

    /// <param name="displays">Of the groups, then of their sum.</param>
    private OutcomeBlock Block(OutcomeBreakdown by, string key, Sums sum, CellDisplay[] displays)
    {
        var counts = OutcomeCounts.From([.. sum.Counts.Select(count => (double)count)]);
        var ofWeights = OutcomeCounts.From(sum.Weighted);
        return new OutcomeBlock
        {
            By = by,
            Key = key,
            Name = by == OutcomeBreakdown.Township ? Townships.GetValueOrDefault(long.Parse(key, CultureInfo.InvariantCulture), key) : "",
            Open = sum.Open,
            Counts = counts,
            Rates = Rates(counts),
            WeightedCounts = ofWeights,
            WeightedRates = Rates(ofWeights),
            Displays = displays[..^1],
            TotalDisplay = displays[^1],
        };
    }

    private OutcomeRates Rates(OutcomeCounts counts) => given is { E: var e } ? OutcomeRates.Given(counts, e) : OutcomeRates.Estimated(counts);

    private sealed class Sums
    {
        internal long[] Counts { get; } = new long[OutcomeGroups.Symbols.Count];

        internal double[] Weighted { get; } = new double[OutcomeGroups.Symbols.Count];

        internal long Open { get; set; }
    }
}
