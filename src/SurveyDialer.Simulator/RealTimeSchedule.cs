namespace SurveyDialer.Simulator;

/// <summary>Runs work at its time, side by side, on timers of a clock.</summary>
/// <param name="failed">Told the key and the exception of work that threw; it must not vanish, since a call whose event is lost never ends.</param>
internal sealed class RealTimeSchedule(TimeProvider clock, Action<string, Exception> failed) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<ITimer> _timers = [];
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _stopped;

    public void Schedule(DateTimeOffset due, string key, Func<CancellationToken, Task> work)
    {
        var wait = due - clock.GetUtcNow();
        lock (_gate)
        {
            if (_stopped)
                return;
            ITimer? timer = null;
            timer = clock.CreateTimer(_ => Fire(timer!, key, work), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timers.Add(timer);
            timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Forgets what has not begun and awaits what has.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_gate)
        {
            _stopped = true;
            foreach (var timer in _timers)
                timer.Dispose();
            _timers.Clear();
            running = [.. _running];
        }

        await _stop.CancelAsync();
        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private void Fire(ITimer timer, string key, Func<CancellationToken, Task> work)
    {
        timer.Dispose();
        lock (_gate)
        {
            _timers.Remove(timer);
            if (_stopped)
                return;
            var task = Task.Run(() => RunAsync(key, work));
            _running.Add(task);
            _ = task.ContinueWith(
                done =>
                {
                    lock (_gate)
                        _running.Remove(done);
                },
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task RunAsync(string key, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The simulator is being stopped.
        }
        catch (Exception fault)
        {
            failed(key, fault);
        }
    }
}
