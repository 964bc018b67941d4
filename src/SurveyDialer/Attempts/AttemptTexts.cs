using System.Globalization;
using System.Resources;
using SurveyDialer.Attempts.Planning;

namespace SurveyDialer.Attempts;

/// <summary>Answers "why is this number waiting?" in words.</summary>
internal static class AttemptTexts
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Attempts.AttemptTexts", typeof(AttemptTexts).Assembly);

    /// <summary>The words for a stored reason; null when it is not one of waiting.</summary>
    public static string? Find(string reason, CultureInfo culture) => Texts.GetString(reason, culture);

    public static string Describe(VetoReason reason, CultureInfo culture) => Describe(reason.ToColumn(), culture);

    /// <param name="waitingReason">As the column holds it.</param>
    /// <param name="culture">Chinese unless English.</param>
    public static string Describe(string waitingReason, CultureInfo culture) =>
        Texts.GetString(waitingReason, culture) ?? throw new InvalidDataException($"There is no text for the waiting reason '{waitingReason}'.");
}
