using System.Text.RegularExpressions;

namespace SurveyDialer.Questionnaires;

/// <summary>Fills <c>{name}</c> in texts.</summary>
public static partial class BlankFilling
{
    /// <summary>The blank that the engine fills itself.</summary>
    internal const string Minutes = "minutes";

    private static readonly Func<string> NoMinutes = () => "";

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Pattern { get; }

    /// <summary>Names of the template's blanks without a value (an empty one counts as none), in the template's order.</summary>
    public static IReadOnlyList<string> Missing(Template template, IReadOnlyDictionary<string, string> values)
        => [.. template.Blanks.Where(b => string.IsNullOrWhiteSpace(values.GetValueOrDefault(b.Name))).Select(b => b.Name)];

    /// <summary>The examples that the template gives for its blanks, as values for rehearsals, previews and the length check.</summary>
    public static IReadOnlyDictionary<string, string> Examples(Template template)
        => template.Blanks
            .SelectMany(b => b.Example.Select(e => (Name: $"{b.Name}.{e.Key}", e.Value)).Append((b.Name, Value: b.Example.In(template.Languages[0]))))
            .ToDictionary(b => b.Name, b => b.Value);

    /// <summary>The advance notice with its blanks filled, or null where the template sends none.</summary>
    public static string? AdvanceNotice(Template template, string language, IReadOnlyDictionary<string, string> values)
        => template.AdvanceNotice.Find(language) is { } text ? Fill(text, language, values, NoMinutes) : null;

    /// <summary>A text in one language with its blanks filled; an unknown blank stays as it is.</summary>
    public static string Fill(LocalText text, string language, IReadOnlyDictionary<string, string> values) => Fill(text.In(language), language, values, NoMinutes);

    /// <summary>An unknown blank stays as it is; the engine refuses to start with one.</summary>
    internal static string Fill(string text, string language, IReadOnlyDictionary<string, string> values, Func<string> minutes)
        => text.Contains('{', StringComparison.Ordinal)
            ? Pattern.Replace(text, match => Value(match.Groups[1].Value, language, values, minutes) ?? match.Value)
            : text;

    /// <summary>The names of the blanks in a text, in order, with repetitions.</summary>
    internal static IEnumerable<string> In(string text) => Pattern.Matches(text).Select(m => m.Groups[1].Value);

    private static string? Value(string name, string language, IReadOnlyDictionary<string, string> values, Func<string> minutes)
        => values.GetValueOrDefault($"{name}.{language}") ?? values.GetValueOrDefault(name) ?? (name == Minutes ? minutes() : null);
}
