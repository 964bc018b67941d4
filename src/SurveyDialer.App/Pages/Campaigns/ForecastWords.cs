using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Pages.Campaigns;

/// <summary>Where a round will get to, in words: the same on every page that shows it.</summary>
internal sealed class ForecastWords(CampaignView campaign, Forecast? forecast, DateTimeOffset now)
{
    private static PageWords T => PageWords.Of("Campaigns");

    /// <summary>Nothing more will come: there is no pace, and nothing is needed a day.</summary>
    public bool IsOver => campaign.ClosedAt is not null;

    /// <summary>Interviews, or people, a day.</summary>
    public string Needed => forecast?.NeededPerDay is { } needed ? T[campaign.Target is null ? "PersonsPerDay" : "PerDay", Show.Count(needed)] : "—";

    public string NeededBasis => forecast switch
    {
        null => T[IsOver ? "RoundOver" : "NotRunning"],
        { Remaining: 0 } => T["TargetReached"],
        { NeededPerDay: null } => T["LastDayPast"],
        _ => T["NeededBasis", Show.Day(forecast.LastDay, Zone, now)],
    };

    public string Ready => forecast switch
    {
        null when campaign.ClosedAt is { } closed => Show.Day(closed, Zone, now),
        { SampleTooSmall: true } => T["SampleTooSmall"],
        { TooLate: true } => T["TooLate"],
        { ReadyAt: { } ready } => Show.Day(ready.ToUnixTimeMilliseconds(), Zone, now),
        _ => "—",
    };

    /// <summary>The countdown.</summary>
    public string DaysLeft => forecast switch
    {
        null => IsOver ? T["RoundOver"] : "—",
        { DaysLeft: 0 } => T["LastDayPast"],
        _ => T["DaysLeft", forecast.DaysLeft],
    };

    private TimeZoneInfo Zone => Show.Zone(campaign.TimeZone);
}
