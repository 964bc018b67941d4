using System.Globalization;
using System.Resources;

namespace SurveyDialer.App;

/// <summary>The texts of the command line, Chinese unless the user asks for English.</summary>
internal static class Words
{
    private static readonly ResourceManager[] Texts =
    [
        .. new[] { "Commands.CommandTexts", "Commands.OfficeTexts", "Commands.PrivacyTexts", "Commands.ToolTexts", "Health.HealthTexts" }
            .Select(name => new ResourceManager($"SurveyDialer.App.{name}", typeof(Words).Assembly)),
    ];

    /// <summary>Language of this process's output.</summary>
    internal static CultureInfo Culture { get; set; } = CultureInfo.GetCultureInfo("zh-CN");

    /// <summary>Takes <c>--language zh-CN|en</c> from anywhere in the arguments, before the texts of the commands are needed.</summary>
    internal static void ReadLanguage(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = arguments[i] == "--language" && i + 1 < arguments.Count ? arguments[i + 1]
                : arguments[i].StartsWith("--language=", StringComparison.Ordinal) ? arguments[i]["--language=".Length..] : null;
            if (value is not null) Culture = CultureOf(value);
        }
    }

    /// <summary>One text with its arguments.</summary>
    internal static string Say(string key, params object[] arguments) => SayIn(Culture, key, arguments);

    /// <summary>One text with its arguments, in a language that is not this process's own: a server answers in the language of its caller.</summary>
    internal static string SayIn(CultureInfo culture, string key, params object[] arguments)
    {
        var text = Texts.Select(texts => texts.GetString(key, culture)).FirstOrDefault(found => found is not null);
        return string.Format(culture, text ?? throw new InvalidOperationException($"The text '{key}' is missing."), arguments);
    }

    /// <summary>English for <c>en</c> and its kinds, otherwise Chinese.</summary>
    internal static CultureInfo CultureOf(string language)
        => CultureInfo.GetCultureInfo(language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh-CN");
}
