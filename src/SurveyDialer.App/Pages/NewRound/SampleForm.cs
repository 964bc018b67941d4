using System.Globalization;
using SurveyDialer.Sample;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>What is asked about who is called. Shares are whole per cent.</summary>
internal sealed record SampleForm
{
    /// <summary><c>sample</c>, or everybody.</summary>
    public string? Choice { get; init; }

    public int? Interviews { get; init; }

    public int? Yield { get; init; }

    public SampleColumn[]? Strata { get; init; }

    public AllocationKind? Allocation { get; init; }

    public int? Minimum { get; init; }

    public int? Cap { get; init; }

    /// <summary>A line each: stratum=standard deviation.</summary>
    public string? Deviations { get; init; }

    public SampleDrawKind? Draw { get; init; }

    public int? Replicates { get; init; }

    public int? Reserve { get; init; }

    public int? Slack { get; init; }

    public long? Seed { get; init; }

    /// <summary>The plan as it was said; null for everybody. What is wrong with it is said where it is checked.</summary>
    internal SamplePlan? ToPlan()
    {
        if (Choice != "sample") return null;
        var usual = new SamplePlan();
        return usual with
        {
            Interviews = Interviews ?? 0, Yield = Yield / 100.0 ?? usual.Yield, Strata = Strata ?? [], Allocation = Allocation ?? usual.Allocation, Minimum = Minimum ?? 0, Cap = Cap,
            Deviations = Lines(Deviations), Draw = Draw ?? usual.Draw, Replicates = Replicates ?? usual.Replicates, Reserve = Reserve / 100.0 ?? usual.Reserve,
            Slack = Slack / 100.0 ?? usual.Slack, Seed = Seed,
        };
    }

    /// <summary>As they stand in their field.</summary>
    internal static string InLines(SamplePlan plan)
        => string.Join('\n', plan.Deviations.Select(pair => $"{pair.Key}={pair.Value.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>What is no number counts as 0, which the check names.</summary>
    private static Dictionary<string, double> Lines(string? text)
    {
        var given = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(['=', '＝'], 2, StringSplitOptions.TrimEntries);
            given[parts[0]] = parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
        }

        return given;
    }
}
