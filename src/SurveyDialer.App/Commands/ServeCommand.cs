using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands;

/// <summary><c>serve</c>: pages, carrier, jobs and dispatcher on one data folder, until it is stopped.</summary>
internal static class ServeCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var data = CommonOptions.Data("option_data");
        var port = new Option<int?>("--port") { Description = Words.Say("serve_port") };
        var lan = new Option<bool>("--lan") { Description = Words.Say("serve_lan") };
        var open = new Option<bool>("--open") { Description = Words.Say("serve_open") };
        var json = CommonOptions.Json();
        var command = new Command("serve", Words.Say("serve")) { data, port, lan, open, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(data) ?? LocalCall.DefaultFolder(), parsed.GetValue(port), parsed.GetValue(open), parsed.GetValue(lan), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string root, int? port, bool open, bool lan, Report report, TimeProvider clock, CancellationToken cancellation)
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
        settings.Lan |= lan;
        if (open && port is null && !Loopback.IsFree(settings.PagesPort)) settings.PagesPort = Loopback.FreePort();
        var problems = settings.Problems();
        foreach (var problem in problems) Report.Problem(problem);
        if (problems.Count > 0) return ExitCodes.WrongUse;
        var (installation, refusal) = Installation.Open(root, clock);
        if (installation is null)
        {
            if (open && refusal!.Key == InstallationProblem.InUse && DataFolder.RunningServer(root) is { } running)
            {
                report.Say("serve_opened_running", running.Address);
                Show(new Uri(running.Address), report);
                return ExitCodes.Done;
            }

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
                Tell(server, settings, installation.Folder.Root, report);
                if (open) Show(server.Address, report);
                var stopped = new TaskCompletionSource();
                await using (cancellation.Register(stopped.SetResult)) await stopped.Task;
                report.Say("serve_stopping");
            }
            catch (Exception fault) when (fault is IOException or SocketException)
            {
                Report.Problem(Words.Say("serve_port_taken", settings.Lan ? $"{settings.PagesPort}, {settings.LanPort}" : settings.PagesPort, fault.Message));
                return ExitCodes.Failed;
            }
        }

        return ExitCodes.Done;
    }

    private static void Tell(Server server, ServerSettings settings, string root, Report report)
    {
        report.Say("serve_pages", server.Address);
        if (server.Lan is { } others)
        {
            report.Say("serve_lan_open", string.Join("  ", others.Addresses));
            report.Say("serve_lan_warning");
            report.Line(others.Fingerprint());
        }

        report.Say(settings.HasCarrier ? "serve_carrier" : "serve_no_carrier", settings.Twilio.BaseAddress, Path.Combine(root, "settings.json"));
        report.Json(JsonSerializer.Serialize(server.Address.ToString(), LocalJson.Plain.String));
    }

    private static void Show(Uri address, Report report)
    {
        if (!DoubleClick.Open(address)) report.Say("serve_no_browser", address);
    }
}
