using SurveyDialer.Statistics.Disclosure;

namespace SurveyDialer.Exports.Reports;

/// <summary>How far the answers can be relied on: careless interviews, the explanation, and where interviews broke off.</summary>
internal static class QualitySection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        var results = source.Results;
        yield return new ReportSubheading(source["careless"]);
        yield return new ReportParagraph(source["careless_about"]);
        yield return new ReportTable(
            source["careless"], [new(source["sign"], 44), new(source["interviews"], 12, true)],
            [.. results.Careless.Select(count => ReportBuilder.Cells(ReportCell.Of(source.Round.Texts[$"micro.careless.{(int)count.Flag}"]), Count(count.Interviews)))]);
        yield return new ReportTable(
            source["with_without"],
            [
                new(source["index"], 18), new(source["result"], 12, true), new(source["without_careless"], 16, true), new(source["explained"], 16, true), new(source["not_explained"], 16, true),
            ],
            [.. results.Indices.Select(index => ReportBuilder.Cells(
                ReportCell.Of(ReportBuilder.Name(source, index.Index)), Figure(source, index.Whole), Part(source, index.WithoutCareless), Part(source, index.Explained), Part(source, index.NotExplained)))]);
        yield return new ReportSubheading(source["funnel"]);
        yield return new ReportTable(
            source["funnel"],
            [new(source["question"], 10), new(source["reached"], 10, true), new(source["silences"], 12, true), new(source["wrong_keys"], 12, true), new(source["broken_off"], 12, true)],
            [.. results.Funnel.Select(step => ReportBuilder.Cells(ReportCell.Of($"{step.QuestionId} {step.Tag}"), ReportCell.Of(step.Reached), Count(step.Silences), Count(step.WrongKeys), Count(step.BrokenOff)))]);
        yield return new ReportParagraph(source["small_counts"], Small: true);
    }

    private static ReportCell Figure(ReportSource source, Estimates.Figure figure)
        => figure.Value is { } value ? ReportBuilder.Share(value, figure.Decimals) : ReportCell.Of(figure.InWords(source.Culture));

    /// <summary>A part that differs from the whole by so few persons that their answers could be worked out from both is not told.</summary>
    private static ReportCell Part(ReportSource source, Estimates.Figure part) => part.TooCloseToWhole ? ReportCell.Of(Tables.TableCell.Undefined) : Figure(source, part);

    /// <summary>1 to 4 are not told.</summary>
    private static ReportCell Count(long? count) => count is { } known ? ReportCell.Of(known) : ReportCell.Of($"<{CountTable.DefaultThreshold}");
}
