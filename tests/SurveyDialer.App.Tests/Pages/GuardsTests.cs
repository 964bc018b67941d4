using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>Host, headers, forms and rights.</summary>
public sealed partial class GuardsTests
{
    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    internal static partial Regex FormToken { get; }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        foreach (var address in new[] { "/", "/campaigns/1", "/no-such-page", "/exports" })
        {
            using var answer = await browser.GetAsync(address, Test.Token);
            Assert.Equal(SecurityHeaders.ContentSecurityPolicy, string.Join(';', answer.Headers.GetValues("Content-Security-Policy")));
            Assert.DoesNotContain("unsafe", SecurityHeaders.ContentSecurityPolicy);
            Assert.Equal("nosniff", string.Join(';', answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("DENY", string.Join(';', answer.Headers.GetValues("X-Frame-Options")));
            Assert.True(answer.Headers.CacheControl!.NoStore, address);
        }
    }

    [Fact]
    public async Task A_foreign_host_name_gets_nothing()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cases");
        request.Headers.Host = "attacker.example";
        using var answer = await browser.SendAsync(request, Test.Token);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.DoesNotContain("<html", await answer.Content.ReadAsStringAsync(Test.Token));
    }

    [Fact]
    public async Task Every_page_and_endpoint_declares_the_right_it_asks_for()
    {
        await using var host = await PageHost.StartAsync(filled: false);
        var models = typeof(SurveyPage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageModel)) && !type.IsAbstract).ToList();
        Assert.True(models.Count >= 14, "The pages were expected to be found.");
        Assert.All(models, model => Assert.NotEmpty(model.GetCustomAttributes(typeof(NeedsAttribute), inherit: true)));
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null).ToList();
        Assert.True(endpoints.Count >= 3, "The endpoints beside the pages were expected to be found.");
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<NeedsAttribute>()));
    }

    [Fact]
    public async Task Style_sheets_and_scripts_are_kept_by_browsers_and_sent_compressed()
    {
        await using var host = await PageHost.StartAsync(filled: false);
        using var browser = host.Browser();
        var html = await browser.GetStringAsync("/", Test.Token);
        var assets = Regex.Matches(html, "/assets/[0-9a-f]{12}/[a-z.]+").Select(match => match.Value).Distinct().ToList();
        Assert.True(assets.Count >= 5);
        var script = 0L;
        foreach (var address in assets)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            using var answer = await browser.SendAsync(request, Test.Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
            Assert.Equal("gzip", string.Join(';', answer.Content.Headers.ContentEncoding));
            if (address.EndsWith(".js", StringComparison.Ordinal)) script += (await answer.Content.ReadAsByteArrayAsync(Test.Token)).Length;
        }

        Assert.InRange(script, 1_000, 300_000);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/assets/000000000000/site.css", Test.Token)).StatusCode);
    }

    [Fact]
    public async Task A_supervisor_is_offered_and_given_no_export_that_names_persons()
    {
        await using var host = await PageHost.StartAsync(filled: true, change: services => services.AddSingleton<IPageAccess>(new As(VisitorKind.Supervisor)));
        using var browser = host.Browser();
        var html = await browser.GetStringAsync("/exports", Test.Token);
        Assert.Contains("value=\"answers\"", html);
        Assert.DoesNotContain("value=\"cases\"", html);
        using var answer = await ActionsTests.Post(browser, "/exports", "/exports?handler=Download", ("campaign", "1"), ("kind", "cases"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(host.Fakes.Asked);
    }

    [Theory]
    [InlineData("zh-CN", "程序出了错")]
    [InlineData("en", "Something went wrong")]
    public async Task A_fault_says_what_to_do_and_nothing_about_itself(string language, string words)
    {
        await using var host = await PageHost.StartAsync(filled: true);
        host.Fakes.Broken = true;
        using var browser = host.Browser(language);
        using var answer = await browser.GetAsync("/jobs?number=13812345678", Test.Token);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(Test.Token);
        Assert.Contains(words, html);
        Assert.Contains("<code>", html);
        Assert.DoesNotContain("secret", html);
        Assert.Contains("route jobs", html);
        Assert.DoesNotContain("13812345678", html[html.IndexOf("<textarea", StringComparison.Ordinal)..html.IndexOf("</textarea>", StringComparison.Ordinal)]);
        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, string.Join(';', answer.Headers.GetValues("Content-Security-Policy")));
    }

    private sealed class As(VisitorKind kind) : IPageAccess
    {
        public ValueTask<Visitor> FindAsync(HttpContext context) => ValueTask.FromResult(new Visitor(kind, kind == VisitorKind.Stranger ? "" : "王芳"));
    }
}
