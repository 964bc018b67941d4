using System.Globalization;
using SurveyDialer.Statistics;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Estimates;

/// <summary>Everything that is published of one round's answers. Holds no count of persons below what may be shown, and nothing unrounded.</summary>
public sealed record RoundResults
{
    public required long CampaignId { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether field work goes on, so that the figures will still move.</summary>
    public required bool Running { get; init; }

    /// <summary>The definitions under the figures.</summary>
    public required IndexSet Set { get; init; }

    public required long Completes { get; init; }

    public required long Partials { get; init; }

    public required WeightSummary Weights { get; init; }

    /// <summary>In the order of the set; those that the questionnaire does not ask are left out (<see cref="NotAsked"/>).</summary>
    public required IReadOnlyList<IndexResult> Indices { get; init; }

    /// <summary>Tags of the set that the questionnaire does not ask.</summary>
    public required IReadOnlyList<string> NotAsked { get; init; }

    public required IReadOnlyList<CompositeResult> Composites { get; init; }

    /// <summary>Signs of careless answers: how many interviews bear each, as it may be shown.</summary>
    public required IReadOnlyList<CarelessCount> Careless { get; init; }

    /// <summary>In the order of the questionnaire.</summary>
    public required IReadOnlyList<FunnelResult> Funnel { get; init; }

    /// <summary>Callers whose answers are far from those that the others had in the same townships: a reason to listen in, no finding. By name.</summary>
    public required IReadOnlyList<string> ListenInTo { get; init; }

    /// <summary>What the round must reach to count, and what it has.</summary>
    public required GateResult Gate { get; init; }

    /// <summary>Whether the sample had wanted numbers of interviews at which its strata stopped: not a probability sample then, and intervals are indicative.</summary>
    public bool QuotaSample { get; init; }

    /// <summary>Two townships beside each other, index by index: Holm over all that are shown together, so that each is told apart on its own merit.</summary>
    /// <returns>In the order of the indices; empty when either is not a township of the sample.</returns>
    public IReadOnlyList<TownshipDifference> Between(long first, long second)
    {
        var pairs = Indices.Select(index => (index.Index, First: index.Find(first), Second: index.Find(second))).Where(pair => pair is { First: not null, Second: not null }).ToList();
        var compared = pairs.FindAll(pair => pair is { First.Exact: not null, Second.Exact: not null });
        var changes = Change.Family(compared.ConvertAll(pair => (pair.First!, pair.Second!)));
        return [.. pairs.Select(pair => new TownshipDifference(pair.Index, pair.First!, pair.Second!, compared.IndexOf(pair) is >= 0 and var at ? changes[at] : null))];
    }

    /// <summary>The round that changes are counted from; null: none.</summary>
    public PredecessorRound? Predecessor { get; init; }
}

/// <param name="NotComparable">Tags whose definition is another one there, or that were not asked there.</param>
public sealed record PredecessorRound(long CampaignId, string Name, IReadOnlyList<string> NotComparable);

/// <summary>One index in two townships.</summary>
/// <param name="Difference">The first minus the second; null where either figure is withheld.</param>
public sealed record TownshipDifference(SurveyIndex Index, Figure First, Figure Second, Change? Difference);

/// <summary>One index of a round.</summary>
public sealed record IndexResult
{
    public required SurveyIndex Index { get; init; }

    /// <summary>The options of its question that count as positive, and those that do not but are in the base, by language; for the definition under the figure.</summary>
    public required IndexWording Wording { get; init; }

    public required Figure Whole { get; init; }

    /// <summary>The townships of the sample, by name; those without an interview too.</summary>
    public required IReadOnlyList<TownshipFigure> Townships { get; init; }

    /// <summary>Why no township is given a rank; <see cref="RanksHidden.No"/> where ranks are shown.</summary>
    public required RanksHidden RanksHidden { get; init; }

    /// <summary>Without the interviews that bear a sign of careless answers.</summary>
    public required Figure WithoutCareless { get; init; }

    /// <summary>Answers given after the explanation was asked for.</summary>
    public required Figure Explained { get; init; }

    /// <summary>Answers given without it.</summary>
    public required Figure NotExplained { get; init; }

