namespace SurveyDialer.Dispositions;

/// <summary>
/// The AAPOR outcome rates of one round, as they are now, or as they were when its rows were counted. Respondents for whom something will still be
/// tried stand under their present code (3.11 before the first call), as if field work ended now.
/// </summary>
public sealed record OutcomeResults
{
    public required long CampaignId { get; init; }

    /// <summary>Given share of eligible numbers among the unknown; null: each block estimates it from its own numbers.</summary>
    public required GivenEligibility? Given { get; init; }

    /// <summary>Whether selection weights differ: otherwise the weighted figures are the plain ones.</summary>
    public required bool IsWeighted { get; init; }

    /// <summary>The whole round.</summary>
    public required OutcomeBlock Whole { get; init; }

    /// <summary>By township; <see cref="OutcomeBlock.Name"/> names it.</summary>
    public required IReadOnlyList<OutcomeBlock> Townships { get; init; }

    /// <summary>By kind of the respondent's first number: <c>landline</c>, <c>mobile</c>, or empty where it is not known.</summary>
    public required IReadOnlyList<OutcomeBlock> NumberKinds { get; init; }

    /// <summary>By the language that stands on the list; empty: none does.</summary>
    public required IReadOnlyList<OutcomeBlock> Languages { get; init; }

    /// <summary>By local hour of the call, 0 to 23: calls and how each of them ended, not respondents.</summary>
    public required IReadOnlyList<OutcomeBlock> Hours { get; init; }

    /// <summary>By weekday of the call, 0 (Sunday) to 6: calls, not respondents.</summary>
    public required IReadOnlyList<OutcomeBlock> Weekdays { get; init; }
}

/// <summary>A share of eligible numbers that was entered, with where it comes from.</summary>
/// <param name="E">0 to 1.</param>
/// <param name="Source">Study, year, page: as entered.</param>
/// <param name="Who">Entered it.</param>
/// <param name="At">UTC milliseconds.</param>
public sealed record GivenEligibility(double E, string Source, string Who, long At);

/// <summary>What a block counts by.</summary>
public enum OutcomeBreakdown
{
    Whole,
    Township,
    NumberKind,
    Language,

    /// <summary>Local hour of calls.</summary>
    Hour,

    /// <summary>Weekday of calls.</summary>
    Weekday,
}
