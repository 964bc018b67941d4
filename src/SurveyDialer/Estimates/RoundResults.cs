using System.Globalization;
using SurveyDialer.Statistics;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

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

    /// <summary>The round that changes are counted from; null: none.</summary>
    public PredecessorRound? Predecessor { get; init; }
}

/// <param name="NotComparable">Tags whose definition is another one there, or that were not asked there.</param>
public sealed record PredecessorRound(long CampaignId, string Name, IReadOnlyList<string> NotComparable);

/// <summary>One index of a round.</summary>
public sealed record IndexResult
{
    public required SurveyIndex Index { get; init; }

    /// <summary>The options of its question that count as positive, and those that do not but are in the base, by language; for the definition under the figure.</summary>
    public required IndexWording Wording { get; init; }

    public required Figure Whole { get; init; }

    /// <summary>Townships with an interview, by name.</summary>
    public required IReadOnlyList<TownshipFigure> Townships { get; init; }

    /// <summary>Why no township is given a rank; <see cref="RanksHidden.No"/> where ranks are shown.</summary>
    public required RanksHidden RanksHidden { get; init; }

    /// <summary>Without the interviews that bear a sign of careless answers.</summary>
    public required Figure WithoutCareless { get; init; }

    /// <summary>Answers given after the explanation was asked for.</summary>
    public required Figure Explained { get; init; }

    /// <summary>Answers given without it.</summary>
    public required Figure NotExplained { get; init; }

    /// <summary>Against the round before; null where there is none, or either figure is withheld.</summary>
    public Change? Change { get; init; }

    /// <summary>The first township minus the second, with its interval; null where either has no figure.</summary>
    public Change? Between(long first, long second)
        => Find(first) is { } one && Find(second) is { } other ? RoundEstimates.Changes([(one, other)])[0] : null;

    private Proportion? Find(long areaId) => Townships.FirstOrDefault(township => township.AreaId == areaId)?.Figure.Exact;
}

/// <summary>One township's figure.</summary>
/// <param name="Rank">Null where ranks carry nothing.</param>
/// <param name="Change">Against the round before.</param>
public sealed record TownshipFigure(long AreaId, string Name, Figure Figure, TownshipRank? Rank, Change? Change);

/// <summary>A place among the townships.</summary>
/// <param name="Rank">1 the best; equal rates share a rank (1, 2, 2, 4).</param>
/// <param name="Best">Best rank that chance leaves open.</param>
/// <param name="Worst">Worst rank that it leaves open.</param>
/// <param name="Moved">Places gained since the round before; null where either round gives it no rank.</param>
/// <param name="ByChance">The share of redraws without any true change in which the place moves at least as far, 0 to 1.</param>
public sealed record TownshipRank(int Rank, int Best, int Worst, int? Moved, double? ByChance);

/// <summary>A difference from the round before.</summary>
/// <param name="Points">Percentage points, two decimals.</param>
/// <param name="Low">Lower end of its interval (Newcombe), in percentage points.</param>
/// <param name="High">Upper end.</param>
/// <param name="Confidence">Of its interval, after Holm over all that are shown together, 0 to 1.</param>
/// <param name="Changed">Whether it is more than sampling error.</param>
public sealed record Change(double Points, double Low, double High, double Confidence, bool Changed)
{
    private Difference Difference { get; init; } = null!;

    /// <summary>The difference with its interval, and whether it is a change, in one sentence.</summary>
    public string InWords(CultureInfo culture) => Sentences.Compared(Difference, Confidence, culture);

    internal static Change Of(HolmMember member)
    {
        static double Points(double share) => Math.Round(100 * share, 2, MidpointRounding.AwayFromZero);
        var (difference, interval) = (member.Difference, member.Difference.Newcombe);
        return new Change(difference.PercentagePoints, Points(interval.Low), Points(interval.High), member.Confidence, member.Changed) { Difference = difference };
    }
}

/// <summary>A composite of a round.</summary>
public sealed record CompositeResult
{
    public required CompositeIndex Index { get; init; }

    /// <summary>0 to 100, two decimals; null where none of its indices may be shown.</summary>
    public required double? Value { get; init; }

    /// <summary>Tags left out because they are withheld or not asked; the weights of the others are re-normalised.</summary>
    public required IReadOnlyList<string> Dropped { get; init; }

    /// <summary>By name; whole points where one of the indices has fewer than 100 answers.</summary>
    public required IReadOnlyList<TownshipComposite> Townships { get; init; }
}

/// <param name="Value">0 to 100; null where none of its indices may be shown.</param>
public sealed record TownshipComposite(long AreaId, string Name, double? Value, int Decimals, IReadOnlyList<string> Dropped);

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
/// <param name="ContactRate">CON2; null where it is undefined.</param>
/// <param name="Checked">Interviews that a supervisor listened in to or asked again.</param>
/// <param name="Lacks">Why the round does not count; empty: it counts.</param>
public sealed record GateResult(Statistics.Quality.RoundGate Wanted, long Interviews, double? ContactRate, long Checked, IReadOnlyList<Statistics.Quality.RoundShortfall> Lacks);
