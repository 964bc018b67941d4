namespace SurveyDialer.EndToEnd;

/// <summary>What pages advise of a running round can be done on them.</summary>
public sealed class ChangedRoundTests
{
    [Fact]
    public async Task Target_and_last_day_are_changed_on_the_page_of_the_round()
    {
        await using var server = await DeskServer.StartAsync(3);
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/campaigns/1");
        Assert.Equal("2026-03-20", page.Read("Change").Fields["lastDay"]);

        await page.SendAsync("Change", ("target", "2"), ("lastDay", "2026-03-25"));
        Assert.Contains("改好了", page.Text, StringComparison.Ordinal);
        Assert.Equal((2L, "2026-03-25"), (server.One<long>("SELECT target FROM campaign"), page.Read("Change").Fields["lastDay"]));
        Assert.Equal(1, server.One<long>("SELECT count(*) FROM audit_log WHERE action = 'campaign-changed'"));
    }

    [Theory]
    [InlineData("target", "0", "大于 0 的整数")]
    [InlineData("target", "abc", "大于 0 的整数")]
    [InlineData("lastDay", "2026-02-01", "已经过去")]
    [InlineData("lastDay", "2039-01-01", "这里的节假日只到")]
    [InlineData("target", "", "和原来一样")]
    public async Task What_cannot_be_is_refused_in_the_words_of_the_page(string field, string value, string said)
    {
        await using var server = await DeskServer.StartAsync(1);
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/campaigns/1");
        await page.SendAsync("Change", (field, value));
        Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("--", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, server.One<long>("SELECT count(*) FROM audit_log WHERE action = 'campaign-changed'"));
    }

    [Fact]
    public async Task A_round_that_is_over_speaks_of_no_pace_and_cannot_be_changed()
    {
        await using var server = await DeskServer.StartAsync(1);
        using var http = server.Browser();
        var page = new ClerkPage(http);
        await page.OpenAsync("/campaigns/1");
        await page.SendAsync("Close");
        foreach (var address in (string[])["/campaigns/1", "/supervisor/1"])
        {
            await page.OpenAsync(address);
            Assert.Contains("结束的日子", page.Text, StringComparison.Ordinal);
            foreach (var pace in (string[])["照现在的速度", "每天还需", "没有在进行", "还剩"]) Assert.DoesNotContain(pace, page.Text[..page.Text.IndexOf("结束的日子", StringComparison.Ordinal)], StringComparison.Ordinal);
        }

        await page.OpenAsync("/campaigns/1");
        Assert.DoesNotContain("handler=Change", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_and_report_carry_the_tabs_they_are_reached_by_and_help_opens_where_it_is_asked()
    {
        await using var server = await DeskServer.StartAsync(1);
        using var http = server.Browser();
        var page = new ClerkPage(http);
        foreach (var (address, help) in new[] { ("/outcomes/1", "supervisor"), ("/reports/1", "supervisor"), ("/doors", "other-computers"), ("/health", "backup-and-keys"), ("/campaigns/1/notices", "notices"), ("/campaigns/1", "pause-and-end") })
        {
            await page.OpenAsync(address);
            Assert.Contains($"class=\"help-link\" href=\"/help/{help}\"", page.Html, StringComparison.Ordinal);
            if (help == "supervisor") Assert.Contains($"href=\"{address}\" aria-current=\"page\"", page.Html, StringComparison.Ordinal);
        }

        await page.OpenAsync("/calculator?round=7");
        Assert.Contains("/new-round/7?step=5", page.Html, StringComparison.Ordinal);
    }
}
