using System.Globalization;
using System.Resources;

namespace SurveyDialer.Questionnaires;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>May be launched, but read it.</summary>
    Warning,

    /// <summary>No campaign is launched with it.</summary>
    Error,
}

/// <summary>What is wrong with a template, where, and how to mend it. Key and arguments; put into words at the edge.</summary>
/// <param name="File">As given to the reader.</param>
/// <param name="Line">From 1; 0 where the template was not read from a file, or the file is a recording.</param>
/// <param name="Key">Path in the file, for example <c>questions.Q3.text.en</c>; empty for the whole file.</param>
/// <param name="Problem">Name of the text, for example <c>missing_translation</c>.</param>
public sealed record Finding(FindingSeverity Severity, string File, int Line, string Key, string Problem, IReadOnlyList<string> Arguments)
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Questionnaires.QuestionnaireTexts", typeof(Finding).Assembly);

    /// <summary>One sentence.</summary>
    public string What(CultureInfo culture) => Say(Problem, culture);

    /// <summary>What to do about it, one or two sentences.</summary>
    public string Mend(CultureInfo culture) => Say($"{Problem}.mend", culture);

    /// <summary>File, line, key, what is wrong and how to mend it, in one line.</summary>
    public string InWords(CultureInfo culture) => $"{File}{(Line > 0 ? $":{Line}" : "")}{(Key.Length > 0 ? $" {Key}" : "")}: {What(culture)} {Mend(culture)}";

    // An argument that names a text of its own (what to write instead) is put into words too.
    private string Say(string name, CultureInfo culture)
    {
        var text = Texts.GetString(name, culture) ?? throw new InvalidOperationException($"The text {name} is missing.");
        object[] arguments = [.. Arguments.Select(a => a.StartsWith("coaching.", StringComparison.Ordinal) ? Texts.GetString(a, culture) ?? a : a)];
        return string.Format(culture, text, arguments);
    }
}

/// <summary>A template read from YAML, or why not.</summary>
public sealed record TemplateReading
{
    public required string File { get; init; }

    /// <summary>Null when a finding is an error.</summary>
    public Template? Template { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    internal IReadOnlyDictionary<string, int> Lines { get; init; } = new Dictionary<string, int>();

    /// <summary>The line of a key, or of the nearest key above it; 0 where the template was not read from a file.</summary>
    internal int LineOf(string key)
    {
        for (var at = key; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (Lines.TryGetValue(at, out var line))
                return line;
        }

        return Lines.Count > 0 ? 1 : 0;
    }
}
