using System.Globalization;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Estimates;

/// <summary>Definitions in words, as they are printed under every figure.</summary>
public static class IndexWords
{
    /// <summary>A name in the reader's language; in Chinese where it has no other.</summary>
    public static string Name(LocalText name, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(culture);
        return name.Find(culture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN") ?? name.Find("zh-CN") ?? name.Select(text => text.Value).FirstOrDefault() ?? "";
    }

    /// <summary>Which answers count, over whom, weighted or not, and the line.</summary>
    /// <param name="template">The round's own; options are named as it reads them.</param>
    public static string Definition(SurveyIndex index, Template template, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(index);
        var question = IndexFit.QuestionOf(template, index.Tag);
        if (question is null) return IndexTexts.Say("definition_not_asked", culture, index.Tag);
        string Option(string key) => question.Options.FirstOrDefault(option => option.Key == key) is { } option ? Name(option.Text, culture) : key;
        var comma = IndexTexts.Say("comma", culture);
        var what = index.Points is { } points
            ? IndexTexts.Say("definition_points", culture, question.Id, string.Join(comma, points.Select(pair => $"{Option(pair.Key)} {pair.Value.ToString("0.##", CultureInfo.InvariantCulture)}")))
            : IndexTexts.Say("definition_rate", culture, question.Id, string.Join(comma, Counted(index, question).Select(Option)), IndexTexts.Say($"base_{index.Base}", culture));
        var weighted = IndexTexts.Say(index.Weighted ? "weighted" : "unweighted", culture);
        return index.Line is { } line ? what + weighted + IndexTexts.Say("definition_line", culture, Percent(line * 100)) : what + weighted;
    }

    /// <summary>Which indices a composite is made of, with their weights.</summary>
    public static string Definition(CompositeIndex composite, IndexSet set, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(composite);
        ArgumentNullException.ThrowIfNull(set);
        var parts = set.Indices.Where(index => composite.Weights.GetValueOrDefault(index.Tag) > 0)
            .Select(index => $"{Name(index.Name, culture)} {composite.Weights[index.Tag].ToString("0.##", CultureInfo.InvariantCulture)}");
        var text = IndexTexts.Say("definition_composite", culture, string.Join(IndexTexts.Say("comma", culture), parts));
        return composite.Line is { } line ? text + IndexTexts.Say("definition_line_points", culture, Percent(line)) : text;
    }

    /// <summary>Name, version and hash of a set: 两率一度，第1版（1a2b3c4d）.</summary>
    public static string Source(IndexSet set, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(set);
        return IndexTexts.Say("source", culture, Name(set.Name, culture), $"{set.Version}", IndexSetJson.ShortHash(set));
    }

    /// <summary>Keys that count as positive.</summary>
    public static IReadOnlyList<string> Counted(SurveyIndex index, Question question)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(question);
        return index.Positive.Count > 0 ? index.Positive : [.. question.Options.Where(option => option.Pole == OptionPole.Positive).Select(option => option.Key)];
    }

    private static string Percent(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
