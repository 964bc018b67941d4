using System.CommandLine;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Commands;

/// <summary><c>health</c>: what needs attention, and what to do about it.</summary>
internal static class HealthCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("health", Words.Say("health")) { data, json };
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(parsed.GetValue(data), new CheckHealth(), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }
}
