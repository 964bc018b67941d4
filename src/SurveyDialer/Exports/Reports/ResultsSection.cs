using SurveyDialer.Estimates;

namespace SurveyDialer.Exports.Reports;

/// <summary>The indices and composites of a round, whether it counts, what was to be reached, and the definitions under all that.</summary>
internal static class ResultsSection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        var results = source.Results;
        yield return new ReportParagraph(RoundWords.Gate(results.Gate, source.Culture));
        if (results.QuotaSample) yield return new ReportParagraph(RoundWords.Quota(source.Culture));
        yield return new ReportParagraph(source.Say("results_about", IndexWords.Source(results.Set, source.Culture)));
        yield return new ReportChart(source["indices"], [.. results.Indices.Select(index => ReportBuilder.Bar(source, ReportBuilder.Name(source, index.Index), index.Whole))], CommonLine(results));
        yield return new ReportTable(
            source.Caption("indices"),
            [
                new(source["index"], 16), new(source["base"], 7, true), new(source["result"], 9, true), new(source["low"], 9, true), new(source["high"], 9, true),
                new(source["unweighted"], 9, true), new(source["verdict"], 18), new(source["change"], 22),
            ],
            [.. results.Indices.Select(index => ReportBuilder.Row(source, ReportBuilder.Name(source, index.Index), index.Whole, index.Change))]);
        yield return Shares(source);
        yield return new ReportParagraph(source["shares_about"], Small: true);
        if (Targets(source) is { Rows.Count: > 0 } targets) yield return targets;
        if (results.Composites.Count > 0)
        {
            yield return new ReportTable(
                source.Caption("composites"), ReportBuilder.CompositeColumns(source, "index"),
                [.. results.Composites.Select(composite => ReportBuilder.Row(source, IndexWords.Name(composite.Index.Name, source.Culture), composite, composite.Whole))]);
        }

        yield return new ReportSubheading(source["definitions"]);
        foreach (var definition in Definitions(source)) yield return new ReportParagraph(definition, Small: true);
    }

    /// <summary>Weighted and unweighted, and the shares of those who did not answer on the scale.</summary>
    private static ReportTable Shares(ReportSource source) => new(
        source.Caption("shares"),
        [
            new(source["index"], 18), new(source["weighted_result"], 11, true), new(source["unweighted"], 11, true), new(source["dont_know"], 11, true),
            new(source["no_contact"], 11, true), new(source["refused"], 11, true), new(source["coverage"], 11, true),
        ],
        [.. source.Results.Indices.Select(index =>
        {
            var figure = index.Whole;
            return ReportBuilder.Cells(
                ReportCell.Of(ReportBuilder.Name(source, index.Index)), index.Index.Weighted ? ReportBuilder.Value(source, figure) : ReportCell.Of(Tables.TableCell.Undefined),
                ReportBuilder.Share(figure.Unweighted, figure.Decimals), ReportBuilder.Share(figure.DontKnowShare, figure.Decimals), ReportBuilder.Share(figure.NoContactShare, figure.Decimals),
                ReportBuilder.Share(figure.RefusedShare, figure.Decimals), ReportBuilder.Share(figure.Coverage, figure.Decimals));
        })]);

    /// <summary>What was set for the round's period; no row where nothing was.</summary>
    private static ReportTable Targets(ReportSource source) => new(
        source.Caption("targets"), [new(source["index"], 24), new(source["result"], 12, true), new(source["target"], 50)],
        [
            .. source.Results.Indices.Select(index => (Name: ReportBuilder.Name(source, index.Index), Cell: ReportBuilder.Value(source, index.Whole), Target: source.Standing.TargetInWords(index, source.Culture)))
                .Concat(source.Results.Composites.Select(composite => (
                    Name: IndexWords.Name(composite.Index.Name, source.Culture), Cell: ReportBuilder.Points(composite.Whole.Value, composite.Whole.Decimals),
                    Target: source.Standing.TargetInWords(composite.Index.Id, composite.Whole.Low, composite.Whole.High, source.Culture))))
                .Where(row => row.Target is not null).Select(row => ReportBuilder.Cells(ReportCell.Of(row.Name), row.Cell, ReportCell.Of(row.Target!))),
        ]);

    private static IEnumerable<string> Definitions(ReportSource source)
    {
        var results = source.Results;
        foreach (var index in results.Indices) yield return $"{ReportBuilder.Name(source, index.Index)}{source["colon"]}{IndexWords.Definition(index.Index, source.Round.Template, source.Culture)}";
        foreach (var composite in results.Composites) yield return $"{IndexWords.Name(composite.Index.Name, source.Culture)}{source["colon"]}{IndexWords.Definition(composite.Index, results.Set, source.Culture)}";
        if (results.NotAsked.Count > 0) yield return source.Say("not_asked", string.Join(source["list_comma"], results.NotAsked.Select(tag => ReportBuilder.NameOf(source, tag))));
        if (results.Predecessor is { } before)
            yield return source.Say(before.NotComparable.Count == 0 ? "before" : "before_but", before.Name, string.Join(source["list_comma"], before.NotComparable.Select(tag => ReportBuilder.NameOf(source, tag))));
    }

    private static double? CommonLine(RoundResults results) => results.Indices.Select(index => index.Index.Line).Distinct().ToList() is [{ } line] ? line : null;
}
