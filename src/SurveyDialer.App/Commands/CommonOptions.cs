using System.CommandLine;

namespace SurveyDialer.App.Commands;

/// <summary>Options that several commands have, with the same name and meaning.</summary>
internal static class CommonOptions
{
    /// <summary>Read before everything else by <see cref="Words.ReadLanguage"/>; here for <c>--help</c>.</summary>
    internal static Option<string?> Language() => new("--language") { Description = Words.Say("option_language"), Recursive = true };

    internal static Option<bool> Json() => new("--json") { Description = Words.Say("option_json") };

    internal static Option<string?> Data(string descriptionKey) => new("--data") { Description = Words.Say(descriptionKey) };
}
