using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.Estimates;

/// <summary>The figures of one index: the round, its townships in order, and what quality asks for beside them.</summary>
internal static class IndexFigures
{
    /// <param name="then">The round before, where it asked the same; null: nothing to compare with.</param>
    internal static IndexResult Of(SurveyIndex index, IndexCounter counter, WeighedRound now, WeighedRound? then)
    {
        var townships = Townships(index, counter, now);
        var earlier = then is null ? [] : Townships(index, counter.In(then.Totals.Layout)!, then).ToDictionary(one => one.AreaId);
        var shown = townships.Where(one => one.Figure.Exact is not null).ToList();
        var ranks = RankTable.Of(shown.ConvertAll(one => (one.Name, one.Figure.Exact!.Value)));
        var hidden = shown.Count < townships.Count && ranks.Hidden == RanksHidden.No ? RanksHidden.TooFewInterviews : ranks.Hidden;
        var compared = shown.Where(one => earlier.GetValueOrDefault(one.AreaId)?.Figure.Exact is not null).ToList();
        var changes = Change.Family(compared.ConvertAll(one => (one.Figure, earlier[one.AreaId].Figure)));
        var moves = hidden == RanksHidden.No && compared.Count == townships.Count ? Moves(townships, earlier) : null;
        var whole = Figure.Publish(now.Whole(counter), index.Line);
        return new IndexResult
        {
            Index = index,
            Wording = WordingOf(counter),
            Whole = whole,
            Townships = [.. townships.Select((one, i) => one with
            {
                Rank = hidden == RanksHidden.No ? RankOf(ranks.Rows[i], moves?[i]) : null,
                Change = compared.IndexOf(one) is >= 0 and var at ? changes[at] : null,
            })],
            RanksHidden = hidden,
            WithoutCareless = Figure.PublishPart(now.WithoutCareless(counter), index.Line, whole),
            Explained = Figure.PublishPart(now.Whole(counter, explained: true), index.Line, whole),
            NotExplained = Figure.PublishPart(now.Whole(counter, explained: false), index.Line, whole),
            Before = then is null ? null : Figure.Publish(then.Whole(counter.In(then.Totals.Layout)!), index.Line),
        };
    }

    private static List<TownshipFigure> Townships(SurveyIndex index, IndexCounter counter, WeighedRound round)
        => [.. round.Townships.Select(township => new TownshipFigure(
            township.Key, township.Value, Figure.Publish(round.Township(counter, township.Key), index.Line), null, null) { NoInterviews = !round.HasInterviews(township.Key) })];

    private static TownshipRank RankOf(RankRow row, (int Places, double ByChance)? move) => new(row.Rank, row.Best, row.Worst, move?.Places, move?.ByChance);

    /// <summary>Only where every township has a figure in both rounds: otherwise a place means another thing in each.</summary>
    private static (int Places, double ByChance)[]? Moves(List<TownshipFigure> townships, Dictionary<long, TownshipFigure> earlier)
    {
        if (earlier.Count != townships.Count) return null;
        List<Proportion> before = townships.ConvertAll(one => earlier[one.AreaId].Figure.Exact!.Value), after = townships.ConvertAll(one => one.Figure.Exact!.Value);
        return [.. RankChange.Of(before, after, RankChange.Seed)];
    }

    private static IndexWording WordingOf(IndexCounter counter)
    {
        var place = counter.Places[0];
        var positive = counter.Positive(place);
        var options = place.Question.Options.Where(option => option.Pole is OptionPole.Positive or OptionPole.Middle or OptionPole.Negative).ToList();
        return new IndexWording(
            place.Question.Text.IsEmpty ? place.Question.Message : place.Question.Text,
            [.. options.Where(option => positive.Contains(option.Key, StringComparer.Ordinal)).Select(option => option.Text)],
            [.. options.Where(option => !positive.Contains(option.Key, StringComparer.Ordinal)).Select(option => option.Text)]);
    }
}
