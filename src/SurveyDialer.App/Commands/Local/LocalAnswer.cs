using System.Globalization;

namespace SurveyDialer.App.Commands.Local;

/// <summary>What came of a local command: what the process says and with which exit code it ends, wherever the work was done.</summary>
internal sealed record LocalAnswer
{
    public int ExitCode { get; init; }

    /// <summary>For people, in order.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>For people, below the lines; the first row is the header. Empty: no table.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table { get; init; } = [];

    /// <summary>What is wrong, for standard error.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>One line of JSON for scripts; null when there is nothing to report.</summary>
    public string? Json { get; init; }
}

/// <summary>An answer in the making, in the language of the caller.</summary>
internal sealed class AnswerSheet(string language)
{
    private readonly List<string> lines = [];
    private readonly List<string> problems = [];
    private readonly List<IReadOnlyList<string>> table = [];

    /// <summary>Language of the answer.</summary>
    internal CultureInfo Culture { get; } = Words.CultureOf(language);

    internal void Say(string key, params object[] arguments) => lines.Add(Words.SayIn(Culture, key, arguments));

    /// <summary>A line that is in words already.</summary>
    internal void Line(string text) => lines.Add(text);

    internal void Problem(string key, params object[] arguments) => problems.Add(Words.SayIn(Culture, key, arguments));

    /// <summary>A problem that is in words already.</summary>
    internal void ProblemLine(string text) => problems.Add(text);

    /// <summary>Titles of the table's columns.</summary>
    internal void Columns(params IEnumerable<string> keys) => table.Add([.. keys.Select(key => Words.SayIn(Culture, key))]);

    internal void Row(params IReadOnlyList<string> cells) => table.Add(cells);

    internal LocalAnswer End(int exitCode, string? json = null)
        => new() { ExitCode = exitCode, Lines = lines, Table = table, Problems = problems, Json = json };

    /// <summary>Ends with one problem.</summary>
    internal LocalAnswer Refuse(int exitCode, string key, params object[] arguments)
    {
        Problem(key, arguments);
        return End(exitCode);
    }
}
