using SurveyDialer.Simulator.Webhooks;

namespace SurveyDialer.Simulator.Tests;

/// <summary>Nothing that goes wrong on the way to the product may leave a call hanging, or vanish.</summary>
public sealed class BrokenConnectionTests
{
    [Fact]
    public async Task Whatever_breaks_a_connection_is_an_answer_that_did_not_come()
    {
        using var sender = new WebhookSender("token", new BrokenHandler());

        var reply = await sender.SendAsync(new WebhookRequest("http://127.0.0.1:1/voice", "POST", [], Voice: true, "t", WantsBody: true), TestContext.Current.CancellationToken);

        Assert.Equal((0, 11206, false), (reply.Status, reply.Error, reply.Succeeded));
    }

    [Fact]
    public async Task Work_that_throws_is_told_and_the_rest_goes_on()
    {
        var clock = new MachineClock();
        var told = new TaskCompletionSource<(string, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var went = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var schedule = new RealTimeSchedule(clock, (key, fault) => told.TrySetResult((key, fault.Message)));

        schedule.Schedule(clock.GetUtcNow(), "call 1", _ => throw new InvalidOperationException("broken"));
        schedule.Schedule(clock.GetUtcNow(), "call 2", _ =>
        {
            went.TrySetResult();
            return Task.CompletedTask;
        });

        Assert.Equal(("call 1", "broken"), await told.Task.WaitAsync(TestContext.Current.CancellationToken));
        await went.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    // Timers of the simulator alone run on the machine's clock; the work is due at once, so nothing waits for it.
    private sealed class MachineClock : TimeProvider;

    private sealed class BrokenHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw new InvalidOperationException("The connection is in no state that anybody knows.");
    }
}
