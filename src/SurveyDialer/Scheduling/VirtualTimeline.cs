namespace SurveyDialer.Scheduling;

/// <summary>
/// Time that jumps: a queue of awaited events, ordered by (due, order, key). One event runs at a time and is awaited to its end; then
/// the clock jumps to the next, so that a campaign of weeks runs as fast as the processor allows and a seed gives the same run again.
/// <see cref="ITimeline.Schedule"/> may be called from any thread; only one run may be active at a time. Between runs the clock stands still.
/// </summary>
public sealed class VirtualTimeline : ITimeline
{
    /// <summary>Where demo and rehearsal start unless told otherwise: a Monday morning in Guizhou.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 3, 2, 8, 30, 0, TimeSpan.FromHours(8));

    private readonly Lock gate = new();
    private readonly PriorityQueue<QueuedEvent, Place> queue = new(Place.Comparer);
    private readonly VirtualClock clock;
    private readonly VirtualPace pace;
    private readonly Action<string, Exception> failed;
    private TaskCompletionSource? interruption;
    private long now;
    private long inserted;
    private long eventsRun;
    private bool running;

    /// <summary>Makes a timeline that stands at <paramref name="start"/>.</summary>
    /// <param name="start">The first instant; UTC or with offset.</param>
    /// <param name="failed">Told the key and the exception of an event that threw; the run goes on. Must not throw.</param>
    /// <param name="realClock">Needed only for <see cref="Speed"/> and <see cref="RunOneToOneAsync"/>.</param>
    public VirtualTimeline(DateTimeOffset start, Action<string, Exception> failed, TimeProvider? realClock = null)
    {
        ArgumentNullException.ThrowIfNull(failed);
        now = start.UtcTicks;
        this.failed = failed;
        pace = new VirtualPace(realClock);
        clock = new VirtualClock(this);
    }

    /// <inheritdoc/>
    public TimeProvider Clock => clock;

    /// <summary>
    /// Virtual seconds per real second, for watching; null (the start value) as fast as possible. It only ever slows down: when the
    /// events take longer than that, the clock lags. May be changed while running.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative or not a number.</exception>
    /// <exception cref="InvalidOperationException">No real clock was given.</exception>
    public double? Speed
    {
        get
        {
            lock (gate)
                return pace.Speed;
        }
        set
        {
            lock (gate)
            {
                now = CurrentTicks();
                pace.Set(value, now);
                interruption?.TrySetResult();
            }
        }
    }

    /// <summary>Events run so far, timers included.</summary>
    public long EventsRun => Interlocked.Read(ref eventsRun);

