using System.CommandLine;
using System.Text.Json;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Commands;

/// <summary><c>serve</c>: pages, carrier, jobs and dispatcher on one data folder, until it is stopped.</summary>
internal static class ServeCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var data = CommonOptions.Data("option_data");
        var port = new Option<int?>("--port") { Description = Words.Say("serve_port") };
        var json = CommonOptions.Json();
        var command = new Command("serve", Words.Say("serve")) { data, port, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(data) ?? LocalCall.DefaultFolder(), parsed.GetValue(port), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string root, int? port, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        ServerSettings settings;
        try
        {
            settings = ServerSettings.Read(Path.GetFullPath(root));
        }
        catch (InvalidDataException fault)
        {
            Report.Problem(fault.Message);
            return ExitCodes.WrongUse;
        }

        if (port is { } given) settings.PagesPort = given;
        var problems = settings.Problems();
        foreach (var problem in problems) Report.Problem(problem);
        if (problems.Count > 0) return ExitCodes.WrongUse;
        var (installation, refusal) = Installation.Open(root, clock);
        if (installation is null)
        {
            Report.Problem(refusal!.InWords(Words.Culture));
            return refusal.ExitCode;
        }

        await using (installation)
        {
            using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
                .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
            try
            {
                await using var server = await Server.StartAsync(installation, settings, logs, cancellation);
                report.Say("serve_pages", server.Address);
                report.Say(settings.HasCarrier ? "serve_carrier" : "serve_no_carrier", settings.Twilio.BaseAddress, Path.Combine(installation.Folder.Root, "settings.json"));
                report.Json(JsonSerializer.Serialize(server.Address.ToString(), LocalJson.Plain.String));
                var stopped = new TaskCompletionSource();
                await using (cancellation.Register(stopped.SetResult)) await stopped.Task;
                report.Say("serve_stopping");
            }
            catch (IOException fault)
            {
                Report.Problem(Words.Say("serve_port_taken", settings.PagesPort, fault.Message));
                return ExitCodes.Failed;
            }
        }

        return ExitCodes.Done;
    }
}
