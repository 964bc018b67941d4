using System.Globalization;
using System.Resources;

namespace SurveyDialer.App;

/// <summary>The texts of the command line, Chinese unless the user asks for English.</summary>
internal static class Words
{
    private static readonly ResourceManager Texts = new("SurveyDialer.App.Commands.CommandTexts", typeof(Words).Assembly);

    /// <summary>Language of this process's output.</summary>
    internal static CultureInfo Culture { get; set; } = CultureInfo.GetCultureInfo("zh-CN");

    /// <summary>Takes <c>--language zh-CN|en</c> from anywhere in the arguments, before the texts of the commands are needed.</summary>
    internal static void ReadLanguage(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = arguments[i] == "--language" && i + 1 < arguments.Count ? arguments[i + 1]
                : arguments[i].StartsWith("--language=", StringComparison.Ordinal) ? arguments[i]["--language=".Length..] : null;
            if (value is not null) Culture = CultureInfo.GetCultureInfo(value.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh-CN");
        }
    }

    /// <summary>One text with its arguments.</summary>
    internal static string Say(string key, params object[] arguments)
        => string.Format(Culture, Texts.GetString(key, Culture) ?? throw new InvalidOperationException($"The text '{key}' is missing."), arguments);
}
