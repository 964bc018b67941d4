using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Pages.Campaigns;

/// <summary>Villages in which nobody has been interviewed yet, in words.</summary>
internal static class VillagesWithout
{
    private const int Named = 12;

    private static PageWords T => PageWords.Of("Campaigns");

    public static string InWords(IEnumerable<TownshipProgress> townships)
    {
        var without = townships.SelectMany(township => township.Without).Select(village => village.Name).ToList();
        if (without.Count == 0) return T["AllVillages"];
        var names = string.Join(T["Comma"], without.Take(Named));
        return without.Count > Named ? T["WithoutMore", without.Count, names] : T["Without", without.Count, names];
    }
}
