using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>The server as <c>serve</c> starts it, on a folder of its own and without a carrier account.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("surveydialer-serve-").FullName;
    private Installation installation = null!;
    private Server server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var folder = DataFolder.TryOwn(root)!;
        var keyPath = Path.Combine(root, "outside", "keys.json");
        installation = Installation.Make(folder, keyPath, KeyRing.OpenOrCreate(keyPath, "test"), shelf: null, new RealClock());
        server = await Server.StartAsync(
            installation, new ServerSettings { PagesPort = Loopback.FreePort(), CarrierPort = 1 }, NullLoggerFactory.Instance, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await installation.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Pages_answer_under_their_own_name_only()
    {
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(server.Address, Cancellation)).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, server.Address);
        foreign.Headers.Host = "evil.example";
        Assert.NotEqual(HttpStatusCode.OK, (await http.SendAsync(foreign, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Commands_reach_the_server_with_its_key_and_not_without()
    {
        var announced = DataFolder.RunningServer(root)!;
        var answer = await LocalClient.SendAsync(announced, root, new ListCampaigns { Language = "zh-CN" }, Cancellation);
        Assert.Equal(ExitCodes.Done, answer.ExitCode);
        var refused = await LocalClient.SendAsync(announced with { Key = "wrong" }, root, new ListCampaigns { Language = "zh-CN" }, Cancellation);
        Assert.Equal(ExitCodes.Failed, refused.ExitCode);
    }

    [Fact]
    public async Task The_page_listener_never_answers_the_carrier()
    {
        using var http = new HttpClient();
        using var nothing = new FormUrlEncodedContent([]);
        foreach (var path in (string[])["carrier/voice/abc", "carrier/status/abc", "carrier/text"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(new Uri(server.Address, path), nothing, Cancellation)).StatusCode);
    }

    [Fact]
    public void The_folder_has_one_owner() => Assert.Null(DataFolder.TryOwn(root));

    /// <summary>The system's clock, which only the executable may name.</summary>
    private sealed class RealClock : TimeProvider;
}
