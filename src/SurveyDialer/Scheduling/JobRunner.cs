using Microsoft.Extensions.Logging;

namespace SurveyDialer.Scheduling;

/// <summary>
/// What all hosts have in common: no job overlaps itself, the state of every run is kept, a failed run is repeated, a missed tick is
/// found at the start, a stop waits. A host only calls <see cref="RunAsync"/> at the right times. One runner serves one host, once.
/// </summary>
/// <param name="catalog">The jobs.</param>
/// <param name="store">Keeps the state of the jobs across processes.</param>
/// <param name="clock">The host's clock.</param>
/// <param name="logger">Told of missed ticks and failures.</param>
/// <param name="firstRetry">A failed run is repeated after this time (null: a minute), doubled with each failure in a row up to an hour, or at the next tick when that is sooner.</param>
public sealed class JobRunner(JobCatalog catalog, IJobRunStore store, TimeProvider clock, ILogger<JobRunner> logger, TimeSpan? firstRetry = null) : IDisposable
{
    private const int LongestFailure = 500;
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource aborted = new();
    private int running;
    private Phase phase = Phase.New;

    private enum Phase
    {
        New,
        Open,
        Closing,
    }

    /// <summary>The jobs.</summary>
    public JobCatalog Catalog => catalog;

    /// <summary>The host's clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Every job of the list, in its order; empty before <see cref="OpenAsync"/>.</summary>
    public IReadOnlyList<JobState> States
    {
        get
        {
            var now = clock.GetUtcNow();
            lock (gate)
                return [.. catalog.Jobs.Where(job => entries.ContainsKey(job.Name)).Select(job => entries[job.Name].ToState(now))];
        }
    }

