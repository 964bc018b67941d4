using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Tests.Pages;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>The server as <c>serve</c> starts it, on an empty folder, with an account at a carrier that nobody reaches.</summary>
internal sealed class BothListeners : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("surveydialer-listeners-").FullName;
    private readonly ServerSettings settings = new() { PagesPort = Loopback.FreePort(), CarrierPort = Loopback.FreePort(), LanPort = Loopback.FreePort(), LanAddress = "127.0.0.2" };
    private Installation installation = null!;

    internal Server Server { get; private set; } = null!;

    internal string KeyFolder => Path.Combine(root, "outside");

    internal string DatabasePath => installation.Folder.DatabasePath;

    internal Uri CarrierAddress => new($"http://127.0.0.1:{settings.CarrierPort}");

    internal static async Task<BothListeners> StartAsync(bool lan = false, ILoggerFactory? logs = null)
    {
        var both = new BothListeners();
        var keyPath = Path.Combine(both.KeyFolder, "keys.json");
        var folder = DataFolder.TryOwn(Path.Combine(both.root, "data"))!;
        both.installation = Installation.Make(folder, keyPath, KeyRing.OpenOrCreate(keyPath, "test"), shelf: null, new RealClock());
        both.settings.Lan = lan;
        both.settings.Twilio.BaseAddress = new Uri("http://127.0.0.1:1");
        both.settings.Twilio.AccountSid = "AC" + new string('0', 32);
        both.settings.Twilio.AuthToken = new string('1', 32);
        both.settings.Twilio.CallerNumber = "+8685101234567";
        both.settings.Twilio.PublicAddress = new Uri("https://carrier.example");
        both.Server = await Server.StartAsync(both.installation, both.settings, logs ?? NullLoggerFactory.Instance, Test.Token);
        return both;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await installation.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    /// <summary>The system's clock, which only the executable may name.</summary>
    private sealed class RealClock : TimeProvider;
}
