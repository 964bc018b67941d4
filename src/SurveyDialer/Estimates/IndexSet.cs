using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Estimates;

/// <summary>What a county reports, as data: the indices with their definitions, and the composites made of them. Printed under every figure.</summary>
public sealed record IndexSet
{
    /// <summary>Lower-case letters, digits, hyphens; the name of its file.</summary>
    public required string Id { get; init; }

    /// <summary>Raised with every change of a definition; figures of different versions are not compared without saying so.</summary>
    public required int Version { get; init; }

    /// <summary>For example 两率一度.</summary>
    public required LocalText Name { get; init; }

    /// <summary>What it is for, in a sentence for whoever chooses one; null: nothing is said.</summary>
    public LocalText? About { get; init; }

    /// <summary>In the order in which they are reported; tags are unique.</summary>
    public required IReadOnlyList<SurveyIndex> Indices { get; init; }

    public IReadOnlyList<CompositeIndex> Composites { get; init; } = [];
}

/// <summary>One index: which answers to which item count, over whom.</summary>
public sealed record SurveyIndex
{
    /// <summary>The item, as <see cref="Question.Tag"/>.</summary>
    public required string Tag { get; init; }

    public required LocalText Name { get; init; }

    /// <summary>Keys that count as positive; empty: the options that the template marks as positive.</summary>
    public IReadOnlyList<string> Positive { get; init; } = [];

    /// <summary>A mean of these points by key instead of a rate; null: a rate.</summary>
    public IReadOnlyDictionary<string, double>? Points { get; init; }

    /// <summary>Whom it is counted over.</summary>
    public RateBase Base { get; init; }

    /// <summary>False: reported without weights.</summary>
    public bool Weighted { get; init; } = true;

    /// <summary>The line that it is held against, 0 to 1; null: none.</summary>
    public double? Line { get; init; }

    /// <summary>Not one of the set's own: the round asked it besides, so it is reported after them.</summary>
    public bool Annex { get; init; }
}

/// <summary>A weighted mean of indices, times 100.</summary>
public sealed record CompositeIndex
{
    public required string Id { get; init; }

    public required LocalText Name { get; init; }

    /// <summary>Tag to weight, not negative; at least one above 0.</summary>
    public required IReadOnlyDictionary<string, double> Weights { get; init; }

    /// <summary>The line that it is held against, 0 to 100; null: none.</summary>
    public double? Line { get; init; }
}
