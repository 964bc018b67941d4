using SurveyDialer.Statistics.Weighting;

namespace SurveyDialer.Estimates;

/// <summary>Weights fitted to population counts: post-stratified to crossed cells that have enough interviews each, raked to margins otherwise.</summary>
/// <param name="Weights">Of an interview of each cell.</param>
/// <param name="Raking">Null: nothing was fitted.</param>
/// <param name="Tags">Of the questions that were fitted to, as they were used.</param>
/// <param name="ByMargins">Crossed questions of which a cell had too few interviews; each of the two was fitted to by itself.</param>
/// <param name="NotInterviewed">Counts of people of whom nobody was interviewed.</param>
/// <param name="Unfitted">Interviews without an answer to one of the questions.</param>
internal sealed record PopulationFit(
    double[] Weights, Raking? Raking, IReadOnlyList<string> Tags, IReadOnlyList<string> ByMargins, IReadOnlyList<PopulationCount> NotInterviewed, long Unfitted)
{
    /// <summary>Fewer interviews in one crossed cell give it a weight that hangs on a few answers.</summary>
    internal const long LeastPerCell = 10;

    /// <summary>Fits the cells whose respondents answered every demographic question that population counts were entered for.</summary>
    /// <param name="start">Weight of an interview of each cell before.</param>
    /// <param name="units">Interviews of each cell.</param>
    internal static PopulationFit Of(IReadOnlyList<ResultCell> cells, double[] start, double[] units, IReadOnlyList<PopulationCount> population)
    {
        var (dimensions, split) = Dimensions(cells, population);
        var known = Enumerable.Range(0, cells.Count).Where(i => dimensions.TrueForAll(counts => counts.Exists(count => count.Key == cells[i].Key.Answer(count.Tag)))).ToList();
        if (dimensions.Count == 0 || known.Count == 0) return new PopulationFit(start, null, [], [], [], 0);
        // Everybody known stays as many as they were; only their make-up follows the population.
        var total = known.Sum(i => start[i] * units[i]);
        var (margins, missing) = (new List<Margin>(), new List<PopulationCount>());
        foreach (var counts in dimensions)
        {
            var present = counts.FindAll(count => known.Exists(i => cells[i].Key.Answer(count.Tag) == count.Key));
            var persons = present.Sum(count => count.Persons);
            missing.AddRange(counts.Except(present));
            margins.Add(new Margin(
                counts[0].Tag,
                known.ConvertAll(i => present.FindIndex(count => count.Key == cells[i].Key.Answer(count.Tag))),
                present.ConvertAll(count => total * count.Persons / persons)));
        }

        var raking = Raking.Of(known.ConvertAll(i => start[i] * units[i]), margins);
        var weights = start.ToArray();
        for (var j = 0; j < known.Count; j++) weights[known[j]] = raking.Weights[j] / units[known[j]];
        return new PopulationFit(weights, raking, margins.ConvertAll(margin => margin.Name), split, missing, cells.Sum(cell => cell.Interviews) - (long)known.Sum(i => units[i]));
    }

    /// <summary>What to fit to, question by question, without answers that nobody of the population gives.</summary>
    private static (List<List<PopulationCount>> Dimensions, List<string> Split) Dimensions(IReadOnlyList<ResultCell> cells, IReadOnlyList<PopulationCount> population)
    {
        var entered = population.GroupBy(count => count.Tag).Select(tag => tag.Where(count => count.Persons > 0).ToList()).Where(counts => counts.Count > 0).ToList();
        var thin = entered.FindAll(counts => counts[0].Tag.Contains(PopulationMargins.Cross, StringComparison.Ordinal) && counts.Exists(count => Interviews(cells, count) < LeastPerCell));
        var dimensions = entered.Except(thin).ToList();
        // A count that was entered for one question by itself, or came out of another crossing, stands.
        foreach (var margin in thin.SelectMany(Margins).Where(margin => !dimensions.Exists(counts => counts[0].Tag == margin[0].Tag)).ToList())
        {
            if (!dimensions.Exists(counts => counts[0].Tag == margin[0].Tag)) dimensions.Add(margin);
        }

        return (dimensions, thin.ConvertAll(counts => counts[0].Tag));
    }

    private static long Interviews(IReadOnlyList<ResultCell> cells, PopulationCount count) => cells.Where(cell => cell.Key.Answer(count.Tag) == count.Key).Sum(cell => cell.Interviews);

    private static IEnumerable<List<PopulationCount>> Margins(List<PopulationCount> crossed)
    {
        var tags = crossed[0].Tag.Split(PopulationMargins.Cross);
        for (var side = 0; side < tags.Length; side++)
        {
            yield return [.. crossed.GroupBy(count => count.Key.Split(PopulationMargins.Cross)[side]).Select(key => new PopulationCount(tags[side], key.Key, key.Sum(count => count.Persons)))];
        }
    }
}
