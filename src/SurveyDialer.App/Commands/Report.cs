using Spectre.Console;

namespace SurveyDialer.App.Commands;

/// <summary>What a command tells people: on standard output, or on standard error when standard output carries only JSON.</summary>
internal sealed class Report(bool json)
{
    /// <summary>The console for people.</summary>
    internal IAnsiConsole People { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(json ? Console.Error : Console.Out) });

    /// <summary>One line for people.</summary>
    internal void Say(string key, params object[] arguments) => People.WriteLine(Words.Say(key, arguments));

    /// <summary>A problem, always on standard error.</summary>
    internal static void Problem(string sentence) => Console.Error.WriteLine(sentence);

    /// <summary>The one line of JSON; nothing when it was not asked for.</summary>
    internal void Json(string line)
    {
        if (json) Console.Out.WriteLine(line);
    }
}
