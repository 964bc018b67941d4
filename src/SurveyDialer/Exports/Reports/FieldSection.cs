using System.Globalization;
using SurveyDialer.Dispositions;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Exports.Reports;

/// <summary>How field work went: what became of the sample, and AAPOR's rates with e beside those that use it.</summary>
internal static class FieldSection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        var (texts, whole) = (source.Round.Texts, source.Outcomes.Whole);
        yield return new ReportParagraph(source.Say("field_about", whole.Total, whole.Open));
        yield return new ReportSubheading(source["groups"]);
        var counts = whole.Counts.ToList();
        yield return new ReportTable(
            source["groups"], [new(source["group"], 40), new(source["persons"], 12, true)],
            [.. OutcomeGroups.Symbols.Select((symbol, i) => ReportBuilder.Cells(ReportCell.Of($"{symbol} {texts[$"measure.{symbol}"]}"), ReportCell.Of((long)counts[i])))]);
        yield return new ReportSubheading(source["rates"]);
        yield return new ReportTable(
            source["rates"], [new(source["measure"], 20), new(source["result"], 10, true), new(source["weighted"], 12, true), new(source["formula"], 50)],
            [.. OutcomeMeasure.All.Select(measure => ReportBuilder.Cells(
                ReportCell.Of($"{measure.Name} {texts[$"measure.{measure.Family}"]}"), Rate(whole, measure, weighted: false), source.Outcomes.IsWeighted ? Rate(whole, measure, weighted: true) : ReportCell.Empty,
                ReportCell.Of(Formula(source, measure))))]);
        yield return new ReportParagraph(Eligibility(source), Small: true);
        if (source.Outcomes.Townships.Count < 2) yield break;
        string[] shown = ["RR2", "RR4", "COOP2", "REF1", "CON1"];
        var measures = OutcomeMeasure.All.Where(measure => shown.Contains(measure.Name)).ToList();
        yield return new ReportTable(
            source["rates_by_township"], [new(source["township"], 14), new(source["persons"], 9, true), new("e", 8, true), .. measures.Select(measure => new ReportColumn(measure.Name, 9, true))],
            [.. source.Outcomes.Townships.Select(block => ReportBuilder.Cells(
                [ReportCell.Of(block.Name), ReportCell.Of(block.Total), ReportCell.Of(block.Rates.E is { } own ? E(own) : Tables.TableCell.Undefined), .. measures.Select(measure => Rate(block, measure, weighted: false))]))]);
    }

    /// <summary>With e where it plays a part; the weighted rate estimates its own.</summary>
    private static string Formula(ReportSource source, OutcomeMeasure measure)
    {
        var whole = source.Outcomes.Whole;
        if (!measure.UsesEligibility || whole.Rates.E is not { } e) return measure.Formula;
        return source.Outcomes is { IsWeighted: true, Given: null } && whole.WeightedRates.E is { } weighted
            ? source.Say("formula_both_e", measure.Formula, E(e), E(weighted)) : $"{measure.Formula}; e = {E(e)}";
    }

    /// <summary>Where e comes from.</summary>
    internal static string Eligibility(ReportSource source) => source.Outcomes switch
    {
        { Given: { } given } => source.Say("e_given", E(given.E), given.Source, given.Who),
        { Whole.Rates.E: { } e } => source.Say("e_estimated", E(e), OutcomeMeasure.EligibilityFormula),
        _ => source["e_none"],
    };

    internal static ReportCell Rate(OutcomeBlock block, OutcomeMeasure measure, bool weighted)
        => block.Of(measure, weighted) is { Value: { } value, Decimals: var decimals } ? ReportBuilder.Share(value, decimals) : ReportCell.Of(Tables.TableCell.Undefined);

    private static string E(double e) => e.ToString("0.####", CultureInfo.InvariantCulture);
}
