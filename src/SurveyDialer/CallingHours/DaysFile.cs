using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SurveyDialer.CallingHours;

/// <summary>The strict reading of files that name days: every entry is known, every mistake is told with its line.</summary>
/// <param name="sample">The delivered file that shows how it is done.</param>
internal abstract class DaysFile(string sample)
{
    private static readonly string[] DayKeys = ["from", "to", "zh", "en"];

    private readonly List<CalendarProblem> _problems = [];

    /// <summary>All that were found, in the order of the lines.</summary>
    protected IReadOnlyList<CalendarProblem> Problems => [.. _problems.OrderBy(problem => problem.Arguments.Length == 0 ? 0L : (long)problem.Arguments[0])];

    /// <param name="name">What the whole file is called in a problem.</param>
    /// <param name="keys">Entries that it may have.</param>
    protected YamlMappingNode? Root(string text, string name, string[] keys)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException wrong)
        {
            Report(CalendarFault.NotYaml, wrong.Start.Line);
            return null;
        }

        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" })
        {
            _problems.Add(new CalendarProblem(CalendarFault.Empty) { Sample = sample });
            return null;
        }

        return Mapping(stream.Documents[0].RootNode, name, keys);
    }

    /// <param name="first">First and last day that the file covers; days outside are a mistake.</param>
    protected List<(long Line, NamedDays Days)> NamedDays(YamlMappingNode root, string key, DateOnly first, DateOnly last)
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

    protected DateOnly? Day(YamlMappingNode mapping, string key)
    {
        if (Text(mapping, key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Report(CalendarFault.NotADay, mapping.Children[key].Start.Line, text);
        return null;
    }

    protected string? Text(YamlMappingNode mapping, string key)
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

    protected void Report(CalendarFault fault, long line, params object[] arguments) =>
        _problems.Add(new CalendarProblem(fault, [line, .. arguments]) { Sample = sample });

    protected static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static List<NamedDays> Days(List<(long Line, NamedDays Days)> list) => list.ConvertAll(item => item.Days);
}
