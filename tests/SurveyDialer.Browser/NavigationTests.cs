using SurveyDialer.EndToEnd;

namespace SurveyDialer.Browser;

/// <summary>What stands on every page, and the help pages.</summary>
public sealed class NavigationTests
{
    [Fact]
    public async Task All_places_of_an_administrator_stand_in_one_line_on_an_office_screen_and_help_is_accessible()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        foreach (var (language, width, height) in new[] { ("zh-CN", 1366, 768), ("en", 1366, 768), ("en", 390, 844) })
        {
            await using var chromium = await Chromium.StartAsync(server.Address, language, width, height);
            var page = chromium.Page;
            var links = 0;
            foreach (var topic in (string[])["first-round", "desk-phone", "follow-up", "what-residents-hear", "privacy", "when-something-fails"])
            {
                await page.GotoAsync($"/help/{topic}");
                await chromium.LookAsync($"help-{topic}-{language}-{width}");
                links = await page.Locator(".places a").CountAsync();
            }

            Assert.Equal(12, links);
            if (width < 1366) continue;
            var lines = await page.EvaluateAsync<int>("() => new Set([...document.querySelectorAll('.places a')].map((one) => one.getBoundingClientRect().top)).size");
            Assert.Equal(1, lines);
            Assert.Equal(1, await page.EvaluateAsync<int>("() => Math.max(...[...document.querySelectorAll('.places a')].map((one) => { const range = document.createRange(); range.selectNodeContents(one); return range.getClientRects().length; }))"));
        }
    }
}
