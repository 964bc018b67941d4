using System.Net;
using System.Net.Http.Headers;
using Dapper;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>Listening to own words and writing them down, as a browser does it.</summary>
public sealed class OwnWordsTests
{
    private static readonly string CasePage = $"/cases/{SampleTownship.RecordedCase}";
    private static readonly string CaseSound = $"{CasePage}?handler=Sound&recording={SampleTownship.Recording}";
    private static readonly string TypedPage = $"/area-visits/words/{SampleTownship.Typed}";
    private static readonly string RecordedPage = $"/area-visits/words/{SampleTownship.Recorded}";

    [Fact]
    public async Task The_recording_of_a_case_is_played_whole_and_in_parts_and_kept_by_no_cache()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        using (var whole = await browser.GetAsync(CaseSound, Test.Token))
        {
            Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
            Assert.Equal("audio/wav", whole.Content.Headers.ContentType!.ToString());
            Assert.Equal("bytes", string.Join(' ', whole.Headers.AcceptRanges));
            Assert.Equal("no-store", whole.Headers.CacheControl!.ToString());
            Assert.Null(whole.Content.Headers.ContentDisposition);
            Assert.Equal(SampleTownship.Sound, await whole.Content.ReadAsByteArrayAsync(Test.Token));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, CaseSound) { Headers = { Range = new RangeHeaderValue(1000, 1499) } };
        using var part = await browser.SendAsync(request, Test.Token);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal($"bytes 1000-1499/{SampleTownship.Sound.Length}", part.Content.Headers.ContentRange!.ToString());
        Assert.Equal(SampleTownship.Sound[1000..1500], await part.Content.ReadAsByteArrayAsync(Test.Token));
    }

    [Fact]
    public async Task Each_listening_is_logged_with_the_case_and_looking_at_the_page_is_none()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var html = await browser.GetStringAsync(CasePage, Test.Token);
        Assert.Contains("<audio controls controlslist=\"nodownload\" preload=\"none\"", html);
        Assert.Contains(CaseSound.Replace("&", "&amp;", StringComparison.Ordinal), html);
        Assert.Contains("保留到3月25日", html);
        Assert.Empty(Logged(host));
        await browser.GetByteArrayAsync(CaseSound, Test.Token);
        await browser.GetByteArrayAsync(CaseSound, Test.Token);
        using var later = new HttpRequestMessage(HttpMethod.Get, CaseSound) { Headers = { Range = new RangeHeaderValue(900, null) } };
        (await browser.SendAsync(later, Test.Token)).Dispose();
        Assert.Equal(Enumerable.Repeat("recording-played case 1", 2), Logged(host));
    }

    [Fact]
    public async Task A_player_that_skips_the_beginning_is_logged_too()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        using var late = new HttpRequestMessage(HttpMethod.Get, CaseSound) { Headers = { Range = new RangeHeaderValue(4, null) } };
        (await browser.SendAsync(late, Test.Token)).Dispose();
        Assert.Equal(["recording-played case 1"], Logged(host));
    }

    [Fact]
    public async Task A_recording_is_written_down_and_gone_and_a_second_writer_keeps_what_he_typed()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        using var second = host.Browser("en");
        var fields = new[] { ("recording", $"{SampleTownship.Recording}"), ("text", "水管<b>漏</b>了") };
        var page = await browser.GetStringAsync(CasePage, Test.Token);
        var late = await second.GetStringAsync(CasePage, Test.Token);
        Assert.Contains("请把话写下来", await ActionsTests.Submit(browser, CasePage, $"{CasePage}?handler=Write", fields[0], ("text", " ")));
        Assert.Contains("文字已保存，录音已删除", await Send(browser, page, "Write", fields));
        Assert.Contains("文字已保存，录音已删除", await Send(browser, page, "Write", fields));
        var told = await Send(second, late, "Write", [fields[0], ("text", "the pipe leaks")]);
        Assert.Contains("written down meanwhile", told);
        Assert.Contains("the pipe leaks", told);
        Assert.Contains("水管&lt;b&gt;漏", told);
        Assert.DoesNotContain("<audio", told);
        Assert.Contains("the carrier has not deleted it yet", told);
        Assert.Contains("Recording written down and deleted", told);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(CaseSound, Test.Token)).StatusCode);
        Assert.Contains("水管", await browser.GetStringAsync($"{CasePage}/sheet", Test.Token));
        Assert.Equal(["recording-written-down case 1"], Logged(host));
        Assert.Equal(0, Count(host, "SELECT count(*) FROM recording WHERE case_id = 1 AND audio_enc IS NOT NULL"));
    }

    [Theory]
    [InlineData("zh-CN", "录音听不清，没有写成文字")]
    [InlineData("en", "The recording could not be understood.")]
    public async Task What_cannot_be_understood_is_said_on_the_case(string language, string words)
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser(language);
        var html = await ActionsTests.Submit(browser, CasePage, $"{CasePage}?handler=Unclear", ("recording", $"{SampleTownship.Recording}"));
        Assert.Contains(words, html);
        Assert.DoesNotContain("<audio", html);
        Assert.Equal(0, Count(host, "SELECT count(*) FROM recording WHERE case_id = 1 AND audio_enc IS NOT NULL"));
    }

    [Fact]
    public async Task Cases_with_a_recording_are_marked_and_can_be_listed()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var listed = await browser.GetStringAsync("/cases?state=to-write-down", Test.Token);
        Assert.Contains("href=\"/cases/1\"", listed);
        Assert.DoesNotContain("href=\"/cases/2\"", listed);
        Assert.Contains("录音还没有取到", await browser.GetStringAsync($"/cases/{SampleTownship.AnnouncedCase}", Test.Token));
    }

    [Fact]
    public async Task Raw_words_are_on_no_page_but_the_one_where_they_are_written_down()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        string[] pages = ["/", "/area-visits", "/area-visits/1", "/area-visits/1/sheet", "/area-visits/2", "/area-visits/3", "/area-visits/words", RecordedPage, "/cases", "/cases/1", "/campaigns/1"];
        foreach (var address in pages) Assert.DoesNotContain("老张", await browser.GetStringAsync(address, Test.Token));
        Assert.Empty(Logged(host));
        Assert.Contains(SampleTownship.RawWords, await browser.GetStringAsync(TypedPage, Test.Token));
        Assert.Equal([$"area-words-read area words {SampleTownship.Typed}"], Logged(host));
    }

    [Fact]
    public async Task The_list_of_words_names_township_topic_and_round_and_no_village_or_day()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser("en");
        var html = await browser.GetStringAsync("/area-visits/words", Test.Token);
        Assert.Contains("平安镇", html);
        Assert.Contains("2026年第一季度测评", html);
        Assert.Contains("Recording 0:41", html);
        Assert.Contains("2 to write down: finish before Wed 1 Apr", html);
        Assert.Contains("1 were deleted", html);
        foreach (var finer in new[] { "石板村", "水井湾村", "5 Mar", "25 Mar" }) Assert.DoesNotContain(finer, html);
    }

    [Fact]
    public async Task Typed_words_are_written_down_without_numbers_and_are_gone()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        var kept = await ActionsTests.Submit(browser, TypedPage, $"{TypedPage}?handler=Write", ("text", "打 13912345678 问"));
        Assert.Contains("像电话或证件号码", kept);
        Assert.Contains("打 13912345678 问", kept);
        var page = await browser.GetStringAsync(TypedPage, Test.Token);
        Assert.Contains("文字已保存，原话已删除", await Send(browser, page, "Write", [("text", "有一处路灯坏了")]));
        Assert.Contains("文字已保存，原话已删除", await Send(browser, page, "Write", [("text", "有一处路灯坏了")]));
        Assert.Contains("刚刚已经写成文字了", await Send(browser, page, "Write", [("text", "别的话")]));
        Assert.Contains("这段话已经不在了", await browser.GetStringAsync(TypedPage, Test.Token));
        Assert.Contains("有一处路灯坏了", await browser.GetStringAsync("/area-visits/1", Test.Token));
        Assert.Equal(0, Count(host, "SELECT count(*) FROM area_words WHERE words_enc IS NOT NULL"));
    }

    [Fact]
    public async Task Recorded_words_are_heard_and_put_aside_with_a_reason()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser("en");
        Assert.Contains("<audio", await browser.GetStringAsync(RecordedPage, Test.Token));
        Assert.Equal(SampleTownship.Sound, await browser.GetByteArrayAsync($"{RecordedPage}?handler=Sound", Test.Token));
        Assert.Contains("please choose a reason", await ActionsTests.Submit(browser, RecordedPage, $"{RecordedPage}?handler=Discard", ("reason", "")));
        Assert.Contains("the original is deleted", await ActionsTests.Submit(browser, RecordedPage, $"{RecordedPage}?handler=Discard", ("reason", "nothing_said")));
        Assert.Equal([$"recording-played area words {SampleTownship.Recorded}", $"area-words-discarded area words {SampleTownship.Recorded}: nothing_said"], Logged(host));
        Assert.Equal(0, Count(host, "SELECT count(*) FROM recording WHERE words_id IS NOT NULL"));
    }

    [Fact]
    public async Task Area_visits_and_their_sheets_show_written_words_from_five_voices_on()
    {
        await using var host = await PageHost.StartAsync(filled: true);
        using var browser = host.Browser();
        foreach (var (visit, words) in new[] { (1, SampleTownship.VillageWords), (2, SampleTownship.TownshipWords) })
        {
            Assert.Contains(words, await browser.GetStringAsync($"/area-visits/{visit}", Test.Token));
            Assert.Contains(words, await browser.GetStringAsync($"/area-visits/{visit}/sheet", Test.Token));
        }

        foreach (var address in new[] { "/area-visits/1", "/area-visits/2", "/area-visits/3", "/area-visits/3/sheet", "/area-visits" })
            Assert.DoesNotContain(SampleTownship.TooFewWords, await browser.GetStringAsync(address, Test.Token));
        Assert.Contains("不满 5 人次，不显示", await browser.GetStringAsync("/area-visits/3", Test.Token));
    }

    /// <summary>Sends a form of a page that was opened before, as the back button and a double click do.</summary>
    private static async Task<string> Send(HttpClient browser, string page, string handler, IEnumerable<(string Name, string Value)> fields)
    {
        var token = GuardsTests.FormToken.Match(page).Groups[1].Value;
        var action = System.Text.RegularExpressions.Regex.Match(page, $"action=\"([^\"]+handler={handler})\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("form-token", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await browser.PostAsync(action, form, Test.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Test.Token);
    }

    private static List<string> Logged(PageHost host)
        => host.Files.Database.Read(connection => connection.Query<string>("SELECT action || ' ' || detail FROM audit_log ORDER BY id;").AsList());

    private static long Count(PageHost host, string sql) => host.Files.Database.Read(connection => connection.ExecuteScalar<long>(sql));
}
