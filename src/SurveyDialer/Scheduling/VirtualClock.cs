namespace SurveyDialer.Scheduling;

/// <summary>The clock of a <see cref="VirtualTimeline"/>; its timers are events of that timeline.</summary>
internal sealed class VirtualClock(VirtualTimeline timeline) : TimeProvider
{
    /// <summary>UTC, so that no result depends on where the machine stands.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => timeline.Now;

    public override long GetTimestamp() => timeline.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(timeline, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualTimeline timeline, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock gate = new();
        private readonly ExecutionContext? context = ExecutionContext.Capture();
        private VirtualTimeline.QueuedEvent? pending;
        private TimeSpan period;
        private bool disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowUnlessTimerTime(dueTime, nameof(dueTime));
            ThrowUnlessTimerTime(period, nameof(period));
            lock (gate)
            {
                if (disposed)
                    return false;
                this.period = period;
                Queue(dueTime);
                return true;
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                disposed = true;
                Queue(Timeout.InfiniteTimeSpan);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Queue(TimeSpan after)
        {
            pending?.Withdrawn = true;
            pending = null;
            if (after == Timeout.InfiniteTimeSpan)
                return;
            VirtualTimeline.QueuedEvent? self = null;
            self = new VirtualTimeline.QueuedEvent("timer", _ => Fire(self!));
            pending = self;
            timeline.ScheduleTimer(after, pending);
        }

        private Task Fire(VirtualTimeline.QueuedEvent fired)
        {
            lock (gate)
            {
                // Changed or disposed by another thread between the queue and here.
                if (!ReferenceEquals(fired, pending))
                    return Task.CompletedTask;
                // A period of zero means once, as with every timer of the runtime.
                Queue(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan);
            }

            if (context is null)
                callback(state);
            else
                ExecutionContext.Run(context, new ContextCallback(callback), state);
            return Task.CompletedTask;
        }

        private static void ThrowUnlessTimerTime(TimeSpan value, string name)
        {
            if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
                throw new ArgumentOutOfRangeException(name, value, "A timer takes zero or more, or infinite.");
        }
    }
}
