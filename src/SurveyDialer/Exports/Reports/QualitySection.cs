using SurveyDialer.Estimates;
using SurveyDialer.Statistics.Quality;

namespace SurveyDialer.Exports.Reports;

/// <summary>How far the answers can be relied on: careless interviews, the explanation, and where interviews broke off.</summary>
internal static class QualitySection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        var results = source.Results;
        yield return new ReportSubheading(source["gate"]);
        yield return new ReportParagraph(RoundWords.Gate(results.Gate, source.Culture));
        yield return new ReportTable(
            source["gate"], [new(source["requirement"], 40), new(source["wanted"], 12, true), new(source["reached_value"], 12, true), new(source["met"], 10)], [.. Gate(source)]);
        yield return new ReportParagraph(RoundWords.GateBasis(results.Gate, source.Culture), Small: true);
        yield return new ReportSubheading(source["careless"]);
        yield return new ReportParagraph(source["careless_about"]);
        yield return new ReportTable(
            source["careless"], [new(source["sign"], 44), new(source["interviews"], 12, true)],
            [.. results.Careless.Select(count => ReportBuilder.Cells(ReportCell.Of(source.Round.Texts[$"micro.careless.{(int)count.Flag}"]), ReportCell.Persons(count.Interviews)))]);
        yield return new ReportTable(
            source["with_without"],
            [
                new(source["index"], 18), new(source["result"], 12, true), new(source["without_careless"], 16, true), new(source["explained"], 16, true), new(source["not_explained"], 16, true),
            ],
            [.. results.Indices.Select(index => ReportBuilder.Cells(
                ReportCell.Of(ReportBuilder.Name(source, index.Index)), ReportBuilder.Value(source, index.Whole), Part(source, index.WithoutCareless), Part(source, index.Explained), Part(source, index.NotExplained)))]);
        yield return new ReportSubheading(source["funnel"]);
        yield return new ReportTable(
            source["funnel"],
            [new(source["question"], 10), new(source["reached"], 10, true), new(source["silences"], 12, true), new(source["wrong_keys"], 12, true), new(source["broken_off"], 12, true)],
            [.. results.Funnel.Select(step => ReportBuilder.Cells(ReportCell.Of($"{step.QuestionId} {step.Tag}"), ReportCell.Of(step.Reached), ReportCell.Persons(step.Silences), ReportCell.Persons(step.WrongKeys), ReportCell.Persons(step.BrokenOff)))]);
        yield return new ReportParagraph(source["small_counts"], Small: true);
    }

    private static IEnumerable<IReadOnlyList<ReportCell>> Gate(ReportSource source)
    {
        var gate = source.Results.Gate;
        IReadOnlyList<ReportCell> Row(string key, ReportCell wanted, ReportCell reached, RoundShortfall lack)
            => [ReportCell.Of(source[key]), wanted, reached, ReportCell.Of(source[gate.Lacks.Contains(lack) ? "not_met" : "is_met"])];
        yield return Row("gate_interviews", ReportCell.Of(gate.Wanted.LeastInterviews), ReportCell.Of(gate.Interviews), RoundShortfall.Interviews);
        yield return Row("gate_contact_rate", ReportBuilder.Share(gate.Wanted.LeastContactRate, 0), gate.ContactRate is { } rate ? ReportBuilder.Share(rate, 0) : ReportCell.Of(Tables.TableCell.Undefined), RoundShortfall.ContactRate);
        yield return Row(
            "gate_checks", ReportBuilder.Share(gate.Wanted.LeastCheckedShare, 0),
            gate.Interviews > 0 ? ReportBuilder.Share((double)gate.Checked / gate.Interviews, 1) : ReportCell.Of(Tables.TableCell.Undefined), RoundShortfall.SupervisedChecks);
    }

    /// <summary>A part that differs from the whole by so few persons that their answers could be worked out from both is not told.</summary>
    private static ReportCell Part(ReportSource source, Figure part) => part.TooCloseToWhole ? ReportCell.Of(Tables.TableCell.Undefined) : ReportBuilder.Value(source, part);
}
