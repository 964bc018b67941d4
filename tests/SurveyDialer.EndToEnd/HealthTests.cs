using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.App.Hosting;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>The check-up of a real server, its carrier and its public address, all over HTTP.</summary>
public sealed class HealthTests
{
    private static readonly string[] Network = ["carrier", "clock", "public_address"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("well", "fine", "fine", "fine")]
    [InlineData("unknown account", "failure", "fine", "fine")]
    [InlineData("carrier gone", "failure", "fine", "fine")]
    [InlineData("another server at the public address", "fine", "fine", "failure")]
    [InlineData("nobody at the public address", "fine", "fine", "warning")]
    [InlineData("a proxy that changes addresses", "fine", "fine", "failure")]
    public async Task The_carrier_the_clock_and_the_public_address_are_tried(string what, string carrier, string clock, string address)
    {
        var root = Directory.CreateTempSubdirectory("surveydialer-health-").FullName;
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), new RealClock(), 0, null, Cancellation);
        var port = Loopback.FreePort();
        await using (simulator)
        {
            var elsewhere = what switch
            {
                "another server at the public address" => simulator.Address.ToString(),
                "nobody at the public address" => $"http://127.0.0.1:{Loopback.FreePort()}",
                "a proxy that changes addresses" => $"http://localhost:{port}",
                _ => $"http://127.0.0.1:{port}",
            };
            await WriteSettingsAsync(root, what == "carrier gone" ? new Uri($"http://127.0.0.1:{Loopback.FreePort()}") : simulator.Address, port, elsewhere);
            await using var installation = Open(root);
            await using var server = await Server.StartAsync(installation, ServerSettings.Read(root), NullLoggerFactory.Instance, Cancellation);
            if (what == "a proxy that changes addresses") await WriteSettingsAsync(root, simulator.Address, port, $"http://127.0.0.1:{port}");
            if (what == "unknown account") await WriteSettingsAsync(root, simulator.Address, port, elsewhere, account: "ACwrong");

            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
            using var answer = await http.GetAsync(new Uri(server.Address, "health.json"), Cancellation);
            var checks = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("checks").EnumerateArray()
                .ToDictionary(check => check.GetProperty("check").GetString()!, check => $"{check.GetProperty("level")}: {check.GetProperty("finding")}");
            Assert.Equal([carrier, clock, address], Network.Select(check => checks[check].Split(':')[0]));
            Assert.Equal(checks.Values.Any(told => told.StartsWith("failure", StringComparison.Ordinal)) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("fine", checks["dispatcher"].Split(':')[0]);
        }

        Directory.Delete(root, recursive: true);
    }

    private static Installation Open(string root)
    {
        var keyPath = Path.Combine(root, "outside", "keys.json");
        return Installation.Make(DataFolder.TryOwn(root)!, keyPath, KeyRing.OpenOrCreate(keyPath, "test"), new BackupShelf(Path.Combine(root, "shelf")), new RealClock());
    }

    private static Task WriteSettingsAsync(string root, Uri carrier, int port, string publicAddress, string? account = null)
    {
        var simulated = new SimulatorOptions();
        return File.WriteAllTextAsync(
            Path.Combine(root, "settings.json"),
            JsonSerializer.Serialize(new
            {
                PagesPort = Loopback.FreePort(),
                CarrierPort = port,
                Twilio = new
                {
                    BaseAddress = carrier, AccountSid = account ?? simulated.AccountSid, simulated.AuthToken, CallerNumber = "+85231234567", PublicAddress = publicAddress,
                },
            }),
            Cancellation);
    }

    /// <summary>The system's clock, which only the executable may name.</summary>
    private sealed class RealClock : TimeProvider;
}
