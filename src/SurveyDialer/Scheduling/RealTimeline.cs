namespace SurveyDialer.Scheduling;

/// <summary>
/// The timeline of real time: events run on the thread pool as they fall due, several at once. The wall clock decides: it is looked at
/// again at least every second, so that an event runs neither before its time nor long after it when the clock is set. When the clock
/// jumps ahead, or the machine slept, what is overdue starts in order and only so many at a time. What is still queued at the end is
/// dropped: all that must last is a row.
/// </summary>
public sealed class RealTimeline : ITimeline, IAsyncDisposable
{
    /// <summary>Events running at once; the others wait their turn in the order of their due times.</summary>
    public const int MaxRunning = 64;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly PriorityQueue<(string Key, Func<CancellationToken, Task> Work), (long Due, TimelineOrder Order, long Inserted)> queue = new();
    private readonly Action<string, Exception> failed;
    private readonly ITimer timer;
    private readonly CancellationTokenSource aborted = new();
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long inserted;
    private int running;
    private bool stopping;

    /// <summary>Makes a timeline on <paramref name="clock"/>; it runs from its first event on.</summary>
    /// <param name="clock">Tells the time and makes the timer.</param>
    /// <param name="failed">Told the key and the exception of an event that threw. Must not throw.</param>
    public RealTimeline(TimeProvider clock, Action<string, Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(failed);
        Clock = clock;
        this.failed = failed;
        timer = clock.CreateTimer(static self => ((RealTimeline)self!).StartDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public TimeProvider Clock { get; }

    /// <summary>Runs <paramref name="work"/> at <paramref name="due"/>; after <see cref="StopAsync"/> nothing is taken any more, silently, so that what runs can end.</summary>
    /// <inheritdoc/>
    public void Schedule(DateTimeOffset due, TimelineOrder order, string key, Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(work);
        lock (gate)
        {
            if (stopping)
                return;
            queue.Enqueue((key, work), (due.UtcTicks, order, inserted++));
        }

        StartDue();
    }

    /// <summary>Starts nothing more and waits for what runs.</summary>
    /// <param name="impatience">When cancelled, the running events are asked to give up; they are still waited for.</param>
    public async Task StopAsync(CancellationToken impatience)
    {
        lock (gate)
        {
            stopping = true;
            queue.Clear();
            if (running == 0)
                stopped.TrySetResult();
        }

        await timer.DisposeAsync();
        await using var _ = impatience.Register(static source => ((CancellationTokenSource)source!).Cancel(), aborted);
        await stopped.Task;
    }

    /// <summary>As <see cref="StopAsync"/>, without impatience.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        aborted.Dispose();
    }

    private void StartDue()
    {
        lock (gate)
        {
            var now = Clock.GetUtcNow().UtcTicks;
            while (!stopping && running < MaxRunning && queue.TryPeek(out var next, out var place))
            {
                if (place.Due > now)
                {
                    timer.Change(TimeSpan.FromTicks(Math.Min(place.Due - now, LongestSleep.Ticks)), Timeout.InfiniteTimeSpan);
                    return;
                }

                queue.Dequeue();
                running++;
                _ = Task.Run(() => RunAsync(next.Key, next.Work));
            }
        }
    }

    private async Task RunAsync(string key, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(aborted.Token);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            failed(key, e);
        }
        finally
        {
            Ended();
        }
    }

    private void Ended()
    {
        lock (gate)
        {
            running--;
            if (stopping && running == 0)
                stopped.TrySetResult();
        }

        StartDue();
    }
}
