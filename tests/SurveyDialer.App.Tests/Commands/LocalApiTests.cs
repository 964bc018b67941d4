using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class LocalApiTests : IAsyncDisposable
{
    private const string ListCampaigns = """{"command":"campaign-list","language":"en","who":"test"}""";

    private readonly CommandLine line = new();
    private readonly Installation installation;
    private readonly WebApplication app;
    private readonly ServerAddress address;

    public LocalApiTests()
    {
        (var opened, _) = Installation.Open(line.Data, new StoppedClock());
        installation = opened!;
        var port = Loopback.FreePort();
        address = installation.Folder.Announce($"http://127.0.0.1:{port}");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        app = builder.Build();
        app.UseRouting();
        app.MapLocalCommands(address, new LocalDesk(installation.WithoutServer()));
        app.StartAsync().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await installation.DisposeAsync();
        line.Dispose();
    }

    [Fact]
    public async Task Commands_go_to_the_server_that_owns_the_folder()
    {
        var imported = await line.ImportAsync(line.WriteList(9));
        var listed = await line.OnDataAsync("campaign", "list", "--language", "en");

        Assert.True(imported.Code == 0, imported.Problems);
        Assert.Equal(9, imported.Json.GetProperty("imported").GetInt64());
        Assert.Equal((0, "There is no round yet."), (listed.Code, listed.Out.Trim()));
        Assert.Equal(9, installation.Database.Read(connection => Dapper.SqlMapper.ExecuteScalar<long>(connection, "SELECT count(*) FROM respondent;")));
    }

    [Fact]
    public async Task Exit_codes_come_back_from_the_server()
        => Assert.Equal(3, (await line.ImportAsync(line.WriteList(40, dirty: 0.5))).Code);

    [Fact]
    public async Task A_wrong_key_or_none_is_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(ListCampaigns, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(ListCampaigns, new string('0', address.Key.Length)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(ListCampaigns, address.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"command":"format-disk"}""")]
    [InlineData("""{"command":"import","language":"en","who":"test"}""")]
    [InlineData("""{"command":"campaign-list"}""")]
    [InlineData("""{"command":"campaign-list","language":null,"who":"test"}""")]
    public async Task What_is_no_command_is_a_bad_request(string body) => Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(body, address.Key));

    [Fact]
    public async Task A_server_that_has_gone_is_told_with_4()
    {
        await app.StopAsync(TestContext.Current.CancellationToken);

        var told = await line.ImportAsync(line.WriteList(1));

        Assert.Equal(4, told.Code);
        Assert.Contains(address.Address, told.Problems, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> PostAsync(string body, string? key)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(address.Address), LocalEndpoint.Path));
        if (key is not null) request.Headers.Add(LocalEndpoint.KeyHeader, key);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
