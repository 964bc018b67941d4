using System.Globalization;
using System.Text.RegularExpressions;

namespace SurveyDialer.Questionnaires;

/// <summary>
/// Reads one mapping of a template key by key. A key that is missing or wrong is logged and read as some harmless value, so that one pass
/// finds everything; <see cref="Done"/> logs the keys that nobody asked for.
/// </summary>
internal sealed partial class MapReader(YamlMap map, string path, ReadingLog log)
{
    private readonly HashSet<string> known = [];

    public ReadingLog Log => log;

    [GeneratedRegex("^([0-9]{1,6})(s|m|h|d)$")]
    private static partial Regex DurationPattern { get; }

    /// <summary>A mapping whose keys were all read.</summary>
    public static T Read<T>(YamlNode node, string path, ReadingLog log, Func<MapReader, T> read)
    {
        log.Lines.TryAdd(path, node.Line);
        if (node is not YamlMap map)
        {
            log.Error(node.Line, path, "not_a_mapping");
            return read(Unreadable);
        }

        var reader = new MapReader(map, path, log);
        var value = read(reader);
        reader.Done();
        return value;
    }

    // One finding is enough where a whole mapping is missing.
    private static MapReader Unreadable => new(new YamlMap(0, []), "", new ReadingLog(""));

    public bool Has(string key) => Node(key) is not null;

    public T Map<T>(string key, Func<MapReader, T> read)
    {
        if (Node(key) is { } node)
            return Read(node, Key(key), log, read);
        Missing(key);
        return read(Unreadable);
    }

    public T? OptionalMap<T>(string key, Func<MapReader, T> read)
        where T : class
        => Node(key) is { } node ? Read(node, Key(key), log, read) : null;

    public IReadOnlyList<T> List<T>(string key, Func<MapReader, T> read)
        => Node(key) is { } node ? Items(node, Key(key), log, read) : Absent<T>(key);

    public IReadOnlyList<T> OptionalList<T>(string key, Func<MapReader, T> read)
        => Node(key) is { } node ? Items(node, Key(key), log, read) : [];

    public IReadOnlyList<T> Entries<T>(Func<string, YamlNode, T> read)
        => [.. map.Entries.Select(e =>
        {
            known.Add(e.Key.Value);
            log.Lines.TryAdd(Key(e.Key.Value), e.Key.Line);
            return read(e.Key.Value, e.Value);
        })];

    public static IReadOnlyList<T> Items<T>(YamlNode node, string path, ReadingLog log, Func<MapReader, T> read)
    {
        if (node is YamlList list)
            return [.. list.Items.Select((item, i) => Read(item, $"{path}.{Segment(item, i)}", log, read))];
        log.Error(node.Line, path, "not_a_list");
        return [];
    }

    /// <summary>A list of short texts, or one of them alone.</summary>
    public IReadOnlyList<string> Names(string key, bool required = true)
    {
        var node = Node(key);
        if (node is null && required)
            Missing(key);
        var names = node switch
        {
            null => [],
            YamlText text => [text],
            YamlList list => list.Items.OfType<YamlText>().ToArray(),
            _ => [],
        };
        if (node is YamlMap || (node is YamlList all && all.Items.Count != names.Length))
            log.Error(node.Line, Key(key), "not_a_list");
        return [.. names.Select(n => n.Value)];
    }

    public string Text(string key, string fallback = "")
    {
        if (Node(key) is not { } node)
        {
            Missing(key);
            return fallback;
        }

        if (node is YamlText { Value.Length: > 0 } text)
            return text.Value;
        log.Error(node.Line, Key(key), "not_a_text");
        return fallback;
    }

    public string? OptionalText(string key) => Has(key) ? Text(key) : null;

    /// <summary>A text that must match; it goes into stored positions and exports.</summary>
    public string Name(string key, Regex pattern, string problem)
    {
        var text = Text(key, "x");
        if (!pattern.IsMatch(text))
            log.Error(Node(key)?.Line ?? map.Line, Key(key), problem, text);
        return text;
    }

