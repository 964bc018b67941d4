using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using SurveyDialer.Calls;
using SurveyDialer.TestKit;
using static SurveyDialer.Twilio.Tests.CarrierStub;

namespace SurveyDialer.Twilio.Tests;

public sealed class PlacingCallsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_call_is_asked_for_with_its_token_in_every_address()
    {
        await using var stub = await StartAsync(Reply(201, """{"sid":"CA00000000000000000000000000000001","status":"queued","queue_time":"60000","new_field":{"a":[1]}}"""));
        using var carrier = stub.Carrier();
        var outcome = await carrier.PlaceCallAsync(Some.Call with { DetectMachines = true }, None);
        Assert.Equal(new PlaceOutcome.Accepted(Some.CallSid, TimeSpan.FromMinutes(1)), outcome);
        var request = Assert.Single(stub.Requests);
        Assert.Equal(("POST", $"/2010-04-01/Accounts/{Some.Account}/Calls.json"), (request.Method, request.Path));
        Assert.Equal("Basic " + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{Some.Account}:{Signatures.Token}")), request.Authorization);
        (string, string)[] expected =
        [
            ("To", Some.Number), ("From", "+85231234567"),
            ("Url", "https://survey.example.cn/carrier/voice/tok-1#rc=1&rp=ct,5xx&rt=8000"), ("Method", "POST"),
            ("FallbackUrl", "https://survey.example.cn/carrier/sorry/tok-1#rc=1&rp=ct,5xx&rt=8000"), ("FallbackMethod", "POST"),
            ("StatusCallback", "https://survey.example.cn/carrier/status/tok-1#rc=3&rp=ct,rt,5xx"), ("StatusCallbackMethod", "POST"),
            ("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "ringing"), ("StatusCallbackEvent", "answered"), ("StatusCallbackEvent", "completed"),
            ("Timeout", "25"), ("TimeLimit", "600"),
            ("MachineDetection", "Enable"), ("AsyncAmd", "true"),
            ("AsyncAmdStatusCallback", "https://survey.example.cn/carrier/machine/tok-1#rc=3&rp=ct,rt,5xx"), ("AsyncAmdStatusCallbackMethod", "POST"),
        ];
        Assert.Equal(expected, request.Form);
    }

    [Fact]
    public async Task Without_machine_detection_none_is_asked_for()
    {
        await using var stub = await StartAsync(Reply(201, """{"sid":"CA1"}"""));
        using var carrier = stub.Carrier();
        Assert.Equal(new PlaceOutcome.Accepted("CA1", TimeSpan.Zero), await carrier.PlaceCallAsync(Some.Call, None));
        Assert.DoesNotContain(Assert.Single(stub.Requests).Form, f => f.Name.Contains("Amd", StringComparison.Ordinal) || f.Name == "MachineDetection");
    }

    [Fact]
    public async Task An_API_key_takes_the_place_of_the_account_token()
    {
        await using var stub = await StartAsync(Reply(201, """{"sid":"CA1"}"""));
        using var carrier = stub.Carrier(o => (o.ApiKeySid, o.ApiKeySecret) = ("SK1", "secret"));
        await carrier.PlaceCallAsync(Some.Call, None);
        Assert.Equal("Basic " + Convert.ToBase64String("SK1:secret"u8), Assert.Single(stub.Requests).Authorization);
    }

    [Fact]
    public async Task A_gateway_below_a_path_is_addressed_below_that_path()
    {
        await using var stub = await StartAsync(Reply(201, """{"sid":"1234-abcd","queue_time":1500}"""));
        using var carrier = Make(new Uri(stub.Address, "/gateway"));
        Assert.Equal(new PlaceOutcome.Accepted("1234-abcd", TimeSpan.FromSeconds(1.5)), await carrier.PlaceCallAsync(Some.Call, None));
        Assert.Equal($"/gateway/2010-04-01/Accounts/{Some.Account}/Calls.json", Assert.Single(stub.Requests).Path);
    }

    [Fact]
    public async Task A_text_carries_its_status_address()
    {
        await using var stub = await StartAsync(Reply(201, """{"sid":"SM1","status":"queued"}"""));
        using var carrier = stub.Carrier();
        Assert.Equal(new PlaceOutcome.Accepted("SM1", TimeSpan.Zero), await carrier.SendTextAsync(Some.Text with { Body = "满意 & 请回 ＃１ 👍" }, None));
        var request = Assert.Single(stub.Requests);
        Assert.Equal($"/2010-04-01/Accounts/{Some.Account}/Messages.json", request.Path);
        (string, string)[] expected =
        [
            ("To", Some.Number), ("From", "+85261234567"), ("Body", "满意 & 请回 ＃１ 👍"),
            ("StatusCallback", "https://survey.example.cn/carrier/text-status/tok-2#rc=3&rp=ct,rt,5xx"),
        ];
        Assert.Equal(expected, request.Form);
    }

    [Fact]
    public async Task Without_a_sender_no_text_leaves()
    {
        await using var stub = await StartAsync();
        using var carrier = stub.Carrier(o => o.TextSenderNumber = null);
        var rejected = Assert.IsType<PlaceOutcome.Rejected>(await carrier.SendTextAsync(Some.Text, None));
        Assert.Equal(Rejection.Configuration, rejected.Why);
        Assert.Empty(stub.Requests);
    }

    [Fact, Trait("case", "R5")]
    public async Task Connection_refused_means_nothing_was_processed()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var port = ((System.Net.IPEndPoint)listener.LocalEndPoint!).Port;
        using var carrier = Make(new Uri($"http://127.0.0.1:{port}"));
        Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, None));
    }

    [Fact]
    public async Task A_failed_TLS_handshake_means_nothing_was_processed()
    {
        await using var stub = await StartAsync();
        using var carrier = Make(new UriBuilder(stub.Address) { Scheme = "https" }.Uri);
        Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, None));
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_fails_before_the_form_is_sent_was_not_processed_and_what_fails_after_is_unclear(bool formSent)
    {
        foreach (var failure in (Exception[])
                 [
                     new HttpRequestException(HttpRequestError.NameResolutionError), new HttpRequestException(HttpRequestError.ConnectionError),
                     new HttpRequestException(HttpRequestError.SecureConnectionError), new TaskCanceledException("", new TimeoutException()), new IOException(),
                 ])
        {
            using var handler = new FailingHandler(formSent, failure);
            using var carrier = Make(new Uri("http://127.0.0.1:1"), handler: handler);
            var outcome = await carrier.PlaceCallAsync(Some.Call, None);
            if (formSent) Assert.IsType<PlaceOutcome.Unclear>(outcome);
            else Assert.IsType<PlaceOutcome.NotProcessed>(outcome);
            Assert.Equal(1, handler.Requests);
        }
    }

    [Fact, Trait("case", "R1")]
    public async Task A_time_out_after_the_carrier_took_the_request_is_unclear_and_not_repeated()
    {
        // A handler instead of a server: on a busy machine connecting could outlast so short a time.
        using var handler = new SilentHandler();
        using var carrier = Make(new Uri("http://127.0.0.1:1"), o => o.RequestSeconds = 0.1, handler: handler);
        Assert.IsType<PlaceOutcome.Unclear>(await carrier.PlaceCallAsync(Some.Call, None));
        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_sending_is_unclear_and_not_repeated()
    {
        await using var stub = await StartAsync(Reply(201, """{"sid":"CA1"}"""));
        using var carrier = stub.Carrier();
        await carrier.PlaceCallAsync(Some.Call, None);

        // The second request uses a pooled connection, where the runtime would be tempted to repeat.
        stub.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.IsType<PlaceOutcome.Unclear>(await carrier.PlaceCallAsync(Some.Call, None));
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task Giving_up_while_the_request_is_out_is_unclear_and_before_it_is_nothing()
    {
        await using var stub = await StartAsync();
        using var giveUp = new CancellationTokenSource();
        stub.Answer = async _ =>
        {
            await giveUp.CancelAsync();
            await stub.Closing;
        };
        using var carrier = stub.Carrier();
        Assert.IsType<PlaceOutcome.Unclear>(await carrier.PlaceCallAsync(Some.Call, giveUp.Token));
        Assert.IsType<PlaceOutcome.NotProcessed>(await carrier.PlaceCallAsync(Some.Call, giveUp.Token));
        Assert.Single(stub.Requests);
    }

    private sealed class FailingHandler(bool formSent, Exception failure) : HttpMessageHandler
    {
        internal int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            if (formSent) await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            throw failure;
        }
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        internal int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            await request.Content!.CopyToAsync(Stream.Null, CancellationToken.None);
            await Task.Delay(Timeout.InfiniteTimeSpan, new StoppedClock(), cancellationToken);
            throw new InvalidOperationException("The request was not given up.");
        }
    }
}
