using System.Globalization;
using System.Resources;

namespace SurveyDialer.Estimates;

/// <summary>The texts of rounds, official results, targets and margins.</summary>
internal static class RoundTexts
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Estimates.RoundTexts", typeof(RoundTexts).Assembly);

    internal static string Say(string key, CultureInfo culture, params object[] arguments)
        => string.Format(culture, Texts.GetString(key, culture) ?? throw new InvalidOperationException($"The text {key} is missing."), arguments);
}
