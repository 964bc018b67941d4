using System.CommandLine;
using System.Text.Json;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.Simulator;

namespace SurveyDialer.App.Commands;

/// <summary><c>simulator</c>: the pretend carrier alone, on loopback, until it is stopped.</summary>
internal static class SimulatorCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var port = new Option<int?>("--port") { Description = Words.Say("simulator_port") };
        var population = new Option<FileInfo?>("--population") { Description = Words.Say("simulator_population") };
        var seed = new Option<ulong?>("--seed") { Description = Words.Say("simulator_seed") };
        var starts = new Option<double?>("--calls-per-second") { Description = Words.Say("simulator_starts") };
        var lines = new Option<int?>("--lines") { Description = Words.Say("simulator_lines") };
        var witness = new Option<FileInfo?>("--witness") { Description = Words.Say("simulator_witness") };
        var pace = new Option<double?>("--pace") { Description = Words.Say("simulator_pace") };
        var product = new Option<string?>("--product") { Description = Words.Say("simulator_product") };
        var json = CommonOptions.Json();
        var command = new Command("simulator", Words.Say("simulator")) { port, population, seed, starts, lines, witness, pace, product, json };
        command.Check(result =>
        {
            if (result.GetValue(port) is < 0 or > 65_535) result.AddError(Words.Say("simulator_port_range"));
            if (result.GetValue(pace) is <= 0 or > 10) result.AddError(Words.Say("simulator_pace_range"));
            if (result.GetValue(product) is { } address && CarrierRoot(address) is null) result.AddError(Words.Say("simulator_product_form"));
            if (result.GetValue(starts) is < 0 || result.GetValue(lines) is < 0) result.AddError(Words.Say("simulator_limits_range"));
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var options = new SimulatorOptions
                {
                    Seed = parsed.GetValue(seed) ?? 1,
                    CallsPerSecond = parsed.GetValue(starts) ?? 1,
                    TextsPerSecond = parsed.GetValue(starts) is 0 ? 0 : 10,
                    Lines = parsed.GetValue(lines) ?? 0,
                    Pace = parsed.GetValue(pace) ?? 1,
                    IncomingTextUrl = Incoming(parsed.GetValue(product), "text"),
                    IncomingCallUrl = Incoming(parsed.GetValue(product), "incoming"),
                    Population = parsed.GetValue(population) is { } file ? Population.Parse(await File.ReadAllTextAsync(file.FullName, cancellation)) : null,
                    WitnessFile = parsed.GetValue(witness)?.FullName,
                };
                return await RunAsync(options, parsed.GetValue(port) ?? 0, new Report(parsed.GetValue(json)), clock, cancellation);
            }
            catch (JsonException fault)
            {
                Report.Problem(Words.Say("simulator_population_wrong", fault.Message));
                return ExitCodes.WrongUse;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Report.Problem(FaultWords.Of(fault));
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private static string? Incoming(string? product, string what) => product is null ? null : new Uri(CarrierRoot(product)!, what).ToString();

    private static Uri? CarrierRoot(string product)
        => Uri.TryCreate(product.TrimEnd('/') + "/carrier/", UriKind.Absolute, out var root) && root.Scheme is "http" or "https" ? root : null;

    private static async Task<int> RunAsync(SimulatorOptions options, int port, Report report, TimeProvider clock, CancellationToken cancellation)
    {
        await using var host = await SimulatorHost.StartAsync(options, clock, port, null, cancellation);
        report.Line(Words.Say("simulator_running", host.Address, options.AccountSid, options.AuthToken));
        report.Line(Words.Say("simulator_controls", host.Address));
        report.Json(JsonSerializer.Serialize(new SimulatorAddress(host.Address.ToString(), options.AccountSid, options.AuthToken), LocalJson.Plain.SimulatorAddress));
        var stopped = new TaskCompletionSource();
        await using (cancellation.Register(stopped.SetResult)) await stopped.Task;
        var seen = host.Carrier.Witness.Summary();
        report.Line(Words.Say("simulator_stopped", seen.CallsAccepted, seen.CallsAnswered, seen.TextsAccepted));
        return ExitCodes.Done;
    }
}

/// <summary>Where the simulator listens, for <c>simulator --json</c>.</summary>
internal sealed record SimulatorAddress(string Address, string AccountSid, string AuthToken);
