using System.Globalization;
using SurveyDialer.Estimates;
using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Exports.Reports;

/// <summary>Rehearsal against reality: official results of this and other places beside the figures, how far rehearsals have been from them, and what to expect of own callers.</summary>
internal static class OfficialSection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        var (results, standing) = (source.Results, source.Standing);
        if (!standing.IsComparable)
        {
            yield return new ReportParagraph(source["official_not_here"]);
        }
        else if (Rows(source) is { Count: > 0 } rows)
        {
            yield return new ReportParagraph(source["official_about"]);
            yield return new ReportTable(
                source["official"],
                [
                    new(source["index"], 15), new(source["result"], 9, true), new(source["official_of"], 20), new(source["period"], 14), new(source["official_result"], 9, true),
                    new(source["interviews"], 8, true), new(source["official_rank"], 9, true), new(source["difference"], 10, true), new(source["official_verdict"], 14),
                ],
                rows);
        }
        else
        {
            yield return new ReportParagraph(source["official_none"]);
        }

        if (standing.IsComparable)
        {
            foreach (var sentence in Sentences(source)) yield return new ReportParagraph(sentence);
            yield return new ReportSubheading(source["bias"]);
            foreach (var bias in results.Indices.GroupBy(index => standing.BiasInWords(index.Index.Tag, source.Past, source.Culture)!, index => ReportBuilder.Name(source, index.Index)))
                yield return new ReportParagraph(string.Join(source["list_comma"], bias) + source["colon"] + bias.Key);
        }

        yield return new ReportParagraph(RoundWords.OwnCallers(source.Culture));
    }

    private static List<IReadOnlyList<ReportCell>> Rows(ReportSource source) =>
    [
        .. source.Results.Indices.SelectMany(index => source.Standing.Compared(index.Index.Tag, index.Whole)
            .Select(one => Row(source, ReportBuilder.Name(source, index.Index), ReportBuilder.Value(source, index.Whole), one))),
        .. source.Results.Composites.SelectMany(composite => source.Standing.Compared(composite)
            .Select(one => Row(source, IndexWords.Name(composite.Index.Name, source.Culture), ReportBuilder.Points(composite.Whole.Value, composite.Whole.Decimals), one))),
    ];

    private static IReadOnlyList<ReportCell> Row(ReportSource source, string name, ReportCell figure, OfficialComparison compared)
    {
        var official = compared.Official;
        return
        [
            ReportCell.Of(name), figure, ReportCell.Of(RoundStanding.Named(official, source.Culture)), ReportCell.Of(official.Period.InWords(source.Culture)),
            ReportBuilder.Points((double)official.Percent, 2), official.N is { } n ? ReportCell.Of(n) : ReportCell.Empty,
            ReportCell.Of(official.Rank is { } rank ? official.Places is { } places ? $"{rank}/{places}" : $"{rank}" : ""),
            compared.Points is { } points ? new ReportCell(points.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture), TableCell.Of((double)points)) : ReportCell.Of(TableCell.Undefined),
            ReportCell.Of(compared.WithinError is { } within ? source[within ? "within_error" : "beyond_error"] + compared.IntervalInWords(source.Culture) : ""),
        ];
    }

    private static IEnumerable<string> Sentences(ReportSource source)
        => source.Results.Indices.Select(index => (index.Index, Words: source.Standing.Sentence(index, source.Results.Predecessor, source.Culture)))
            .Where(one => one.Words.Length > 0).Select(one => ReportBuilder.Name(source, one.Index) + source["colon"] + one.Words + source["stop"]);
}
