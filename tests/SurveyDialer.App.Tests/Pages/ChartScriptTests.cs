using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>The chart library comes with the program, only where something is drawn, and not too large.</summary>
public sealed partial class ChartScriptTests
{
    private const long Budget = 300_000;

    [GeneratedRegex("/assets/[0-9a-f]{12}/charts\\.min\\.js")]
    private static partial Regex Script { get; }

    [Fact]
    public async Task It_is_loaded_by_pages_of_results_alone_and_keeps_its_budget()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        foreach (var address in (string[])["/", "/campaigns/1", "/supervisor/1", "/benchmarks", "/results/1/settings"])
            Assert.DoesNotMatch(Script, await browser.GetStringAsync(address, Test.Token));
        var page = await browser.GetStringAsync("/results/1", Test.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, Script.Match(page).Value);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await browser.SendAsync(request, Test.Token);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Test.Token);
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.InRange(bytes.LongLength, 50_000, Budget);
        Assert.Contains("Apache ECharts", await browser.GetStringAsync(Script.Match(page).Value, Test.Token), StringComparison.Ordinal);
        Assert.Matches("data-chart=\"intervals\" data-figures=\"\\{&quot;rows&quot;:\\[\\{&quot;name&quot;:&quot;群众安全感&quot;", page);
    }
}
