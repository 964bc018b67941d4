using System.Globalization;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using Calendar = SurveyDialer.CallingHours.Calendar;

namespace SurveyDialer.App.Health;

/// <summary>Nobody is called on days that no calendar knows: the holidays of the next year have to be entered in time.</summary>
internal sealed class CalendarCoverage : IHealthCheck
{
    private const int WarnBeforeDays = 30;

    public string Id => "calendar";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation) => Task.FromResult(Look(look.Office));

    private static HealthFinding Look(OpenInstallation office)
    {
        var calling = office.Database.Read(connection => CampaignStore.All(connection)).Where(campaign => campaign.State != "closed")
            .Select(campaign => TemplateJson.Read(campaign.TemplateJson).Policy.Calendar).ToHashSet(StringComparer.Ordinal);
        var today = DateOnly.FromDateTime(office.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        return Judge(office.Installation.Calendars.All, calling, today);
    }

    /// <param name="calling">Calendars that campaigns need now; empty: all are looked at, as a campaign might need any.</param>
    internal static HealthFinding Judge(IReadOnlyCollection<Calendar> calendars, HashSet<string> calling, DateOnly today)
    {
        if (calling.FirstOrDefault(name => calendars.All(calendar => calendar.Name != name)) is { } missing) return HealthFinding.Failure("health_calendar_missing", missing);
        var first = calendars.Where(calendar => calling.Count == 0 || calling.Contains(calendar.Name)).MinBy(calendar => calendar.LastDay);
        if (first is null) return HealthFinding.Failure("health_calendar_missing", "cn");
        var last = first.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var left = first.LastDay.DayNumber - today.DayNumber;
        if (left < 0 && calling.Count > 0) return HealthFinding.Failure("health_calendar_over", first.Name, last);
        return left < WarnBeforeDays ? HealthFinding.Warning("health_calendar_ends", first.Name, last) : HealthFinding.Fine("health_calendar_fine", first.Name, last);
    }
}
