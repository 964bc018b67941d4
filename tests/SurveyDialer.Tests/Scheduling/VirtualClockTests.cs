using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Scheduling;

public sealed class VirtualClockTests
{
    private readonly VirtualTime time = new();
    private readonly DateTimeOffset start;
    private readonly List<double> fired = [];

    public VirtualClockTests() => start = time.Now;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timer_fires_once_when_due()
    {
        using var timer = Timer(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        await time.DrainAsync(Cancellation);
        Assert.Equal([10], fired);
    }

    [Fact]
    public async Task A_period_repeats_and_a_disposed_timer_no_longer_moves_the_clock()
    {
        var timer = Timer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        await time.AdvanceAsync(TimeSpan.FromSeconds(12), Cancellation);
        await timer.DisposeAsync();
        await time.DrainAsync(Cancellation);

        Assert.Equal([1, 6, 11], fired);
        Assert.Equal(start.AddSeconds(12), time.Now);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_changed_timer_forgets_its_earlier_time()
    {
        using var timer = Timer(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        await time.DrainAsync(Cancellation);
        Assert.Equal([3], fired);
    }

    [Fact]
    public async Task Delays_and_time_limits_of_the_runtime_follow_it()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), time.Clock);
        var delay = Task.Delay(TimeSpan.FromSeconds(20), time.Clock, Cancellation);

        await time.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
        await delay;
        Assert.False(limit.IsCancellationRequested);
        await time.AdvanceAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.True(limit.IsCancellationRequested);
    }

    [Fact]
    public void A_negative_time_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Timer(TimeSpan.FromSeconds(-5), Timeout.InfiniteTimeSpan));

    private ITimer Timer(TimeSpan due, TimeSpan period) => time.Clock.CreateTimer(_ => fired.Add((time.Now - start).TotalSeconds), null, due, period);
}
