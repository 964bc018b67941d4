using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Dispositions;

/// <summary>One ended attempt of a respondent, as far as the final code is concerned.</summary>
/// <param name="Code">Its provisional code.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="PhoneId">The number that was tried.</param>
/// <param name="OurFault">It does not count.</param>
internal sealed record CodedAttempt(Disposition Code, AttemptOutcome Outcome, long PhoneId, bool OurFault = false);

/// <summary>From all attempts of a respondent to the one final code.</summary>
internal static class FinalDisposition
{
    /// <param name="history">In the order in which they ended.</param>
    public static Disposition From(IReadOnlyList<CodedAttempt> history)
    {
        var counted = history.Where(attempt => !attempt.OurFault && attempt.Code.Code != "3.11").ToList();
        return Interview(counted)
            ?? Last(counted, attempt => attempt.Outcome == AttemptOutcome.HardRefusal)
            ?? NotEligible(counted)
            ?? Last(counted, attempt => attempt.Code.Group == OutcomeGroup.Refusal)
            ?? Last(counted, attempt => attempt.Code.Group == OutcomeGroup.Other)
            ?? Last(counted, attempt => attempt.Code.Group == OutcomeGroup.NonContact)
            ?? Last(counted, attempt => attempt.Code.IsA("3.20"))
            ?? Last(counted, attempt => attempt.Code.Group == OutcomeGroup.UnknownOther)
            ?? NeverReached(counted.FindAll(attempt => attempt.Code.Group != OutcomeGroup.NotEligible), history);
    }

    private static Disposition? Interview(List<CodedAttempt> counted) =>
        Last(counted, attempt => attempt.Code.Group == OutcomeGroup.Complete)
        ?? Last(counted, attempt => attempt.Code.Group == OutcomeGroup.Partial);

    /// <summary>
    /// What is known of the person holds; what is known of a number (fax, not existing, suspended, changed) holds only when every number
    /// that was tried has come to that.
    /// </summary>
    private static Disposition? NotEligible(List<CodedAttempt> counted)
    {
        if (Last(counted, attempt => attempt.Code.Group == OutcomeGroup.NotEligible && !IsOfNumber(attempt.Code)) is { } person)
            return person;
        var lastOfEachNumber = counted.GroupBy(attempt => attempt.PhoneId).Select(number => number.Last()).ToList();
        return lastOfEachNumber.TrueForAll(attempt => IsOfNumber(attempt.Code)) ? Last(counted, attempt => IsOfNumber(attempt.Code)) : null;
    }

    private static bool IsOfNumber(Disposition code) => code.IsA("4.20") || code.IsA("4.30") || code.IsA("4.40");

    private static Disposition NeverReached(List<CodedAttempt> counted, IReadOnlyList<CodedAttempt> history)
    {
        if (counted.Count == 0)
            return Disposition.Of(history.Any(attempt => attempt.Code.IsA("3.16")) ? "3.16" : "3.11");
        if (All("3.12"))
            return Disposition.Of("3.12");
        if (Any("3.14"))
            return Disposition.Of("3.14");
        if (Any("3.13"))
            return Disposition.Of("3.13");
        if (All("3.15"))
            return Disposition.Of("3.15");
        if (All("3.161"))
            return Disposition.Of("3.161");
        // Busy once, blocked or failed another time: none of the narrower codes is true.
        return Disposition.Of(All("3.16") ? "3.16" : "3.10");

        bool All(string code) => counted.TrueForAll(attempt => attempt.Code.IsA(code));
        bool Any(string code) => counted.Exists(attempt => attempt.Code.IsA(code));
    }

    private static Disposition? Last(List<CodedAttempt> counted, Func<CodedAttempt, bool> matches) => counted.LastOrDefault(matches)?.Code;
}
