using System.Diagnostics.CodeAnalysis;

namespace SurveyDialer.Dispositions;

/// <summary>The groups of the AAPOR rates.</summary>
internal enum DispositionGroup
{
    /// <summary>I: complete interview.</summary>
    Complete,

    /// <summary>P: partial interview.</summary>
    Partial,

    /// <summary>R: refusal and break-off.</summary>
    Refusal,

    /// <summary>NC: non-contact.</summary>
    NonContact,

    /// <summary>O: other, eligible.</summary>
    Other,

    /// <summary>UH: unknown whether a household.</summary>
    UnknownHousehold,

    /// <summary>UO: household, unknown whether somebody is eligible.</summary>
    UnknownOther,

    /// <summary>NE: not eligible.</summary>
    NotEligible,
}

/// <summary>
/// An outcome code of AAPOR's Standard Definitions (telephone), as text with its parents by prefix, so that a later edition is a change
/// of data. Only codes of the table exist: a value cannot be invalid.
/// </summary>
internal sealed record Disposition
{
    private static readonly Dictionary<string, Disposition> ByCode = DispositionTable.Codes.ToDictionary(code => code, code => new Disposition(code));

    private Disposition(string code) => Code = code;

    /// <summary>All codes, in the order of the table.</summary>
    public static IReadOnlyList<Disposition> All { get; } = [.. DispositionTable.Codes.Select(code => ByCode[code])];

    /// <summary>For example <c>2.111</c>.</summary>
    public string Code { get; }

    /// <summary>The next wider code; null at the top.</summary>
    public Disposition? Parent => ParentCode() is { } code ? ByCode[code] : null;

    /// <summary>1.1 → I, 1.2 → P, 2.1x → R, 2.2x → NC, 2.3x and 2.9 → O, 3.1x → UH, other 3.x → UO, 4.x → NE.</summary>
    public DispositionGroup Group => Code switch
    {
        "1.1" => DispositionGroup.Complete,
        "1.2" => DispositionGroup.Partial,
        ['2', '.', '1', ..] => DispositionGroup.Refusal,
        ['2', '.', '2', ..] => DispositionGroup.NonContact,
        ['2', ..] => DispositionGroup.Other,
        ['3', '.', '1', ..] => DispositionGroup.UnknownHousehold,
        ['3', ..] => DispositionGroup.UnknownOther,
        _ => DispositionGroup.NotEligible,
    };

    /// <summary>The code of the table; a code that is not there is a broken invariant.</summary>
    public static Disposition Of(string code) =>
        TryOf(code, out var disposition) ? disposition : throw new InvalidDataException($"'{code}' is not a disposition code.");

    public static bool TryOf(string code, [NotNullWhen(true)] out Disposition? disposition) => ByCode.TryGetValue(code, out disposition);

    /// <summary>Whether this is a code or one of the narrower codes below it.</summary>
    public bool IsA(string code) => Code == code || (Parent?.IsA(code) ?? false);

    public override string ToString() => Code;

    private string? ParentCode() => Code switch
    {
        { Length: > 4 } => Code[..^1],
        { Length: 4 } when Code[^1] != '0' => Code[..^1] + "0" is var tens && DispositionTable.Codes.Contains(tens) ? tens : null,
        _ => null,
    };
}
