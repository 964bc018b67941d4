using System.Globalization;

namespace SurveyDialer.Statistics;

/// <summary>Input that cannot be computed with: a key and what the sentence names (the field first).</summary>
/// <param name="Key">Of the sentence in StatisticsTexts.</param>
/// <param name="Arguments">Field, and what is wrong with it.</param>
public sealed record Problem(string Key, params IReadOnlyList<string> Arguments)
{
    /// <summary>The sentence for people.</summary>
    /// <param name="culture">zh-CN or en.</param>
    public string Say(CultureInfo culture) => string.Format(culture, StatisticsTexts.Get(Key, culture), [.. Arguments]);
}
