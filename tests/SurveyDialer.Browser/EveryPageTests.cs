namespace SurveyDialer.Browser;

/// <summary>Pages that no walk through a day comes by, each looked at in both languages and at both sizes.</summary>
public sealed class EveryPageTests(SharedRound round) : IClassFixture<SharedRound>
{
    private static readonly (string Name, string Address)[] Pages =
    [
        ("campaigns", "/campaigns"), ("campaign", "/campaigns/1"), ("respondents", "/campaigns/1/respondents"), ("respondent", "/campaigns/1/respondents/1"), ("notices", "/campaigns/1/notices"),
        ("health", "/health"), ("jobs", "/jobs"), ("calculator", "/calculator?round=1"), ("dial-pad", "/dial-pad"), ("errors", "/errors/404"), ("help", "/help/other-computers"),
        ("cases", "/cases"), ("case", "/cases/1"), ("sheet", "/cases/1/sheet"), ("area-visits", "/area-visits"), ("area-visit", "/area-visits/1"), ("area-sheet", "/area-visits/1/sheet"), ("area-words", "/area-visits/words"),
        ("outcomes", "/outcomes/1"), ("report", "/reports/1"), ("exports", "/exports"),
    ];

    [Theory]
    [MemberData(nameof(DeskKeyboardTests.Screens), MemberType = typeof(DeskKeyboardTests))]
    public async Task Every_page_fits_and_is_accessible(string language, int width, int height)
    {
        await using var chromium = await Chromium.StartAsync(round.Server.Address, language, width, height);
        foreach (var (name, address) in Pages)
        {
            await chromium.Page.GotoAsync(address);
            await chromium.Page.Locator("main").WaitForAsync();
            await chromium.LookAsync($"page-{name}-{language}-{width}");
        }
    }
}
