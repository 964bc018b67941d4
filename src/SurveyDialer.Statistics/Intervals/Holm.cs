namespace SurveyDialer.Statistics.Intervals;

/// <summary>One member of a family of comparisons shown together.</summary>
/// <param name="Difference">With intervals at the member's own confidence.</param>
/// <param name="Confidence">1 − α/(m − i + 1) for the i-th smallest p of m.</param>
/// <param name="AdjustedP">Holm's adjusted p-value, at most 1.</param>
/// <param name="Changed">Whether there is a change: the interval excludes 0, and so do those of all members with a smaller p (Holm's steps, with the
/// intervals that are printed as their tests).</param>
public sealed record HolmMember(Difference Difference, double Confidence, double AdjustedP, bool Changed);

/// <summary>Several comparisons at once without growing chance findings.</summary>
/// <remarks>S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.</remarks>
public static class Holm
{
    /// <summary>Compares every pair; results stand in the order given. A pair without a p-value counts as p = 1.</summary>
    /// <param name="family">All comparisons that are shown together.</param>
    /// <param name="alpha">Error rate of the whole family, 0 to 1 exclusive.</param>
    public static IReadOnlyList<HolmMember> Compare(IReadOnlyList<(Proportion First, Proportion Second)> family, double alpha = 0.05)
    {
        var p = family.Select(pair => Difference.Between(pair.First, pair.Second).PValue ?? 1).ToArray();
        var members = new HolmMember[family.Count];
        var open = true;
        double adjusted = 0;
        var order = Enumerable.Range(0, p.Length).OrderBy(i => p[i]).ThenBy(i => i).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            var left = order.Length - i;
            adjusted = Math.Max(adjusted, Math.Min(1, p[order[i]] * left));
            var confidence = 1 - (alpha / left);
            var (first, second) = family[order[i]];
            var difference = Difference.Between(first, second, confidence);
            open = open && difference.Distinguishable;
            members[order[i]] = new HolmMember(difference, confidence, adjusted, open);
        }

        return members;
    }
}
