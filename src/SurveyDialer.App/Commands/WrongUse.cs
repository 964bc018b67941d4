using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SurveyDialer.App.Commands;

/// <summary>What the parser would say of a command line, in the words of this product: its own are English, or half so.</summary>
internal static class WrongUse
{
    /// <summary>Tells what is wrong with a command line that cannot be run, and where its help stands.</summary>
    internal static int Tell(ParseResult parsed)
    {
        var unclear = Unclear(parsed.CommandResult, parsed.UnmatchedTokens).ToList();

        // What a command finds itself counts only when everything could be read.
        var problems = unclear.Count > 0 ? unclear : [.. parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)];
        foreach (var problem in problems) Report.Problem(problem);
        Report.Problem(Words.Say("use_help", Path(parsed.CommandResult)));
        new Report(parsed.Tokens.Any(token => token.Value == "--json")).Refused(problems);
        return ExitCodes.WrongUse;
    }

    /// <summary>The values under a command that are not of the kind that belongs there, in words.</summary>
    internal static IEnumerable<string> Unreadable(CommandResult command) => command.Children.SelectMany(Unreadable);

    /// <summary>Options that were written without their value.</summary>
    internal static IEnumerable<OptionResult> Bare(CommandResult command)
        => command.Children.OfType<OptionResult>().Where(option => !option.Implicit && option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues);

    /// <summary>Help as the parser's library writes it, with the headings that it has in English only.</summary>
    internal static int Help(HelpAction action, ParseResult parsed)
    {
        using var written = new StringWriter(CultureInfo.InvariantCulture);
        parsed.InvocationConfiguration.Output = written;
        action.Invoke(parsed);
        var text = written.ToString();
        foreach (var heading in (string[])["Description:", "[command]", "[options]"]) text = text.Replace(heading, Words.Say($"help {heading}"), StringComparison.Ordinal);
        Console.Out.Write(text);
        return ExitCodes.Done;
    }

    private static IEnumerable<string> Unclear(CommandResult command, IReadOnlyList<string> unmatched)
    {
        var (options, arguments) = (command.Command.Options, command.Command.Arguments);
        foreach (var token in unmatched) yield return Words.Say("use_unknown", token);
        if (unmatched.Count == 0 && command.Command.Subcommands.Count > 0 && command.Command.Action is null)
            yield return Words.Say("use_command_missing", Path(command), string.Join(", ", command.Command.Subcommands.Select(below => below.Name)));
        foreach (var argument in arguments.Where(argument => (command.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues))
            yield return Words.Say("use_missing", $"<{argument.Name}>", argument.Description ?? "");
        foreach (var option in options.Where(option => option.Required && command.GetResult(option) is null or { Implicit: true }))
            yield return Words.Say("use_missing", option.Name, option.Description ?? "");
        foreach (var bare in Bare(command)) yield return Words.Say("use_value_missing", bare.Option.Name, bare.Option.Description ?? "");
        foreach (var twice in command.Children.OfType<OptionResult>().Where(option => option.Tokens.Count > option.Option.Arity.MaximumNumberOfValues))
            yield return Words.Say("use_twice", twice.Option.Name);
        foreach (var unreadable in Unreadable(command)) yield return unreadable;
    }

    private static IEnumerable<string> Unreadable(SymbolResult child)
    {
        var (name, type) = child switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType),
            ArgumentResult argument => ($"<{argument.Argument.Name}>", argument.Argument.ValueType),
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

    /// <summary>The command as it is typed, from the executable down.</summary>
    private static string Path(CommandResult command)
        => command.Parent is CommandResult above ? $"{Path(above)} {command.Command.Name}" : "SurveyDialer";
}
