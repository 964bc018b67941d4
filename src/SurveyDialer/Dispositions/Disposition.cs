using System.Diagnostics.CodeAnalysis;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Dispositions;

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

    /// <summary>The group that it rolls up to.</summary>
    public OutcomeGroup Group => OutcomeGroups.FromCode(Code) ?? throw new InvalidDataException($"The code '{Code}' has no group.");

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
