using System.Net;
using System.Text.RegularExpressions;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>Every page, in both languages, over a filled and an empty database.</summary>
public sealed partial class PagesTests
{
    private static readonly string[] AlwaysThere = ["/", "/campaigns", "/cases", "/area-visits", "/area-visits/words", "/results", "/benchmarks", "/exports", "/dial-pad", "/jobs", "/health", "/interview", "/interview/practice", "/who-rang", "/help", "/help/privacy", "/help/desk-phone", "/help/when-something-fails"];

    private static readonly string[] OfTheSample =
    [
        "/campaigns/1/notices", "/campaigns/1", "/campaigns/2", "/campaigns/3", "/campaigns/1?handler=progress", "/campaigns/1/respondents", "/campaigns/1/respondents?state=waiting",
        "/campaigns/1/respondents?state=unclear&area=1", "/campaigns/1/respondents?after=50", "/campaigns/3/respondents", "/campaigns/1/respondents/1", "/campaigns/1/respondents/8",
        "/campaigns/1/respondents/9", "/campaigns/1/respondents/11", "/cases?state=all", "/cases?topic=order&language=zh-CN&area=1", "/cases?campaign=2", "/cases?state=to-write-down", "/cases/1", "/cases/9", "/cases/2",
        "/cases/3", "/cases/4", "/cases/5", "/cases/8", "/cases/2/sheet", "/area-visits?campaign=1", "/area-visits/1", "/area-visits/2", "/area-visits/3", "/area-visits/1/sheet", "/area-visits/2/sheet", "/area-visits/words/901", "/area-visits/words/902",
        "/results/1", "/results/2", "/results/1/index/SAFE", "/results/2/index/LAW", "/results/1/compare", "/results/1/compare?first=1&second=2&with=2", "/results/1/quality", "/results/1/settings", "/results/2/settings", "/exports?campaign=2", "/outcomes/1", "/outcomes/2", "/outcomes/3", "/reports/1", "/reports/2", "/reports/1/residents", "/dial-pad/walk?template=short-keys&language=zh-CN&channel=Voice", "/dial-pad/walk?template=short-keys&language=en&channel=Voice",
        "/dial-pad/walk?template=text&language=zh-CN&channel=Text", "/dial-pad/walk?template=standard&language=zh-CN&channel=Voice",
    ];

    [GeneratedRegex("<main[^>]*>\\s*<div id=\"next\" class=\"next-step\"[^>]*>\\s*<span class=\"next-label\">[^<]+</span>\\s*<span class=\"next-text\">[^<]{4,}</span>")]
    private static partial Regex BeginsWithNextStep { get; }

    [GeneratedRegex("<script(?![^>]*src=)|<style|\\son[a-z]+=\"|style=\"|javascript:")]
    private static partial Regex Inline { get; }

    public static TheoryData<string, bool> Visits()
    {
        var visits = new TheoryData<string, bool>();
        foreach (var language in new[] { "zh-CN", "en" })
        {
            visits.Add(language, true);
            visits.Add(language, false);
        }

        return visits;
    }

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task Every_page_answers_and_begins_with_what_to_do_next(string language, bool filled)
    {
        await using var host = await PageHost.StartAsync(filled);
        using var browser = host.Browser(language);
        foreach (var address in filled ? AlwaysThere.Concat(OfTheSample) : AlwaysThere)
        {
            using var answer = await browser.GetAsync(address, Test.Token);
            var html = await answer.Content.ReadAsStringAsync(Test.Token);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
            if (address.Contains("handler", StringComparison.Ordinal)) continue;
            Assert.True(BeginsWithNextStep.IsMatch(html), $"{address} does not begin with what to do next.");
            Assert.True(html.Contains($"<html lang=\"{language}\">", StringComparison.Ordinal), address);
            Assert.False(Inline.IsMatch(html), $"{address} has something inline: {Inline.Match(html).Value}");
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task No_page_shows_a_whole_number_or_a_whole_name_of_the_sample(string language)
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser(language);
        var masked = 0;
        foreach (var address in AlwaysThere.Concat(OfTheSample))
        {
            var html = await browser.GetStringAsync(address, Test.Token);
            foreach (var number in SampleTownship.WholeNumbers)
                Assert.False(html.Contains(number, StringComparison.Ordinal), $"{address} shows the number {number}.");
            if (html.Contains("****", StringComparison.Ordinal)) masked++;
            if (address.Contains("/respondents", StringComparison.Ordinal)) Assert.DoesNotContain("秀英", html);
        }

        Assert.True(masked >= 8, "Masked numbers were expected on the respondents' and the cases' pages.");
    }

    [Fact]
    public async Task No_page_uses_the_carriers_words_or_calls_a_hint_a_warning()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        foreach (var language in new[] { "zh-CN", "en" })
        {
            using var browser = host.Browser(language);
            foreach (var address in AlwaysThere.Concat(OfTheSample))
            {
                var html = await browser.GetStringAsync(address, Test.Token);
                foreach (var word in new[] { "预警", "Twilio", "TwiML", "webhook", "AccountSid", "in-progress" })
                    Assert.False(html.Contains(word, StringComparison.OrdinalIgnoreCase), $"{address} says {word}.");
            }
        }
    }

    [Fact]
    public async Task Own_words_are_shown_as_words()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var html = await browser.GetStringAsync("/cases/2", Test.Token);
        Assert.Contains("村口到小学那段路没有路灯", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.DoesNotContain("<script>alert", html);
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/campaigns/99")]
    [InlineData("/campaigns/1/respondents/9999")]
    [InlineData("/cases/9999")]
    [InlineData("/cases/20")]
    [InlineData("/area-visits/9999")]
    [InlineData("/cases/1?handler=Sound&recording=72")]
    [InlineData("/cases/2?handler=Sound&recording=71")]
    [InlineData("/area-visits/words/901?handler=Sound")]
    [InlineData("/dial-pad/walk?template=../etc&language=zh-CN&channel=Voice")]
    public async Task What_is_not_there_says_what_to_do(string address)
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        using var answer = await browser.GetAsync(address, Test.Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(Test.Token);
        Assert.Matches(BeginsWithNextStep, html);
        Assert.Contains("没有这一页", html);
    }

    [Fact]
    public async Task Small_counts_of_persons_are_not_shown_exactly_below_the_township()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser("en");
        var visits = await browser.GetStringAsync("/area-visits", Test.Token);
        Assert.Contains("&lt;5", visits);
        Assert.Contains(">7<", visits);
        var sheet = await browser.GetStringAsync("/area-visits/1/sheet", Test.Token);
        Assert.DoesNotContain(">7<", sheet);
        var campaign = await browser.GetStringAsync("/campaigns/1", Test.Token);
        Assert.DoesNotMatch("data-label=\"Interviews done\" class=\"right\">[1-4]<", campaign);
    }
}
