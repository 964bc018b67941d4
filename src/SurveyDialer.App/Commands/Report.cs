using System.Text.Json;
using Spectre.Console;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Commands;

/// <summary>What a command tells people: on standard output, or on standard error when standard output carries only JSON.</summary>
internal sealed class Report(bool json)
{
    /// <summary>The console for people.</summary>
    internal IAnsiConsole People { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(json ? Console.Error : Console.Out) });

    /// <summary>One line for people.</summary>
    internal void Say(string key, params object[] arguments) => People.WriteLine(Words.Say(key, arguments));

    /// <summary>One line for people that is in words already, never wrapped: scripts read it too.</summary>
    internal void Line(string text) => (json ? Console.Error : Console.Out).WriteLine(text);

    /// <summary>Everything that a local command answered.</summary>
    internal void Answer(LocalAnswer answer)
    {
        foreach (var line in answer.Lines) Line(line);
        if (answer.Table.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var title in answer.Table[0]) table.AddColumn(Markup.Escape(title));
            foreach (var row in answer.Table.Skip(1)) table.AddRow([.. row.Select(Markup.Escape)]);
            People.Write(table);
        }

        foreach (var problem in answer.Problems) Problem(problem);
        if (answer.Json is { } one) Json(one);
        else if (answer.ExitCode != ExitCodes.Done) Refused(answer.Problems);
    }

    /// <summary>The one line of JSON of a command that came to nothing.</summary>
    internal void Refused(IReadOnlyList<string> problems) => Json(JsonSerializer.Serialize(new CommandRefused(problems), LocalJson.Plain.CommandRefused));

    /// <summary>A problem, always on standard error.</summary>
    internal static void Problem(string sentence) => Console.Error.WriteLine(sentence);

    /// <summary>The one line of JSON; nothing when it was not asked for.</summary>
    internal void Json(string line)
    {
        if (json) Console.Out.WriteLine(line);
    }
}
