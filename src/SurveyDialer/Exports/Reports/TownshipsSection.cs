using SurveyDialer.Estimates;
using SurveyDialer.Statistics;

namespace SurveyDialer.Exports.Reports;

/// <summary>Indices and composites by township; a township of the sample without an interview stands there too.</summary>
internal static class TownshipsSection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        foreach (var index in source.Results.Indices)
        {
            var name = ReportBuilder.Name(source, index.Index);
            yield return new ReportSubheading(name);
            yield return new ReportTable(
                source.Labelled(source.Say("by_township", name)),
                [
                    new(source["township"], 12), new(source["base"], 7, true), new(source["result"], 9, true), new(source["low"], 9, true), new(source["high"], 9, true),
                    new(source["unweighted"], 9, true), new(source["verdict"], 18), new(source["change"], 22), new(source["rank"], 16),
                ],
                [.. index.Townships.Select(township => Row(source, township))]);
            if (index.RanksHidden != Statistics.Ranks.RanksHidden.No) yield return new ReportParagraph(source.Say("ranks_hidden", Sentences.RanksMeaningless(source.Culture), source[$"ranks_{index.RanksHidden}"]), Small: true);
        }

        foreach (var composite in source.Results.Composites)
        {
            var name = IndexWords.Name(composite.Index.Name, source.Culture);
            yield return new ReportSubheading(name);
            yield return new ReportTable(
                source.Labelled(source.Say("by_township", name)), ReportBuilder.CompositeColumns(source, "township"),
                [.. composite.Townships.Select(township => ReportBuilder.Row(source, township.Name, composite, township.Figure))]);
        }

        yield return new ReportParagraph(source["disclosure"], Small: true);
    }

    private static IReadOnlyList<ReportCell> Row(ReportSource source, TownshipFigure township)
    {
        var cells = ReportBuilder.Row(source, township.Name, township.Figure, township.Change);
        if (township.NoInterviews) cells = [cells[0], cells[1], ReportCell.Of(source["no_interviews"]), .. cells.Skip(3)];
        return [.. cells, township.Rank is { } rank ? ReportCell.Of(source.Say("rank_range", rank.Rank, rank.Best, rank.Worst) + Moved(source, rank)) : ReportCell.Empty];
    }

    /// <summary>Places gained or lost, never without how often chance alone moves a township as far.</summary>
    internal static string Moved(ReportSource source, TownshipRank rank)
        => rank is { Moved: { } moved and not 0, ByChance: { } chance } ? source.Say(moved > 0 ? "rank_up" : "rank_down", Math.Abs(moved), Figure.Percent(chance, 0)) : "";
}
