namespace SurveyDialer.Dispositions;

/// <summary>
/// The codes, from the telephone table of AAPOR's Standard Definitions (editions of 2011 to 2016, as public code sets carry them; not
/// checked against the 10th edition, whose text was not at hand: 2.34 to 2.36, 3.15 and 4.4x may be numbered otherwise there). Their
/// names are in <c>DispositionTexts</c>.
/// </summary>
internal static class DispositionTable
{
    public static readonly string[] Codes =
    [
        "1.1", "1.2",
        "2.10", "2.11", "2.111", "2.112", "2.12",
        "2.20", "2.21", "2.22", "2.221", "2.222",
        "2.30", "2.31", "2.32", "2.33", "2.331", "2.332", "2.333", "2.34", "2.35", "2.36", "2.90",
        "3.10", "3.11", "3.12", "3.13", "3.14", "3.15", "3.16", "3.161",
        "3.20", "3.21", "3.30", "3.90",
        "4.10", "4.20", "4.30", "4.31", "4.32", "4.33",
        "4.40", "4.41", "4.43", "4.431", "4.432", "4.44", "4.45", "4.46",
        "4.50", "4.51", "4.52", "4.53", "4.54",
        "4.70", "4.80", "4.90",
    ];
}
