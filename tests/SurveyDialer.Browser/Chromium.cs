using System.Globalization;
using System.Reflection;
using Microsoft.Playwright;

namespace SurveyDialer.Browser;

/// <summary>Debian's Chromium with one page, and what a person would notice of it.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(ReadAxe);

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly List<string> complaints = [];

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page) => (this.playwright, this.browser, Page) = (playwright, browser, page);

    internal IPage Page { get; }

    /// <summary>Where pictures of the pages are left.</summary>
    private static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    internal static async Task<Chromium> StartAsync(Uri address, string language, int width = 1366, int height = 768)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-background-networking"],
        });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, Locale = language, BaseURL = address.ToString(), IgnoreHTTPSErrors = true });
        await context.AddCookiesAsync([new Cookie { Name = "language", Value = language, Url = address.ToString() }]);
        await context.AddInitScriptAsync(Axe.Value);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(45_000);
        var chromium = new Chromium(playwright, browser, page);
        page.PageError += (_, fault) => chromium.complaints.Add(fault);
        page.Console += (_, said) =>
        {
            if (said.Type == "error") chromium.complaints.Add(said.Text);
        };
        return chromium;
    }

    /// <summary>Takes a picture, and asks for violations of WCAG 2.2 AA, errors of scripts and refusals of the content security policy: there are none.</summary>
    internal async Task LookAsync(string name)
    {
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png"), FullPage = true, Caret = ScreenshotCaret.Initial });
        var violations = await Page.EvaluateAsync<string[]>("""
            async () => {
              const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
              if (found.passes.length < 5) return ["axe looked at nothing"];
              return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
            }
            """);
        Assert.True(violations.Length == 0, $"{name}: {string.Join("\n", violations)}");
        var wide = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, string.Create(CultureInfo.InvariantCulture, $"{name} is {wide} pixels too wide."));
        Assert.True(complaints.Count == 0, $"{name}: {string.Join("\n", complaints)}");
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static string ReadAxe()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    }
}
