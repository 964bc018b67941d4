namespace SurveyDialer.Campaigns;

/// <summary>What became of a campaign's sample, by final AAPOR code.</summary>
public sealed record OutcomeTally
{
    private OutcomeTally(IReadOnlyDictionary<string, long> byCode, long open)
    {
        ByCode = byCode;
        Open = open;
    }

    /// <summary>Final code to number of respondents.</summary>
    public IReadOnlyDictionary<string, long> ByCode { get; }

    /// <summary>Respondents for whom something will still be tried.</summary>
    public long Open { get; }

    /// <summary>Respondents with a final code.</summary>
    public long Finished => ByCode.Values.Sum();

    /// <summary>Everybody in the sample.</summary>
    public long Members => Finished + Open;

    /// <summary>Completed interviews (1.1).</summary>
    public long Completes => Group(OutcomeGroup.Complete);

    /// <summary>Respondents whose final code belongs to a group.</summary>
    public long Group(OutcomeGroup group) => ByCode.Where(pair => GroupOf(pair.Key) == group).Sum(pair => pair.Value);

    /// <param name="counts">Final code (null: none yet) and number of respondents.</param>
    public static OutcomeTally Of(IEnumerable<(string? Code, long Members)> counts)
    {
        var byCode = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var open = 0L;
        foreach (var (code, members) in counts)
        {
            if (code is null) open += members;
            else byCode[code] = byCode.GetValueOrDefault(code) + members;
        }

        return new OutcomeTally(byCode, open);
    }

    /// <summary>The group of an AAPOR code, by its first places.</summary>
    public static OutcomeGroup GroupOf(string code) => code switch
    {
        _ when code.StartsWith("1.1", StringComparison.Ordinal) => OutcomeGroup.Complete,
        _ when code.StartsWith("1.2", StringComparison.Ordinal) => OutcomeGroup.Partial,
        _ when code.StartsWith("2.12", StringComparison.Ordinal) => OutcomeGroup.BreakOff,
        _ when code.StartsWith("2.1", StringComparison.Ordinal) => OutcomeGroup.Refused,
        _ when code.StartsWith("2.2", StringComparison.Ordinal) => OutcomeGroup.NotReached,
        _ when code.StartsWith("2.", StringComparison.Ordinal) => OutcomeGroup.OtherReason,
        _ when code.StartsWith("3.1", StringComparison.Ordinal) => OutcomeGroup.NotReached,
        _ when code.StartsWith("3.", StringComparison.Ordinal) => OutcomeGroup.OtherReason,
        _ => OutcomeGroup.NotEligible,
    };
}

/// <summary>Groups of final codes as pages name them, in the order in which they are shown.</summary>
public enum OutcomeGroup
{
    /// <summary>1.1</summary>
    Complete,

    /// <summary>1.2</summary>
    Partial,

    /// <summary>2.12</summary>
    BreakOff,

    /// <summary>2.10 and 2.11</summary>
    Refused,

    /// <summary>2.2 and 3.1</summary>
    NotReached,

    /// <summary>2.3, 2.9, 3.2, 3.3 and 3.9</summary>
    OtherReason,

    /// <summary>4</summary>
    NotEligible,
}
