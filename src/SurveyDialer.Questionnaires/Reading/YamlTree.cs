using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SurveyDialer.Questionnaires;

/// <summary>What is left of YAML for templates: mappings, lists and plain texts with their lines. No anchors, aliases, tags or merge keys.</summary>
internal abstract record YamlNode(int Line);

internal sealed record YamlText(int Line, string Value) : YamlNode(Line);

internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

internal sealed record YamlMap(int Line, IReadOnlyList<(YamlText Key, YamlNode Value)> Entries) : YamlNode(Line);

/// <summary>Parses with limits, so that no file can take much time or memory.</summary>
internal sealed class YamlTree
{
    public const int MostCharacters = 1_000_000;
    public const int MostEntries = 200;
    private const int MostNodes = 50_000;
    private const int MostDepth = 12;

    private readonly Parser parser;
    private int nodes;
    private int lastLine = 1;

    private YamlTree(string yaml) => parser = new Parser(new Scanner(new StringReader(yaml), skipComments: true));

    /// <summary>The only document of the text.</summary>
    /// <exception cref="YamlFault">It is no such document, or exceeds a limit.</exception>
    public static YamlNode Parse(string yaml)
    {
        if (yaml.Length > MostCharacters)
            throw new YamlFault(1, "file_too_large", Number(yaml.Length), Number(MostCharacters));
        var tree = new YamlTree(yaml);
        try
        {
            return tree.Document();
        }
        catch (InvalidOperationException)
        {
            // The parser's word for a text that ends in the middle.
            throw new YamlFault(tree.lastLine, "not_yaml");
        }
        catch (YamlException e)
        {
            throw new YamlFault((int)Math.Max(1, e.Start.Line), "not_yaml");
        }
    }

    private YamlNode Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            throw new YamlFault(1, "empty_file");
        parser.Consume<DocumentStart>();
        var root = Node("", 0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
            throw new YamlFault((int)second.Start.Line, "several_documents");
        return root;
    }

    private YamlNode Node(string path, int depth)
    {
        var next = parser.Consume<ParsingEvent>();
        var line = (int)next.Start.Line;
        lastLine = Math.Max(1, line);
        if (++nodes > MostNodes || depth > MostDepth)
            throw new YamlFault(line, "too_many_nodes", Number(MostNodes), Number(MostDepth));
        if (next is AnchorAlias || (next is NodeEvent { Anchor.IsEmpty: false }))
            throw new YamlFault(line, "anchor");
        if (next is NodeEvent { Tag.IsEmpty: false })
            throw new YamlFault(line, "yaml_tag");
        return next switch
        {
            Scalar scalar => new YamlText(line, scalar.Value),
            SequenceStart => List(line, path, depth),
            MappingStart => Map(line, path, depth),
            _ => throw new YamlFault(line, "not_yaml"),
        };
    }

    private YamlList List(int line, string path, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (items.Count == MostEntries)
                throw new YamlFault((int)(parser.Current?.Start.Line ?? lastLine), "too_many_entries", path, Number(MostEntries));
            items.Add(Node(path, depth + 1));
        }

        return new YamlList(line, items);
    }

    private YamlMap Map(int line, string path, int depth)
    {
        var entries = new List<(YamlText Key, YamlNode Value)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (entries.Count == MostEntries)
                throw new YamlFault((int)(parser.Current?.Start.Line ?? lastLine), "too_many_entries", path, Number(MostEntries));
            if (Node(path, depth + 1) is not YamlText key)
                throw new YamlFault((int)(parser.Current?.Start.Line ?? lastLine), "key_is_no_text");
            if (entries.Any(e => e.Key.Value == key.Value))
                throw new YamlFault(key.Line, "duplicate_key", key.Value);
            entries.Add((key, Node(path.Length == 0 ? key.Value : $"{path}.{key.Value}", depth + 1)));
        }

        return new YamlMap(line, entries);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The file cannot be read as a tree at all; caught by the reader at once.</summary>
internal sealed class YamlFault(int line, string problem, params string[] arguments) : Exception
{
    public int Line => line;

    public string Problem => problem;

    public IReadOnlyList<string> Arguments => arguments;
}
