namespace SurveyDialer.Campaigns;

/// <summary>Hour and weekday in which a call was placed, where its respondent lives.</summary>
internal readonly record struct CallTime(DayOfWeek Weekday, int Hour)
{
    /// <param name="quarter">Quarters of an hour since 1970, UTC, as in <c>call_total</c>.</param>
    internal static CallTime Of(long quarter, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch + TimeSpan.FromMinutes(15 * quarter), zone);
        return new CallTime(local.DayOfWeek, local.Hour);
    }
}
