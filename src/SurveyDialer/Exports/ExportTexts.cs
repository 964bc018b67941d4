using System.Globalization;
using System.Resources;

namespace SurveyDialer.Exports;

/// <summary>Headings and words of the exports in one language.</summary>
internal sealed class ExportTexts
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Exports.ExportTexts", typeof(ExportTexts).Assembly);
    private static readonly ExportTexts Chinese = new(CultureInfo.GetCultureInfo("zh-CN"));
    private static readonly ExportTexts English = new(CultureInfo.GetCultureInfo("en"));

    private ExportTexts(CultureInfo culture) => Culture = culture;

    /// <summary>Every language in which an export may have been written.</summary>
    internal static IReadOnlyList<ExportTexts> All { get; } = [Chinese, English];

    internal CultureInfo Culture { get; }

    /// <summary>Language in which texts of a template are wanted.</summary>
    internal string Language => Culture.Name;

    /// <summary>A text by its key.</summary>
    internal string this[string key] => Texts.GetString(key, Culture) ?? throw new InvalidOperationException($"There is no text '{key}'.");

    /// <summary>English for <c>en</c> and its regions, else Chinese.</summary>
    internal static ExportTexts Of(string language)
        => language == "en" || language.StartsWith("en-", StringComparison.Ordinal) ? English : Chinese;

    /// <summary>The word for a stored value; the value itself where there is no word for it, as for the tag of a dialect.</summary>
    internal string Word(string family, string? value) => value is null ? "" : Texts.GetString($"{family}.{value}", Culture) ?? value;

    internal string YesNo(bool yes) => this[yes ? "yes" : "no"];
}
