using System.Globalization;

namespace SurveyDialer.Questionnaires;

/// <summary>Findings of a check, each at the line of its key.</summary>
internal sealed class CheckLog(TemplateReading reading)
{
    public List<Finding> Findings { get; } = [];

    public void Error(string key, string problem, params string[] arguments) => Add(FindingSeverity.Error, key, problem, arguments);

    public void Warning(string key, string problem, params string[] arguments) => Add(FindingSeverity.Warning, key, problem, arguments);

    public static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private void Add(FindingSeverity severity, string key, string problem, string[] arguments)
        => Findings.Add(new Finding(severity, reading.File, reading.LineOf(key), key, problem, arguments));
}
