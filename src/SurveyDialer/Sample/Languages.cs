using System.Globalization;

namespace SurveyDialer.Sample;

/// <summary>Names that lists give to languages, as BCP 47.</summary>
internal static class Languages
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["普通话"] = "zh-CN", ["汉语"] = "zh-CN", ["国语"] = "zh-CN", ["中文"] = "zh-CN", ["zh"] = "zh-CN",
        ["粤语"] = "yue", ["广东话"] = "yue", ["白话"] = "yue", ["闽南语"] = "nan", ["闽南话"] = "nan",
        ["客家话"] = "hak", ["吴语"] = "wuu", ["上海话"] = "wuu", ["湘语"] = "hsn", ["赣语"] = "gan",
        ["苗语"] = "hmn", ["布依语"] = "pcc", ["侗语"] = "kmc", ["水语"] = "swi", ["壮语"] = "za", ["彝语"] = "ii",
        ["藏语"] = "bo", ["维吾尔语"] = "ug", ["蒙古语"] = "mn", ["蒙语"] = "mn", ["朝鲜语"] = "ko", ["英语"] = "en", ["English"] = "en",
    };

    /// <summary>What people call the language of a tag; the tag itself where nobody told.</summary>
    internal static string Name(string tag, CultureInfo culture)
    {
        if (culture.TwoLetterISOLanguageName != "en") return Known.FirstOrDefault(known => known.Value == tag).Key ?? tag;
        try
        {
            return CultureInfo.GetCultureInfo(tag).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    /// <summary>The tag, or null when the text is empty or unknown.</summary>
    internal static string? Recognise(string text)
    {
        if (text.Length == 0) return null;
        if (Known.TryGetValue(text, out var tag)) return tag;
        if (Known.TryGetValue(text.Replace("族", "", StringComparison.Ordinal), out tag)) return tag;
        var parts = text.Split('-');
        return text.Length <= 35 && parts[0].Length is 2 or 3 && parts.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit)) && parts[0].All(char.IsAsciiLetter)
            ? text
            : null;
    }
}
