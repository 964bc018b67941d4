using YamlDotNet.RepresentationModel;

namespace SurveyDialer.CallingHours;

/// <summary>What a calendar file holds.</summary>
/// <param name="Calendar">Null when there are problems.</param>
/// <param name="Problems">All that were found, in the order of the lines.</param>
internal sealed record CalendarReading(Calendar? Calendar, IReadOnlyList<CalendarProblem> Problems);

/// <summary>Reads calendar data: <c>campaign-templates/calendars/*.yaml</c>, and the office's own.</summary>
internal sealed class CalendarFile : DaysFile
{
    private static readonly string[] RootKeys = ["calendar", "source", "first_day", "last_day", "holidays", "make_up_workdays", "silent"];

    private CalendarFile()
        : base("cn.yaml")
    {
    }

    public static CalendarReading Read(string text)
    {
        var file = new CalendarFile();
        var calendar = file.Root(text, "calendar", RootKeys) is { } root ? file.Calendar(root) : null;
        var problems = file.Problems;
        return new CalendarReading(problems.Count == 0 ? calendar : null, problems);
    }

    private Calendar? Calendar(YamlMappingNode root)
    {
        var name = Text(root, "calendar");
        var source = Text(root, "source");
        var first = Day(root, "first_day");
        var last = Day(root, "last_day");
        if (name is null || source is null || first is null || last is null)
            return null;

        if (first > last)
            Report(CalendarFault.Backwards, root.Start.Line, Written(first.Value), Written(last.Value));
        var holidays = NamedDays(root, "holidays", first.Value, last.Value);
        var workdays = NamedDays(root, "make_up_workdays", first.Value, last.Value);
        var silent = NamedDays(root, "silent", first.Value, last.Value);
        foreach (var (line, days) in workdays)
        {
            if (holidays.Exists(holiday => holiday.Days.First <= days.Last && days.First <= holiday.Days.Last))
                Report(CalendarFault.TwoKinds, line, Written(days.First));
        }

        return new Calendar(name, source, first.Value, last.Value, Days(holidays), Days(workdays), Days(silent));
    }
}
