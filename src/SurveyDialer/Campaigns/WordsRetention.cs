using System.Globalization;
using System.Text.Json;

namespace SurveyDialer.Campaigns;

/// <summary>How long own words that nobody has written down are kept: as long as the office tells residents, and a month at most.</summary>
internal static class WordsRetention
{
    /// <summary>The blank that says it, in whole days.</summary>
    internal const string Blank = "delete_days";

    private const int MostDays = 30;

    /// <summary>Whether a value can be read; the launch is refused otherwise.</summary>
    internal static bool IsDays(string value)
        => int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0;

    /// <summary>By the stored blanks of a campaign; a month where they do not say.</summary>
    internal static TimeSpan Of(string blanks)
    {
        var values = JsonSerializer.Deserialize(blanks, BlanksJson.Default.DictionaryStringString)!;
        return TimeSpan.FromDays(
            values.TryGetValue(Blank, out var value) && IsDays(value) ? Math.Min(MostDays, int.Parse(value.Trim(), CultureInfo.InvariantCulture)) : MostDays);
    }

    /// <summary>The end of the last day, UTC milliseconds: not finer than a day.</summary>
    internal static long Until(DateTimeOffset from, TimeSpan kept)
    {
        const long day = 86_400_000;
        var exact = (from + kept).ToUnixTimeMilliseconds();
        return ((exact / day) + 1) * day;
    }
}
