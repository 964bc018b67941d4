using System.Globalization;

namespace SurveyDialer.App.Health;

/// <summary>All findings, for <c>health --json</c> and <c>/health.json</c>.</summary>
/// <param name="Healthy">False when one is a failure.</param>
internal sealed record HealthOutcome(bool Healthy, IReadOnlyList<HealthLine> Checks)
{
    internal static HealthOutcome Of(IReadOnlyList<HealthResult> results, CultureInfo culture) => new(
        results.All(result => result.Finding.Level != HealthLevel.Failure),
        [.. results.Select(result => new HealthLine(result.Check, result.Finding.Level.ToString().ToLowerInvariant(), result.Finding.InWords(culture)))]);
}

/// <param name="Level"><c>fine</c>, <c>warning</c> or <c>failure</c>.</param>
internal sealed record HealthLine(string Check, string Level, string Finding);
