namespace SurveyDialer.Statistics.Disclosure;

/// <summary>Keeps a figure of a part from telling, beside that of the whole, what the few others answered.</summary>
public static class DifferencingGuard
{
    /// <summary>Whether a part may be shown beside its whole: nobody stands outside it, or at least t do.</summary>
    /// <param name="whole">Persons (or interviews) of the figure that is shown already.</param>
    /// <param name="part">Of these in the part.</param>
    /// <param name="threshold">t.</param>
    public static bool Allows(long whole, long part, long threshold = CountTable.DefaultThreshold) => whole == part || whole - part >= threshold;
}
