using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Statistics.Outcomes;
using SurveyDialer.Statistics.Quality;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>What is wanted of a round.</summary>
/// <param name="Set">The definitions.</param>
/// <param name="Predecessor">Row of the round that changes are counted from; null: none.</param>
/// <param name="Population">What weights are fitted to; empty: nothing beyond selection and non-response.</param>
public sealed record EstimateWish(long CampaignId, IndexSet Set, long? Predecessor, IReadOnlyList<PopulationCount> Population)
{
    /// <summary>Of the round before.</summary>
    public IReadOnlyList<PopulationCount> PredecessorPopulation { get; init; } = [];
}

/// <summary>The figures of a round from its kept totals, as live and as fast while the round runs as after it.</summary>
public sealed class RoundEstimates(Database database)
{
    /// <summary>Fewer answers of a caller to a question are not compared.</summary>
    private const long LeastToCompare = 30;

    /// <summary>What a round must reach to count: a hundred interviews, every third number reached, and one interview in twenty checked.</summary>
    public static RoundGate Gate { get; } = new(100, 0.3, 0.05);

    /// <summary>Null when there is no such round.</summary>
    public RoundResults? Find(EstimateWish wish)
    {
        var (totals, before) = database.Read(connection =>
            (RoundTotals.Read(connection, wish.CampaignId), wish.Predecessor is { } id ? RoundTotals.Read(connection, id) : null));
        return totals is null ? null : Of(totals, before, wish);
    }

    internal static RoundResults Of(RoundTotals totals, RoundTotals? before, EstimateWish wish)
    {
        var now = Weighed(totals, wish.Population);
        var then = before is null ? null : Weighed(before, wish.PredecessorPopulation);
        var asked = wish.Set.Indices.Select(index => (Index: index, Counter: IndexCounter.For(index, totals.Layout)))
            .Where(one => one.Counter is { } counter && (!one.Index.Annex || WasAsked(counter, totals))).ToList();
        var comparable = before is null ? [] : asked.Where(one => IsSame(one.Index, one.Counter!, before)).Select(one => one.Index.Tag).ToHashSet(StringComparer.Ordinal);
        var results = asked.ConvertAll(one => IndexFigures.Of(one.Index, one.Counter!, now, comparable.Contains(one.Index.Tag) ? then : null));
        return new RoundResults
        {
            CampaignId = totals.CampaignId,
            Name = totals.Name,
            Running = totals.Running,
            Set = wish.Set,
            Completes = totals.Cells.Sum(cell => cell.Completes),
            Partials = totals.Cells.Sum(cell => cell.Partials),
            Weights = now.Weights.Summary,
            Indices = WithChanges(results),
            NotAsked = [.. wish.Set.Indices.Where(index => !index.Annex).Select(index => index.Tag).Except(asked.Select(one => one.Index.Tag), StringComparer.Ordinal)],
            Composites = [.. wish.Set.Composites.Select(composite => CompositeOf(composite, results))],
            Careless = CarelessCounts(totals),
            Funnel = [.. totals.Layout.Questions.Select(place => FunnelOf(place, totals)).OfType<FunnelResult>()],
            ListenInTo = ListenInTo(totals),
            Gate = GateOf(totals),
            QuotaSample = totals.Strata.Any(stratum => stratum.Wanted is not null),
            Predecessor = before is null ? null : new PredecessorRound(
                before.CampaignId, before.Name, [.. asked.Select(one => one.Index.Tag).Where(tag => !comparable.Contains(tag))]),
        };
    }

    /// <summary>An optional question that nobody of the round was asked is no figure of it.</summary>
    private static bool WasAsked(IndexCounter counter, RoundTotals totals)
        => totals.Cells.Count == 0 || totals.Cells.Any(cell => counter.Places.Any(place => Enumerable.Range(0, place.Keys.Count)
            .Any(key => cell.Counts[place.Slot(key, explained: false)] + cell.Counts[place.Slot(key, explained: true)] > 0)));

    private static WeighedRound Weighed(RoundTotals totals, IReadOnlyList<PopulationCount> population)
        => new(totals, CellWeights.Of(totals, population));

    /// <summary>The same question with the same options, of which the same count: otherwise a difference would be one of wording.</summary>
    private static bool IsSame(SurveyIndex index, IndexCounter counter, RoundTotals before)
        => IndexCounter.For(index, before.Layout) is { } then && then.Places.Count == counter.Places.Count
            && then.Places.Zip(counter.Places).All(pair => pair.First.Keys.SequenceEqual(pair.Second.Keys) && then.Positive(pair.First).SequenceEqual(counter.Positive(pair.Second))
                && pair.First.Question.Text.SequenceEqual(pair.Second.Question.Text)
                && pair.First.Question.Options.Zip(pair.Second.Question.Options).All(options => options.First.Pole == options.Second.Pole && options.First.Text.SequenceEqual(options.Second.Text)));

    /// <summary>Holm over all indices that are compared with the round before.</summary>
    private static IReadOnlyList<IndexResult> WithChanges(List<IndexResult> results)
    {
        var compared = results.Where(result => result is { Before.Exact: not null, Whole.Exact: not null }).ToList();
        var changes = Change.Family(compared.ConvertAll(result => (result.Whole, result.Before!)));
        return [.. results.Select(result => compared.IndexOf(result) is >= 0 and var i ? result with { Change = changes[i] } : result)];
    }

