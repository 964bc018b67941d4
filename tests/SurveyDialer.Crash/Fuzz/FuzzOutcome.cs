using System.Text;

namespace SurveyDialer.Crash.Fuzz;

/// <summary>What was sent and what was found.</summary>
internal sealed class FuzzOutcome
{
    private readonly Lock gate = new();

    internal SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    internal List<string> Findings { get; } = [];

    /// <param name="finding">Null: it went as it should.</param>
    internal void Counted(string what, string? finding)
    {
        lock (gate) Counts[what] = Counts.GetValueOrDefault(what) + 1;
        if (finding is not null) Found(finding);
    }

    internal void Found(string finding)
    {
        lock (gate) Findings.Add(finding);
    }

    internal string Table()
    {
        var table = new StringBuilder();
        foreach (var (what, times) in Counts) table.AppendLine($"  {what,-64}{times,8}");
        foreach (var finding in Findings) table.AppendLine(finding);
        return table.AppendLine(Findings.Count == 0 ? "no fault" : $"{Findings.Count} faults").ToString();
    }
}
