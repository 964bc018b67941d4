using System.Globalization;

namespace SurveyDialer.Simulator.Respondents;

/// <summary>What residents text back.</summary>
internal sealed partial class Residents
{
    /// <param name="ordinal">Which text to the number this is, from 1.</param>
    /// <returns>Null: no answer.</returns>
    public (string Body, double DelaySeconds)? Answer(string number, int ordinal, string text)
    {
        if (_scripts.TryGetValue(number, out var script))
        {
            var body = ordinal <= script.Texts.Count ? script.Texts[ordinal - 1] : "";
            return body.Length == 0 ? null : (body, script.TextDelay);
        }

        var segment = population.SegmentOf(number);
        var habits = segment.Texts;
        var delay = Draw(number, ordinal, 0, Facet.Delay, habits.Delay[0], habits.Delay[1]);
        if (habits.StopWords.Count > 0 && Unit(number, ordinal, Facet.Stop) < habits.Stop)
            return (habits.StopWords[(int)(Unit(number, ordinal, Facet.StopWord) * habits.StopWords.Count)], delay);
        if (Unit(number, ordinal, Facet.Reply) >= habits.Reply)
            return null;
        var rule = RuleFor(segment, text);
        var words = rule?.Words is { Count: > 0 } asked ? asked : Unit(number, ordinal, Facet.Words) < habits.Words ? habits.Texts : [];
        if (words.Count > 0)
            return (words[(int)(Unit(number, ordinal, Facet.WhichWords) * words.Count)], delay);
        if (Opinion(rule, number, ordinal, 0, text) is not { } key || key == "hangup")
            return null;
        return (Unit(number, ordinal, Facet.FullWidth) < habits.FullWidth ? FullWidth(key) : key, delay);
    }

    private static string FullWidth(string key) => string.Create(
        CultureInfo.InvariantCulture, $"{(key.Length == 1 && char.IsAsciiDigit(key[0]) ? ((char)(key[0] - '0' + '０')).ToString() : key)}");

    private double Unit(string number, int ordinal, Facet facet) => Chance.Unit(seed ^ 0x7465787473UL, number, ordinal, 0, facet);
}
