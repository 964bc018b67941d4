using System.Globalization;
using System.Text;

namespace SurveyDialer.Estimates;

/// <summary>An official result as it was typed, or stands in a row of a file; every field may be empty.</summary>
public sealed record OfficialInput
{
    public string? Level { get; init; }

    public string? Name { get; init; }

    /// <summary>Tag or name of an index.</summary>
    public string? Index { get; init; }

    public string? Period { get; init; }

    public string? Percent { get; init; }

    public string? N { get; init; }

    public string? Rank { get; init; }

    public string? Places { get; init; }

    public string? Source { get; init; }

    private static readonly Dictionary<string, OfficialLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["own"] = OfficialLevel.Own, ["本地"] = OfficialLevel.Own, ["本县"] = OfficialLevel.Own, ["本区"] = OfficialLevel.Own, ["本镇"] = OfficialLevel.Own, ["本乡镇"] = OfficialLevel.Own, ["our own"] = OfficialLevel.Own,
        ["county"] = OfficialLevel.County, ["县"] = OfficialLevel.County, ["全县"] = OfficialLevel.County, ["县平均"] = OfficialLevel.County, ["全县平均"] = OfficialLevel.County, ["全区平均"] = OfficialLevel.County, ["county average"] = OfficialLevel.County,
        ["city"] = OfficialLevel.City, ["市"] = OfficialLevel.City, ["全市"] = OfficialLevel.City, ["市平均"] = OfficialLevel.City, ["全市平均"] = OfficialLevel.City, ["city average"] = OfficialLevel.City,
        ["province"] = OfficialLevel.Province, ["省"] = OfficialLevel.Province, ["全省"] = OfficialLevel.Province, ["省平均"] = OfficialLevel.Province, ["全省平均"] = OfficialLevel.Province, ["province average"] = OfficialLevel.Province,
        ["peer"] = OfficialLevel.Peer, ["对比县"] = OfficialLevel.Peer, ["对比地区"] = OfficialLevel.Peer, ["兄弟县"] = OfficialLevel.Peer, ["compared place"] = OfficialLevel.Peer,
    };

    /// <summary>Reads it, or says what keeps it from being one.</summary>
    /// <param name="names">Which tag an index goes by, under its tag and its names.</param>
    internal (OfficialResult? Result, IReadOnlyList<OfficialProblem> Problems) Read(IReadOnlyDictionary<string, string> names)
    {
        var problems = new List<OfficialProblem>();
        OfficialLevel level = default;
        if (!Levels.TryGetValue(Plain(Level), out level)) problems.Add(new OfficialProblem("level_unknown", Plain(Level)));
        if (!names.TryGetValue(Plain(Index), out var tag)) problems.Add(new OfficialProblem("index_unknown", Plain(Index)));
        if (!RoundPeriod.TryRead(Period, out var period)) problems.Add(new OfficialProblem("period_unknown", Plain(Period)));
        var percent = Numbers.Percent(Percent);
        if (percent is null) problems.Add(new OfficialProblem("percent_unknown", Plain(Percent)));
        if (level == OfficialLevel.Peer && Plain(Name).Length == 0) problems.Add(new OfficialProblem("name_missing"));
        if (Plain(Source).Length == 0) problems.Add(new OfficialProblem("source_missing"));
        var (n, rank, places) = (Numbers.Whole(N), Numbers.Whole(Rank), Numbers.Whole(Places));
        if (Wrong(N, n)) problems.Add(new OfficialProblem("n_unknown", Plain(N)));
        if (Wrong(Rank, rank) || rank > int.MaxValue) problems.Add(new OfficialProblem("rank_unknown", Plain(Rank)));
        if (Wrong(Places, places) || places > int.MaxValue || places < (rank ?? 1)) problems.Add(new OfficialProblem("places_unknown", Plain(Places), Plain(Rank)));
        foreach (var text in new[] { Name, Source }.Where(text => Plain(text).Length > Numbers.LongestText)) problems.Add(new OfficialProblem("text_too_long", $"{Numbers.LongestText}", Plain(text)[..20]));
        return problems.Count > 0
            ? (null, problems)
            : (new OfficialResult { Level = level, Name = Plain(Name), Tag = tag!, Period = period, Percent = percent!.Value, N = n, Rank = (int?)rank, Places = (int?)places, Source = Plain(Source) }, []);
    }

    private static bool Wrong(string? text, long? value) => value is null ? Plain(text).Length > 0 : value < 1;

    private static string Plain(string? text) => Numbers.Plain(text);
}

/// <summary>Why an official result, a target or a margin cannot be kept. Key and arguments; put into words at the edge.</summary>
public sealed record OfficialProblem(string Key, params IReadOnlyList<string> Arguments)
{
    /// <summary>One sentence.</summary>
    public string InWords(CultureInfo culture) => RoundTexts.Say(Key, culture, [.. Arguments]);
}

/// <summary>Numbers as people type them: full-width digits, thousands separated, per-cent signs.</summary>
internal static class Numbers
{
    internal const int LongestText = 120;

    internal static string Plain(string? text) => (text ?? "").Normalize(NormalizationForm.FormKC).Trim();

    /// <summary>Per cent to two decimals, half away from zero; null where it is no number from 0 to 999.99.</summary>
    internal static decimal? Percent(string? text)
    {
        var plain = Plain(text).TrimEnd('%', '％', '分', ' ');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and < 1000
            ? Math.Round(value, 2, MidpointRounding.AwayFromZero) : null;
    }

    /// <summary>A whole number; null where it is none.</summary>
    internal static long? Whole(string? text)
    {
        var plain = Plain(text).Replace(",", "", StringComparison.Ordinal).TrimStart('第').TrimEnd('名', '人', '位', '个');
        return long.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 2_000_000_000 ? value : null;
    }
}
