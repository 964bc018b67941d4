namespace SurveyDialer.Statistics.Outcomes;

/// <summary>How many sampled numbers ended in each group: counts, or sums of selection weights.</summary>
public sealed record OutcomeCounts
{
    /// <summary>I.</summary>
    public double Complete { get; init; }

    /// <summary>P.</summary>
    public double Partial { get; init; }

    /// <summary>R.</summary>
    public double Refusal { get; init; }

    /// <summary>NC.</summary>
    public double NonContact { get; init; }

    /// <summary>O.</summary>
    public double Other { get; init; }

    /// <summary>UH.</summary>
    public double UnknownHousehold { get; init; }

    /// <summary>UO.</summary>
    public double UnknownOther { get; init; }

    /// <summary>NE.</summary>
    public double NotEligible { get; init; }

    /// <summary>All of known eligibility that are eligible: I + P + R + NC + O.</summary>
    public double Eligible => Complete + Partial + Refusal + NonContact + Other;

    /// <summary>Of unknown eligibility: UH + UO.</summary>
    public double Unknown => UnknownHousehold + UnknownOther;

    /// <summary>I + P + R + O: somebody was reached.</summary>
    public double Contacted => Complete + Partial + Refusal + Other;

    /// <summary>The share of the eligible among those of known eligibility, (I+P+R+NC+O) ÷ (I+P+R+NC+O+NE); null where nothing is known.</summary>
    /// <remarks>The proportional allocation method ("CASRO").</remarks>
    public double? EstimatedEligibility => Eligible + NotEligible > 0 ? Eligible / (Eligible + NotEligible) : null;

    /// <summary>From values in the order of <see cref="OutcomeGroup"/>.</summary>
    public static OutcomeCounts From(IReadOnlyList<double> values) => new()
    {
        Complete = values[0],
        Partial = values[1],
        Refusal = values[2],
        NonContact = values[3],
        Other = values[4],
        UnknownHousehold = values[5],
        UnknownOther = values[6],
        NotEligible = values[7],
    };

    /// <summary>Adds up cases, each with its selection weight (1: a plain count).</summary>
    public static OutcomeCounts Sum(IEnumerable<(OutcomeGroup Group, double Weight)> cases)
    {
        var sums = new double[8];
        foreach (var (group, weight) in cases) sums[(int)group] += weight;
        return From(sums);
    }

    /// <summary>The values in the order of <see cref="OutcomeGroup"/>.</summary>
    public IReadOnlyList<double> ToList() => [Complete, Partial, Refusal, NonContact, Other, UnknownHousehold, UnknownOther, NotEligible];
}
