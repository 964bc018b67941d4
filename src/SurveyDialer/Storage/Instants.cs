namespace SurveyDialer.Storage;

/// <summary>The stored forms of times (UTC milliseconds since 1970) and calendar days (days since 1970).</summary>
internal static class Instants
{
    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    internal static DateTimeOffset FromMillis(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);

    internal static long NowMillis(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    internal static DateOnly Day(long day) => DateOnly.FromDayNumber((int)day + Epoch);

    internal static DateOnly? Day(long? day) => day is { } stored ? Day(stored) : null;

    internal static long Day(DateOnly day) => day.DayNumber - Epoch;

    /// <summary>The calendar day that a zone has at an instant.</summary>
    internal static DateOnly DayIn(this DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
