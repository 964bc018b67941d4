namespace SurveyDialer.Scheduling;

/// <summary>When a recurring job ticks. Ticks fall on the same wall times every day, whenever the program was started.</summary>
public abstract record JobSchedule
{
    private JobSchedule()
    {
    }

    /// <summary>The same as six fields of cron (second, minute, hour, day, month, weekday), for the hosts that want it so.</summary>
    public abstract string Cron { get; }

    /// <summary>The zone in which <see cref="Cron"/> is meant.</summary>
    public abstract TimeZoneInfo Zone { get; }

    /// <summary>The first tick after <paramref name="instant"/>, never at it; UTC.</summary>
    public abstract DateTimeOffset NextAfter(DateTimeOffset instant);

    /// <summary>Ticks every so many whole seconds, minutes or hours, counted from midnight UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number does not divide the next larger unit (60, 60, 24): ticks would wander from day to day.</exception>
    public static JobSchedule Every(TimeSpan interval) => new Interval(interval);

    /// <summary>Ticks once a day at <paramref name="at"/> in <paramref name="zone"/>; a time that the zone skips on a day is taken an hour later.</summary>
    public static JobSchedule DailyAt(TimeOnly at, TimeZoneInfo zone) => new Daily(at, zone);

    /// <summary>Whether <see cref="Every"/> takes this interval.</summary>
    public static bool Divides(TimeSpan interval) => Interval.ToCron(interval) is not null;

    private sealed record Interval : JobSchedule
    {
        private readonly long ticks;

        public Interval(TimeSpan interval)
        {
            ticks = interval.Ticks;
            Cron = ToCron(interval) ??
                throw new ArgumentOutOfRangeException(nameof(interval), interval, "Whole seconds that divide a minute, minutes that divide an hour, or hours that divide a day.");
        }

        public override string Cron { get; }

        public override TimeZoneInfo Zone => TimeZoneInfo.Utc;

        public override DateTimeOffset NextAfter(DateTimeOffset instant) => new(((instant.UtcTicks / ticks) + 1) * ticks, TimeSpan.Zero);

        internal static string? ToCron(TimeSpan interval)
        {
            if (interval < TimeSpan.FromSeconds(1) || interval.Ticks % TimeSpan.TicksPerSecond != 0)
                return null;
            var seconds = (long)interval.TotalSeconds;
            return seconds switch
            {
                86_400 => "0 0 0 * * ?",
                >= 3600 when seconds % 3600 == 0 && 24 % (seconds / 3600) == 0 => $"0 0 0/{seconds / 3600} * * ?",
                >= 60 and < 3600 when seconds % 60 == 0 && 60 % (seconds / 60) == 0 => $"0 0/{seconds / 60} * * * ?",
                < 60 when 60 % seconds == 0 => $"0/{seconds} * * * * ?",
                _ => null,
            };
        }
    }

    private sealed record Daily(TimeOnly At, TimeZoneInfo In) : JobSchedule
    {
        public override string Cron => $"{At.Second} {At.Minute} {At.Hour} * * ?";

        public override TimeZoneInfo Zone => In;

        public override DateTimeOffset NextAfter(DateTimeOffset instant)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, In).DateTime);
            for (var day = today; ; day = day.AddDays(1))
            {
                var local = day.ToDateTime(At);
                if (In.IsInvalidTime(local))
                    local = local.AddHours(1);
                var tick = new DateTimeOffset(local, In.GetUtcOffset(local)).ToUniversalTime();
                if (tick > instant)
                    return tick;
            }
        }
    }
}
