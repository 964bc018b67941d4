using System.Net;

namespace SurveyDialer.Twilio.Tests;

public sealed class TwilioProbeTests
{
    [Fact]
    public async Task The_clock_is_held_against_the_carriers_and_the_account_is_shown_to_it_alone()
    {
        var asked = new List<HttpRequestMessage>();
        var clock = new StandingClock();
        using var answers = new Answers(asked, _ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK);
            answer.Headers.Date = clock.GetUtcNow().AddMinutes(-7);
            return answer;
        });
        using var probe = new TwilioProbe(Some.Options(), clock, answers);
        var found = await probe.CarrierAsync(TestContext.Current.CancellationToken);

        Assert.Equal((200, TimeSpan.FromMinutes(7)), (found.Status, found.ClockAhead));
        var request = Assert.Single(asked);
        Assert.Equal((HttpMethod.Get, "api.twilio.com", "Basic"), (request.Method, request.RequestUri!.Host, request.Headers.Authorization!.Scheme));

        await probe.PublicAddressAsync(TestContext.Current.CancellationToken);
        Assert.All(asked[1..], ours => Assert.Null(ours.Headers.Authorization));
    }

    [Theory]
    [InlineData(204, 403, PublicProbe.Answers)]
    [InlineData(403, 403, PublicProbe.SignedForAnother)]
    [InlineData(204, 204, PublicProbe.SomebodyElse)]
    [InlineData(404, 404, PublicProbe.SomebodyElse)]
    [InlineData(302, 302, PublicProbe.SomebodyElse)]
    public async Task Only_who_tells_signed_from_unsigned_is_us(int signed, int unsigned, PublicProbe expected)
    {
        using var answers = new Answers([], request => new HttpResponseMessage((HttpStatusCode)(request.Headers.Contains("X-Twilio-Signature") ? signed : unsigned)));
        using var probe = new TwilioProbe(Some.Options(), new StandingClock(), answers);

        Assert.Equal(expected, (await probe.PublicAddressAsync(TestContext.Current.CancellationToken)).Answer);
    }

    [Fact]
    public async Task Silence_is_told_and_nothing_is_thrown()
    {
        using var answers = new Answers([], _ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        using var probe = new TwilioProbe(Some.Options(), new StandingClock(), answers);

        Assert.Equal("ConnectionError", (await probe.CarrierAsync(TestContext.Current.CancellationToken)).Why);
        Assert.Equal(PublicProbe.Unreachable, (await probe.PublicAddressAsync(TestContext.Current.CancellationToken)).Answer);
    }

    private sealed class Answers(List<HttpRequestMessage> asked, Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request);
            return Task.FromResult(answer(request));
        }
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 2, 0, 30, 0, TimeSpan.Zero);
    }
}
