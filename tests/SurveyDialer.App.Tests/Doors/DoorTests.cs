using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging;
using SurveyDialer.App.Tests.Pages;
using SurveyDialer.App.Web;
using SurveyDialer.People;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>Links for named persons: made, used once, revoked, and what does not open them.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task A_link_opens_once_for_one_browser_and_leaves_the_address()
    {
        await using var machine = await Machine.StartAsync();
        var (made, _) = await machine.Desk.MakeAsync(DoorKind.Caller, " 王  芳 ", "局长", Test.Token);
        var link = DoorEntry.Link(machine.Lan, made!.Key);
        var first = machine.Elsewhere(follow: false);
        using var answer = await first.GetAsync(link, Test.Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/door?tell=entered", answer.Headers.Location!.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("door=", StringComparison.Ordinal));
        foreach (var part in (string[])["httponly", "samesite=strict", "secure", "path=/"]) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(made.Key, cookie, StringComparison.Ordinal);
        Assert.Contains("王 芳，您好", await first.GetStringAsync("/door", Test.Token), StringComparison.Ordinal);

        // The same link in another browser is used up; the first goes on.
        var second = machine.Elsewhere();
        Assert.Contains("这个链接已经用过或已经关闭", await second.GetStringAsync(link, Test.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync("/cases", Test.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/cases", Test.Token)).StatusCode);
        Assert.Equal(
            ["局长 door-made door 1: caller, 王 芳", "王 芳 door-entered door 1: caller"],
            machine.Database.Read(connection => connection.Query<string>("SELECT who || ' ' || action || ' ' || detail FROM audit_log ORDER BY id;").AsList()));
    }

    [Fact]
    public async Task A_browser_that_comes_from_another_site_is_led_on_to_a_page_of_ours()
    {
        await using var machine = await Machine.StartAsync();
        using var answer = await machine.Elsewhere().GetAsync("/door?tell=entered", Test.Token);
        Assert.Equal("0; url=/door", Assert.Single(answer.Headers.GetValues("Refresh")));
        using var came = await (await machine.ComeInAsync(DoorKind.Staff)).Browser.GetAsync("/door?tell=entered", Test.Token);
        Assert.False(came.Headers.Contains("Refresh"));
    }

    [Fact]
    public async Task A_revoked_door_is_shut_at_once_also_for_a_page_that_is_open()
    {
        await using var machine = await Machine.StartAsync();
        var (browser, door) = await machine.ComeInAsync(DoorKind.Staff);
        using var live = await browser.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Test.Token);
        using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(Test.Token));
        Assert.NotNull(await lines.ReadLineAsync(Test.Token));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/campaigns", Test.Token)).StatusCode);

        Assert.True(await machine.Desk.RevokeAsync(door, "局长", Test.Token));
        Assert.False(await machine.Desk.RevokeAsync(door, "局长", Test.Token));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/campaigns", Test.Token)).StatusCode);
        while (await lines.ReadLineAsync(Test.Token) is not null)
        {
            // The stream ends by itself; a test that hangs here has found that it does not.
        }

        var shut = await browser.GetStringAsync("/door", Test.Token);
        Assert.Contains("这个入口已经关闭", shut, StringComparison.Ordinal);
        using var left = await ActionsTests.Post(browser, "/door", "/door?handler=Leave");
        Assert.Contains("请用给您的链接进来", await left.Content.ReadAsStringAsync(Test.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_link_that_was_never_used_opens_nothing()
    {
        await using var machine = await Machine.StartAsync();
        var (made, _) = await machine.Desk.MakeAsync(DoorKind.Supervisor, "李主任", "test", Test.Token);
        await machine.Desk.RevokeAsync(made!.Id, "test", Test.Token);
        var browser = machine.Elsewhere();
        await browser.GetStringAsync(DoorEntry.Link(machine.Lan, made.Key), Test.Token);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/exports", Test.Token)).StatusCode);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("1")]
    public async Task A_forged_cookie_opens_nothing_here_or_elsewhere(string cookie)
    {
        await using var machine = await Machine.StartAsync();
        await machine.ComeInAsync(DoorKind.Staff);
        foreach (var browser in new[] { machine.Elsewhere(cookie), machine.AtTheMachine(cookie) })
        {
            foreach (var address in new[] { "/campaigns", "/cases", "/exports", "/doors" })
                Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(address, Test.Token)).StatusCode);
        }
    }

    [Fact]
    public async Task A_key_is_no_cookie_and_a_hash_is_neither()
    {
        await using var machine = await Machine.StartAsync();
        var (made, _) = await machine.Desk.MakeAsync(DoorKind.Staff, "王芳", "test", Test.Token);
        var stored = machine.Database.Read(connection => connection.QuerySingle<byte[]>("SELECT key_hash FROM door;"));
        Assert.Equal(HttpStatusCode.Forbidden, (await machine.Elsewhere(made!.Key).GetAsync("/campaigns", Test.Token)).StatusCode);
        var browser = machine.Elsewhere();
        await browser.GetStringAsync($"/door/{Convert.ToHexStringLower(stored)}", Test.Token);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/campaigns", Test.Token)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_of_one_installation_opens_nothing_at_another()
    {
        await using var one = await Machine.StartAsync();
        await using var other = await Machine.StartAsync();
        var (made, _) = await one.Desk.MakeAsync(DoorKind.Staff, "王芳", "test", Test.Token);
        var session = await one.Desk.EnterAsync(made!.Key, Test.Token);
        Assert.Equal(HttpStatusCode.OK, (await one.Elsewhere(session).GetAsync("/campaigns", Test.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Elsewhere(session).GetAsync("/campaigns", Test.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.AtTheMachine(session).GetAsync("/campaigns", Test.Token)).StatusCode);
    }

    [Fact]
    public async Task Whoever_sits_at_the_machine_may_do_everything_unless_the_settings_ask_for_doors_there_too()
    {
        await using var open = await Machine.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await open.AtTheMachine().GetAsync("/doors", Test.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await open.Elsewhere().GetAsync("/doors", Test.Token)).StatusCode);
        await using var shut = await Machine.StartAsync(doorsAtTheMachineToo: true);
        Assert.Equal(HttpStatusCode.Forbidden, (await shut.AtTheMachine().GetAsync("/doors", Test.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shut.AtTheMachine().GetAsync("/", Test.Token)).StatusCode);
    }

    [Fact]
    public async Task The_page_makes_shows_once_lists_and_revokes()
    {
        await using var machine = await Machine.StartAsync();
        var browser = machine.AtTheMachine();
        using var made = await ActionsTests.Post(browser, "/doors", "/doors?handler=Make", ("person", "王芳"), ("kind", "Caller"));
        var html = await made.Content.ReadAsStringAsync(Test.Token);
        var link = System.Text.RegularExpressions.Regex.Match(html, "value=\"(https://127.0.0.2:[0-9]+/door/[A-Za-z0-9_-]{43})\"").Groups[1].Value;
        Assert.NotEmpty(link);
        Assert.Contains(machine.Pages.Lan!.Fingerprint(), html, StringComparison.Ordinal);
        var list = await browser.GetStringAsync("/doors", Test.Token);
        Assert.DoesNotContain(link, list, StringComparison.Ordinal);
        Assert.Contains("还没用过", list, StringComparison.Ordinal);

        var caller = machine.Elsewhere();
        await caller.GetStringAsync(link, Test.Token);
        Assert.Contains("使用中", await browser.GetStringAsync("/doors", Test.Token), StringComparison.Ordinal);
        using var revoked = await ActionsTests.Post(browser, "/doors", "/doors?handler=Revoke", ("id", "1"));
        Assert.Contains("已关闭，对方的页面马上不能再用", await revoked.Content.ReadAsStringAsync(Test.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.GetAsync("/cases", Test.Token)).StatusCode);
        using var nameless = await ActionsTests.Post(browser, "/doors", "/doors?handler=Make", ("person", " "), ("kind", "Caller"));
        Assert.Contains("没有做成", await nameless.Content.ReadAsStringAsync(Test.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_door_of_one_name_asks_whether_it_is_the_same_person()
    {
        await using var machine = await Machine.StartAsync();
        var browser = machine.AtTheMachine();
        Assert.Contains("张伟 的链接", await MakeAsync(("person", "张伟")), StringComparison.Ordinal);
        var asked = await MakeAsync(("person", " 张伟 "));
        Assert.Contains("已经有“张伟”的链接", asked, StringComparison.Ordinal);
        Assert.Contains("name=\"same\"", asked, StringComparison.Ordinal);
        Assert.Single(machine.Desk.List());
        Assert.Contains("张伟 的链接", await MakeAsync(("person", "张伟"), ("same", "true")), StringComparison.Ordinal);
        Assert.Contains("张伟二 的链接", await MakeAsync(("person", "张伟二")), StringComparison.Ordinal);
        Assert.Equal(3, machine.Desk.List().Count);

        async Task<string> MakeAsync(params (string, string)[] fields)
        {
            using var answer = await ActionsTests.Post(browser, "/doors", "/doors?handler=Make", [.. fields, ("kind", "Caller")]);
            return await answer.Content.ReadAsStringAsync(Test.Token);
        }
    }

    [Fact]
    public async Task What_is_done_through_a_door_stands_under_its_name_and_no_other_can_be_given()
    {
        await using var machine = await Machine.StartAsync();
        var (browser, _) = await machine.ComeInAsync(DoorKind.Caller, "赵敏");
        var desk = await browser.GetStringAsync("/interview", Test.Token);
        Assert.Contains("赵敏，您好", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Leave", desk, StringComparison.Ordinal);
        using var renamed = await ActionsTests.Post(browser, "/interview", "/interview?handler=Name", ("name", "王芳"));
        Assert.Equal(HttpStatusCode.BadRequest, renamed.StatusCode);
        using var shown = await ActionsTests.Post(browser, "/cases/2", "/cases/2?handler=Number", ("reason", "约时间"));
        Assert.Equal("赵敏", machine.Database.Read(connection => connection.QuerySingle<string>("SELECT who FROM audit_log WHERE action = 'number-shown';")));
    }

    [Fact]
    public async Task A_caller_never_gets_the_case_of_an_interview_that_she_held()
    {
        await using var machine = await Machine.StartAsync();
        await machine.Database.WriteAsync(
            connection => connection.Execute("UPDATE attempt SET channel = 'live', lease_owner = '赵敏', answered_at = 1 WHERE respondent_id = 2;"), Test.Token);
        var (own, _) = await machine.ComeInAsync(DoorKind.Caller, "赵敏");
        var (other, _) = await machine.ComeInAsync(DoorKind.Caller, "王芳");
        var hers = await own.GetStringAsync("/cases/2", Test.Token);
        Assert.Contains("要由另一位同事来办", hers, StringComparison.Ordinal);
        Assert.DoesNotContain("村口到小学", hers, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", hers, StringComparison.Ordinal);
        Assert.DoesNotContain("村口到小学", await own.GetStringAsync("/cases/2/sheet", Test.Token), StringComparison.Ordinal);
        Assert.Contains("村口到小学", await other.GetStringAsync("/cases/2", Test.Token), StringComparison.Ordinal);
        var from = await Machine.TokenOf(own);
        foreach (var (handler, fields) in new (string, (string, string)[])[] { ("Number", [("reason", "约时间")]), ("Step", [("step", "Take")]), ("Step", [("step", "Visit"), ("note", "去过")]) })
        {
            using var form = new FormUrlEncodedContent(fields.Append(("form-token", from!)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
            using var answer = await own.PostAsync($"/cases/2?handler={handler}", form, Test.Token);
            Assert.Contains("要由另一位同事来办", await answer.Content.ReadAsStringAsync(Test.Token), StringComparison.Ordinal);
        }

        Assert.Equal(0, machine.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM audit_log WHERE action = 'number-shown';")));
        Assert.Null(machine.Database.Read(connection => connection.QuerySingle<string?>("SELECT nullif(worker, '陈主任') FROM follow_up_case WHERE id = 2;")));
    }

    [Fact]
    public async Task Keys_and_sessions_are_neither_logged_nor_kept()
    {
        var logs = new Heard();
        string key, session;
        await using (var both = await BothListeners.StartAsync(lan: true, logs))
        {
            var desk = (DoorDesk)both.Server.Pages.Services.GetService(typeof(DoorDesk))!;
            var (made, _) = await desk.MakeAsync(DoorKind.Caller, "王芳", "test", Test.Token);
            key = made!.Key;
            var handler = Pinned.Handler(both.Server.Lan!.Fingerprint);
            handler.AllowAutoRedirect = false;
            using var http = new HttpClient(handler);
            using var answer = await http.GetAsync(DoorEntry.Link(both.Server.Lan.Addresses[0], key), Test.Token);
            session = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("door=", StringComparison.Ordinal))["door=".Length..].Split(';')[0];
            Assert.Equal(43, session.Length);
            var files = Directory.GetFiles(Path.GetDirectoryName(both.DatabasePath)!, "*", SearchOption.AllDirectories).Concat(Directory.GetFiles(both.KeyFolder));
            var read = 0L;
            foreach (var file in files.Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var text = new StreamReader(stream, Encoding.Latin1);
                var content = await text.ReadToEndAsync(Test.Token);
                read += content.Length;
                Assert.DoesNotContain(key, content, StringComparison.Ordinal);
                Assert.DoesNotContain(session, content, StringComparison.Ordinal);
            }

            Assert.True(read > 50_000, $"{read} bytes were looked at.");
        }

        Assert.All(logs.Lines, line => Assert.DoesNotContain(key, line, StringComparison.Ordinal));
    }

    /// <summary>Everything that the server says, whatever its level.</summary>
    private sealed class Heard : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
