namespace SurveyDialer.Statistics.Rates;

/// <summary>Whom a rate is counted over.</summary>
public enum RateBase
{
    /// <summary>Scale answers only: 8, 6 and refusals stay out. The default.</summary>
    Valid,

    /// <summary>Everybody asked.</summary>
    All,

    /// <summary>Scale answers and 8.</summary>
    ValidAndDontKnow,
}

/// <summary>What an index measures, as data; printed under every figure that it produced.</summary>
public sealed record IndexDefinition
{
    /// <summary>Short name such as <c>SAFE</c>.</summary>
    public required string Tag { get; init; }

    /// <summary>Options of the scale, the best first, without 8, 6 and refusal.</summary>
    public required IReadOnlyList<string> Scale { get; init; }

    /// <summary>Options that count as positive; empty for a mean score.</summary>
    public IReadOnlyList<string> Positive { get; init; } = [];

    /// <summary>Points of each option for a mean score, for example 100, 75, 50, 25, 0; null for a rate.</summary>
    public IReadOnlyList<double>? Points { get; init; }

    /// <summary>The base.</summary>
    public RateBase Base { get; init; } = RateBase.Valid;

    /// <summary>Of the definition; figures of different versions are not compared without saying so.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>A rate or mean score with what must be printed beside it.</summary>
/// <param name="Value">Share 0 to 1, or mean points; null where the base is empty.</param>
/// <param name="Base">Number of answers (or weight) that it is counted over.</param>
/// <param name="DontKnowShare">Share of 8 among everybody asked; null where nobody was.</param>
/// <param name="NoContactShare">Share of 6 among everybody asked.</param>
/// <param name="RefusedShare">Share of refusals of this item among everybody asked.</param>
/// <param name="Coverage">Share of valid answers among everybody asked.</param>
public sealed record IndexRate(double? Value, double Base, double? DontKnowShare, double? NoContactShare, double? RefusedShare, double? Coverage)
{
    /// <summary>Evaluates a definition on counts whose options stand in the order of its scale.</summary>
    /// <exception cref="ArgumentException">The counts do not have one value per scale option, or the definition names an option that its scale lacks.</exception>
    public static IndexRate Of(IndexDefinition definition, AnswerCounts counts)
    {
        if (definition.Scale.Count != counts.Options.Count) throw new ArgumentException("One count per scale option is needed.", nameof(counts));
        if (definition.Positive.Any(p => !definition.Scale.Contains(p, StringComparer.Ordinal)))
            throw new ArgumentException("A positive option is not on the scale.", nameof(definition));
        var isMean = definition.Points is not null;
        var sum = definition.Points is { } points
            ? counts.Options.Zip(points, (count, point) => count * point).Sum()
            : definition.Scale.Zip(counts.Options).Where(o => definition.Positive.Contains(o.First, StringComparer.Ordinal)).Sum(o => o.Second);
        var over = isMean ? counts.Valid : definition.Base switch
        {
            RateBase.Valid => counts.Valid,
            RateBase.All => counts.All,
            RateBase.ValidAndDontKnow => counts.Valid + counts.DontKnow,
            _ => throw new ArgumentOutOfRangeException(nameof(definition)),
        };
        return new IndexRate(
            Shares.Over(sum, over),
            over,
            Shares.Over(counts.DontKnow, counts.All),
            Shares.Over(counts.NoContact, counts.All),
            Shares.Over(counts.Refused, counts.All),
            Shares.Over(counts.Valid, counts.All));
    }
}

/// <summary>Shares that may be undefined.</summary>
internal static class Shares
{
    /// <summary>Part over whole; null where the whole is not above 0.</summary>
    public static double? Over(double part, double whole) => whole > 0 ? part / whole : null;
}
