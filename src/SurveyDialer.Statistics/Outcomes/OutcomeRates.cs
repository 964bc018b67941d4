namespace SurveyDialer.Statistics.Outcomes;

/// <summary>How the share of eligible numbers among the unknown was had; printed beside every rate that uses it.</summary>
public enum EligibilitySource
{
    /// <summary>From the numbers of known eligibility of this round.</summary>
    Estimated,

    /// <summary>Entered, with its source noted by who entered it.</summary>
    Given,

    /// <summary>Two factors: a household exists (UH), and it has an eligible person (UH and UO).</summary>
    TwoStep,
}

/// <summary>AAPOR outcome rates. Null means undefined (a denominator of zero), printed as a dash, never as 0.</summary>
/// <remarks>AAPOR Standard Definitions; formulas as in the R package outcomerate 1.1.0.</remarks>
public sealed record OutcomeRates
{
    /// <summary>The share of unknown numbers taken as eligible; null where it cannot be estimated, and for two-step eligibility.</summary>
    public required double? E { get; init; }

    /// <summary>Where e comes from.</summary>
    public required EligibilitySource Source { get; init; }

    /// <summary>Response rates 1 to 6: I or I+P over all, over all with e, over the known eligible.</summary>
    public required IReadOnlyList<double?> Response { get; init; }

    /// <summary>Cooperation rates 1 to 4.</summary>
    public required IReadOnlyList<double?> Cooperation { get; init; }

    /// <summary>Refusal rates 1 to 3.</summary>
    public required IReadOnlyList<double?> RefusalRates { get; init; }

    /// <summary>Contact rates 1 to 3.</summary>
    public required IReadOnlyList<double?> Contact { get; init; }

    /// <summary>Rates with e estimated from the counts.</summary>
    public static OutcomeRates Estimated(OutcomeCounts counts) =>
        From(counts, counts.EstimatedEligibility, counts.EstimatedEligibility * counts.Unknown, EligibilitySource.Estimated);

    /// <summary>Rates with a given e.</summary>
    /// <param name="counts">Counts or weight sums.</param>
    /// <param name="e">0 to 1. It is never chosen to raise a rate.</param>
    public static OutcomeRates Given(OutcomeCounts counts, double e) => From(counts, Share(e), e * counts.Unknown, EligibilitySource.Given);

    /// <summary>Rates with separate eligibility of UH (e₁e₂) and UO (e₂).</summary>
    /// <param name="counts">Counts or weight sums.</param>
    /// <param name="household">e₁, 0 to 1: the share of unknown numbers that are households.</param>
    /// <param name="person">e₂, 0 to 1: the share of households with an eligible person.</param>
    public static OutcomeRates TwoStep(OutcomeCounts counts, double household, double person)
    {
        var unknown = (Share(household) * Share(person) * counts.UnknownHousehold) + (person * counts.UnknownOther);
        return From(counts, null, unknown, EligibilitySource.TwoStep);
    }

    private static double Share(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share of eligible numbers lies between 0 and 1.");

    private static OutcomeRates From(OutcomeCounts c, double? e, double? eligibleUnknown, EligibilitySource source)
    {
        double both = c.Complete + c.Partial, all = c.Eligible + c.Unknown;
        // Without unknown numbers e plays no part, estimated or not.
        var likely = c.Eligible + (c.Unknown == 0 ? 0 : eligibleUnknown);
        double asked = c.Contacted, able = both + c.Refusal;
        return new OutcomeRates
        {
            E = e,
            Source = source,
            Response = [Over(c.Complete, all), Over(both, all), Over(c.Complete, likely), Over(both, likely), Over(c.Complete, c.Eligible), Over(both, c.Eligible)],
            Cooperation = [Over(c.Complete, asked), Over(both, asked), Over(c.Complete, able), Over(both, able)],
            RefusalRates = [Over(c.Refusal, all), Over(c.Refusal, likely), Over(c.Refusal, c.Eligible)],
            Contact = [Over(asked, all), Over(asked, likely), Over(asked, c.Eligible)],
        };
    }

    private static double? Over(double part, double? whole) => whole > 0 ? part / whole : null;
}
