using System.Text.Json;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Health;

/// <summary>Tells the findings of all checks.</summary>
internal static class HealthWork
{
    internal static async Task<LocalAnswer> RunAsync(IHealthDesk desk, AnswerSheet sheet, CancellationToken cancellation)
    {
        var results = await desk.LookAsync(quick: false, cancellation);
        foreach (var result in results)
            sheet.Say($"health_level_{result.Finding.Level}", Words.SayIn(sheet.Culture, $"health_{result.Check}"), result.Finding.InWords(sheet.Culture));
        var outcome = HealthOutcome.Of(results, sheet.Culture);
        return sheet.End(outcome.Healthy ? ExitCodes.Done : ExitCodes.Failed, JsonSerializer.Serialize(outcome, LocalJson.Plain.HealthOutcome));
    }
}
