using SurveyDialer.CallingHours;

namespace SurveyDialer.Campaigns;

/// <summary>The calendar data that policies refer to by name, and the days on which an official survey runs.</summary>
internal sealed class CalendarBook(IReadOnlyCollection<Calendar> calendars, IReadOnlyList<NamedDays> officialSurveys)
{
    internal IReadOnlyList<NamedDays> OfficialSurveys => officialSurveys;

    internal IReadOnlyCollection<Calendar> All => calendars;

    internal Calendar? Find(string name) => calendars.FirstOrDefault(calendar => calendar.Name == name);

    /// <exception cref="InvalidOperationException">There is no such calendar; a launched campaign's calendar was checked.</exception>
    internal Calendar Get(string name) => Find(name) ?? throw new InvalidOperationException($"There is no calendar '{name}'.");
}
