using SurveyDialer.Calls;
using SurveyDialer.TestKit;
using static SurveyDialer.Twilio.Tests.CarrierStub;

namespace SurveyDialer.Twilio.Tests;

public sealed class RefusedCallsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<int, int, Rejection> Table
    {
        get
        {
            var rows = new TheoryData<int, int, Rejection>();
            Add(Rejection.BadNumber, 21201, 21211, 21214, 21216, 21217, 13223, 13224, 13225, 21604, 21612);
            Add(Rejection.NotMobile, 21614);
            Add(Rejection.OptedOut, 21610);
            Add(Rejection.RegionNotAllowed, 21203, 21215, 13227, 32205, 21408);
            Add(Rejection.Configuration, 20005, 20006, 21205, 21609, 21626, 21210, 21212, 21213, 21218, 21603, 21606, 21703, 21704, 21219, 21608);
            Add(Rejection.BadRequest, 20001, 21206, 21208, 21209, 32018, 21602, 21617, 99999);
            rows.Add(401, 20003, Rejection.Configuration);
            rows.Add(403, 20003, Rejection.Configuration);
            rows.Add(404, 20404, Rejection.Configuration);
            return rows;

            void Add(Rejection why, params int[] codes)
            {
                foreach (var code in codes) rows.Add(400, code, why);
            }
        }
    }

    [Theory, Trait("case", "R12")]
    [MemberData(nameof(Table))]
    public async Task Every_code_has_its_meaning(int status, int code, Rejection why)
    {
        await using var stub = await StartAsync(Error(status, code));
        var log = new LogLines();
        using var carrier = stub.Carrier(logger: log);
        Assert.Equal(new PlaceOutcome.Rejected(why, code, "Refused +8613800138000"), await carrier.PlaceCallAsync(Some.Call, None));
        Assert.Equal(new PlaceOutcome.Rejected(why, code, "Refused +8613800138000"), await carrier.SendTextAsync(Some.Text, None));
        Assert.Equal(2, stub.Requests.Count);
        Assert.Equal(2, log.Lines.Count);
        Assert.DoesNotContain(log.Lines, l => l.Line.Contains("138", StringComparison.Ordinal) || l.Line.Contains("tok-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(429, 20429)]
    [InlineData(429, 0)]
    [InlineData(400, 20422)]
    [InlineData(400, 21611)]
    [InlineData(400, 14107)]
    public async Task Too_many_requests_means_nothing_was_processed(int status, int code)
    {
        await using var stub = await StartAsync(Error(status, code));
        using var carrier = stub.Carrier();
        var outcome = Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, None));
        Assert.InRange(outcome.RetryAfter, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task The_wait_grows_with_each_refusal_and_starts_anew_after_a_success()
    {
        await using var stub = await StartAsync(Error(429, 20429));
        var clock = new StoppedClock();
        using var carrier = stub.Carrier(clock: clock);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var wait = Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, None)).RetryAfter;
            waits.Add(wait.TotalSeconds);
            clock.Advance(wait);
        }

        for (var i = 0; i < waits.Count; i++) Assert.InRange(waits[i], 0.5 * Math.Min(32, 1 << i), Math.Min(32, 1 << i));
        stub.Answer = Reply(201, """{"sid":"CA1"}""");
        await carrier.PlaceCallAsync(Some.Call, None);
        stub.Answer = Error(429, 20429);
        Assert.Equal(waits[0], Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, None)).RetryAfter.TotalSeconds);
    }

    [Fact]
    public async Task Requests_refused_together_count_as_one_refusal_and_come_back_apart()
    {
        await using var stub = await StartAsync(Error(429, 20429));
        using var carrier = stub.Carrier();
        var waits = new HashSet<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            var wait = Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call with { Token = "tok-" + i }, None)).RetryAfter;
            Assert.InRange(wait, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
            waits.Add(wait);
        }

        Assert.True(waits.Count > 15);
    }

    [Fact, Trait("case", "R4")]
    public async Task A_wait_that_the_carrier_asks_for_is_kept()
    {
        await using var stub = await StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "77";
            return Error(429, 20429)(context);
        });
        using var carrier = stub.Carrier();
        Assert.Equal(TimeSpan.FromSeconds(77), Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, None)).RetryAfter);
    }

    [Theory, Trait("case", "R3"), Trait("case", "R14")]
    [InlineData(500, """{"code":20500,"message":"x","status":500}""")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(503, """{"code":20503,"message":"x","status":503}""")]
    [InlineData(504, "")]
    [InlineData(408, "")]
    [InlineData(200, "")]
    [InlineData(200, "<html>Welcome to the hotel's network</html>")]
    [InlineData(201, "")]
    [InlineData(201, "[]")]
    [InlineData(201, "null")]
    [InlineData(201, "{}")]
    [InlineData(201, """{"sid":""}""")]
    [InlineData(201, """{"sid":{"a":1}}""")]
    [InlineData(201, """{"sid":"CA00000000""")]
    [InlineData(202, """{"sid":"CA00000000000000000000000000000001"}""")]
    [InlineData(204, null)]
    [InlineData(302, "")]
    [InlineData(307, "")]
    public async Task Whatever_is_no_clear_answer_is_unclear_and_never_repeated(int status, string? body)
    {
        await using var stub = await StartAsync(context =>
        {
            if (status is 302 or 307) context.Response.Headers.Location = "/elsewhere";
            if (body is not null) return Reply(status, body, body.StartsWith('<') ? "text/html" : "application/json")(context);
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var carrier = stub.Carrier();
        Assert.IsType<PlaceOutcome.Unclear>(await carrier.PlaceCallAsync(Some.Call, None));
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData(401, Rejection.Configuration)]
    [InlineData(403, Rejection.Configuration)]
    [InlineData(404, Rejection.Configuration)]
    [InlineData(405, Rejection.Configuration)]
    [InlineData(400, Rejection.BadRequest)]
    [InlineData(422, Rejection.BadRequest)]
    public async Task A_refusal_without_a_code_goes_by_its_status(int status, Rejection why)
    {
        await using var stub = await StartAsync(Reply(status, "<html>no</html>", "text/html"));
        using var carrier = stub.Carrier();
        Assert.Equal(why, Assert.IsType<PlaceOutcome.Rejected>(await carrier.PlaceCallAsync(Some.Call, None)).Why);
    }

    [Fact]
    public async Task After_many_failures_nothing_is_sent_for_a_while()
    {
        await using var stub = await StartAsync(Reply(503, ""));
        var clock = new StoppedClock();
        var log = new LogLines();
        using var carrier = stub.Carrier(clock: clock, logger: log);
        for (var i = 0; i < 8; i++) Assert.IsType<PlaceOutcome.Unclear>(await carrier.PlaceCallAsync(Some.Call, None));
        var suspended = Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, None));
        Assert.Equal(8, stub.Requests.Count);
        Assert.InRange(suspended.RetryAfter, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(15));
        Assert.True(log.Has(7007));

        clock.Advance(TimeSpan.FromSeconds(16));
        stub.Answer = Reply(201, """{"sid":"CA1"}""");
        Assert.IsType<PlaceOutcome.Accepted>(await carrier.PlaceCallAsync(Some.Call, None));
        Assert.True(log.Has(7008));
    }

    [Fact]
    public async Task Refusals_and_rate_limits_do_not_suspend_anything()
    {
        await using var stub = await StartAsync(context => Error(context.Request.ContentLength % 2 == 0 ? 429 : 400, 21211)(context));
        using var carrier = stub.Carrier();
        for (var i = 0; i < 30; i++) await carrier.PlaceCallAsync(Some.Call with { Token = new string('t', (i % 2) + 1) }, None);
        Assert.Equal(30, stub.Requests.Count);
    }
}
