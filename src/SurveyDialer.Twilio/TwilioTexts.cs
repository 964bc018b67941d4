using System.Globalization;
using System.Resources;

namespace SurveyDialer.Twilio;

/// <summary>The room's texts: Chinese neutral, English beside.</summary>
internal static class TwilioTexts
{
    internal static readonly ResourceManager Resources = new("SurveyDialer.Twilio.TwilioTexts", typeof(TwilioTexts).Assembly);

    /// <summary>The text of a key; throws when the key has none, which the tests rule out.</summary>
    internal static string Get(string key, CultureInfo culture) =>
        Resources.GetString(key, culture) ?? throw new MissingManifestResourceException($"No text for {key}.");
}
