using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Tests.Pages;
using SurveyDialer.App.Web;
using SurveyDialer.Fieldwork;
using SurveyDialer.People;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>
/// The page listener as the server starts it, commands included, on the sample township: at this machine over 127.0.0.1, and for other machines
/// over HTTPS at 127.0.0.2, which no request to 127.0.0.1 reaches.
/// </summary>
internal sealed partial class Machine : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("surveydialer-doors-").FullName;
    private readonly StoppedClock clock = new();
    private readonly List<HttpClient> browsers = [];
    private Installation installation = null!;

    private Machine()
    {
    }

    internal PageListener Pages { get; private set; } = null!;

    internal Fakes Fakes { get; } = new();

    internal Database Database => installation.Database;

    internal Uri Lan { get; private set; } = null!;

    internal DoorDesk Desk => Pages.Services.GetRequiredService<DoorDesk>();

    internal StoppedClock Clock => clock;

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken { get; }

    internal static async Task<Machine> StartAsync(bool filled = true, bool doorsAtTheMachineToo = false)
    {
        var machine = new Machine();
        var keyPath = Path.Combine(machine.root, "outside", "keys.json");
        var folder = DataFolder.TryOwn(Path.Combine(machine.root, "data"))!;
        machine.installation = Installation.Make(folder, keyPath, KeyRing.OpenOrCreate(keyPath, "test"), shelf: null, machine.clock);
        if (filled) await SampleTownship.FillAsync(machine.Database, machine.installation.Cipher, machine.clock);
        var lan = new LanListening([IPAddress.Parse("127.0.0.2")], Loopback.FreePort());
        machine.Lan = lan.Roots[0];
        machine.Pages = await PageListener.StartAsync(
            machine.installation, machine.installation.OpenOffice(new VirtualTime(machine.clock.GetUtcNow()), new MissingCarrier(), new FieldworkOptions()), machine.Fakes, 0, lan,
            pages =>
            {
                pages.WallClock = new RealClock();
                pages.LiveInterval = TimeSpan.FromMilliseconds(20);
                pages.DoorsAtTheMachineToo = doorsAtTheMachineToo;
            },
            app => app.MapLocalCommands(folder.Announce("http://127.0.0.1"), new LocalDesk(machine.installation.WithoutServer())), Test.Token);
        return machine;
    }

    /// <summary>A browser at another machine.</summary>
    internal HttpClient Elsewhere(string? cookie = null, bool follow = true) => Browser(Lan, cookie, follow);

    /// <summary>A browser at the machine itself.</summary>
    internal HttpClient AtTheMachine(string? cookie = null, bool follow = true) => Browser(Pages.Address, cookie, follow);

    /// <summary>A browser at another machine that has come in by a door of its own.</summary>
    internal async Task<(HttpClient Browser, long Door)> ComeInAsync(DoorKind kind, string person = "王芳")
    {
        var (made, _) = await Desk.MakeAsync(kind, person, "test", Test.Token);
        var browser = Elsewhere();
        using var entered = await browser.GetAsync(DoorEntry.Link(Lan, made!.Key), Test.Token);
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        return (browser, made.Id);
    }

    internal async Task<HttpClient> AsAsync(VisitorKind kind) => kind switch
    {
        VisitorKind.Stranger => Elsewhere(),
        VisitorKind.Staff => (await ComeInAsync(DoorKind.Staff)).Browser,
        VisitorKind.Caller => (await ComeInAsync(DoorKind.Caller)).Browser,
        VisitorKind.Supervisor => (await ComeInAsync(DoorKind.Supervisor)).Browser,
        VisitorKind.Administrator => AtTheMachine(),
    };

    /// <summary>A token of a form that this browser was given; null where it gets none.</summary>
    internal static async Task<string?> TokenOf(HttpClient browser)
    {
        foreach (var page in (string[])["/doors", "/door"])
        {
            using var answer = await browser.GetAsync(page, Test.Token);
            if (answer.IsSuccessStatusCode && FormToken.Match(await answer.Content.ReadAsStringAsync(Test.Token)) is { Success: true } match) return match.Groups[1].Value;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        browsers.ForEach(browser => browser.Dispose());
        await Pages.DisposeAsync();
        await installation.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    private HttpClient Browser(Uri address, string? cookie, bool follow)
    {
        var cookies = new CookieContainer();
        if (cookie is not null) cookies.Add(address, new Cookie(DoorCookie.Name, cookie));
        var handler = Pinned.Handler(() => Pages.Lan!.Fingerprint());
        (handler.CookieContainer, handler.AllowAutoRedirect) = (cookies, follow);
        var browser = new HttpClient(handler) { BaseAddress = address };
        browsers.Add(browser);
        return browser;
    }

    /// <summary>Open pages are followed by people, not by the product's clock.</summary>
    private sealed class RealClock : TimeProvider;
}
