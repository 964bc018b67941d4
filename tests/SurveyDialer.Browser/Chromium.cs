using System.Globalization;
using System.Reflection;
using Microsoft.Playwright;

namespace SurveyDialer.Browser;

/// <summary>A browser of one person, with one page, and what that person would notice of it.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const int Narrow = 800;

    private static readonly Lazy<string> Axe = new(ReadAxe);

    private readonly IBrowserContext context;
    private readonly bool isChecked;
    private readonly List<string> complaints = [];

    private Chromium(IBrowserContext context, IPage page, bool isChecked) => (this.context, Page, this.isChecked) = (context, page, isChecked);

    internal IPage Page { get; }

    /// <summary>Where pictures of the pages are left.</summary>
    private static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    internal static async Task<Chromium> StartAsync(Uri address, string language, int width = 1366, int height = 768)
    {
        var context = await SharedBrowser.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, Locale = language, BaseURL = address.ToString(), IgnoreHTTPSErrors = true });
        // Each screen is checked in each language and at each size, though not in every combination: the check is what takes longest.
        var isChecked = (width < Narrow) == (language == "en");
        if (isChecked) await context.AddInitScriptAsync(Axe.Value);
        await context.AddCookiesAsync([new Cookie { Name = "language", Value = language, Url = address.ToString() }]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(45_000);
        var chromium = new Chromium(context, page, isChecked);
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
        if (isChecked) await CheckAsync(name);
        var wide = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, string.Create(CultureInfo.InvariantCulture, $"{name} is {wide} pixels too wide."));
        Assert.True(complaints.Count == 0, $"{name}: {string.Join("\n", complaints)}");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private async Task CheckAsync(string name)
    {
        var violations = await Page.EvaluateAsync<string[]>("""
            async () => {
              const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] });
              if (found.passes.length < 5) return ["axe looked at nothing"];
              return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
            }
            """);
        Assert.True(violations.Length == 0, $"{name}: {string.Join("\n", violations)}");
    }

    private static string ReadAxe()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    }
}
