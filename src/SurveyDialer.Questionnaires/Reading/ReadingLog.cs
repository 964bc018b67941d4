namespace SurveyDialer.Questionnaires;

/// <summary>Findings and lines while one file is read.</summary>
internal sealed class ReadingLog(string file)
{
    public List<Finding> Findings { get; } = [];

    public Dictionary<string, int> Lines { get; } = [];

    public string File => file;

    public bool Failed => Findings.Exists(f => f.Severity == FindingSeverity.Error);

    public void Error(int line, string key, string problem, params string[] arguments)
        => Findings.Add(new Finding(FindingSeverity.Error, file, line, key, problem, arguments));
}
