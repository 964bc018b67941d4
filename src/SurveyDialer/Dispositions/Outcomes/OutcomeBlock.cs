using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Dispositions;

/// <summary>Counts and rates of one part of a round.</summary>
public sealed record OutcomeBlock
{
    /// <summary>Fewer than so many give no rates by language, hour or weekday.</summary>
    public const long LeastCount = 30;

    public required OutcomeBreakdown By { get; init; }

    /// <summary>Id of the township, kind, tag of the language, hour or weekday; empty for the whole round and for what is not known.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the township; otherwise empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of respondents for whom something will still be tried; 0 for calls.</summary>
    public required long Open { get; init; }

    /// <summary>Respondents, or calls, by group of their codes.</summary>
    public required OutcomeCounts Counts { get; init; }

    public required OutcomeRates Rates { get; init; }

    /// <summary>Sums of selection weights; the counts themselves where there are none, and for calls.</summary>
    public required OutcomeCounts WeightedCounts { get; init; }

    public required OutcomeRates WeightedRates { get; init; }

    /// <summary>How each count is shown, in the order of <see cref="OutcomeGroup"/>: in anything finer than a township 1 to 4 are not told.</summary>
    public required IReadOnlyList<CellDisplay> Displays { get; init; }

    /// <summary>How <see cref="Total"/> is shown.</summary>
    public required CellDisplay TotalDisplay { get; init; }

    /// <summary>Respondents, or calls.</summary>
    public long Total => (long)(Counts.Eligible + Counts.Unknown + Counts.NotEligible);

    /// <summary>The share of eligible numbers that the rates use; null where there is none, or where it is estimated from counts of which one is hidden: it would tell that one.</summary>
    public double? EligibilityOf(bool weighted)
        => Rates.Source == EligibilitySource.Estimated && IsFine && (Total < LeastCount || TotalDisplay != CellDisplay.Shown || Displays.Any(display => display != CellDisplay.Shown))
            ? null : (weighted ? WeightedRates : Rates).E;

    private bool Hides(params ReadOnlySpan<OutcomeGroup> groups)
    {
        foreach (var group in groups)
        {
            if (Displays[(int)group] != CellDisplay.Shown) return true;
        }

        return false;
    }

    private bool IsFine => By is OutcomeBreakdown.Language or OutcomeBreakdown.Hour or OutcomeBreakdown.Weekday;

    /// <summary>A rate as it may be published, or what is missing until it may be.</summary>
    public OutcomeFigure Of(OutcomeMeasure measure, bool weighted = false)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var value = measure.Of(weighted ? WeightedRates : Rates);
        if (value is null) return new OutcomeFigure(null, Reliability.Decimals(Total), null);
        if (IsFine && Total < LeastCount) return new OutcomeFigure(null, 0, TotalDisplay == CellDisplay.Shown ? LeastCount - Total : LeastCount);
        // A rate and its base give back the count that was hidden, or starred to hide another.
        if (IsFine && (TotalDisplay != CellDisplay.Shown || measure.GivesAway.Any(group => Hides(group)) || (measure.UsesEligibility && Rates.Source == EligibilitySource.Estimated && Hides(OutcomeGroup.NotEligible))))
            return new OutcomeFigure(null, 0, 0);
        var decimals = Reliability.Decimals(Total);
        return new OutcomeFigure(IsFine ? Math.Round(value.Value, decimals + 2, MidpointRounding.AwayFromZero) : value, decimals, null);
    }
}

/// <summary>A rate as it may be shown.</summary>
/// <param name="Value">0 to 1; null: undefined (a base of zero), or withheld.</param>
/// <param name="Decimals">Of the percentage.</param>
/// <param name="MoreNeeded">Null: not withheld. Above 0: so many more would show it, at most. 0: fewer than five stand above the line.</param>
public readonly record struct OutcomeFigure(double? Value, int Decimals, long? MoreNeeded);
