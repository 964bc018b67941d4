using System.Globalization;
using SurveyDialer.Estimates;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Statistics;

namespace SurveyDialer.Exports.Reports;

/// <summary>
/// Puts a round report together: results, townships, what others published, quality, field work, what was done for residents, and the method sheet.
/// </summary>
internal static class ReportBuilder
{
    /// <summary>Indices named in the headline.</summary>
    private const int InHeadline = 3;

    internal static RoundReport Build(ReportSource source)
    {
        var (campaign, results) = (source.Round.Campaign, source.Results);
        return new RoundReport(
            source.Round.Texts.Language == "en" ? "en" : "zh-CN",
            source.Labelled(source.Say("title", campaign.Name)),
            campaign.Organiser,
            source.Day(source.Round.Day(source.Round.Now.ToUnixTimeMilliseconds())!.Value),
            Headline(source),
            [
                Section(source, "results", ResultsSection.Blocks(source)),
                .. results.Indices.Any(index => index.Townships.Count > 1) ? new[] { Section(source, "townships", TownshipsSection.Blocks(source)) } : [],
                Section(source, "official", OfficialSection.Blocks(source)),
                Section(source, "quality", QualitySection.Blocks(source)),
                Section(source, "field", FieldSection.Blocks(source)),
                Section(source, "residents", ResidentsSection.Blocks(source)),
                Section(source, "method", MethodSection.Blocks(source)),
            ])
        {
            Label = source.Label,
        };
    }

    private static ReportSection Section(ReportSource source, string key, IEnumerable<ReportBlock> blocks) => new(key, source[key], [.. blocks]);

    /// <summary>One sentence that may be quoted alone: it says itself where it is not about residents.</summary>
    private static string Headline(ReportSource source)
    {
        var results = source.Results;
        var shown = results.Indices.Where(index => !index.Whole.Withheld).Take(InHeadline).Select(index =>
        {
            var said = source.Say("headline_index", Name(source, index.Index), index.Whole.InWords(source.Culture), Percent(index.Whole.Low, index.Whole.Decimals), Percent(index.Whole.High, index.Whole.Decimals));
            return index.Whole.LineInWords(source.Culture) is { } line ? said + source["comma"] + line : said;
        }).ToList();
        var figures = shown.Count == 0 ? source["headline_none"] : string.Join(source["semicolon"], shown) + source["stop"];
        var sentence = source.Say(results.Running ? "headline_running" : "headline", results.Completes, results.Partials, figures);
        return source.ShortLabel is { } label ? source.Say("headline_labelled", label, sentence) : sentence;
    }

    /// <summary>Name, base, result, interval, unweighted, verdict with advice, change.</summary>
    internal static IReadOnlyList<ReportCell> Row(ReportSource source, string name, Figure figure, Change? change) =>
    [
        ReportCell.Of(name), ReportCell.Of(figure.Base), Value(source, figure),
        Share(figure.Low, figure.Decimals), Share(figure.High, figure.Decimals), Share(figure.Unweighted, figure.Decimals),
        ReportCell.Of(figure.LineInWords(source.Culture) ?? ""), ReportCell.Of(change?.InWords(source.Culture) ?? ""),
    ];

    /// <summary>The value, or what would show it.</summary>
    internal static ReportCell Value(ReportSource source, Figure figure)
        => figure.Value is { } value ? Share(value, figure.Decimals) : ReportCell.Of(figure.InWords(source.Culture));

    internal static ReportCell Share(double? share, int decimals)
        => share is { } known ? new ReportCell(Figure.Percent(known, decimals), TableCell.Share(known, decimals)) : ReportCell.Empty;

    /// <summary>Points of a composite.</summary>
    internal static ReportCell Points(double? points, int decimals)
        => points is { } known ? new ReportCell(known.ToString($"F{decimals}", CultureInfo.InvariantCulture), TableCell.Of(known)) : ReportCell.Empty;

    /// <summary>Points of a composite with its interval, verdict and what it goes without.</summary>
    internal static IReadOnlyList<ReportCell> Row(ReportSource source, string name, CompositeResult composite, CompositeFigure figure) =>
    [
        ReportCell.Of(name), figure.Value is null ? ReportCell.Of(Sentences.NotPublished(null, source.Culture)) : Points(figure.Value, figure.Decimals),
        Points(figure.Low, figure.Decimals), Points(figure.High, figure.Decimals), ReportCell.Of(RoundWords.Line(composite, figure, source.Culture) ?? ""),
        ReportCell.Of(figure.Value is null ? "" : string.Join(source["list_comma"], figure.Dropped.Select(tag => NameOf(source, tag)))),
    ];

    /// <summary>Columns of <see cref="Row(ReportSource, string, CompositeResult, CompositeFigure)"/>.</summary>
    internal static IReadOnlyList<ReportColumn> CompositeColumns(ReportSource source, string first) =>
    [
        new(source[first], 20), new(source["points"], 9, true), new(source["low"], 9, true), new(source["high"], 9, true), new(source["verdict"], 20), new(source["left_out"], 26),
    ];

    internal static string Name(ReportSource source, SurveyIndex index) => IndexWords.Name(index.Name, source.Culture) is { Length: > 0 } name ? name : index.Tag;

    internal static string NameOf(ReportSource source, string tag) => source.Results.Set.Indices.FirstOrDefault(index => index.Tag == tag) is { } index ? Name(source, index) : tag;

    internal static IReadOnlyList<ReportCell> Cells(params IReadOnlyList<ReportCell> cells) => cells;

    internal static ReportBar Bar(ReportSource source, string name, Figure figure) => new(name, figure.InWords(source.Culture), figure.Value, figure.Low, figure.High);

    private static string Percent(double? share, int decimals) => share is { } known ? Figure.Percent(known, decimals) : "";
}
