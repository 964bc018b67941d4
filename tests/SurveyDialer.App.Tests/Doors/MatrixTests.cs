using System.Net;
using System.Reflection;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Tests.Pages;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>Everything that the page listener answers, asked by everybody.</summary>
public sealed class MatrixTests
{
    [Fact]
    public async Task Everything_that_answers_stands_in_the_table_and_nothing_else()
    {
        await using var machine = await Machine.StartAsync();
        var there = await KeysAsync(machine.Pages);
        Assert.True(there.Count > 50, $"{there.Count} endpoints");
        Assert.Equal(there.Order(StringComparer.Ordinal), Expected.All.Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Stranger")]
    [InlineData("Staff")]
    [InlineData("Caller")]
    [InlineData("Supervisor")]
    [InlineData("Administrator")]
    public async Task Everybody_gets_what_the_table_says_and_not_more(string visitor)
    {
        await using var machine = await Machine.StartAsync();
        var kind = Enum.Parse<VisitorKind>(visitor);
        var browser = await machine.AsAsync(kind);
        var token = await Machine.TokenOf(browser);
        Assert.Equal(kind != VisitorKind.Stranger, token is not null);
        foreach (var row in Expected.All)
        {
            var may = row.Who.Contains(kind);
            var expected = !may ? 403 : row.Key == "POST local/command" && kind == VisitorKind.Administrator ? 401 : row.Status;

            // Who may not is refused with the right token too; who may is refused without it.
            Assert.True(expected == await AskAsync(browser, row, may ? null : token), $"{visitor}: {row.Key}");
            foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options])
            {
                using var answer = await browser.SendAsync(new HttpRequestMessage(method, row.Address), Test.Token);
                Assert.True(answer.StatusCode is HttpStatusCode.MethodNotAllowed, $"{visitor}: {method} {row.Address}: {answer.StatusCode}");
            }
        }

        Assert.Empty(machine.Fakes.Asked);
        Assert.Equal("running", machine.Database.Read(connection => connection.QuerySingle<string>("SELECT state FROM campaign WHERE id = 1;")));
    }

    [Fact]
    public async Task The_real_server_answers_nothing_more()
    {
        await using var both = await BothListeners.StartAsync();
        Assert.Empty((await KeysAsync(both.Server.Pages)).Except(Expected.All.Select(row => row.Key)));
    }

    [Fact]
    public async Task Pages_never_answer_at_the_carriers_port_nor_the_carrier_among_the_pages()
    {
        await using var both = await BothListeners.StartAsync();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false });
        var walked = 0;
        foreach (var address in Expected.All.Select(row => row.Address))
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
            {
                using var answer = await http.SendAsync(new HttpRequestMessage(method, new Uri(both.CarrierAddress, address)), Test.Token);
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {address} at the carrier's port: {answer.StatusCode}");
                walked++;
            }
        }

        var carriers = both.Server.Carrier!.Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern).ToList();
        Assert.True(carriers.Count >= 5, $"{carriers.Count} endpoints of the carrier");
        foreach (var pattern in carriers)
        {
            var address = string.Join('/', pattern.PathSegments.Select(segment => segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "0"));
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
            {
                using var answer = await http.SendAsync(new HttpRequestMessage(method, new Uri(both.Server.Address, address)), Test.Token);
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {address} among the pages: {answer.StatusCode}");
                walked++;
            }
        }

        Assert.True(walked > 100, $"{walked} requests");
    }

    private static async Task<int> AskAsync(HttpClient browser, Expected row, string? token)
    {
        using var request = new HttpRequestMessage(row.IsPost ? HttpMethod.Post : HttpMethod.Get, row.Address);
        if (row.IsPost) request.Content = new FormUrlEncodedContent(token is null ? [] : [KeyValuePair.Create("form-token", token)]);
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Test.Token);
        var followed = answer.RequestMessage!.RequestUri!.PathAndQuery != row.Address && row.Status == 302;
        if (answer.Headers.TryGetValues("Content-Security-Policy", out var policy)) Assert.Equal(SecurityHeaders.ContentSecurityPolicy, Assert.Single(policy));
        else Assert.Fail($"{row.Key} has no security headers.");
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        return followed ? 302 : (int)answer.StatusCode;
    }

    /// <summary>Method, route and handler of everything that a listener answers.</summary>
    private static async Task<List<string>> KeysAsync(PageListener pages)
    {
        var loader = pages.Services.GetRequiredService<PageLoader>();
        var keys = new List<string>();
        foreach (var endpoint in pages.Endpoints.OfType<RouteEndpoint>())
        {
            var route = endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
                Assert.NotNull(compiled.ModelTypeInfo!.GetCustomAttribute<NeedsAttribute>());
                keys.AddRange(compiled.HandlerMethods.Select(handler => $"{handler.HttpMethod.ToUpperInvariant()} {route}{(handler.Name is { } name ? " " + name : "")}"));
            }
            else
            {
                Assert.NotNull(endpoint.Metadata.GetMetadata<NeedsAttribute>());
                keys.AddRange(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method} {route}"));
            }
        }

        return keys;
    }
}