    public int Integer(string key, int from, int to)
    {
        var text = Text(key, $"{from}");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to)
            return value;
        log.Error(Node(key)?.Line ?? map.Line, Key(key), "not_a_number", text, $"{from}", $"{to}");
        return from;
    }

    public int? OptionalInteger(string key, int from, int to) => Has(key) ? Integer(key, from, to) : null;

    /// <summary>A number that may have decimals, both ends included.</summary>
    public double Number(string key, double from, double to)
    {
        var text = Text(key, "0");
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to)
            return value;
        log.Error(Node(key)?.Line ?? map.Line, Key(key), "not_a_decimal", text, from.ToString(CultureInfo.InvariantCulture), to.ToString(CultureInfo.InvariantCulture));
        return from;
    }

    /// <summary>A number for each key of a mapping, in ordinal order of the keys.</summary>
    public IReadOnlyDictionary<string, double> Numbers(string key, double from, double to)
    {
        var numbers = new SortedDictionary<string, double>(StringComparer.Ordinal);
        Map(key, all => all.Entries((name, _) => numbers[name] = all.Number(name, from, to)));
        return numbers;
    }

    public bool Flag(string key)
    {
        if (!Has(key))
            return false;
        var text = Text(key);
        if (text is not ("true" or "false"))
            log.Error(Node(key)!.Line, Key(key), "not_a_flag", text);
        return text == "true";
    }

    public T Word<T>(string key, T fallback)
        where T : struct, Enum
        => Word<T>(Text(key, Spelled(fallback)), key);

    public T OptionalWord<T>(string key, T fallback)
        where T : struct, Enum
        => Has(key) ? Word(key, fallback) : fallback;

    public IReadOnlyList<T> Words<T>(string key)
        where T : struct, Enum
        => [.. Names(key).Select(name => Word<T>(name, key))];

    public TimeSpan Duration(string key)
    {
        var text = Text(key, "1s");
        if (DurationPattern.Match(text) is not { Success: true } match)
        {
            log.Error(Node(key)?.Line ?? map.Line, Key(key), "not_a_duration", text);
            return TimeSpan.FromSeconds(1);
        }

        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    public TimeOnly Time(string key)
    {
        var text = Text(key, "00:00");
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        log.Error(Node(key)?.Line ?? map.Line, Key(key), "not_a_time", text);
        return default;
    }

    /// <summary>A text in several languages; empty where the key is absent.</summary>
    public LocalText Local(string key) => Texts(key, " ");

    /// <summary>A text that is printed: its lines are paragraphs.</summary>
    public LocalText Printed(string key) => Texts(key, "\n");

    public void Error(string key, string problem, params string[] arguments) => log.Error(Node(key)?.Line ?? map.Line, Key(key), problem, arguments);

    /// <summary>At the last entry of the list <paramref name="key"/> with this segment.</summary>
    public void ErrorAtLast(string key, string segment, string problem, params string[] arguments)
    {
        var items = Node(key) is YamlList list ? list.Items : [];
        var last = items.Where((item, i) => Segment(item, i) == segment || item is YamlText text && text.Value == segment).LastOrDefault();
        log.Error(last?.Line ?? Node(key)?.Line ?? map.Line, $"{Key(key)}.{segment}", problem, arguments);
    }

    private LocalText Texts(string key, string lineEnd)
        => OptionalMap(key, languages => new LocalText(languages.Entries((language, node) => KeyValuePair.Create(language, Text(node, $"{Key(key)}.{language}", lineEnd)))))
            ?? LocalText.Empty;

    private string Text(YamlNode node, string key, string lineEnd)
    {
        if (node is YamlText { Value: var value } && !string.IsNullOrWhiteSpace(value))
            return value.ReplaceLineEndings(lineEnd).Trim();
        log.Error(node.Line, key, "not_a_text");
        return "";
    }

    private T Word<T>(string word, string key)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Spelled(value) == word)
                return value;
        }

        log.Error(Node(key)?.Line ?? map.Line, Key(key), "unknown_word", word, string.Join(", ", Enum.GetValues<T>().Select(Spelled)));
        return default;
    }

    private static string Spelled<T>(T value)
        where T : struct, Enum
        => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private string Key(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode? Node(string key)
    {
        known.Add(key);
        foreach (var (name, value) in map.Entries)
        {
            if (name.Value != key)
                continue;
            log.Lines.TryAdd(Key(key), name.Line);
            return value;
        }

        return null;
    }

    private void Missing(string key) => log.Error(map.Line, Key(key), "missing_key", key);

    private IReadOnlyList<T> Absent<T>(string key)
    {
        Missing(key);
        return [];
    }

    private static string Segment(YamlNode item, int index)
    {
        foreach (var key in (string[])["id", "key", "name", "tag"])
        {
            if (item is YamlMap map && map.Entries.FirstOrDefault(e => e.Key.Value == key).Value is YamlText { Value: var name })
                return name;
        }

        return $"{index}";
    }

    private void Done()
    {
        foreach (var (key, _) in map.Entries.Where(e => !known.Contains(e.Key.Value)))
        {
            var near = known.MinBy(k => Distance(k, key.Value)) ?? "";
            log.Error(key.Line, Key(key.Value), "unknown_key", key.Value, near.Length > 0 && Distance(near, key.Value) <= 3 ? near : string.Join(", ", known.Order()));
        }
    }

    private static int Distance(string a, string b)
    {
        b = b[..Math.Min(b.Length, 40)];
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[b.Length];
    }
}
