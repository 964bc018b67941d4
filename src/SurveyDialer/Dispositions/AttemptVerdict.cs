using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Dispositions;

/// <summary>Whether and how the respondent refused.</summary>
internal enum RefusalKind
{
    None,

    /// <summary>Not now, not this.</summary>
    Soft,

    /// <summary>Never again.</summary>
    Hard,
}

/// <summary>What an attempt came to.</summary>
/// <param name="Outcome">As the retry rules name it.</param>
/// <param name="Code">The provisional code; the final one needs all attempts (<see cref="FinalDisposition"/>).</param>
/// <param name="Refusal">How the respondent refused.</param>
/// <param name="NeverAgain">The number goes on the do-not-call list at once, whatever the code: also after a complete interview.</param>
/// <param name="OurFault">It failed on our side and does not count as an attempt.</param>
/// <param name="Rang">It disturbed somebody: it rang or was answered.</param>
/// <param name="NumberIsBad">The number is marked and not dialled again.</param>
internal sealed record AttemptVerdict(
    AttemptOutcome Outcome,
    Disposition Code,
    RefusalKind Refusal = RefusalKind.None,
    bool NeverAgain = false,
    bool OurFault = false,
    bool Rang = false,
    bool NumberIsBad = false);
