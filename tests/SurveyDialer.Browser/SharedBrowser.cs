using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SurveyDialer.Browser.SharedBrowser))]

namespace SurveyDialer.Browser;

/// <summary>Debian's Chromium, started once for all tests: each has a context of its own, which shares neither cookies nor cache with the others.</summary>
public sealed class SharedBrowser : IAsyncLifetime
{
    private IPlaywright? playwright;

    /// <summary>Set before the first test.</summary>
    internal static IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-background-networking"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
    }
}
