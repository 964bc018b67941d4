using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SurveyDialer.CallingHours;

/// <summary>What a calendar file holds.</summary>
/// <param name="Calendar">Null when there are problems.</param>
/// <param name="Problems">All that were found, in the order of the lines.</param>
internal sealed record CalendarReading(Calendar? Calendar, IReadOnlyList<CalendarProblem> Problems);

/// <summary>Reads calendar data: <c>campaign-templates/calendars/*.yaml</c>.</summary>
internal sealed class CalendarFile
{
    private static readonly string[] RootKeys = ["calendar", "source", "first_day", "last_day", "holidays", "make_up_workdays", "silent"];
    private static readonly string[] DayKeys = ["from", "to", "zh", "en"];

    private readonly List<CalendarProblem> _problems = [];

    private CalendarFile()
    {
    }

    public static CalendarReading Read(string text)
    {
        var file = new CalendarFile();
        var calendar = file.Root(text) is { } root ? file.Calendar(root) : null;
        var problems = file._problems.OrderBy(problem => problem.Arguments.Length == 0 ? 0L : (long)problem.Arguments[0]).ToList();
        return new CalendarReading(problems.Count == 0 ? calendar : null, problems);
    }

    private YamlMappingNode? Root(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException wrong)
        {
            Report(CalendarFault.NotYaml, wrong.Start.Line, wrong.InnerException?.Message ?? wrong.Message);
            return null;
        }

        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" })
        {
            _problems.Add(new CalendarProblem(CalendarFault.Empty));
            return null;
        }

        return Mapping(stream.Documents[0].RootNode, "calendar", RootKeys);
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

    private List<(long Line, NamedDays Days)> NamedDays(YamlMappingNode root, string key, DateOnly first, DateOnly last)
    {
        var list = new List<(long Line, NamedDays Days)>();
        if (!root.Children.TryGetValue(key, out var node))
            return list;
        if (node is not YamlSequenceNode sequence)
        {
            Report(CalendarFault.WrongShape, node.Start.Line, key);
            return list;
        }

        foreach (var item in sequence.Children)
        {
            if (Mapping(item, key, DayKeys) is not { } entry)
                continue;
            var (from, to, chinese, english) = (Day(entry, "from"), Day(entry, "to"), Text(entry, "zh"), Text(entry, "en"));
            if (from is null || to is null || chinese is null || english is null)
                continue;
            if (from > to)
                Report(CalendarFault.Backwards, entry.Start.Line, Written(from.Value), Written(to.Value));
            if (from < first || to > last)
                Report(CalendarFault.NotCovered, entry.Start.Line, Written(from < first ? from.Value : to.Value), Written(first), Written(last));
            list.Add((entry.Start.Line, new NamedDays(from.Value, to.Value, chinese, english)));
        }

        return list;
    }

    private YamlMappingNode? Mapping(YamlNode node, string name, string[] keys)
    {
        if (node is not YamlMappingNode mapping)
        {
            Report(CalendarFault.WrongShape, node.Start.Line, name);
            return null;
        }

        foreach (var key in mapping.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } known } || !keys.Contains(known))
                Report(CalendarFault.UnknownKey, key.Start.Line, key.ToString());
        }

        return mapping;
    }

    private DateOnly? Day(YamlMappingNode mapping, string key)
    {
        if (Text(mapping, key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Report(CalendarFault.NotADay, mapping.Children[key].Start.Line, text);
        return null;
    }

    private string? Text(YamlMappingNode mapping, string key)
    {
        if (!mapping.Children.TryGetValue(key, out var node))
        {
            Report(CalendarFault.Missing, mapping.Start.Line, key);
            return null;
        }

        if (node is YamlScalarNode { Value: { Length: > 0 } text })
            return text;
        Report(CalendarFault.WrongShape, node.Start.Line, key);
        return null;
    }

    private void Report(CalendarFault fault, long line, params object[] arguments) =>
        _problems.Add(new CalendarProblem(fault, [line, .. arguments]));

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<NamedDays> Days(List<(long Line, NamedDays Days)> list) => list.ConvertAll(item => item.Days);
}
