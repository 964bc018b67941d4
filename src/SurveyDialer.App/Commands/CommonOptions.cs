using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
        var unreadable = result.Children.SelectMany(Unreadable).ToList();
        unreadable.ForEach(result.AddError);

        // The parser itself says where a value is missing altogether.
        if (unreadable.Count == 0 && !result.Children.Any(child => child is OptionResult { Implicit: false, Tokens.Count: 0 } option && option.Option.Arity.MinimumNumberOfValues > 0))
            check(result);
    });

    private static IEnumerable<string> Unreadable(SymbolResult child)
    {
        var (name, type) = child switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
            _ => ("", typeof(string)),
        };
        return child.Tokens.Select(token => (token.Value, Kind: Misread(token.Value, Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type)))
            .Where(value => value.Kind is not null)
            .Select(value => Words.Say("option_unreadable", name, value.Value, Words.Say(value.Kind!)));
    }

    /// <summary>What the text should have been; null where it is that, or anything will do.</summary>
    private static string? Misread(string text, Type type)
        => type == typeof(int) && !int.TryParse(text, CultureInfo.InvariantCulture, out _) ? "kind_whole_number"
            : type == typeof(long) && !long.TryParse(text, CultureInfo.InvariantCulture, out _) ? "kind_whole_number"
            : type == typeof(double) && !double.TryParse(text, CultureInfo.InvariantCulture, out _) ? "kind_number"
            : type == typeof(DateTimeOffset) && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) ? "kind_instant"
            : null;

    internal static Option<string?> Data(string descriptionKey) => new("--data") { Description = Words.Say(descriptionKey) };
}
