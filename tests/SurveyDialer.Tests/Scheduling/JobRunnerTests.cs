using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.Scheduling;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Scheduling;

/// <summary>What hosts have in common, driven by the timeline host over days of virtual time.</summary>
public sealed class JobRunnerTests : IDisposable
{
    private readonly VirtualTime time = new();
    private readonly JobRunsInMemory store = new();
    private readonly List<DateTimeOffset> ran = [];
    private readonly List<JobRunner> runners = [];
    private readonly RecurringJob nightly;
    private Exception? failure;

    public JobRunnerTests() => nightly = new RecurringJob("nightly", JobSchedule.DailyAt(new TimeOnly(3, 0), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")), (_, _) =>
    {
        ran.Add(time.Now);
        return failure is null ? Task.CompletedTask : Task.FromException(failure);
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var runner in runners)
            runner.Dispose();
    }

    [Fact]
    public async Task On_a_machine_that_is_off_every_night_the_nightly_job_runs_every_morning()
    {
        for (var day = 0; day < 4; day++)
        {
            await time.AdvanceAsync(VirtualTimeline.DefaultStart.AddDays(day) - time.Now, Cancellation);
            var host = await StartAsync(nightly);
            await time.AdvanceAsync(TimeSpan.FromHours(9), Cancellation);
            await host.StopAsync(Cancellation);
        }

        Assert.Equal([1, 2, 3], ran.Select(at => (at - VirtualTimeline.DefaultStart).TotalDays));
    }

    [Fact]
    public async Task A_failing_job_is_repeated_at_doubling_distances_up_to_an_hour()
    {
        failure = new InvalidOperationException("no disk");
        await StartAsync(nightly);

        await time.AdvanceAsync(TimeSpan.FromHours(24), Cancellation);

        var distances = ran.Zip(ran.Skip(1), (a, b) => (b - a).TotalMinutes).ToList();
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], distances.Take(8));
        Assert.Equal(ran.Count, store.Find("nightly")!.Failures);
    }

    [Fact]
    public async Task A_repetition_waits_across_a_restart()
    {
        failure = new InvalidOperationException("no disk");
        var host = await StartAsync(nightly);
        await host.RunNowAsync("nightly", Cancellation);
        await time.AdvanceAsync(TimeSpan.FromSeconds(10), Cancellation);
        await host.StopAsync(Cancellation);
        failure = null;

        await StartAsync(nightly);
        await time.AdvanceAsync(TimeSpan.FromSeconds(49), Cancellation);
        Assert.Single(ran);
        await time.AdvanceAsync(TimeSpan.FromSeconds(1), Cancellation);

        Assert.Equal(2, ran.Count);
        Assert.Equal(0, store.Find("nightly")!.Failures);
    }

    [Fact]
    public async Task A_run_that_cannot_be_recorded_counts_as_failed_and_is_repeated()
    {
        var host = await StartAsync(nightly);
        store.Broken = new IOException("the disk is full");
        await host.RunNowAsync("nightly", Cancellation);
        await time.AdvanceAsync(TimeSpan.FromSeconds(1), Cancellation);

        Assert.Empty(ran);
        Assert.Equal("the disk is full (IOException)", host.States[0].Last.Failure);
        store.Broken = null;
        await time.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Single(ran);
        Assert.Null(host.States[0].Last.Failure);
    }

    [Fact]
    public async Task A_tick_that_is_past_shows_as_overdue()
    {
        var runner = Runner(nightly);
        await runner.OpenAsync(Cancellation);

        await time.AdvanceAsync(TimeSpan.FromHours(20), Cancellation);

        Assert.Equal(TimeSpan.FromHours(1.5), Assert.Single(runner.States).OverdueBy);
    }

    [Fact]
    public async Task A_tick_that_a_host_brings_late_knows_since_when_it_was_due()
    {
        var runner = Runner(nightly);
        await runner.OpenAsync(Cancellation);
        await time.AdvanceAsync(TimeSpan.FromHours(20), Cancellation);

        await runner.RunAsync("nightly", time.Now, Cancellation);

        Assert.Equal(TimeSpan.FromHours(1.5), Assert.Single(runner.States).LateBy);
    }

    [Fact]
    public async Task Nothing_runs_before_the_start_and_a_second_start_is_refused()
    {
        var runner = Runner(nightly);
        Assert.Null(await runner.RunAsync("nightly", time.Now, Cancellation));
        Assert.Empty(ran);
        await runner.OpenAsync(Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.OpenAsync(Cancellation));
    }

    [Fact]
    public void A_name_given_twice_is_refused() => Assert.Throws<ArgumentException>(() => new JobCatalog([nightly, nightly]));

    private async Task<IJobHost> StartAsync(params RecurringJob[] jobs)
    {
        var host = new TimelineJobHost(Runner(jobs), time);
        await host.StartAsync(Cancellation);
        return host;
    }

    private JobRunner Runner(params RecurringJob[] jobs)
    {
        var runner = new JobRunner(new JobCatalog(jobs), store, time.Clock, NullLogger<JobRunner>.Instance);
        runners.Add(runner);
        return runner;
    }
}
