using SurveyDialer.Scheduling;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Scheduling;

/// <summary>Quartz runs in real time only; these tests wait for what happens, not for time.</summary>
public sealed class QuartzJobHostTests : RealTimeJobHostContract
{
    protected override IJobHost Make(JobRunner runner) => new QuartzJobHost(runner);
}

/// <summary>The same on virtual time.</summary>
public sealed class TimelineJobHostTests : JobHostContract
{
    private readonly VirtualTime time = new();
    private Task<bool> pump = Task.FromResult(true);

    protected override TimeProvider Clock => time.Clock;

    public override async ValueTask DisposeAsync()
    {
        await pump;
        await base.DisposeAsync();
    }

    protected override IJobHost Make(JobRunner runner) => new TimelineJobHost(runner, time);

    protected override async Task<T> PassAsync<T>(Task<T> until)
    {
        await pump;
        pump = time.Timeline.RunAsync(() => until.IsCompleted, Cancellation);
        // A job that is held open by the test holds the clock as well; what the test waits for may come before the job's end.
        await Task.WhenAny(pump, until);
        Assert.True(until.IsCompleted, "Nothing is queued any more, and what the test waits for has not happened.");
        return await until;
    }

    /// <summary>A running event holds the clock: nothing can tick meanwhile.</summary>
    protected override Task TicksPassDuringAJobAsync(Func<bool> until) => Task.CompletedTask;
}