    /// <summary>The same of the round before; null where there is none, or its definition is another one.</summary>
    public Figure? Before { get; init; }

    /// <summary>Against the round before; null where there is none, or either figure is withheld.</summary>
    public Change? Change { get; init; }

    internal Figure? Find(long areaId) => Townships.FirstOrDefault(township => township.AreaId == areaId)?.Figure;
}

/// <summary>One township's figure.</summary>
/// <param name="Rank">Null where ranks carry nothing.</param>
/// <param name="Change">Against the round before.</param>
public sealed record TownshipFigure(long AreaId, string Name, Figure Figure, TownshipRank? Rank, Change? Change)
{
    /// <summary>Drawn into the sample, and nobody of it has been interviewed yet.</summary>
    public bool NoInterviews { get; init; }
}

/// <summary>A place among the townships.</summary>
/// <param name="Rank">1 the best; equal rates share a rank (1, 2, 2, 4).</param>
/// <param name="Best">Best rank that chance leaves open.</param>
/// <param name="Worst">Worst rank that it leaves open.</param>
/// <param name="Moved">Places gained since the round before; null where either round gives it no rank.</param>
/// <param name="ByChance">The share of redraws without any true change in which the place moves at least as far, 0 to 1.</param>
public sealed record TownshipRank(int Rank, int Best, int Worst, int? Moved, double? ByChance);

/// <summary>A difference: from the round before, or between two townships.</summary>
/// <param name="Points">The first figure minus the second in percentage points, each as printed: in whole per cents where either is printed without decimals.</param>
/// <param name="Low">Lower end of its interval (Newcombe), in percentage points, rounded alike.</param>
/// <param name="High">Upper end.</param>
/// <param name="Confidence">Of its interval, after Holm over all that are shown together, 0 to 1.</param>
/// <param name="Changed">Whether it is more than sampling error, judged together with all that are shown beside it.</param>
public sealed record Change(double Points, double Low, double High, double Confidence, bool Changed)
{
    /// <summary>Of the points.</summary>
    public required int Decimals { get; init; }

    /// <summary>The figure that is subtracted, as published: of the round before, or of the second place.</summary>
    public required Figure From { get; init; }

    private HolmMember Member { get; init; } = null!;

    /// <summary>The difference with its interval, and whether it is a change, in one sentence.</summary>
    public string InWords(CultureInfo culture) => Sentences.Compared(Member, Points, culture, Decimals);

    /// <summary>The same between two places: whether they can be told apart.</summary>
    public string ApartInWords(CultureInfo culture) => Sentences.Apart(Member, Points, culture, Decimals);

    /// <summary>All that are shown together, first minus second; both figures of a pair must be published.</summary>
    internal static IReadOnlyList<Change> Family(IReadOnlyList<(Figure First, Figure Second)> pairs) => pairs.Count == 0 ? [] :
    [
        .. Holm.Compare([.. pairs.Select(pair => (pair.First.Exact!.Value, pair.Second.Exact!.Value))]).Zip(pairs, (member, pair) => Of(member, pair.First, pair.Second)),
    ];

