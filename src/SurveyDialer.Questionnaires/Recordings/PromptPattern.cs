using System.Text;
using System.Text.RegularExpressions;

namespace SurveyDialer.Questionnaires;

/// <summary>A text of the template as something that words either fit or do not: its blanks stand for any words.</summary>
internal sealed partial class PromptPattern
{
    private readonly string text;
    private readonly Regex? pattern;

    internal PromptPattern(string text)
    {
        this.text = text;
        if (BlankFilling.In(text).Any()) pattern = Compile(text);
    }

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Blank { get; }

    internal bool Fits(string words) => Values(words) is not null;

    /// <summary>What the words have in place of each blank; null where they are not this text.</summary>
    internal IReadOnlyDictionary<string, string>? Values(string words)
    {
        if (pattern is null) return words == text ? new Dictionary<string, string>() : null;
        if (pattern.Match(words) is not { Success: true } match) return null;
        var values = BlankFilling.In(text).Distinct().ToDictionary(name => name, name => match.Groups[name].Value);

        // A blank that stands twice has one value.
        return BlankFilling.Fill(text, "", values, () => "") == words ? values : null;
    }

    // Without backtracking: the words come from files.
    private static Regex Compile(string text)
    {
        var expression = new StringBuilder(@"\A");
        var named = new HashSet<string>();
        var end = 0;
        foreach (Match blank in Blank.Matches(text))
        {
            var name = blank.Groups[1].Value;
            expression.Append(Regex.Escape(text[end..blank.Index])).Append(named.Add(name) ? $"(?<{name}>.+?)" : ".+?");
            end = blank.Index + blank.Length;
        }

        return new Regex(expression.Append(Regex.Escape(text[end..])).Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture);
    }
}
