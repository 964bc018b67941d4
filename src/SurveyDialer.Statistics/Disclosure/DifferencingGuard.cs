namespace SurveyDialer.Statistics.Disclosure;

/// <summary>Keeps repeated filtering from singling persons out.</summary>
public static class DifferencingGuard
{
    /// <summary>Whether a filter's result may be shown: it is empty or holds at least t persons, and so does its difference from every earlier
    /// result of the same reader, both ways (|A∖B| and |B∖A| are 0 or at least t).</summary>
    /// <param name="asked">Persons (or interviews) that the filter leaves.</param>
    /// <param name="shownBefore">Results shown to the same reader before.</param>
    /// <param name="threshold">t.</param>
    public static bool Allows<T>(IReadOnlySet<T> asked, IEnumerable<IReadOnlySet<T>> shownBefore, long threshold = CountTable.DefaultThreshold) =>
        Safe(asked.Count, threshold) && shownBefore.All(before => Safe(Without(asked, before), threshold) && Safe(Without(before, asked), threshold));

    private static bool Safe(long count, long threshold) => count == 0 || count >= threshold;

    private static long Without<T>(IReadOnlySet<T> set, IReadOnlySet<T> other) => set.Count(item => !other.Contains(item));
}
