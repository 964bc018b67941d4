using System.Globalization;
using System.Text.Json;

namespace SurveyDialer.Campaigns;

/// <summary>How long own words that nobody has written down are kept: as long as the office tells residents, and a month at most.</summary>
internal static class WordsRetention
{
    /// <summary>The blank that says it, in whole days.</summary>
    internal const string Blank = "delete_days";

    /// <summary>Nothing that is told to residents as a promise to delete may be longer.</summary>
    internal const int LongestPromise = 365;

    private const int MostDays = 30;

    /// <summary>A value read; null where it cannot be, or is longer than <see cref="LongestPromise"/>, and the launch is refused.</summary>
    internal static int? Days(string value)
        => int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= LongestPromise ? days : null;

    /// <summary>By the stored blanks of a campaign; a month where they do not say.</summary>
    internal static TimeSpan Of(string blanks) => Of(JsonSerializer.Deserialize(blanks, BlanksJson.Default.DictionaryStringString)!);

    /// <summary>The same by blanks that have been read.</summary>
    internal static TimeSpan Of(IReadOnlyDictionary<string, string> blanks)
        => TimeSpan.FromDays(Math.Min(MostDays, blanks.TryGetValue(Blank, out var value) ? Days(value) ?? MostDays : MostDays));

    /// <summary>The end of the last day, UTC milliseconds: not finer than a day.</summary>
    internal static long Until(DateTimeOffset from, TimeSpan kept)
    {
        const long day = 86_400_000;
        var exact = (from + kept).ToUnixTimeMilliseconds();
        return ((exact / day) + 1) * day;
    }
}
