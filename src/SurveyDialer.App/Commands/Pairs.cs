namespace SurveyDialer.App.Commands;

/// <summary>Options of the form <c>name=value</c>.</summary>
internal static class Pairs
{
    /// <summary>Splits at the first equals sign; the value is null when there is none.</summary>
    internal static (string Name, string? Value) Split(string pair)
    {
        var at = pair.IndexOf('=', StringComparison.Ordinal);
        return at <= 0 ? (pair, null) : (pair[..at].Trim(), pair[(at + 1)..].Trim());
    }

    /// <summary>Of a name that comes twice the last value counts.</summary>
    internal static Dictionary<string, string> Read(IEnumerable<string>? pairs)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in (pairs ?? []).Select(Split)) read[name] = value ?? "";
        return read;
    }
}
