namespace SurveyDialer.Statistics.Calc;

/// <summary>Whether two names of fields are one name with a slip.</summary>
internal static class Spelling
{
    /// <summary>Shorter names differ by one letter and are both meant.</summary>
    private const int LeastLength = 4;

    /// <summary>Alike but for small and large letters, underscores and hyphens; or, in longer names, but for one letter.</summary>
    public static bool IsNear(string name, string other)
    {
        string a = Folded(name), b = Folded(other);
        return a == b || (Math.Max(a.Length, b.Length) >= LeastLength && Math.Min(a.Length, b.Length) >= LeastLength - 1 && DifferByOne(a, b));
    }

    private static string Folded(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    private static bool DifferByOne(string a, string b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        if (longer.Length - shorter.Length > 1) return false;
        var at = 0;
        while (at < shorter.Length && shorter[at] == longer[at]) at++;
        return string.Equals(shorter[(longer.Length == shorter.Length ? Math.Min(at + 1, shorter.Length) : at)..], longer[Math.Min(at + 1, longer.Length)..], StringComparison.Ordinal);
    }
}
