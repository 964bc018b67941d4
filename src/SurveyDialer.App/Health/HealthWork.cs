using System.Text.Json;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>Runs all checks.</summary>
internal static class HealthWork
{
    /// <summary>In the order in which they are told.</summary>
    internal static IReadOnlyList<IHealthCheck> Checks { get; } =
    [
        new DatabaseIntegrity(), new DiskSpace(), new KeyFileSafety(), new BackupAge(), new StuckAttempts(), new FailedJobs(), new CalendarCoverage(),
    ];

    internal static LocalAnswer Run(OpenInstallation office, AnswerSheet sheet, IReadOnlyList<IHealthCheck> checks)
    {
        var lines = new List<HealthLine>();
        foreach (var check in checks)
        {
            var finding = check.Look(office);
            var sentence = finding.InWords(sheet.Culture);
            lines.Add(new HealthLine(check.Id, finding.Level.ToString().ToLowerInvariant(), sentence));
            sheet.Say($"health_level_{finding.Level}", Words.SayIn(sheet.Culture, $"health_{check.Id}"), sentence);
        }

        var healthy = lines.TrueForAll(line => line.Level != "failure");
        var json = JsonSerializer.Serialize(new HealthOutcome(healthy, lines), LocalJson.Plain.HealthOutcome);
        return sheet.End(healthy ? ExitCodes.Done : ExitCodes.Failed, json);
    }
}

/// <summary>All findings, for <c>health --json</c>.</summary>
/// <param name="Healthy">False when one is a failure.</param>
internal sealed record HealthOutcome(bool Healthy, IReadOnlyList<HealthLine> Checks);

/// <param name="Level"><c>fine</c>, <c>warning</c> or <c>failure</c>.</param>
internal sealed record HealthLine(string Check, string Level, string Finding);