    /// <summary>Loads the state of the jobs and lets them run from now on.</summary>
    /// <returns>The runs that the host must add to its regular ticks: missed or interrupted ones (at once), and the repetition of a failed one.</returns>
    /// <exception cref="InvalidOperationException">Opened before.</exception>
    public async Task<IReadOnlyList<JobCall>> OpenAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (phase != Phase.New)
                throw new InvalidOperationException("A job host is started once; make a new one to start again.");
            phase = Phase.Open;
        }

        var kept = (await store.LoadAsync(cancellation)).ToDictionary(run => run.Job, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        var calls = new List<JobCall>();
        foreach (var job in catalog.Jobs)
        {
            var tick = job.Schedule.NextAfter(now);
            var last = kept.GetValueOrDefault(job.Name);
            if (last is null)
            {
                // Kept at once: the very first tick may be missed as well, on a machine that is switched off every night.
                last = new JobRun(job.Name, null, null, null, tick, null, 0);
                await store.SaveAsync(last, cancellation);
            }

            if (Missed(last, now) is { } due)
            {
                JobLog.Missed(logger, job.Name, due);
                calls.Add(new JobCall(job.Name, now, due));
            }
            else if (last.NextAt < tick)
            {
                calls.Add(new JobCall(job.Name, last.NextAt, last.NextAt));
            }

            lock (gate)
                entries[job.Name] = new Entry(job, last);
        }

        return calls;
    }

    /// <summary>Runs a job, unless it runs already or the runner is not open. Never throws what the job throws.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="due">When this run was due, as far as the host knows.</param>
    /// <param name="cancellation">The host's own token; the job is cancelled with it.</param>
    /// <returns>The repetition of a failed run, which the host must arrange; null when there is none before the next tick.</returns>
    public async Task<JobCall?> RunAsync(string job, DateTimeOffset due, CancellationToken cancellation)
    {
        Entry? entry;
        lock (gate)
        {
            if (phase != Phase.Open || !entries.TryGetValue(job, out entry) || entry.Running)
                return null;
            entry.Running = true;
            running++;
            // After a stall or a sleep a host may take the tick for one of now; the row knows since when it has been due.
            due = entry.Last.NextAt < due ? entry.Last.NextAt : due;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, aborted.Token);
            return await BeginAsync(entry, due, either.Token);
        }
        finally
        {
            lock (gate)
            {
                entry.Running = false;
                running--;
                if (phase == Phase.Closing && running == 0)
                    drained.TrySetResult();
            }
        }
    }

    /// <summary>Whether a job may be run now beside its ticks.</summary>
    public RunNowOutcome MayRunNow(string job)
    {
        lock (gate)
        {
            if (phase != Phase.Open)
                return RunNowOutcome.NotRunning;
            if (!entries.TryGetValue(job, out var entry))
                return RunNowOutcome.NoSuchJob;
            return entry.Running ? RunNowOutcome.RunsAlready : RunNowOutcome.Started;
        }
    }

    /// <summary>Lets nothing more run and waits for what runs.</summary>
    /// <param name="impatience">When cancelled, the running jobs are cancelled; they are still waited for.</param>
    public async Task CloseAsync(CancellationToken impatience)
    {
        lock (gate)
        {
            phase = Phase.Closing;
            if (running == 0)
                drained.TrySetResult();
        }

        await using var _ = impatience.Register(static source => ((CancellationTokenSource)source!).Cancel(), aborted);
        await drained.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => aborted.Dispose();

    private static DateTimeOffset? Missed(JobRun last, DateTimeOffset now)
    {
        if (last.NextAt <= now)
            return last.NextAt;
        return last is { StartedAt: not null, FinishedAt: null } ? last.DueAt ?? last.StartedAt : null;
    }

    private async Task<JobCall?> BeginAsync(Entry entry, DateTimeOffset due, CancellationToken cancellation)
    {
        var job = entry.Job;
        var started = clock.GetUtcNow();
        Keep(entry, entry.Last with { StartedAt = started, FinishedAt = null, DueAt = due, NextAt = job.Schedule.NextAfter(started) });
        Exception? failure = null;
        try
        {
            await store.SaveAsync(entry.Last, cancellation);
            await job.Run(new JobContext(job.Name, due, clock), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The row stays unfinished, so that the next start repeats the run.
            return null;
        }
        catch (Exception e)
        {
            failure = e;
        }

        return await EndAsync(entry, failure);
    }

    private async Task<JobCall?> EndAsync(Entry entry, Exception? failure)
    {
        var finished = clock.GetUtcNow();
        var tick = entry.Job.Schedule.NextAfter(finished);
        var failures = failure is null ? 0 : entry.Last.Failures + 1;
        var retry = finished + RetryAfter(failures);
        var next = failure is not null && retry < tick ? retry : tick;
        if (failure is not null)
            JobLog.Failed(logger, failure, entry.Job.Name, failures, next);
        Keep(entry, entry.Last with { FinishedAt = finished, NextAt = next, Failure = failure is null ? null : Words(failure), Failures = failures });
        try
        {
            // Not cancelled by a stop: what has been done must not be done again for want of its record.
            await store.SaveAsync(entry.Last, CancellationToken.None);
        }
        catch (Exception e)
        {
            JobLog.NotRecorded(logger, e, entry.Job.Name);
            Keep(entry, entry.Last with { Failure = Words(e), Failures = failures + (failure is null ? 1 : 0) });
        }

        return next < tick ? new JobCall(entry.Job.Name, next, next) : null;
    }

    private TimeSpan RetryAfter(int failures)
    {
        var first = firstRetry ?? TimeSpan.FromMinutes(1);
        return TimeSpan.FromTicks((long)Math.Min(LongestRetry.Ticks, first.Ticks * Math.Pow(2, Math.Max(0, failures - 1))));
    }

    private static string Words(Exception failure)
    {
        var words = $"{failure.Message} ({failure.GetType().Name})";
        return words.Length <= LongestFailure ? words : words[..LongestFailure];
    }

    private void Keep(Entry entry, JobRun run)
    {
        lock (gate)
            entry.Last = run;
    }

    private sealed class Entry(RecurringJob job, JobRun last)
    {
        public RecurringJob Job => job;

        public JobRun Last { get; set; } = last;

        public bool Running { get; set; }

        public JobState ToState(DateTimeOffset now) => new(
            job,
            Running,
            Last,
            Last is { StartedAt: { } started, DueAt: { } due } && started > due ? started - due : TimeSpan.Zero,
            !Running && now > Last.NextAt ? now - Last.NextAt : TimeSpan.Zero);
    }
}

/// <summary>A run beside the regular ticks, which the host must arrange.</summary>
/// <param name="At">When to call <see cref="JobRunner.RunAsync"/>.</param>
/// <param name="Due">What to pass as due.</param>
public sealed record JobCall(string Job, DateTimeOffset At, DateTimeOffset Due);