    private static Change Of(HolmMember member, Figure first, Figure second)
    {
        // With more decimals than its figures a difference would tell how many persons stand behind them.
        var decimals = Math.Min(first.Decimals, second.Decimals);
        decimal Points(double share) => Math.Round((decimal)share * 100, decimals, MidpointRounding.AwayFromZero);
        var interval = member.Difference.Newcombe;
        return new Change(
            (double)(Points(first.Exact!.Value.P) - Points(second.Exact!.Value.P)), (double)Points(interval.Low), (double)Points(interval.High), member.Confidence, member.Changed)
        {
            Decimals = decimals, From = second, Member = member,
        };
    }
}

/// <summary>A composite of a round.</summary>
/// <param name="Townships">By name.</param>
public sealed record CompositeResult(CompositeIndex Index, CompositeFigure Whole, IReadOnlyList<TownshipComposite> Townships);

/// <param name="Figure">Without a value where none of its indices may be shown.</param>
public sealed record TownshipComposite(long AreaId, string Name, CompositeFigure Figure);

/// <summary>Points of a composite over the indices that may be shown.</summary>
/// <param name="Value">0 to 100, rounded to <paramref name="Decimals"/>; null where none of its indices may be shown.</param>
/// <param name="Low">
/// Lower end: that of each index, weighted alike. At least as wide as a 95 % interval, since its indices come from the same interviews and their errors
/// add up at most like this.
/// </param>
/// <param name="High">Upper end, alike.</param>
/// <param name="Decimals">None where one of the indices has fewer than 100 answers.</param>
/// <param name="Position">Against the line of the composite; null without a line or a value.</param>
/// <param name="Dropped">Tags left out because they are withheld or not asked; the weights of the others are re-normalised.</param>
public sealed record CompositeFigure(double? Value, double? Low, double? High, int Decimals, LinePosition? Position, IReadOnlyList<string> Dropped)
{
    internal static CompositeFigure Of(CompositeIndex composite, Func<string, Figure?> figureOf)
    {
        var parts = composite.Weights.Select(part => (Tag: part.Key, Weight: part.Value, Figure: figureOf(part.Key))).ToList();
        Composite Over(Func<Figure, double?> share) => Composite.Of([.. parts.Select(part => new Component(part.Tag, part.Weight, part.Figure is { } figure ? share(figure) : null))]);
        var whole = Over(figure => figure.Exact?.P);
        var decimals = parts.Where(part => part.Figure?.Exact is not null).Select(part => part.Figure!.Decimals).DefaultIfEmpty(2).Min();
        double? Rounded(double? points) => points is { } exact ? Math.Round(exact, decimals, MidpointRounding.AwayFromZero) : null;
        var (low, high) = (Over(figure => figure.Ends?.Low).Index100, Over(figure => figure.Ends?.High).Index100);
        LinePosition? position = composite.Line is not { } line || low is null ? null : low > line ? LinePosition.Above : high < line ? LinePosition.Below : LinePosition.NotDistinguishable;
        return new CompositeFigure(Rounded(whole.Index100), Rounded(low), Rounded(high), decimals, position, whole.Dropped);
    }

    /// <summary>The points as printed; a dash where there are none.</summary>
    public string InWords => Value is { } value ? Printed(value) : "—";

    /// <summary>Both ends of the interval; empty where there is no value.</summary>
    public string IntervalInWords => this is { Low: { } low, High: { } high } ? $"{Printed(low)}–{Printed(high)}" : "";

    private string Printed(double points) => points.ToString($"F{Decimals}", CultureInfo.InvariantCulture);
}

/// <summary>What an index counts, in the words of the questionnaire.</summary>
public sealed record IndexWording(
    Questionnaires.LocalText Question, IReadOnlyList<Questionnaires.LocalText> Positive, IReadOnlyList<Questionnaires.LocalText> Others);

/// <summary>How many interviews bear one sign of careless answers; a count of persons: 1 to 4 are told as fewer than five.</summary>
/// <param name="Interviews">Null: fewer than five, or starred so that another count cannot be worked out.</param>
public sealed record CarelessCount(Statistics.Quality.CarelessFlag Flag, long? Interviews);

/// <summary>What happened at a question, in interviews; 1 to 4 are told as fewer than five (null).</summary>
public sealed record FunnelResult(string QuestionId, string Tag, Questionnaires.LocalText Question, long Reached, long? Silences, long? WrongKeys, long? BrokenOff);

/// <summary>The quality gate of a round.</summary>
/// <param name="Interviews">Completes and partials.</param>
/// <param name="ContactRate">CON2 over the finished members of the sample; null where it is undefined.</param>
/// <param name="Checked">Interviews that a supervisor listened in to or asked again.</param>
/// <param name="Lacks">Why the round does not count; empty: it counts.</param>
public sealed record GateResult(Statistics.Quality.RoundGate Wanted, long Interviews, double? ContactRate, long Checked, IReadOnlyList<Statistics.Quality.RoundShortfall> Lacks)
{
    /// <summary>Members of the sample with a final code: those over whom the contact rate is counted.</summary>
    public long Finished { get; init; }

    /// <summary>Share of eligible numbers among those of unknown eligibility; null where it cannot be estimated.</summary>
    public double? E { get; init; }

    /// <summary>Where e was taken from; null: estimated from the finished members themselves.</summary>
    public string? GivenBy { get; init; }
}
