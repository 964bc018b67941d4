using SurveyDialer.Estimates;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Statistics;

namespace SurveyDialer.Exports.Reports;

/// <summary>Puts a round report together: results, townships, quality, field work, what was done for residents, and the method sheet.</summary>
internal static class ReportBuilder
{
    /// <summary>Indices named in the headline.</summary>
    private const int InHeadline = 3;

    internal static RoundReport Build(ReportSource source)
    {
        var (campaign, results) = (source.Round.Campaign, source.Results);
        return new RoundReport(
            source.Round.Texts.Language == "en" ? "en" : "zh-CN",
            source.Say("title", campaign.Name),
            campaign.Organiser,
            source.Day(source.Round.Day(source.Round.Now.ToUnixTimeMilliseconds())!.Value),
            Headline(source),
            [
                Section(source, "results", Results(source)),
                .. results.Indices.Any(index => index.Townships.Count > 1) ? new[] { Section(source, "townships", Townships(source)) } : [],
                Section(source, "quality", QualitySection.Blocks(source)),
                Section(source, "field", FieldSection.Blocks(source)),
                Section(source, "residents", ResidentsSection.Blocks(source)),
                Section(source, "method", MethodSection.Blocks(source)),
            ]);
    }

    private static ReportSection Section(ReportSource source, string key, IEnumerable<ReportBlock> blocks) => new(key, source[key], [.. blocks]);

    private static string Headline(ReportSource source)
    {
        var results = source.Results;
        var shown = results.Indices.Where(index => !index.Whole.Withheld).Take(InHeadline).Select(index =>
        {
            var said = source.Say("headline_index", Name(source, index.Index), index.Whole.InWords(source.Culture), Percent(index.Whole.Low, index.Whole.Decimals), Percent(index.Whole.High, index.Whole.Decimals));
            return index.Whole.LineInWords(source.Culture) is { } line ? said + source["comma"] + line : said;
        }).ToList();
        var figures = shown.Count == 0 ? source["headline_none"] : string.Join(source["semicolon"], shown) + source["stop"];
        return source.Say(results.Running ? "headline_running" : "headline", results.Completes, results.Partials, figures);
    }

    private static IEnumerable<ReportBlock> Results(ReportSource source)
    {
        var results = source.Results;
        yield return new ReportParagraph(source.Say("results_about", IndexWords.Source(results.Set, source.Culture)));
        yield return new ReportChart(source["indices"], [.. results.Indices.Where(index => index.Index.Points is null).Select(index => Bar(source, Name(source, index.Index), index.Whole))], CommonLine(results));
        yield return new ReportTable(
            source["indices"],
            [
                new(source["index"], 16), new(source["base"], 7, true), new(source["result"], 9, true), new(source["low"], 9, true), new(source["high"], 9, true),
                new(source["unweighted"], 9, true), new(source["verdict"], 18), new(source["change"], 22),
            ],
            [.. results.Indices.Select(index => Row(source, Name(source, index.Index), index.Whole, index.Change))]);
        if (results.Composites.Count > 0)
        {
            yield return new ReportTable(
                source["composites"], [new(source["index"], 24), new(source["result"], 12, true), new(source["left_out"], 30)],
                [.. results.Composites.Select(composite => Cells(
                    ReportCell.Of(IndexWords.Name(composite.Index.Name, source.Culture)), Points(source, composite.Value), ReportCell.Of(string.Join(source["list_comma"], composite.Dropped.Select(tag => NameOf(source, tag))))))]);
        }

        yield return new ReportSubheading(source["definitions"]);
        foreach (var index in results.Indices)
            yield return new ReportParagraph($"{Name(source, index.Index)}{source["colon"]}{IndexWords.Definition(index.Index, source.Round.Template, source.Culture)}", Small: true);
        foreach (var composite in results.Composites)
            yield return new ReportParagraph($"{IndexWords.Name(composite.Index.Name, source.Culture)}{source["colon"]}{IndexWords.Definition(composite.Index, results.Set, source.Culture)}", Small: true);
        if (results.NotAsked.Count > 0) yield return new ReportParagraph(source.Say("not_asked", string.Join(source["list_comma"], results.NotAsked.Select(tag => NameOf(source, tag)))), Small: true);
        if (results.Predecessor is { } before)
            yield return new ReportParagraph(source.Say(before.NotComparable.Count == 0 ? "before" : "before_but", before.Name, string.Join(source["list_comma"], before.NotComparable.Select(tag => NameOf(source, tag)))), Small: true);
    }

