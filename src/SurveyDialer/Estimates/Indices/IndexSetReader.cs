using System.Text.RegularExpressions;
using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Rates;

namespace SurveyDialer.Estimates;

/// <summary>An index set read from YAML, or why not.</summary>
/// <param name="File">Its name, as in the findings.</param>
/// <param name="Set">Null when a finding is an error.</param>
public sealed record IndexSetReading(string File, IndexSet? Set, IReadOnlyList<Finding> Findings);

/// <summary>Reads an index set from YAML; every mistake is told with its line and how to mend it, as of a template.</summary>
public static partial class IndexSetReader
{
    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex SetId { get; }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,29}$")]
    private static partial Regex CompositeId { get; }

    [GeneratedRegex("^[1-6]$")]
    private static partial Regex AnswerKey { get; }

    /// <param name="yaml">The text of the file.</param>
    /// <param name="file">Its name, for the findings; a set is called like its file.</param>
    public static IndexSetReading Read(string yaml, string file)
    {
        var log = new ReadingLog(file);
        IndexSet? set = null;
        try
        {
            set = MapReader.Read(YamlTree.Parse(yaml), "", log, at => ReadSet(at, Path.GetFileNameWithoutExtension(file)));
        }
        catch (YamlFault fault)
        {
            log.Findings.Clear();
            log.Error(fault.Line, "", fault.Problem, [.. fault.Arguments]);
        }

        return new IndexSetReading(file, log.Failed ? null : set, log.Findings);
    }

    private static IndexSet ReadSet(MapReader at, string fileName)
    {
        var set = new IndexSet
        {
            Id = at.Name("id", SetId, "bad_set_id"),
            Version = at.Integer("version", 1, 9999),
            Name = Named(at, "name"),
            About = at.Has("about") ? Named(at, "about") : null,
            Indices = at.List("indices", ReadIndex),
            Composites = at.OptionalList("composites", ReadComposite),
        };
        if (SetId.IsMatch(set.Id) && set.Id != fileName) at.Error("id", "id_not_file", set.Id, fileName);
        if (at.Has("indices") && set.Indices.Count == 0) at.Error("indices", "no_indices");
        var tags = set.Indices.Select(index => index.Tag).ToList();
        Unique(at, "indices", tags);
        Unique(at, "composites", [.. set.Composites.Select(composite => composite.Id)]);
        foreach (var composite in set.Composites)
        {
            foreach (var stranger in composite.Weights.Keys.Where(tag => !tags.Contains(tag, StringComparer.Ordinal)))
                at.ErrorAtLast("composites", composite.Id, "weight_without_index", stranger, string.Join(", ", tags));
        }

        return set;
    }

    private static SurveyIndex ReadIndex(MapReader at)
    {
        var index = new SurveyIndex
        {
            Tag = at.Name("tag", TemplateReader.QuestionId, "bad_question_id"),
            Name = Named(at, "name"),
            Positive = at.Names("positive", required: false),
            Points = at.Has("points") ? at.Numbers("points", 0, 100) : null,
            Base = at.OptionalWord("base", RateBase.Valid),
            Weighted = !at.Has("weighted") || at.Flag("weighted"),
            Line = at.Has("line") ? at.Number("line", 0, 100) / 100 : null,
        };
        foreach (var key in index.Positive.Where(key => !AnswerKey.IsMatch(key))) at.Error("positive", "bad_answer_key", key);
        foreach (var key in (index.Points?.Keys ?? []).Where(key => !AnswerKey.IsMatch(key))) at.Error("points", "bad_answer_key", key);
        Unique(at, "positive", index.Positive);
        if (index.Positive.Count > 0 && index.Points is not null) at.Error("points", "positive_and_points", index.Tag);
        if (index.Points is not null && index.Base != RateBase.Valid) at.Error("base", "points_with_base");
        return index;
    }

    private static CompositeIndex ReadComposite(MapReader at)
    {
        var composite = new CompositeIndex
        {
            Id = at.Name("id", CompositeId, "bad_id"),
            Name = Named(at, "name"),
            Weights = at.Numbers("weights", 0, 1000),
            Line = at.Has("line") ? at.Number("line", 0, 100) : null,
        };
        if (at.Has("weights") && !composite.Weights.Values.Any(weight => weight > 0)) at.Error("weights", "no_weight", composite.Id);
        return composite;
    }

    /// <summary>Chinese is asked for; what has no English is shown in Chinese there too.</summary>
    private static LocalText Named(MapReader at, string key)
    {
        if (!at.Has(key)) at.Text(key);
        var text = at.Local(key);
        foreach (var (language, _) in text.Where(one => one.Key is not ("zh-CN" or "en"))) at.Error(key, "set_language", language);
        if (text.Find("zh-CN") is not { } chinese)
        {
            if (at.Has(key)) at.Error(key, "chinese_missing", key);
            return text;
        }

        return text.Find("en") is null ? new LocalText(text.Append(KeyValuePair.Create("en", chinese))) : text;
    }

    private static void Unique(MapReader at, string key, IReadOnlyList<string> names)
    {
        foreach (var name in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key))
            at.ErrorAtLast(key, name, "used_twice", name);
    }
}
