using System.Globalization;
using System.Resources;

namespace SurveyDialer.Estimates;

/// <summary>What an index set asks for and a round does not give, or why a set cannot be taken. Key and arguments; put into words at the edge.</summary>
public sealed record IndexProblem(string Key, params IReadOnlyList<string> Arguments)
{
    /// <summary>Key of the problem that a questionnaire lacks the question of an index.</summary>
    public const string NotAsked = "tag_not_asked";

    /// <summary>One sentence, with what can be done about it.</summary>
    public string InWords(CultureInfo culture) => IndexTexts.Say(Key, culture, [.. Arguments]);
}

/// <summary>The texts of index sets.</summary>
internal static class IndexTexts
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Estimates.Indices.IndexTexts", typeof(IndexTexts).Assembly);

    internal static string? Find(string key, CultureInfo culture) => Texts.GetString(key, culture);

    internal static string Say(string key, CultureInfo culture, params object[] arguments)
        => string.Format(culture, Texts.GetString(key, culture) ?? throw new InvalidOperationException($"The text {key} is missing."), arguments);
}