    private static IEnumerable<ReportBlock> Townships(ReportSource source)
    {
        foreach (var index in source.Results.Indices)
        {
            yield return new ReportSubheading(Name(source, index.Index));
            yield return new ReportTable(
                source.Say("by_township", Name(source, index.Index)),
                [
                    new(source["township"], 12), new(source["base"], 7, true), new(source["result"], 9, true), new(source["low"], 9, true), new(source["high"], 9, true),
                    new(source["unweighted"], 9, true), new(source["verdict"], 18), new(source["change"], 22), new(source["rank"], 16),
                ],
                [.. index.Townships.Select(township => Cells([.. Row(source, township.Name, township.Figure, township.Change), Rank(source, township.Rank)]))]);
            if (index.RanksHidden != Statistics.Ranks.RanksHidden.No) yield return new ReportParagraph(source.Say("ranks_hidden", Sentences.RanksMeaningless(source.Culture)), Small: true);
        }

        yield return new ReportParagraph(source["disclosure"], Small: true);
    }

    /// <summary>Name, base, result, interval, unweighted, verdict with advice, change.</summary>
    internal static IReadOnlyList<ReportCell> Row(ReportSource source, string name, Figure figure, Change? change) =>
    [
        ReportCell.Of(name), ReportCell.Of(figure.Base),
        figure.Value is { } value ? Share(value, figure.Decimals) : ReportCell.Of(figure.InWords(source.Culture)),
        Share(figure.Low, figure.Decimals), Share(figure.High, figure.Decimals), Share(figure.Unweighted, figure.Decimals),
        ReportCell.Of(figure.LineInWords(source.Culture) ?? ""), ReportCell.Of(change?.InWords(source.Culture) ?? ""),
    ];

    internal static ReportCell Share(double? share, int decimals)
        => share is { } known ? new ReportCell(Figure.Percent(known, decimals), TableCell.Share(known, decimals)) : ReportCell.Empty;

    internal static string Name(ReportSource source, SurveyIndex index) => IndexWords.Name(index.Name, source.Culture) is { Length: > 0 } name ? name : index.Tag;

    internal static IReadOnlyList<ReportCell> Cells(params IReadOnlyList<ReportCell> cells) => cells;

    internal static ReportBar Bar(ReportSource source, string name, Figure figure) => new(name, figure.InWords(source.Culture), figure.Value, figure.Low, figure.High);

    private static string NameOf(ReportSource source, string tag) => source.Results.Set.Indices.FirstOrDefault(index => index.Tag == tag) is { } index ? Name(source, index) : tag;

    private static string Percent(double? share, int decimals) => share is { } known ? Figure.Percent(known, decimals) : "";

    private static ReportCell Points(ReportSource source, double? value)
        => value is { } known ? new ReportCell(known.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), TableCell.Of(known)) : ReportCell.Of(Sentences.NotPublished(null, source.Culture));

    private static ReportCell Rank(ReportSource source, TownshipRank? rank)
        => rank is null ? ReportCell.Empty : ReportCell.Of(source.Say("rank_range", rank.Rank, rank.Best, rank.Worst));

    private static double? CommonLine(RoundResults results) => results.Indices.Select(index => index.Index.Line).Distinct().ToList() is [{ } line] ? line : null;
}