    private static CompositeResult CompositeOf(CompositeIndex composite, List<IndexResult> results)
    {
        var byTag = results.ToDictionary(result => result.Index.Tag, StringComparer.Ordinal);
        var townships = results.SelectMany(result => result.Townships).DistinctBy(township => township.AreaId).OrderBy(township => township.Name, StringComparer.Ordinal);
        return new CompositeResult(
            composite, CompositeFigure.Of(composite, tag => byTag.GetValueOrDefault(tag)?.Whole),
            [.. townships.Select(township => new TownshipComposite(
                township.AreaId, township.Name, CompositeFigure.Of(composite, tag => byTag.GetValueOrDefault(tag)?.Find(township.AreaId))))]);
    }

    private static List<CarelessCount> CarelessCounts(RoundTotals totals)
        => [.. Enum.GetValues<CarelessFlag>().Where(flag => flag is not (CarelessFlag.None or CarelessFlag.InterviewerOutlier)).Select(flag => new CarelessCount(
            flag, AtLeast(totals.Cells.Where(cell => ((CarelessFlag)cell.Key.Careless).HasFlag(flag)).Sum(cell => cell.Interviews))))];

    /// <summary>Question by question, and only where a caller has enough answers for three standard errors to mean something.</summary>
    private static List<string> ListenInTo(RoundTotals totals)
        => [.. totals.Interviewers.GroupBy(tally => tally.QuestionId)
            .SelectMany(question => InterviewerOutlier.Of([.. question.Select(tally => new InterviewerTally(tally.Interviewer, $"{tally.AreaId}", tally.Valid, tally.Positive))])
                .Where(outlier => outlier.IsOutlier && question.Where(tally => tally.Interviewer == outlier.Interviewer).Sum(tally => tally.Valid) >= LeastToCompare))
            .Select(outlier => outlier.Interviewer).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Contacts among the finished members: whom nobody has called yet says nothing about the round.</summary>
    private static GateResult GateOf(RoundTotals totals)
    {
        var counts = OutcomeCounts.Sum(totals.Codes.Select(code => (OutcomeGroups.FromCode(code.Code) ?? OutcomeGroup.UnknownOther, (double)code.Total)));
        var rates = totals.Given is { } given ? OutcomeRates.Given(counts, given.E) : OutcomeRates.Estimated(counts);
        var (contact, interviews) = (rates.Contact[1], totals.Cells.Sum(cell => cell.Interviews));
        return new GateResult(Gate, interviews, contact, totals.Checked, Gate.Lacks(interviews, contact, totals.Checked))
        {
            Finished = totals.Codes.Sum(code => code.Total), E = rates.E, GivenBy = totals.Given?.Source,
        };
    }

    private static FunnelResult? FunnelOf(CellLayout.Place place, RoundTotals totals)
        => totals.Funnel.FirstOrDefault(step => step.QuestionId == place.Question.Id) is not { } count ? null : new FunnelResult(
            place.Question.Id, place.Question.Tag, place.Question.Text.IsEmpty ? place.Question.Message : place.Question.Text, count.Reached,
            AtLeast(count.Silences), AtLeast(count.WrongKeys), AtLeast(count.BrokenOff));

    /// <summary>A count of persons as it may be shown: null for 1 to 4.</summary>
    private static long? AtLeast(long count) => CountTable.IsSmall(count) ? null : count;
}

/// <summary>A round's totals with the weight of each cell.</summary>
internal sealed class WeighedRound
{
    private static readonly (List<ResultCell> Cells, List<double> Weights) Nothing = ([], []);

    private readonly Dictionary<long, (List<ResultCell> Cells, List<double> Weights)> byTownship = [];

    internal WeighedRound(RoundTotals totals, CellWeights weights)
    {
        (Totals, Weights) = (totals, weights);
        for (var i = 0; i < totals.Cells.Count; i++)
        {
            if (!byTownship.TryGetValue(totals.Cells[i].Key.AreaId, out var own)) byTownship.Add(totals.Cells[i].Key.AreaId, own = ([], []));
            own.Cells.Add(totals.Cells[i]);
            own.Weights.Add(weights.Weights[i]);
        }
    }

    internal RoundTotals Totals { get; }

    internal CellWeights Weights { get; }

    /// <summary>Those of the sample, and any other with an interview, by name.</summary>
    internal IEnumerable<KeyValuePair<long, string>> Townships
        => Totals.Townships.Where(township => HasInterviews(township.Key) || Totals.Sampled.Contains(township.Key)).OrderBy(township => township.Value, StringComparer.Ordinal);

    internal bool HasInterviews(long areaId) => byTownship.ContainsKey(areaId);

    internal Estimate Whole(IndexCounter counter, bool? explained = null) => counter.Over(Totals.Cells, Weights.Weights, explained);

    internal Estimate Township(IndexCounter counter, long areaId)
    {
        var (cells, weights) = byTownship.GetValueOrDefault(areaId, Nothing);
        return counter.Over(cells, weights);
    }

    internal Estimate WithoutCareless(IndexCounter counter)
    {
        var chosen = Enumerable.Range(0, Totals.Cells.Count).Where(i => Totals.Cells[i].Key.Careless == 0).ToList();
        return counter.Over(chosen.ConvertAll(i => Totals.Cells[i]), chosen.ConvertAll(i => Weights.Weights[i]));
    }
}
