using System.Text.Json;

namespace SurveyDialer.Campaigns;

/// <summary>For how many days after its close a round keeps names, numbers and the link to the answers: as residents were told.</summary>
internal static class RoundRetention
{
    // The launch is refused without a number of days; this is for what was stored by hand.
    private const int Unsaid = 30;

    /// <summary>By the stored blanks of a campaign.</summary>
    internal static int Days(string blanks)
        => JsonSerializer.Deserialize(blanks, BlanksJson.Default.DictionaryStringString)!.TryGetValue(WordsRetention.Blank, out var value)
            ? WordsRetention.Days(value) ?? Unsaid
            : Unsaid;
}
