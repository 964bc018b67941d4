namespace SurveyDialer.Statistics.Outcomes;

/// <summary>The eight groups into which AAPOR's final codes roll up.</summary>
public enum OutcomeGroup
{
    /// <summary>Complete interview (I).</summary>
    Complete,

    /// <summary>Partial interview (P).</summary>
    Partial,

    /// <summary>Refusal and break-off (R).</summary>
    Refusal,

    /// <summary>Non-contact (NC).</summary>
    NonContact,

    /// <summary>Other eligible (O).</summary>
    Other,

    /// <summary>Unknown if household (UH).</summary>
    UnknownHousehold,

    /// <summary>Unknown, other (UO).</summary>
    UnknownOther,

    /// <summary>Not eligible (NE).</summary>
    NotEligible,
}

/// <summary>Names and codes of the groups.</summary>
public static class OutcomeGroups
{
    private static readonly string[] Letters = ["I", "P", "R", "NC", "O", "UH", "UO", "NE"];

    /// <summary>AAPOR's letters, in the order of the enum.</summary>
    public static IReadOnlyList<string> Symbols => Letters;

    /// <summary>The group of AAPOR's letters (I, P, R, NC, O, UH, UO, NE); null for anything else.</summary>
    public static OutcomeGroup? FromSymbol(string? symbol) =>
        Array.IndexOf(Letters, symbol) is >= 0 and var i ? (OutcomeGroup)i : null;

    /// <summary>The group of a final code kept as text (1.1, 2.111, 3.90); null for a code that has no group.</summary>
    /// <remarks>1.1 → I, 1.2 → P, 2.1x → R, 2.2x → NC, 2.3x and 2.9x → O, 3.1x → UH, other 3.x → UO, 4.x → NE
    /// (AAPOR Standard Definitions, telephone). The prefix decides, so that a later edition's finer codes need no change.</remarks>
    public static OutcomeGroup? FromCode(string? code)
    {
        if (code is not { Length: >= 3 and <= 8 } || code[1] != '.' || !code.AsSpan(2).ContainsOnlyDigits()) return null;
        return (code[0], code[2]) switch
        {
            ('1', '1') => OutcomeGroup.Complete,
            ('1', '2') => OutcomeGroup.Partial,
            ('2', '1') => OutcomeGroup.Refusal,
            ('2', '2') => OutcomeGroup.NonContact,
            ('2', '3' or '9') => OutcomeGroup.Other,
            ('3', '1') => OutcomeGroup.UnknownHousehold,
            ('3', not '0') => OutcomeGroup.UnknownOther,
            ('4', not '0') => OutcomeGroup.NotEligible,
            _ => null,
        };
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
