using System.CommandLine;
using System.CommandLine.Parsing;
using SurveyDialer.Phones;

namespace SurveyDialer.App.Commands;

/// <summary>Options that several commands have, with the same name and meaning.</summary>
internal static class CommonOptions
{
    /// <summary>Read before everything else by <see cref="Words.ReadLanguage"/>; here for <c>--help</c>.</summary>
    internal static Option<string?> Language() => new("--language") { Description = Words.Say("option_language"), Recursive = true };

    internal static Option<bool> Json() => new("--json") { Description = Words.Say("option_json") };

    /// <summary>Of landlines that a list writes without one; an unknown one is refused.</summary>
    internal static Option<string?> AreaCode()
    {
        var option = new Option<string?>("--area-code") { Description = Words.Say("import_area_code") };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } code && NumberingPlan.FindArea(code) is null) result.AddError(Words.Say("import_area_code_unknown", code));
        });
        return option;
    }

    /// <summary>Checks options of a command, alone or against each other; not before each of them can be read, since asking for its value throws.</summary>
    internal static void Check(this Command command, Action<CommandResult> check) => command.Validators.Add(result =>
    {
        if (!WrongUse.Bare(result).Any() && !WrongUse.Unreadable(result).Any()) check(result);
    });

    internal static Option<string?> Data(string descriptionKey) => new("--data") { Description = Words.Say(descriptionKey) };
}
