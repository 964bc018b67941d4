using System.Globalization;
using System.Resources;

namespace SurveyDialer.Statistics;

/// <summary>Texts of this project: zh-CN neutral, English beside.</summary>
internal static class StatisticsTexts
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Statistics.StatisticsTexts", typeof(StatisticsTexts).Assembly);

    /// <summary>The text of a key; a key without a text is a mistake in the program.</summary>
    public static string Get(string key, CultureInfo culture) =>
        Texts.GetString(key, culture) ?? throw new InvalidOperationException($"No text for {key}.");
}
