using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using SurveyDialer.Calls;
using static SurveyDialer.Twilio.Tests.CarrierStub;

namespace SurveyDialer.Twilio.Tests;

public sealed class LookingUpCallsTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Since = new(2026, 3, 2, 0, 30, 0, 700, TimeSpan.Zero);

    [Fact]
    public async Task A_call_is_read_with_times_length_and_who_answered()
    {
        await using var stub = await StartAsync(Reply(200, """
            {"sid":"CA1","to":"+8613800138000","status":"completed","direction":"outbound-api","date_created":"Tue, 31 Aug 2010 20:36:28 +0000",
             "start_time":"Tue, 31 Aug 2010 20:36:29 +0000","end_time":"Tue, 31 Aug 2010 20:36:44 +0000","duration":"15","answered_by":"machine_start",
             "price":"-0.03000","subresource_uris":{"events":"/x"},"queue_time":"0"}
            """));
        using var carrier = stub.Carrier();
        var created = new DateTimeOffset(2010, 8, 31, 20, 36, 28, TimeSpan.Zero);
        Assert.Equal(
            new CarrierCall("CA1", Some.Number, CallStatus.Completed, created, created.AddSeconds(1), created.AddSeconds(16), TimeSpan.FromSeconds(15), AnsweredBy.Machine),
            await carrier.FollowCallAsync("CA1", None));
        Assert.Equal($"/2010-04-01/Accounts/{Some.Account}/Calls/CA1.json", Assert.Single(stub.Requests).Path);
    }

    [Fact]
    public async Task A_queued_call_has_no_times_yet_and_a_gateway_may_write_numbers_and_other_dates()
    {
        await using var stub = await StartAsync(Reply(200, """
            {"sid":"CA1","to":"+8613800138000","status":"queued","date_created":"2026-03-02T00:30:00Z","start_time":null,"end_time":"","duration":0,"answered_by":null}
            """));
        using var carrier = stub.Carrier();
        Assert.Equal(
            new CarrierCall("CA1", Some.Number, CallStatus.Queued, new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero), null, null, TimeSpan.Zero, null),
            await carrier.FollowCallAsync("CA1", None));
    }

    [Fact]
    public async Task Unknown_words_are_loud_and_conclude_nothing()
    {
        await using var stub = await StartAsync(Reply(200, """{"sid":"CA1","to":"+8613800138000","status":"pending-13800138000","answered_by":"parrot"}"""));
        var log = new LogLines();
        using var carrier = stub.Carrier(logger: log);
        var call = await carrier.FollowCallAsync("CA1", None);
        Assert.Equal((CallStatus.Queued, AnsweredBy.Unknown), (call!.Status, call.AnsweredBy!.Value));
        Assert.Equal(2, log.Lines.Count(l => l.Id == 7005));
        Assert.DoesNotContain(log.Lines, l => l.Line.Contains("138", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_carriers_own_word_makes_a_call_unknown()
    {
        await using var stub = await StartAsync(Error(404, 20404));
        using var carrier = stub.Carrier();
        Assert.Null(await carrier.FollowCallAsync("CA1", None));
        Assert.Null(await carrier.FollowTextAsync("SM1", None));
        Assert.Null(await carrier.CancelCallAsync("CA1", true, None));
        stub.Answer = Reply(404, "<html>not found</html>", "text/html");
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<HttpRequestException>(() => carrier.FollowCallAsync("CA1", None))).StatusCode);
    }

    [Fact]
    public async Task A_look_up_is_repeated_twice_and_then_fails_saying_what_was_tried()
    {
        var answers = new Queue<Func<HttpContext, Task>>([Reply(503, ""), Error(429, 20429), Reply(200, """{"sid":"CA1","status":"ringing"}"""), Reply(500, ""), Reply(500, ""), Reply(500, "")]);
        await using var stub = await StartAsync(context => answers.Dequeue()(context));
        using var carrier = stub.Carrier();
        Assert.Equal(CallStatus.Ringing, (await carrier.FollowCallAsync("CA1", None))!.Status);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => carrier.FollowCallAsync("CA1", None));
        Assert.Equal("Fetching a call at the carrier failed: HTTP 500.", failure.Message);
        Assert.Equal(6, stub.Requests.Count);
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "")]
    [InlineData(302, "")]
    [InlineData(401, """{"code":20003}""")]
    public async Task An_answer_that_says_nothing_is_a_failure_not_an_absence(int status, string body)
    {
        await using var stub = await StartAsync(Reply(status, body));
        using var carrier = stub.Carrier();
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.FollowCallAsync("CA1", None));
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.FindCallsAsync(Some.Number, Since, None));
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.FindTextsAsync(Some.Number, Since, None));
    }

    [Theory, Trait("case", "R13")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_of_1001_calls_are_found_over_all_pages_though_pages_shift(bool absolute)
    {
        await using var stub = await StartAsync();
        stub.Answer = context =>
        {
            // Newest first, 100 a page; each page begins with the last call of the one before, as when a call was added in between.
            var page = int.Parse(context.Request.Query["Page"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
            var json = new StringBuilder("""{"page":0,"page_size":100,"calls":[""");
            for (var i = Math.Max(0, (page * 100) - 1); i < Math.Min(1001, (page + 1) * 100); i++)
                json.Append(json[^1] == '[' ? "" : ",").Append(Call($"CA{i:D32}", "Mon, 02 Mar 2026 00:31:00 +0000"));
            var next = $"/2010-04-01/Accounts/{Some.Account}/Calls.json?PageSize=1000&Page={page + 1}&PageToken=PT{page}";
            json.Append("],\"next_page_uri\":").Append(page == 10 ? "null" : $"\"{(absolute ? new Uri(stub.Address, next).AbsoluteUri : next)}\"").Append('}');
            return Reply(200, json.ToString())(context);
        };
        using var carrier = stub.Carrier();
        var calls = await carrier.FindCallsAsync(Some.Number, Since, None);
        Assert.Equal(1001, calls.Select(c => c.CarrierId).Distinct().Count());
        Assert.Equal(1001, calls.Count);
        Assert.Equal(11, stub.Requests.Count);
        Assert.Equal("?To=%2B8613800138000&From=%2B85231234567&PageSize=1000", stub.Requests.First().Query);
    }

    [Theory, Trait("case", "R13")]
    [InlineData("http://attacker.example/2010-04-01/Calls.json")]
    [InlineData("//attacker.example/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://[")]
    [InlineData("/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls.json?To=%2B8613800138000&From=%2B85231234567&PageSize=1000")]
    public async Task The_next_page_is_followed_neither_to_another_host_nor_in_circles(string next)
    {
        await using var stub = await StartAsync(Reply(200, $$"""{"calls":[],"next_page_uri":"{{next}}"}"""));
        using var carrier = stub.Carrier();
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.FindCallsAsync(Some.Number, Since, None));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task Only_our_calls_to_that_number_since_that_second_count_and_what_is_doubtful_is_kept()
    {
        await using var stub = await StartAsync(Reply(200, $$"""
            {"calls":[
              {{Call("CAbefore", "Mon, 02 Mar 2026 00:29:59 +0000")}},
              {{Call("CAsame", "Mon, 02 Mar 2026 00:30:00 +0000")}},
              {{Call("CAinbound", "Mon, 02 Mar 2026 00:31:00 +0000", "inbound")}},
              {{Call("CAleg", "Mon, 02 Mar 2026 00:31:00 +0000", "outbound-dial")}},
              {{Call("CAother", "Mon, 02 Mar 2026 00:31:00 +0000", to: "+8613900139000")}},
              {{Call("CAplain", "Mon, 02 Mar 2026 00:31:00 +0000", to: "8613800138000")}},
              {{Call("CAword", "Mon, 02 Mar 2026 00:31:00 +0000", "sideways")}},
              {{Call("CAundated", "soon")}},
              {"status":"queued"}
            ]}
            """));
        var log = new LogLines();
        using var carrier = stub.Carrier(logger: log);
        var calls = await carrier.FindCallsAsync(Some.Number, Since, None);
        Assert.Equal(["CAsame", "CAplain", "CAword", "CAundated"], calls.Select(c => c.CarrierId));
        Assert.Equal(Since, calls[3].CreatedAt);
        Assert.Equal(1, log.Lines.Count(l => l.Id == 7005));
    }

    [Fact]
    public async Task Texts_are_listed_by_the_same_rules()
    {
        await using var stub = await StartAsync(Reply(200, """
            {"messages":[
              {"sid":"SM1","to":"+8613800138000","status":"undelivered","direction":"outbound-api","date_created":"Mon, 02 Mar 2026 00:31:00 +0000","error_code":30005},
              {"sid":"SM2","to":"+8613800138000","status":"received","direction":"inbound","date_created":"Mon, 02 Mar 2026 00:31:00 +0000","error_code":null}]}
            """));
        using var carrier = stub.Carrier();
        var text = Assert.Single(await carrier.FindTextsAsync(Some.Number, Since, None));
        Assert.Equal(new CarrierText("SM1", Some.Number, TextStatus.Undelivered, new DateTimeOffset(2026, 3, 2, 0, 31, 0, TimeSpan.Zero), 30005), text);
        Assert.Equal("?To=%2B8613800138000&From=%2B85261234567&PageSize=1000", Assert.Single(stub.Requests).Query);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_of_a_failure()
    {
        await using var stub = await StartAsync();
        using var giveUp = new CancellationTokenSource();
        stub.Answer = async _ =>
        {
            await giveUp.CancelAsync();
            await stub.Closing;
        };
        using var carrier = stub.Carrier();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => carrier.FollowCallAsync("CA1", giveUp.Token));
    }

    private static string Call(string sid, string created, string direction = "outbound-api", string to = Some.Number) =>
        $$"""{"sid":"{{sid}}","to":"{{to}}","status":"queued","direction":"{{direction}}","date_created":"{{created}}","start_time":null}""";
}
