using System.Text.RegularExpressions;

namespace SurveyDialer.Tests.House;

/// <summary>The rooms of src/SurveyDialer and the direction in which they know each other.</summary>
public sealed partial class RoomsTests
{
    private const string Home = "src/SurveyDialer/";
    private const string Corridor = "Fieldwork";

    /// <summary>Pairs of rooms that know each other, each with its reason. Better empty.</summary>
    private static readonly (string, string, string Reason)[] KnownCycles = [];

    private static readonly IReadOnlyList<string> Sources = [.. SourceTree.Files(Home, ".cs").Where(file => file[Home.Length..].Contains('/', StringComparison.Ordinal))];

    private static readonly Dictionary<string, HashSet<string>> TypesOfRoom = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, HashSet<string>> Uses = ReadUses();

    [Fact]
    public void No_room_uses_the_corridor() =>
        SourceTree.AssertClean(
            Uses.Count,
            Uses.Where(room => room.Key != Corridor && room.Value.Contains(Corridor))
                .Select(room => $"{room.Key} uses {Corridor}; only the job list, the webhooks and the command line may. Example: {Example(room.Key, Corridor)}"));

    [Fact]
    public void Rooms_do_not_know_each_other_in_circles()
    {
        var known = KnownCycles.SelectMany(pair => new[] { (pair.Item1, pair.Item2), (pair.Item2, pair.Item1) }).ToHashSet();
        var uses = Uses.ToDictionary(room => room.Key, room => room.Value.Where(to => !known.Contains((room.Key, to))).Order(StringComparer.Ordinal).ToList());
        SourceTree.AssertClean(uses.Values.Sum(to => to.Count), uses.Keys.Select(room => Cycle(uses, room)).OfType<List<string>>().Select(Describe).Distinct());
    }

    [Fact]
    public void The_namespace_follows_the_folder_at_least_to_the_room()
    {
        var sources = SourceTree.Files("src", ".cs").Select(file => (File: file, Is: Namespace().Match(SourceTree.Read(file)).Groups[1].Value)).Where(f => f.Is.Length > 0).ToList();
        SourceTree.AssertClean(sources.Count, sources.Where(f => !Follows(f.Is, f.File)).Select(f => $"{f.File}: namespace {f.Is}."));

        // A folder below a room may keep the room's namespace.
        static bool Follows(string name, string file)
        {
            var folder = Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..];
            var least = file.StartsWith(Home, StringComparison.Ordinal) && folder.Contains('/', StringComparison.Ordinal) ? $"SurveyDialer.{Room(file)}" : folder.Split('/')[0];
            return name.StartsWith(least, StringComparison.Ordinal) && $"{folder.Replace('/', '.')}.".StartsWith($"{name}.", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_scan_sees_what_it_should()
    {
        Assert.Contains("CallingHours", Uses["Attempts"]);
        Assert.Contains("Questionnaires", ProjectsNamed());
        Assert.Equal(["a", "b", "c"], Cycle(new() { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a"] }, "a")!);
        Assert.Null(Cycle(new() { ["a"] = ["b", "c"], ["b"] = ["c"], ["c"] = [] }, "a"));
    }

    private static IEnumerable<string> ProjectsNamed() => Sources.SelectMany(SourceTree.Code).SelectMany(line => Named().Matches(line)).Select(match => match.Groups[1].Value);

    private static Dictionary<string, HashSet<string>> ReadUses()
    {
        var rooms = Sources.Select(Room).Distinct().ToDictionary(room => room, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var file in Sources)
            rooms[Room(file)].UnionWith(SourceTree.Code(file).SelectMany(RoomsNamed).Where(to => rooms.ContainsKey(to) && to != Room(file)));
        return rooms;

        // A using, a whole name, or a name that begins with the room ("Calls.ICarrier") and goes on with a type or a room below.
        IEnumerable<string> RoomsNamed(string line) =>
            Named().Matches(line).Select(match => match.Groups[1].Value)
                .Concat(Qualified().Matches(line).Where(match => Types(match.Groups[1].Value).Contains(match.Groups[2].Value)).Select(match => match.Groups[1].Value));
    }

    private static HashSet<string> Types(string room)
    {
        if (!TypesOfRoom.TryGetValue(room, out var types))
        {
            var files = Sources.Where(file => Room(file) == room);
            TypesOfRoom[room] = types = [.. files.SelectMany(file => TypeName().Matches(SourceTree.Read(file))).Select(match => match.Groups[1].Value)];
        }

        return types;
    }

    private static string Room(string file) => file[Home.Length..].Split('/')[0];

    private static string Example(string from, string to) =>
        Sources.First(file => Room(file) == from && SourceTree.Code(file).Any(line => line.Contains(to, StringComparison.Ordinal)));

    private static string Describe(List<string> cycle) =>
        "Rooms in a circle: " + string.Join(", ", cycle.Select((room, i) => $"{room} uses {cycle[(i + 1) % cycle.Count]} ({Example(room, cycle[(i + 1) % cycle.Count])})"));

    /// <summary>The shortest way from a room back to itself, told from its alphabetically first room, so that one circle is told once; null when there is none.</summary>
    private static List<string>? Cycle(Dictionary<string, List<string>> uses, string start)
    {
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var room))
        {
            foreach (var to in uses[room])
            {
                if (to == start)
                {
                    var way = new List<string>();
                    for (var at = room; at != start; at = from[at])
                        way.Insert(0, at);
                    way.Insert(0, start);
                    var first = way.IndexOf(way.Min(StringComparer.Ordinal)!);
                    return [.. way.Skip(first), .. way.Take(first)];
                }

                if (from.TryAdd(to, room))
                    queue.Enqueue(to);
            }
        }

        return null;
    }

    [GeneratedRegex(@"(?<![\w.])SurveyDialer\.([A-Z]\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w+)\.([A-Z]\w+)")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum|delegate \S+)\s+(?!class\b|struct\b)([A-Z]\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
