using Microsoft.AspNetCore.Http;
using SurveyDialer.Calls;
using static SurveyDialer.Twilio.Tests.CarrierStub;

namespace SurveyDialer.Twilio.Tests;

public sealed class EndingAndDeletingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(false, "canceled")]
    [InlineData(true, "completed")]
    public async Task A_call_is_taken_back_or_ended(bool evenInProgress, string word)
    {
        await using var stub = await StartAsync(Reply(200, """{"sid":"CA1","to":"+8613800138000","status":"canceled"}"""));
        using var carrier = stub.Carrier();
        Assert.Equal(CallStatus.Canceled, (await carrier.CancelCallAsync("CA1", evenInProgress, None))!.Status);
        var request = Assert.Single(stub.Requests);
        Assert.Equal(("POST", $"/2010-04-01/Accounts/{Some.Account}/Calls/CA1.json"), (request.Method, request.Path));
        Assert.Equal([("Status", word)], request.Form);
    }

    [Fact]
    public async Task A_call_that_is_over_already_tells_what_became_of_it()
    {
        await using var stub = await StartAsync(context =>
            context.Request.Method == "POST" ? Error(400, 21220)(context) : Reply(200, """{"sid":"CA1","status":"busy"}""")(context));
        using var carrier = stub.Carrier();
        Assert.Equal(CallStatus.Busy, (await carrier.CancelCallAsync("CA1", false, None))!.Status);
    }

    [Fact]
    public async Task Ending_a_call_is_tried_again_and_a_carrier_that_stays_down_is_said_so()
    {
        await using var stub = await StartAsync(Reply(503, ""));
        using var carrier = stub.Carrier();
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => carrier.CancelCallAsync("CA1", false, None));
        Assert.Equal("Ending a call at the carrier failed: HTTP 503.", failure.Message);
        Assert.Equal(3, stub.Requests.Count);
    }

    [Theory]
    [InlineData(200, """{"sid":"SM1","body":""}""", true)]
    [InlineData(200, """{"sid":"SM1","body":null}""", true)]
    [InlineData(200, """{"sid":"SM1","body":"1"}""", false)]
    [InlineData(404, """{"code":20404}""", true)]
    [InlineData(400, """{"code":20009}""", false)]
    public async Task A_text_is_blanked(int status, string body, bool blank)
    {
        await using var stub = await StartAsync(Reply(status, body));
        using var carrier = stub.Carrier();
        Assert.Equal(blank, await carrier.RedactTextAsync("SM1", None));
        Assert.Equal([("Body", "")], Assert.Single(stub.Requests).Form);
    }

    [Theory]
    [InlineData(204, null, true)]
    [InlineData(404, """{"code":20404}""", true)]
    [InlineData(409, """{"code":20009}""", false)]
    public async Task Recordings_and_texts_are_deleted(int status, string? body, bool gone)
    {
        await using var stub = await StartAsync(context =>
        {
            if (body is not null) return Reply(status, body)(context);
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var carrier = stub.Carrier();
        Assert.Equal(gone, await carrier.DeleteRecordingAsync("RE1", None));
        Assert.Equal(gone, await carrier.DeleteTextAsync("SM1", None));
        Assert.Equal(
            [$"DELETE /2010-04-01/Accounts/{Some.Account}/Recordings/RE1.json", $"DELETE /2010-04-01/Accounts/{Some.Account}/Messages/SM1.json"],
            stub.Requests.Select(r => $"{r.Method} {r.Path}"));
    }

    [Fact]
    public async Task A_proxys_page_does_not_pass_for_a_deletion()
    {
        await using var stub = await StartAsync(Reply(404, "<html>not found</html>", "text/html"));
        using var carrier = stub.Carrier();
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.DeleteRecordingAsync("RE1", None));
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.RedactTextAsync("SM1", None));
    }

    [Fact]
    public async Task A_recording_is_fetched_once_it_exists()
    {
        var wav = "RIFF????WAVEfmt "u8.ToArray();
        await using var stub = await StartAsync(Reply(404, "<Error/>", "application/xml"));
        using var carrier = stub.Carrier();
        Assert.Null(await carrier.FetchRecordingAsync("RE1", None));
        stub.Answer = context =>
        {
            context.Response.ContentType = "audio/x-wav";
            return context.Response.Body.WriteAsync(wav).AsTask();
        };
        Assert.Equal(wav, await carrier.FetchRecordingAsync("RE1", None));
        Assert.Equal($"/2010-04-01/Accounts/{Some.Account}/Recordings/RE1.wav", stub.Requests.Last().Path);
        stub.Answer = Reply(200, "<html>sign in</html>", "text/html");
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.FetchRecordingAsync("RE1", None));
    }

    [Fact]
    public async Task An_id_cannot_lead_to_another_address()
    {
        await using var stub = await StartAsync(Error(404, 20404));
        using var carrier = stub.Carrier();
        Assert.Null(await carrier.FollowCallAsync("../../x?y#z", None));
        Assert.StartsWith($"/2010-04-01/Accounts/{Some.Account}/Calls/", Assert.Single(stub.Requests).Path, StringComparison.Ordinal);
    }
}
