using System.Globalization;
using System.Resources;

namespace SurveyDialer.Dispositions;

/// <summary>Names of the codes.</summary>
internal static class DispositionTexts
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Dispositions.DispositionTexts", typeof(DispositionTexts).Assembly);

    public static string Name(Disposition disposition, CultureInfo culture) =>
        Texts.GetString(disposition.Code, culture) ?? throw new InvalidOperationException($"There is no name for the code {disposition}.");
}