    /// <summary>When the next event falls due; null when nothing is queued.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate)
            {
                DropWithdrawn();
                return queue.TryPeek(out _, out var place) ? new DateTimeOffset(place.Due, TimeSpan.Zero) : null;
            }
        }
    }

    /// <inheritdoc/>
    public void Schedule(DateTimeOffset due, TimelineOrder order, string key, Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(work);
        Enqueue(due.UtcTicks, order, new QueuedEvent(key, work));
    }

    /// <summary>Runs until <paramref name="until"/> holds (asked before every event) or nothing is queued any more.</summary>
    /// <returns>True when <paramref name="until"/> held; false when the queue ran dry first.</returns>
    public Task<bool> RunAsync(Func<bool> until, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(until);
        return ExclusivelyAsync(() => PumpAsync(new Span(null, KeepWaiting: false), until, cancellation));
    }

    /// <summary>Runs until nothing is queued. Never ends while a recurring event puts itself back: use <see cref="AdvanceToAsync"/> then.</summary>
    public Task RunUntilIdleAsync(CancellationToken cancellation) => RunAsync(static () => false, cancellation);

    /// <summary>Runs everything due up to and including <paramref name="instant"/>; the clock then stands there, or where it was when that is later.</summary>
    public Task AdvanceToAsync(DateTimeOffset instant, CancellationToken cancellation) =>
        ExclusivelyAsync(() => PumpAsync(new Span(instant.UtcTicks, KeepWaiting: false), static () => false, cancellation));

    /// <summary>From now on virtual time goes as fast as real time, with or without events, until cancelled; then returns normally.</summary>
    /// <exception cref="InvalidOperationException">No real clock was given.</exception>
    public async Task RunOneToOneAsync(CancellationToken cancellation)
    {
        Speed = 1;
        try
        {
            await ExclusivelyAsync(() => PumpAsync(new Span(null, KeepWaiting: true), static () => false, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    internal DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return new DateTimeOffset(CurrentTicks(), TimeSpan.Zero);
        }
    }

    internal void ScheduleTimer(TimeSpan after, QueuedEvent timer)
    {
        lock (gate)
            Enqueue(CurrentTicks() + after.Ticks, TimelineOrder.Job, timer);
    }

    private void Enqueue(long due, TimelineOrder order, QueuedEvent queued)
    {
        lock (gate)
        {
            // What is past is due now: it must not run before the carrier's events of this instant because of an old date.
            var place = new Place(Math.Max(due, CurrentTicks()), order, queued.Key, inserted++);
            queue.Enqueue(queued, place);
            interruption?.TrySetResult();
        }
    }

    private async Task<T> ExclusivelyAsync<T>(Func<Task<T>> run)
    {
        lock (gate)
        {
            if (running)
                throw new InvalidOperationException("This timeline is being run already; only one run may be active at a time.");
            running = true;
            pace.Anchor(now);
        }

        try
        {
            // Events that never wait would otherwise keep the caller's thread, and a caller's context would order their continuations.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            return await run();
        }
        finally
        {
            lock (gate)
                running = false;
        }
    }

    private async Task<bool> PumpAsync(Span span, Func<bool> until, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (until())
                return true;
            var step = TakeStep(span);
            if (step.Wait is { } wait)
                await WaitAsync(wait, cancellation);
            else if (step.Event is { } next)
                await RunEventAsync(next, cancellation);
            else
                return false;
        }
    }

    /// <summary>Decides under the lock what comes next: an event to run, a while to wait, or (neither) the end of the run.</summary>
    private Step TakeStep(Span span)
    {
        lock (gate)
        {
            DropWithdrawn();
            var due = queue.TryPeek(out _, out var place) && place.Due <= (span.Limit ?? long.MaxValue) ? place.Due : (long?)null;
            var goal = due ?? span.Limit ?? (span.KeepWaiting ? DateTimeOffset.MaxValue.UtcTicks : now);
            if (pace.TimeUntil(goal) is { } wait)
            {
                pace.BeginWait(goal);
                interruption = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return new Step(null, wait);
            }

            now = Math.Max(now, goal);
            return new Step(due is null ? null : queue.Dequeue(), null);
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(Task.Delay(wait, pace.RealClock, over.Token), interruption!.Task);
        await over.CancelAsync();
        lock (gate)
        {
            now = CurrentTicks();
            pace.EndWait();
            interruption = null;
        }
    }

    private async Task RunEventAsync(QueuedEvent next, CancellationToken cancellation)
    {
        try
        {
            Interlocked.Increment(ref eventsRun);
            await next.Work(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            failed(next.Key, e);
        }
    }

    private void DropWithdrawn()
    {
        while (queue.TryPeek(out var next, out _) && next.Withdrawn)
            queue.Dequeue();
    }

    private long CurrentTicks() => pace.Moving(now) ?? now;

    /// <param name="Limit">Last instant to run, inclusive; null without end.</param>
    /// <param name="KeepWaiting">Goes on when nothing is queued.</param>
    private readonly record struct Span(long? Limit, bool KeepWaiting);

    private readonly record struct Step(QueuedEvent? Event, TimeSpan? Wait);

    /// <summary>An event in the queue. A disposed timer withdraws its event, which then neither runs nor moves the clock.</summary>
    internal sealed class QueuedEvent(string key, Func<CancellationToken, Task> work)
    {
        public string Key => key;

        public Func<CancellationToken, Task> Work => work;

        public bool Withdrawn { get; set; }
    }

    private readonly record struct Place(long Due, TimelineOrder Order, string Key, long Inserted)
    {
        public static readonly IComparer<Place> Comparer = Comparer<Place>.Create(static (a, b) =>
        {
            var byDue = a.Due.CompareTo(b.Due);
            if (byDue != 0)
                return byDue;
            var byOrder = ((int)a.Order).CompareTo((int)b.Order);
            if (byOrder != 0)
                return byOrder;
            var byKey = string.CompareOrdinal(a.Key, b.Key);
            return byKey != 0 ? byKey : a.Inserted.CompareTo(b.Inserted);
        });
    }
}
