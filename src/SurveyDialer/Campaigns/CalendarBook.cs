using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>The calendar data that policies refer to by name, and the days on which an official survey runs.</summary>
internal sealed class CalendarBook(IReadOnlyCollection<Calendar> calendars, IReadOnlyList<NamedDays> officialSurveys)
{
    internal IReadOnlyList<NamedDays> OfficialSurveys => officialSurveys;

    internal IReadOnlyCollection<Calendar> All => calendars;

    internal Calendar? Find(string name) => calendars.FirstOrDefault(calendar => calendar.Name == name);

    /// <exception cref="InvalidOperationException">There is no such calendar; a launched campaign's calendar was checked.</exception>
    internal Calendar Get(string name) => Find(name) ?? throw new InvalidOperationException($"There is no calendar '{name}'.");

    /// <summary>When a policy lets anybody be called.</summary>
    /// <exception cref="InvalidOperationException">There is no calendar of the policy's name.</exception>
    internal CallingSchedule ScheduleOf(DiallingPolicy policy) => new(policy, Get(policy.Calendar), officialSurveys);

    /// <summary>As <see cref="OfficialSurveyOn"/>, for the day that a campaign's respondents have now.</summary>
    internal (NamedDays Survey, DateOnly Until)? OfficialSurveyAt(CampaignView campaign, DateTimeOffset now)
        => OfficialSurveyOn(now.DayIn(TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone)));

    /// <summary>The official survey that runs on a day, and the last day before calls may go on: others may follow without a gap. Null when none runs.</summary>
    internal (NamedDays Survey, DateOnly Until)? OfficialSurveyOn(DateOnly day)
    {
        if (officialSurveys.FirstOrDefault(survey => survey.Contains(day)) is not { } first) return null;
        var until = first.Last;
        while (officialSurveys.FirstOrDefault(survey => survey.Last > until && survey.First <= until.AddDays(1)) is { } next) until = next.Last;
        return (first, until);
    }
}
